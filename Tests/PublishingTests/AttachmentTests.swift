import Notebook
import Publishing
import Testing

/// A PNG file's beginning, which says that it has 30 by 20 pixels.
private let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, 30, 0, 0, 0, 20]
    + [UInt8](repeating: 0, count: 20)
/// A JPEG file's beginning, which says that it has 300 by 200 pixels.
private let jpeg: [UInt8] =
    [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 11, 8, 0, 200, 1, 44] + [UInt8](repeating: 0, count: 8)

private func svg(_ content: String, _ attributes: String = "") -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \(attributes)>\(content)</svg>\n"
}

private let files: [String: [UInt8]] = [
    "Notebooks/a.png": png, "Notebooks/img/b c.jpg": jpeg, "Data/t.csv": Array("1,2\n".utf8),
    "Notebooks/d.svg": Array(svg("<path d=\"M0 0\"/>").utf8), "Data/page.html": Array("<p>".utf8),
    "Notebooks/text.png": Array("no picture".utf8),
]

/// The page of `text` in a book that has these files, and what is wrong with it.
private func woven(_ text: String, files: [String: [UInt8]] = files) throws -> (html: String, problems: [String]) {
    let notebook = try notebook(text)
    let attached = AttachedFiles(of: notebook) { path in
        files[path].map { .success($0) } ?? .failure(AttachmentProblem("\(path) cannot be found"))
    }
    let problems = proseProblems(in: notebook, outline: [], bibliography: Bibliography(), files: attached)
    let html = weave(notebook, record: nil, problems: [], provenance: provenance, outline: [], files: attached)
    let start = html.firstRange(of: "</h1>")?.upperBound ?? html.startIndex
    let end = html.firstRange(of: "\n</main>")?.lowerBound ?? html.endIndex
    return (String(html[start..<end]), problems.map { "\($0.position.line):\($0.position.column) \($0.message)" })
}

@Suite struct AttachmentTests {
    @Test func aPictureOnItsOwnIsAFigureWithItsSize() throws {
        let (html, problems) = try woven("![A *small* one](a.png){#fig-small}\n\nSee @fig-small.\n")
        #expect(problems == [] && HTMLOutline(html).problems == [])
        #expect(html.contains("<figure id=\"fig-small\"><img src=\"files/"), "\(html)")
        #expect(html.contains(".png\" alt=\"A small one\" width=\"30\" height=\"20\">"), "\(html)")
        #expect(html.contains("<figcaption><span class=\"number\">Figure 1.</span> A <em>small</em> one</figcaption>"))
        #expect(html.contains("href=\"#fig-small\">Figure\u{A0}1</a>"), "\(html)")
    }

    @Test func picturesAndCellsAreNumberedInTheirOrder() throws {
        let text =
            "![One](a.png){#fig-one}\n\n" + cell("label: fig-two", "fig-cap: Two.", code: "1")
            + "\n![Three](a.png){#fig-three}\n\n@fig-one, @fig-two, @fig-three.\n"
        let (html, problems) = try woven(text)
        #expect(problems == [])
        #expect(
            ["one", "two", "three"].enumerated().allSatisfy { index, name in
                html.contains("#fig-\(name)\">Figure\u{A0}\(index + 1)<")
            })
    }

    @Test func widthAndAlternativeTextAreThePictures() throws {
        let (html, problems) = try woven(
            "![](img/b%20c.jpg){width=50% fig-alt=\"A grey square\"}\n\n![x](d.svg){width=120}\n")
        #expect(problems == [])
        #expect(html.contains(".jpg\" alt=\"A grey square\" width=\"50%\">"), "\(html)")
        #expect(html.contains(".svg\" alt=\"x\" width=\"120\">"), "\(html)")
    }

    @Test func aLinkLeadsToACopy() throws {
        let (html, problems) = try woven("[The data](../Data/t.csv), ![inline](a.png) in a line.\n")
        #expect(problems == [])
        #expect(html.contains("<a href=\"files/") && html.contains(".csv\">The data</a>"), "\(html)")
        #expect(html.contains("<p>") && html.contains("alt=\"inline\" width=\"30\" height=\"20\">"), "\(html)")
    }

    @Test(arguments: [
        ("![x](gone.png)", "1:1 `gone.png`: Notebooks/gone.png cannot be found"),
        ("a [x](../Data/gone.csv)", "1:3 `../Data/gone.csv`: Data/gone.csv cannot be found"),
        ("[x](../../etc/passwd)", "1:1 `../../etc/passwd`: it lies outside of the book"),
        ("[x](/etc/passwd)", "1:1 `/etc/passwd`: write the way to it from the notebook's folder"),
        ("[x](../.git/config)", "1:1 `../.git/config`: files and folders whose names begin with a dot"),
        ("[x](..%2F.git/config)", "1:1 `..%2F.git/config`: files and folders whose names begin with a dot"),
        ("[x](../Data/page.html)", "1:1 `../Data/page.html`: pages lead to data and documents"),
        ("![x](text.png)", "1:1 `text.png`: pages show PNG, JPEG and SVG files, and this is none"),
        ("![](a.png)", "1:1 say what the picture shows"),
        ("![x](a.png){with=50%}", "1:1 a picture has the attributes"),
        ("![x](a.png){#small}", "1:1 the label of this"),
        ("![x](https://example.org/a.png)", "1:1 pages load nothing from a network"),
        (
            "<img src=\"img/a.png\">",
            "1:1 `img/a.png` in markup leads nowhere from the page: write `![words](img/a.png)`"
        ),
        ("See <IMG alt=x src=a.png> so", "1:5 `a.png` in markup"),
        ("<p>\n<a class='x' href='t.csv'>t</a>\n</p>", "1:1 `t.csv` in markup"),
        ("<img alt=\"1 > 0\" src='a.png'>", "1:1 `a.png` in markup"),
        ("<!-- <img src=b.png> --><img src=a.png>", "1:1 `a.png` in markup"),
        ("[b](a.html)", "1:1 `a.html`: "), ("[e](a/index.html)", "1:1 `a/index.html`: "),
        ("[h](/a.md)", "1:1 `/a.md`: "),
        ("[p](02-y/index.html)", "1:1 `02-y/index.html`: "),
        ("[m](missing.md)", "1:1 the book has no notebook `missing`"),
    ])
    func whatLeadsNowhereIsToldAtItsPlace(text: String, problem: String) throws {
        let found = try woven(text + "\n").problems
        #expect(found.count == 1 && found.first?.hasPrefix(problem) == true, "\(found)")
    }

    @Test(arguments: [
        svg("<script>alert(1)</script>"), svg("<g onload=\"alert(1)\"/>"), svg("<foreignObject/>"),
        svg("<image href=\"http://example.org/a.png\"/>"), svg("<use xlink:href=\"other.svg#a\"/>"),
        svg("<a href=\"javascript:alert(1)\"/>"), svg("<animate attributeName=\"href\"/>"),
        svg("<style>@import 'a.css';</style>"), svg("<path style=\"fill: url( 'http://example.org' )\"/>"),
        svg("<path style=\"fill: &#117;rl(a)\"/>"), svg("<style>a{fill:u\\72l(a)}</style>"),
        svg("<style><![CDATA[a{fill:url(a)}]]></style>"),
        svg("<rdf:script/>", "xmlns:rdf=\"http://www.w3.org/2000/svg\""),
        svg("<x:script/>", "xmlns:x=\"http://www.w3.org/2000/svg\""),
        svg("<g xmlns=\"http://www.w3.org/1999/xhtml\"/>"),
        "<!DOCTYPE svg [<!ENTITY a \"b\">]>" + svg("&a;"), "<?xml-stylesheet href=\"a.css\"?>" + svg(""),
        "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg/>", svg("<g a=\"<script>\"/>"), svg("< script>"),
        svg("<g a='\"/><script>\"'/></script>"),
    ])
    func aDrawingThatDoesMoreIsRefused(drawing: String) throws {
        let (html, problems) = try woven("![x](x.svg)\n", files: ["Notebooks/x.svg": Array(drawing.utf8)])
        #expect(problems.count == 1 && !html.contains("files/"), "\(drawing): \(problems)")
    }

    @Test func whatDrawingProgramsWriteIsShown() throws {
        let drawing = svg(
            """
            <!-- Made by a program --><metadata><rdf:RDF><cc:Work rdf:about=""/></rdf:RDF></metadata>
            <defs><style type="text/css">*{stroke-linejoin: round}</style><path id="a" d="M 1 2"/></defs>
            <g id="figure_1" style="fill: #ffffff; clip-path: url(#p)"><use xlink:href="#a" x='3'/><text>1 &lt; 2</text></g>
            <sodipodi:namedview inkscape:label="é"/><image href="data:image/png;base64,AA=="/>
            """,
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"")
        let (html, problems) = try woven("![x](x.svg)\n", files: ["Notebooks/x.svg": Array(drawing.utf8)])
        #expect(problems == [] && html.contains("<img src=\"files/"), "\(problems)")
    }
}
