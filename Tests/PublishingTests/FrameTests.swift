import Notebook
import Publishing
import Testing
import Wire

/// What stands around a page's text, and what of it is folded away.
@Suite struct FrameTests {
    private let outline = ["l", "n", "o"].map { OutlineEntry(name: $0, title: "Title \($0)", abstract: nil) }

    @Test func aPageListsAllChaptersAndMarksItsOwn() throws {
        let html = try page("prose\n", outline: outline)
        let list = try #require(HTMLOutline(html).all("nav").first { $0.attributes["class"] == "chapters" })
        #expect(list.attributes["popover"] == "auto")
        // The button opens the list without a script.
        let button = try #require(HTMLOutline(html).all("button").first { $0.attributes["class"] == "menu" })
        #expect(button.attributes["popovertarget"] == list.attributes["id"])
        let current = HTMLOutline(html).all("a").filter { $0.attributes["aria-current"] == "page" }
        #expect(current.map { $0.attributes["href"] } == ["../n/index.html"])
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func thePagesBeforeAndBehindStandAtTheTopWithThePlaceAndAtTheFoot() throws {
        let html = try page("prose\n", outline: outline)
        #expect(html.contains("<span>2 of 3</span>"))
        #expect(html.contains("<a rel=\"prev\" href=\"../l/index.html\" aria-label=\"Previous: Title l\">←</a>"))
        for direction in ["prev", "next"] {
            let links = HTMLOutline(html).all("a").filter { $0.attributes["rel"] == direction }
            let page = direction == "prev" ? "l" : "o"
            #expect(links.map { $0.attributes["href"] } == Array(repeating: "../\(page)/index.html", count: 2))
        }
        let first = try page("prose\n", outline: Array(outline.dropFirst()))
        #expect(HTMLOutline(first).all("a").count { $0.attributes["rel"] == "prev" } == 0)
    }

    @Test func theBooksTitleLeadsToItsFrontPage() throws {
        let html = weave(
            try notebook("prose\n"), record: nil, problems: [], provenance: provenance, outline: outline,
            book: BookFrame(title: "On *nets*"))
        #expect(html.contains("<a class=\"book\" href=\"../index.html\">On <em>nets</em></a>"))
    }

    // MARK: Code

    private func html(
        _ text: String, displays: [[Display]] = [], book: CodeFold = .setup, status: CellRecord.Status = .asExpected
    ) throws -> String {
        let notebook = try notebook(text)
        let cells = notebook.cells.enumerated().map { index, _ in
            CellRecord(label: nil, status: status, displays: index < displays.count ? displays[index] : [])
        }
        let record = Record(notebook: "n", edition: "default", parameters: [:], inputs: [], cells: cells)
        return weave(
            notebook, record: record, problems: [], provenance: provenance, outline: [], book: BookFrame(codeFold: book)
        )
    }

    private let long = (1...8).map { "let a\($0) = \($0)" }.joined(separator: "\n")

    @Test func aLongCellThatShowsNothingIsSetUpAndFolded() throws {
        #expect(try html(cell(code: long)).contains("<summary class=\"tool\">Code, 8 lines</summary>"))
        #expect(try !html(cell(code: long), displays: [[.value("1")]]).contains("<details class=\"fold\""))
        #expect(try !html(cell(code: "let a = 1")).contains("<details class=\"fold\""))
        #expect(try !html(cell(code: long), status: .failed).contains("<details class=\"fold\""))
        #expect(try !html(cell("eval: false", code: long), status: .skipped).contains("<details class=\"fold\""))
    }

    @Test func aCellSaysWhetherItIsFoldedElseItsNotebookElseTheBook() throws {
        func isFolded(_ text: String, book: CodeFold) throws -> Bool {
            try html(text, displays: [[.value("1")]], book: book).contains("<details class=\"fold\"")
        }
        let (always, never) = ("---\ncode-fold: true\n---\n", "---\ncode-fold: false\n---\n")
        #expect(try isFolded(cell(code: long), book: .always))
        #expect(try !isFolded(never + cell(code: long), book: .always))
        #expect(try isFolded(always + cell(code: long), book: .never))
        #expect(try !isFolded(always + cell("code-fold: false", code: long), book: .always))
        #expect(try isFolded(never + cell("code-fold: true", code: long), book: .never))
    }

    @Test func codeHasAButtonThatCopiesIt() throws {
        let html = try body(cell(code: "let a = 1") + "\n    b\n")
        #expect(html.matches(of: /<button class="copy tool" type="button">Copy<\/button>/).count == 2)
        // What the buttons and folds say is no text of the page.
        #expect(!searchEntry(name: "n", title: "N", page: try page(cell(code: long))).contains("Copy"))
        #expect(!searchEntry(name: "n", title: "N", page: try page(cell(code: long))).contains("8 lines"))
    }

    // MARK: Output

    @Test func longOutputShowsItsFirstLinesAndFoldsTheOthers() throws {
        let lines = (1...100).map { "line \($0)\n" }.joined()
        let html = try body(cell(code: "f()"), displays: [[.text(lines)]])
        #expect(html.contains("line 15\n</pre><details class=\"more\"><summary class=\"tool\">85 more lines</summary>"))
        #expect(html.contains("<pre class=\"output\">line 16\n") && html.contains("line 100\n</pre></details>"))
        let short = (1...40).map { "line \($0)\n" }.joined()
        #expect(try !body(cell(code: "f()"), displays: [[.text(short)]]).contains("more lines"))
    }

    @Test func aColourThatGoesOnBehindTheFoldGoesOn() throws {
        let lines = "\u{1B}[31m" + (1...50).map { "line \($0)\n" }.joined()
        let html = try body(cell(code: "f()"), displays: [[.text(lines)]])
        #expect(html.contains("<pre class=\"output\"><span class=\"styled red\">line 16"))
        #expect(HTMLOutline(html).problems == [])
    }
}
