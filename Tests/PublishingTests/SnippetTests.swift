import Notebook
import Testing
import Wire

@testable import Publishing

/// Titles, abstracts, captions and headings are Markdown, wherever they stand.
@Suite struct SnippetTests {
    private static let whole = """
        ---
        title: The $\\beta$-VAE and `softmax`
        abstract: It has $T^2$ and *stars*, see @sec-one.
        ---

        ```swift
        //| label: fig-x
        //| fig-cap: Loss at $T^2$ for `softmax`, *as a line*, see @sec-one; <b>n</b> is `{swift} n`.
        let n = 3
        ```

        ## First `{swift} n` and $\\eta_t$ <tag> {#sec-one}

        See @sec-one.
        """

    private func woven(_ values: [String]) throws -> String {
        let notebook = try notebook(SnippetTests.whole)
        let records = zip(notebook.inlineValues, values).map { ValueRecord(expression: $0.expression, text: $1) }
        let cells = [CellRecord(label: "fig-x", status: .asExpected, displays: [figure()])]
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [], cells: cells, values: records)
        return weave(
            notebook, record: record, problems: [], provenance: provenance, outline: [OutlineEntry(notebook)])
    }

    @Test func theTitleIsSetOnThePageAndIsTextInTheBrowser() throws {
        let html = try woven(["3", "3"])
        #expect(html.contains("<title>The β-VAE and softmax</title>"))
        let heading = try #require(html.firstMatch(of: /<h1>(.*?)<\/h1>/)?.1)
        #expect(heading.contains("<math") && heading.contains("<code>softmax</code>"))
    }

    @Test func theAbstractIsSetOnItsPageWithLinksAndOnTheFrontPageWithout() throws {
        let page = try woven(["3", "3"])
        let abstract = try #require(page.firstMatch(of: /<p class="abstract">(.*?)<\/p>/)?.1)
        #expect(abstract.contains("<em>stars</em>") && abstract.contains("<msup>"))
        #expect(abstract.contains("href=\"#sec-one\""))
        let front = weaveFrontPage(
            title: "A $x$ *book*", introduction: "Of `code`.",
            outline: [OutlineEntry(try notebook(SnippetTests.whole))])
        #expect(
            front.contains("<em>stars</em>") && front.contains("<em>book</em>") && front.contains("<code>code</code>"))
        #expect(front.contains("<title>A x book</title>") && !front.contains("#sec-one"))
        #expect(front.contains("“First … and"))
    }

    @Test func aCaptionIsSetWithItsValueAndItsLinks() throws {
        let html = try woven(["3", "3"])
        let caption = try #require(html.firstMatch(of: /<figcaption>(.*?)<\/figcaption>/)?.1)
        #expect(caption.contains("<em>as a line</em>") && caption.contains("<code>softmax</code>"))
        #expect(caption.contains("<msup>") && caption.contains("<b>n</b> is 3"))
        #expect(caption.contains("href=\"#sec-one\""))
    }

    @Test func aReferenceToASectionSaysWhatItsHeadingSays() throws {
        let html = try woven(["3", "4"])
        let reference = try #require(html.firstMatch(of: /See <a[^>]*>(.*?)<\/a>/)?.1)
        #expect(reference.hasPrefix("“First 4 and <math") && reference.contains("&lt;tag&gt;"))
        #expect(!reference.contains("{#"))
    }

    @Test func theOutlineHasTextAndMarkup() throws {
        let entry = OutlineEntry(try notebook(SnippetTests.whole))
        #expect(entry.title == "The β-VAE and softmax")
        #expect(entry.labels.first { $0.kind == .section }?.title == "First … and η_t <tag>")
    }

    @Test(arguments: [
        ("1. First", "1. First"), ("- minus", "- minus"), ("# no heading", "# no heading"), ("> 5", "&gt; 5"),
        ("2024", "2024"), ("*a* b", "<em>a</em> b"), ("_a_ b", "<em>a</em> b"), ("**a**", "<strong>a</strong>"),
        ("`a`", "<code>a</code>"), ("a_b_c", "a_b_c"), ("5 $ and 6 $", "5 $ and 6 $"), ("a & b", "a &amp; b"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"), ("~~a~~", "<del>a</del>"), ("\\*a\\*", "*a*"),
        ("``` x", "``` x"), ("a | b", "a | b"), ("&eacute;", "é"), ("<img src=x>", "&lt;img src=x&gt;"),
        ("mail@example.org", nil),
        ("<b onclick=\"x\">b</b>", "<b>b</b>"),
    ])
    func aSnippetIsOneLineOfMarkdown(text: String, expected: String?) {
        let references = References(own: [], page: "n", outline: [], claims: nil)
        var writer = ProseWriter(references: references, insertions: Insertions(), bibliography: Bibliography())
        let markup = writer.snippet(Snippet(ShortText(text)))
        if let expected { #expect(markup == expected) } else { #expect(markup.contains(text)) }
    }

    @Test(arguments: [
        ("a", "a"), ("<em>a</em> &amp; b", "a & b"), ("<math><msup><mi>T</mi><mn>2</mn></msup></math>", "T^2"),
        ("<math><msub><mi>η</mi><mi>t</mi></msub></math>", "η_t"),
        ("<math><semantics><mi>x</mi><annotation>\\x</annotation></semantics></math>", "x"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1/2"),
        ("<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>", "x_i^2"), ("a<br>b", "a b"),
    ])
    func theWordsOfMarkupAreText(markup: String, text: String) { #expect(words(of: markup) == text) }

    @Test(arguments: [
        ("title: A `{swift} n`", 2, "the title cannot hold an inline value"),
        ("title: T\nabstract: A `{swift} n`", 3, "the abstract cannot hold an inline value"),
    ])
    func aValueThatOtherPagesWouldNeedIsRefusedAtItsLine(matter: String, line: Int, words: String) {
        let found = Notebook.parsed("---\n\(matter)\n---\nprose\n", name: "n", path: "n").diagnostics
        #expect(found.map(\.position.line) == [line] && found[0].message.hasPrefix(words))
    }

    @Test(arguments: [
        ("---\ntitle: See @fig-x\n---\n", 2, "a title cannot hold a reference"),
        ("---\ntitle: T\nabstract: A ![p](data:image/png;base64,AAAA)\n---\n", 3, "a picture cannot stand"),
        ("---\ntitle: A $\\nonsense$\n---\n", 2, "in this formula"),
        ("---\ntitle: T\nabstract: See @fig-nowhere\n---\n", 3, "nothing has the label"),
        ("---\ntitle: T\nabstract: A note[^1]\n---\n", 3, "a footnote cannot stand"),
        ("```swift\n//| label: fig-x\n//| fig-cap: See @fig-nowhere\n```\n", 3, "nothing has the label"),
        ("```swift\n//| label: fig-x\n//| fig-cap: A $\\nonsense$\n```\n", 3, "in this formula"),
        ("```swift\n//| label: tbl-x\n//| tbl-cap: See @nobody2000\n```\n", 3, "has no entry"),
    ])
    func anErrorInASnippetIsToldAtItsLine(text: String, line: Int, words: String) throws {
        let found = try problems(text)
        #expect(found.count == 1 && found[0].hasPrefix("n.md:\(line):"), "\(found)")
        #expect(found.first?.contains(words) == true, "\(found)")
    }

    @Test func valuesInCaptionsAreEvaluatedBehindTheirCell() throws {
        let values = try notebook(SnippetTests.whole).inlineValues
        #expect(values.map(\.cellsAbove) == [1, 1] && values.map(\.expression) == ["n", "n"])
        #expect(values.map(\.number) == [1, 2] && values.map(\.position.line) == [8, 12])
        #expect(values[0].position.column == 82)
    }
}
