import Notebook
import Publishing
import Wire

/// A notebook that is in order.
func notebook(_ text: String) throws -> Notebook { try Notebook(parsing: text, name: "n", path: "Notebooks/n.md") }

let provenance = Provenance(key: "00ff", compiler: "Swift <6>", edition: "default")

/// The page of `text`, each cell having shown what `displays` says.
func page(
    _ text: String, displays: [[Display]] = [], outline: [OutlineEntry] = [],
    bibliography: Bibliography = Bibliography(), claims: BookClaims? = nil
) throws -> String {
    let notebook = try notebook(text)
    let cells = notebook.cells.enumerated().map { index, cell in
        CellRecord(
            label: cell.options.label, status: .asExpected, displays: index < displays.count ? displays[index] : [])
    }
    let record = Record(notebook: "n", edition: "default", parameters: [:], inputs: [], cells: cells)
    return weave(
        notebook, record: record, problems: [], provenance: provenance, outline: outline,
        bibliography: bibliography, claims: claims)
}

/// What stands between the page's title and its foot.
func body(
    _ text: String, displays: [[Display]] = [], outline: [OutlineEntry] = [],
    bibliography: Bibliography = Bibliography(), claims: BookClaims? = nil
) throws -> String {
    let html = try page(text, displays: displays, outline: outline, bibliography: bibliography, claims: claims)
    let start = html.firstRange(of: "</h1>")?.upperBound ?? html.startIndex
    let end = html.firstRange(of: "\n</main>")?.lowerBound ?? html.endIndex
    return String(html[start..<end])
}

func cell(_ options: String..., code: String = "") -> String {
    "```swift\n" + options.map { "//| \($0)\n" }.joined() + code + "\n```\n"
}

func figure(alternativeText: String = "A line", light: String = "aaaa", dark: String = "bbbb") -> Display {
    .figure(
        FigureContent(data: .null, alternativeText: alternativeText, width: 640, height: 400, light: light, dark: dark))
}

func table(_ caption: String? = nil) -> Display {
    .table(
        TableContent(
            caption: caption, columns: ["net", "accuracy"], alignments: [.leading, .trailing],
            rows: [["teacher", "97.1"]]))
}

/// What is wrong with the prose of `text`, as a terminal shows it.
func problems(
    _ text: String, outline: [OutlineEntry] = [], bibliography: Bibliography = Bibliography(), claims: BookClaims? = nil
) throws -> [String] {
    proseProblems(in: try notebook(text), outline: outline, bibliography: bibliography, claims: claims)
        .map { $0.rendered(file: "n.md") }
}
