import Foundation
import Notebook
import Testing

@testable import Publishing

/// Markup whose reading could take as long as the square of its length.
@Suite(.timeLimit(.minutes(2))) struct MarkupBoundsTests {
    private func filtered(_ markup: String) -> String {
        var raw = RawMarkup()
        return raw.filtered(markup) + raw.closing()
    }

    @Test(arguments: [
        "<a ", "<a href=\"", "<a href='b\" ", "<", "<p", "<div>", "<b><i>", "<svg>", "</p>", "<!", "<!--", "<?a",
    ])
    func `markup that opens thousands of tags and closes none is read`(opening: String) {
        let markup = String(repeating: opening, count: 30_000)
        #expect(filtered(markup).utf8.count < 2_000_000)
        #expect(RawMarkup.address(in: markup) { _ in true } == nil)
    }

    @Test(arguments: [
        "^[", "^[a ", "x^", "x^a", "a~", "a~b", "[a", "[a]{", "{{<", "{{< a ", "\\\\(", "\\\\(x", "a\n: b\n", "| a\n",
        "::: {", ":::   ",
        "> [!", "\n::: tip\n", "\n:::\n", "a^[b]",
    ])
    func `notation that opens thousands of times and closes never is read`(opening: String) throws {
        #expect(try body("a\n\n" + String(repeating: opening, count: 3_000)).utf8.count < 2_000_000)
    }

    @Test func `elements within elements without end stand on the page as text`() {
        let html = filtered(String(repeating: "<b>", count: 1000) + "x")
        #expect(html.hasPrefix("<b><b>") && html.contains("&lt;b&gt;x") && html.hasSuffix("</b></b>"))
        #expect(html.components(separatedBy: "<b>").count - 1 == html.components(separatedBy: "</b>").count - 1)
    }

    @Test func `a tag ends where it did, whatever its quotation marks hold`() {
        #expect(filtered("<a title=\"a > b\" href=\"c\">d</a>") == "<a title=\"a &gt; b\" href=\"c\">d</a>")
        #expect(filtered("a < b <i>c</i> > d") == "a &lt; b <i>c</i> > d")
        #expect(filtered("<b title='\"<i>'>x</b><!-- <i> --><i>y") == "<b title=\"&quot;&lt;i&gt;\">x</b><i>y</i>")
        #expect(filtered("<b \"><i>z</i>") == "&lt;b \"><i>z</i>")
    }

    @Test func `backticks that nothing closes are looked for once`() throws {
        let runs = (1..<1000).map { String(repeating: "`", count: $0) }.joined(separator: " ")
        #expect(try body(runs + " $x$\n").contains("<math"))
        #expect(try body("`a $x$` ``b ` $y$`` `c\n").contains("<code>a $x$</code> <code>b ` $y$</code> `c"))
    }
}
