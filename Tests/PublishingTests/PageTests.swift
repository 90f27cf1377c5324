import Digest
import Foundation
import Notebook
import Publishing
import Testing
import Wire

private let everything = """
    ---
    title: A & B
    abstract: Words <here>.
    ---
    # First

    See @fig-a and @tbl-a, a note[^n] and *`code` with $x^2$*.

    ## Second [link](http://example.org)

    - one
    - two

      more

    1. a
    3. b

    - [ ] open
    - [x] done

    > quoted ~~struck~~ **strong**\\
    > broken

    | a | b | c |
    |---|--:|:-:|
    | 1 | 2 | $y$ |

    $$
    \\frac{a}{b}
    $$

    ![alt & text](image.png) <http://example.org/?a=1&b=2>

    ---

        indented <code>

    ```swift
    //| label: fig-a
    //| fig-cap: A < B & "C"
    //| fig-alt: Own "words"
    let a: [Int] = []
    ```

    ```swift
    //| label: tbl-a
    //| tbl-cap: Scores
    //| code-fold: true
    a
    ```

    ### Third

    [^n]: The note, with a [link](http://example.org).

    """

@Suite struct PageTests {
    private func everythingPage() throws -> String {
        try page(everything, displays: [[.text("t\n"), figure(), figure()], [table(), .value("1 < 2")]])
    }

    @Test func aPageIsBalancedItsIdsAreUniqueAndItsLinksLeadSomewhere() throws {
        #expect(HTMLOutline(try everythingPage()).problems == [])
        let outline = [
            OutlineEntry(name: "n", title: "<T>", abstract: "a & b"),
            OutlineEntry(name: "m", title: "M", abstract: nil),
        ]
        #expect(HTMLOutline(try page("prose\n", outline: outline)).problems == [])
        #expect(HTMLOutline(weaveFrontPage(title: "<T>", introduction: "a & b", outline: outline)).problems == [])
        #expect(HTMLOutline(try page("")).problems == [])
    }

    @Test func aPagesPolicyAllowsItsOwnScriptAndStyleAndPicturesAlone() throws {
        let html = try page("<script>alert(1)</script>\n\n<style>p {}</style>\n")
        let policy = try #require(HTMLOutline(html).all("meta").first { $0.attributes["http-equiv"] != nil })
        #expect(policy.attributes["http-equiv"] == "Content-Security-Policy")
        let own = ["style", "script"].map { name in
            let start = html.firstRange(of: "<\(name)>")?.upperBound ?? html.endIndex
            let text = html[start...].prefix(upTo: html[start...].firstRange(of: "</\(name)>")?.lowerBound ?? start)
            return "\(name)-src 'sha256-\(base64Digest(of: String(text)))'"
        }
        #expect(
            (policy.attributes["content"] ?? "").split(separator: "; ").map(String.init) == [
                "default-src 'none'", "img-src 'self' data:", "style-src-attr 'unsafe-inline'", own[0], own[1],
                "base-uri 'none'", "form-action 'none'",
            ])
        let first = try #require(html.firstRange(of: "Content-Security-Policy")).lowerBound
        #expect(try first < #require(html.firstRange(of: "<style>")).lowerBound)
        #expect(HTMLOutline(html).all("script").count == 1 && HTMLOutline(html).all("style").count == 1)
    }

    /// The SHA-256 digest of `text`, as Content-Security-Policy writes it.
    private func base64Digest(of text: String) -> String {
        let digits = Array(SHA256Digest(of: text.utf8).description)
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0 }
        return Data(bytes).base64EncodedString()
    }

    @Test func weavingTwiceGivesTheSamePage() throws {
        #expect(try everythingPage() == everythingPage())
    }

    @Test func whatACellGaveStandsInOrder() throws {
        let html = try body(
            cell(code: "let a = 1"),
            displays: [[.text("one"), .value("two"), table(), .html("<b>three</b>"), .text("four")]])
        var rest = html[...]
        for words in ["<pre class=\"code\">", ">one</pre>", ">two</pre>", "<table>", "<b>three</b>", ">four</pre>"] {
            let found = try #require(rest.firstRange(of: words), "\(words) in \(html)")
            rest = rest[found.upperBound...]
        }
    }

    @Test func theFrontPageListsEveryNotebook() {
        let html = weaveFrontPage(
            title: "Book", introduction: "Words.",
            outline: [
                OutlineEntry(name: "a", title: "A", abstract: "About a."),
                OutlineEntry(name: "b", title: "B", abstract: nil),
            ])
        #expect(HTMLOutline(html).all("a").map { $0.attributes["href"] } == ["a/index.html", "b/index.html"])
        #expect(html.contains("About a."))
    }

    @Test func theFrontPageShowsAFigureOfANotebookInBothThemesWithItsCaption() throws {
        let notebook = try notebook(cell("label: fig-v", "fig-cap: a < b"))
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [],
            cells: [CellRecord(label: "fig-v", status: .asExpected, displays: [figure()])])
        let shown = try #require(FrontFigure("fig-v", of: notebook, record: record))
        let html = weaveFrontPage(title: "Book", introduction: nil, outline: [], figure: shown)
        #expect(html.contains("src=\"n/figures/aaaa.png\"") && html.contains("srcset=\"n/figures/bbbb.png\""))
        #expect(html.contains("<a href=\"n/index.html\"><picture>") && html.contains("a &lt; b"))
        #expect(HTMLOutline(html).problems == [])
        #expect(FrontFigure("fig-other", of: notebook, record: record) == nil)
    }

    @Test func aPageWithoutARecordShowsItsProblemsAndItsProse() throws {
        let text = "# Hi\n\nprose\n\n```swift\n//| ecoh: true\n```\n"
        let (notebook, problems) = Notebook.parsed(text, name: "n", path: "Notebooks/n.md")
        let html = weave(notebook, record: nil, problems: problems, provenance: provenance, outline: [])
        #expect(
            html.contains("Notebooks/n.md:6:5") && html.contains("did you mean `echo`?")
                && html.contains("<p>prose</p>"))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aDiagnosticShowsEveryCharacter() throws {
        let problem = Diagnostic(.error, at: SourcePosition(line: 1), "a\u{202E}b\u{1B}[2J")
        let html = weave(try notebook("x\n"), record: nil, problems: [problem], provenance: provenance, outline: [])
        #expect(html.contains("a\\u{202E}b\\u{1B}[2J"))
    }

    /// What is wider than the page is drawn in its cell's box.
    @Test func markupOfACellStaysInItsBox() throws {
        let html = try page(cell(), displays: [[.html("<p style=\"width: 850px\">x</p>")]])
        #expect(html.contains("<div class=\"output html\"><p style=\"width: 850px\">x</p></div>"))
        #expect(html.contains(".output.html { contain: layout paint;"))
    }

    @Test func aPageNeedsNothingFromElsewhere() throws {
        let outline = HTMLOutline(try everythingPage())
        #expect(outline.all("script").allSatisfy { $0.attributes["src"] == nil })
        #expect(outline.all("link").allSatisfy { $0.attributes["href"] == "data:," })
        let sources = (outline.all("img") + outline.all("source")).compactMap {
            $0.attributes["src"] ?? $0.attributes["srcset"]
        }
        #expect(sources.allSatisfy { !$0.contains(":") && !$0.hasPrefix("/") })
    }
}

@Suite struct CellOptionTests {
    private func html(_ options: String...) throws -> String {
        let text = "```swift\n" + options.map { "//| \($0)\n" }.joined() + "let a = 1\n```\n"
        return try body(text, displays: [[.text("printed")]])
    }

    @Test func codeAndOutputAreShownUnlessTheOptionsSayOtherwise() throws {
        #expect(try html().contains("class=\"code\"") && html().contains("printed"))
        #expect(try !html("echo: false").contains("class=\"code\"") && html("echo: false").contains("printed"))
        #expect(try html("output: false").contains("class=\"code\"") && !html("output: false").contains("printed"))
        #expect(try !html("include: false").contains("section"))
        #expect(try html("code-fold: true").contains("<details"))
    }

    @Test func optionLinesAreNotShown() throws {
        #expect(try !html("echo: true").contains("//|"))
    }

    @Test func aFailedCellShowsItsCodeItsOutputAndItsErrorWhateverTheOptions() throws {
        let notebook = try notebook(
            "prose\n\n" + cell("include: false", "echo: false", code: "let a = 1") + "\n" + cell(code: "let b = 2"))
        let failure = CellRecord(
            label: nil, status: .failed, displays: [.text("before")],
            diagnostics: [Diagnostic(.error, at: SourcePosition(line: 1, column: 9), "no <such> thing")])
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [],
            cells: [failure, CellRecord(label: nil, status: .skipped)])
        let html = weave(notebook, record: record, problems: [], provenance: provenance, outline: [])
        let before = try #require(html.firstRange(of: "before"))
        let message = try #require(html.firstRange(of: "no &lt;such&gt; thing"))
        #expect(before.lowerBound < message.lowerBound)
        #expect(html.contains("Notebooks/n.md:6:9"))
        #expect(html.contains("Not run: the notebook has an error before it."))
        #expect(HTMLOutline(html).problems == [])
    }
}

@Suite struct FigureTests {
    @Test func aFigureHasBothPicturesItsSizeItsTextAndItsCaption() throws {
        let html = try page(
            cell("label: fig-a", "fig-cap: The \"loss\" < 1", "fig-alt: Falls & flattens"),
            displays: [
                [
                    figure(light: "0123456789abcdef0000", dark: "fedcba98765432100000"),
                    figure(alternativeText: "Second"),
                ]
            ])
        let outline = HTMLOutline(html)
        #expect(outline.all("img").map { $0.attributes["alt"] } == ["Falls &amp; flattens", "Second"])
        #expect(outline.all("img").first?.attributes["src"] == "figures/0123456789abcdef.png")
        #expect(
            outline.all("img").first?.attributes["width"] == "640"
                && outline.all("img").first?.attributes["height"] == "400")
        let source = try #require(outline.all("source").first)
        #expect(
            source.attributes["srcset"] == "figures/fedcba9876543210.png"
                && source.attributes["media"] == "(prefers-color-scheme: dark)")
        #expect(html.contains("<span class=\"number\">Figure 1.</span> The &quot;loss&quot; &lt; 1</figcaption>"))
        #expect(outline.all("figure").compactMap { $0.attributes["id"] } == ["fig-a"])
    }

    @Test func eachFigureOfACellMayHaveItsOwnCaption() throws {
        let html = try body(
            cell("label: fig-a", "fig-cap: [One $x$, Two]", "fig-alt: [A, B]") + "\n@fig-a\n",
            displays: [[figure(), figure(), figure(alternativeText: "Third")]])
        let captions = html.matches(of: /<span class="number">([^<]*)<\/span> ([A-Z][a-z]+)/).map { "\($0.1) \($0.2)" }
        #expect(captions == ["Figure 1a. One", "Figure 1b. Two"])
        let outline = HTMLOutline(html)
        #expect(outline.all("img").map { $0.attributes["alt"] } == ["A", "B", "Third"])
        #expect(outline.all("figure").compactMap { $0.attributes["id"] } == ["fig-a"])
        #expect(html.contains(">Figure\u{A0}1</a>") && outline.problems == [])
    }

    @Test func figuresAndTablesAreNumberedEachInTheirOrder() throws {
        let html = try body(
            "@tbl-b, @fig-b, @fig-a, @tbl-a\n\n" + cell("label: fig-a", "fig-cap: A") + "\n"
                + cell("label: tbl-a", "tbl-cap: A") + "\n"
                + cell("label: fig-b", "fig-cap: B") + "\n" + cell("label: tbl-b", "tbl-cap: B"),
            displays: [[figure()], [table()], [figure()], [table()]])
        let links = html.matches(of: /class="reference" href="#([a-z-]+)">([^<]+)</).map { "\($0.1): \($0.2)" }
        #expect(
            links == ["tbl-b: Table\u{A0}2", "fig-b: Figure\u{A0}2", "fig-a: Figure\u{A0}1", "tbl-a: Table\u{A0}1"])
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aTableShownByACellKeepsItsAlignmentAndItsCaption() throws {
        let html = try body(cell(), displays: [[table("Of <its> own")]])
        #expect(html.contains("<figcaption>Of &lt;its&gt; own</figcaption>"))
        #expect(html.contains("<th class=\"right\">accuracy</th>") && html.contains("<td class=\"right\">97.1</td>"))
        #expect(html.contains("<td>teacher</td>"))
    }

    @Test(arguments: [
        ("F.kl_div(log_softmax(z),v)", "F.<wbr>kl_<wbr>div(<wbr>log_<wbr>softmax(<wbr>z),<wbr>v)"),
        ("mean of squares", "mean of squares"), ("0.123456789", "0.123456789"),
        ("a <b>&c; and a_name_with_many_parts", "a &lt;b&gt;&amp;c; and a_<wbr>name_<wbr>with_<wbr>many_<wbr>parts"),
    ])
    func aLongWordOfATableMayBeBrokenBehindPunctuation(word: String, markup: String) throws {
        let table = TableContent(columns: ["call"], alignments: [.leading], rows: [[word]])
        #expect(try body(cell(), displays: [[.table(table)]]).contains("<td>\(markup)</td>"))
    }
}

@Suite struct EscapingTests {
    private let attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&"

    @Test func whatACellShowsIsText() throws {
        let content = TableContent(caption: attack, columns: [attack], alignments: [.leading], rows: [[attack]])
        let html = try page(
            cell(
                "label: fig-a", "fig-cap: '\(attack.replacing("'", with: "''"))'",
                "fig-alt: '\(attack.replacing("'", with: "''"))'", code: "let a = #\"\(attack)\"#"),
            displays: [
                [
                    .text(attack), .value(attack), .table(content), figure(alternativeText: attack),
                    figure(alternativeText: attack),
                ]
            ])
        expectInert(html)
    }

    @Test func titlesAbstractsNamesAndMessagesAreText() throws {
        let quoted = "'" + attack.replacing("'", with: "''") + "'"
        let outline = [
            OutlineEntry(name: "n", title: attack, abstract: attack),
            OutlineEntry(name: "m", title: attack, abstract: attack),
        ]
        expectInert(
            try page("---\ntitle: \(quoted)\nabstract: \(quoted)\n---\n## `\(attack)`\n\nprose\n", outline: outline))
        expectInert(weaveFrontPage(title: attack, introduction: attack, outline: outline))
        let problem = Diagnostic(.error, at: SourcePosition(line: 1), attack)
        let record = Record(
            notebook: "n", edition: "default", parameters: ["p": attack],
            inputs: [Record.Input(path: attack, sha256: attack)],
            cells: [CellRecord(label: nil, status: .failed, diagnostics: [problem])])
        expectInert(
            weave(
                try notebook(cell(code: "a")), record: record, problems: [problem],
                provenance: Provenance(key: attack, compiler: attack, edition: attack), outline: []))
    }

    @Test func codeOfOtherLanguagesAndImageTextsAreText() throws {
        expectInert(
            try page(
                "```html\n\(attack)\n```\n\n![a \"quoted\" &lt;script&gt;](x.png)\n\n`\(attack)`\n\n    \(attack)\n"))
    }

    @Test(arguments: [
        "[a](javascript:alert(1))", "[a](JavaScript:alert(1))", "[a](<javascript:alert(1)>)",
        "[a](&#106;avascript:alert(1))",
        "[a](<\tjavascript:alert(1)>)", "[a](<  javascript:alert(1)>)", "[a](java&#9;script:alert(1))",
        "[a](java&#10;script:alert(1))",
        "[a](&#1;javascript:alert(1))", "[a](vbscript:x)", "[a](data:text/html,x)", "![a](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[a][r]\n\n[r]: javascript:alert(1)",
    ])
    func aLinkThatWouldRunSomethingIsDropped(markdown: String) throws {
        let outline = HTMLOutline(try body(markdown + "\n"))
        for target in outline.tags.compactMap({ $0.attributes["href"] ?? $0.attributes["src"] }) {
            let seen = target.filter { !$0.isWhitespace && $0.unicodeScalars.allSatisfy { $0.value > 0x20 } }
                .lowercased()
            for scheme in ["javascript:", "vbscript:", "data:"] { #expect(!seen.hasPrefix(scheme), "\(target)") }
        }
    }

    @Test(arguments: [
        "https://example.org/a?b=1&c=2#d", "mailto:a@example.org", "../other/index.html", "#section", "b.html?at=1:2",
    ])
    func otherLinksStay(target: String) throws {
        let html = try body("## Section\n\n[a](\(target))\n")
        #expect(html.contains("<a href=\"\(target.replacing("&", with: "&amp;"))\">a</a>"), "\(html)")
    }

    @Test func charactersThatHTMLCannotHoldAreReplaced() throws {
        let html = try body(cell(), displays: [[.text("a\u{0}b\u{1B}[31mc\u{7F}")]])
        #expect(!html.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || $0.value == 0x7F })
    }

    private func expectInert(_ html: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let outline = HTMLOutline(html)
        #expect(outline.problems == [], sourceLocation: sourceLocation)
        #expect(outline.all("script").count == 1, sourceLocation: sourceLocation)
        #expect(
            !outline.tags.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } },
            sourceLocation: sourceLocation)
    }
}

@Suite struct PictureKeyTests {
    /// The start of a PNG: signature, header chunk, and what follows.
    private let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [UInt8](repeating: 1, count: 17) + Array("rest".utf8)

    @Test func aKeyIsATextChunkBehindTheHeader() {
        let labelled = labelled(png, key: "ab")
        #expect(Array(labelled.prefix(33)) == Array(png.prefix(33)))
        #expect(Array(labelled.suffix(4)) == Array("rest".utf8))
        let chunk = Array(labelled[33..<labelled.count - 4])
        #expect(Array(chunk[..<4]) == [0, 0, 0, 9])
        #expect(Array(chunk[4..<17]) == Array("tEXtSource\0ab".utf8))
        // The checksum of "tEXtSource\0ab", by Python's zlib.crc32.
        #expect(Array(chunk[17...]) == [87, 184, 69, 47])
    }

    @Test func whatIsNoPictureIsLeftAlone() {
        #expect(labelled([1, 2, 3], key: "ab") == [1, 2, 3])
    }
}
