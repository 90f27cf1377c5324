import Notebook
import Publishing
import Testing

@Suite struct PrintedBookTests {
    private static let texts = [
        "a":
            "---\ntitle: The *first*\n---\n\n## Start {#sec-start}\n\nSee @sec-end, @fig-a, [here](b.md) and [there](https://x.org), "
            + "[file](x.csv).[^n]\n\n" + cell("label: fig-a", "fig-cap: A.") + "\n[^n]: Note.\n",
        "b": "---\ntitle: Second\n---\n\n## End {#sec-end}\n\n## Start\n\nSee @sec-start.\n",
    ]

    private func book(_ pages: [String: Int] = [:]) throws -> String {
        let notebooks = try Self.texts.sorted { $0.key < $1.key }.map { name, text in
            try Notebook(parsing: text, name: name, path: "Notebooks/\(name).md")
        }
        let outline = notebooks.map { OutlineEntry($0) }
        let woven = notebooks.map { notebook in
            let cells = notebook.cells.map { _ in CellRecord(label: "fig-a", status: .asExpected, displays: [figure()])
            }
            let record = Record(notebook: notebook.name, edition: "default", parameters: [:], inputs: [], cells: cells)
            return weave(
                notebook, record: record, problems: [], provenance: provenance, outline: outline,
                book: BookFrame(title: "The \"book\""))
        }
        let front = weaveFrontPage(
            title: "The \"book\"", introduction: "Of two.", outline: outline, book: BookFrame(title: "The \"book\""))
        return PrintedBook(
            front: front, pages: Array(zip(outline, woven)).map { (entry: $0.0, page: $0.1) }, folder: "file:///pages",
            language: PageLanguage()
        ).html(pages: pages)
    }

    @Test func allPagesAreOneWithoutADoubleAnchorOrADeadLink() throws {
        let html = try book()
        let outline = HTMLOutline(html)
        #expect(outline.problems == [])
        let anchors = Set(outline.tags.compactMap { $0.attributes["id"] })
        let links = outline.all("a").compactMap { $0.attributes["href"] }
        #expect(links.filter { $0.hasPrefix("#") }.allSatisfy { anchors.contains(String($0.dropFirst())) }, "\(links)")
        #expect(Set(links.filter { !$0.hasPrefix("#") }) == ["https://x.org"])
        #expect(anchors.isSuperset(of: ["a/", "b/", "a/sec-start", "b/start", "a/fig-a", "b/sec-end"]))
        #expect(links.contains("#b/") && links.contains("#b/sec-end") && links.contains("#a/fn:1"))
        #expect(outline.all("h1").count == 3 && html.contains("<title>The “book”</title>"))
        let order = ["Of two.", ">Contents</h2>", "id=\"a/\"", "id=\"b/\""].map {
            html.firstRange(of: $0)?.lowerBound
        }
        #expect(order.allSatisfy { $0 != nil } && order.compactMap(\.self) == order.compactMap(\.self).sorted())
        #expect(!html.contains("/chapters") && html.matches(of: /class="chapter"/).count == 2)
        #expect(!html.contains("<nav") && !html.contains("<script") && !html.contains("<source"))
    }

    @Test func picturesAreFoundInTheFolderOfTheirPage() throws {
        let sources = HTMLOutline(try book()).all("img").compactMap { $0.attributes["src"] }
        #expect(!sources.isEmpty && sources.allSatisfy { $0.hasPrefix("file:///pages/a/figures/") }, "\(sources)")
    }

    @Test func contentsAndReferencesHaveTheNumbersOfPagesAndRoomForThem() throws {
        let (without, with) = (
            try book(), try book(["a/": 3, "a/sec-start": 3, "b/": 12, "b/sec-end": 12, "b/start": 13])
        )
        func number(_ text: String) -> String { "<span class=\"page-number\">\(text)</span>" }
        #expect(without.components(separatedBy: number("")).count == 9)
        #expect(with.contains("<a href=\"#b/sec-end\">End</a>\(number("12"))"), "\(with)")
        #expect(with.contains("“Second”</a><span class=\"on-page\"> (p.\u{A0}\(number("12")))</span>"))
        #expect(with.contains("<a href=\"#b/\">Second</a>\(number("12"))"))
        #expect(with.replacing(/(class="page-number">)\d+/) { String($0.1) } == without)
    }
}
