import Notebook
import Testing
import Wire

@testable import Publishing

/// Markdown of GitHub, pandoc and Quarto.
@Suite struct NotationTests {
    @Test(arguments: [
        ("> [!NOTE]\n> Text.", "note", "Note"), ("> [!TIP]\n> Text.", "tip", "Tip"),
        ("> [!IMPORTANT]\n> Text.", "important", "Important"), ("> [!WARNING]\n> Text.", "warning", "Warning"),
        ("> [!CAUTION]\n> Text.", "caution", "Caution"), ("> [!note]\n> Text.", "note", "Note"),
        (">[!NOTE]\n>Text.", "note", "Note"), ("> [!NOTE]\n>\n> Text.", "note", "Note"),
        ("> [!TIP] Try it\n> Text.", "tip", "Try it"), ("> [!NOTE]-\n> Text.", "note", "Note"),
        ("::: {.callout-note}\nText.\n:::", "note", "Note"), ("::: callout-tip\nText.\n:::", "tip", "Tip"),
        (":::{.callout-warning}\nText.\n:::", "warning", "Warning"),
        (":::: {.callout-caution}\nText.\n::::", "caution", "Caution"),
        ("::: {.callout-important title=\"Mind *it*\"}\nText.\n:::", "important", "Mind *it*"),
        ("::: {.callout-note}\n## Called so\nText.\n:::", "note", "Called so"),
        ("::: {.callout-note}\n\n## Called *so*\n\nText.\n\n:::", "note", "Called <em>so</em>"),
        (":::{note}\nText.\n:::", "note", "Note"), (":::{tip} A hint\nText.\n:::", "tip", "A hint"),
        (":::note\nText.\n:::", "note", "Note"), (":::warning Hot\nText.\n:::", "warning", "Hot"),
        ("::: {.callout-note collapse=\"true\" appearance='simple'}\nText.\n:::", "note", "Note"),
        ("::: {.callout-note}\r\nText.\r\n:::\r\n", "note", "Note"),
    ])
    func alertsAndCalloutsAreBoxes(text: String, kind: String, title: String) throws {
        let html = try body(text)
        #expect(html.contains("<div class=\"callout callout-\(kind)\">"), "\(html)")
        #expect(html.contains("<p class=\"callout-title\">\(title)</p>\n<p>Text.</p>"), "\(html)")
        #expect(!html.contains(":::") && !html.contains("[!") && HTMLOutline(html).problems == [])
        #expect(try problems(text) == [])
    }

    @Test func aCalloutHoldsCellsAndOtherCallouts() throws {
        let text = "::: {.callout-note}\nA\n\n```swift\n1\n```\n\n::: {.callout-tip}\nB\n:::\n\nC\n:::\n\nD\n"
        let html = try body(text, displays: [[.value("1")]])
        let outer = try #require(html.firstRange(of: "callout-note"))
        let inner = try #require(html.firstRange(of: "callout-tip"))
        let cell = try #require(html.firstRange(of: "id=\"cell:1\""))
        #expect(outer.lowerBound < cell.lowerBound && cell.lowerBound < inner.lowerBound)
        #expect(html.contains("<p>B</p>\n</div>\n<p>C</p>\n</div>\n<p>D</p>"))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func tabsAreDetailsOfWhichOneIsOpen() throws {
        let text = "::: {.panel-tabset}\n## One\n\nFirst.\n\n## Two *x*\n\n```swift\n2\n```\n:::\n\n## After\n"
        let html = try body(text, displays: [[.value("2")]])
        #expect(
            html.contains(
                "<div class=\"tabset\">\n<details name=\"tabset-1\" open><summary>One</summary>\n<p>First.</p>"))
        #expect(html.contains("</details><details name=\"tabset-1\"><summary>Two <em>x</em></summary>"))
        #expect(html.contains("<h2 id=\"after\">") && HTMLOutline(html).problems == [])
    }

    @Test(arguments: [
        ("::: {.column-margin}\nx\n:::\n", 1, "a block `::: column-margin` is not known"),
        ("::: {.calout-note}\nx\n:::\n", 1, "did you mean `callout-note`?"), ("a\n\n:::\n", 3, "closes nothing"),
        ("::: {.callout-note}\nx\n", 1, "is never closed"), ("> [!INFO]\n> x\n", 1, "an alert `[!INFO]` is not known"),
        ("a {{< include x.md >}}\n", 1, "is a shortcode of Quarto's"),
        ("a [b]{.red}\n", 1, "`{.red}` is not known behind words"),
        ("so \\(x^2\\) is\n", 1, "a formula stands between dollars: `$x^2$`"),
        ("::: {#refs}\n:::\n", 1, "is not known"),
    ])
    func notationThatIsNotKnownIsToldWithItsLine(text: String, line: Int, words: String) throws {
        let found = try problems(text)
        #expect(found.count == 1 && found[0].hasPrefix("n.md:\(line):") && found[0].contains(words), "\(found)")
    }

    @Test(arguments: [
        ("H~2~O", "H<sub>2</sub>O"), ("x^2^", "x<sup>2</sup>"), ("10^-3^ m", "10<sup>-3</sup> m"),
        ("(a)~i~", "(a)<sub>i</sub>"),
        ("~gone~", "<del>gone</del>"), ("a ~~gone~~", "a <del>gone</del>"), ("2^3 and 4^5", "2^3 and 4^5"),
        ("a~b", "a~b"),
        ("about ~5 and ~6", "about ~5 and ~6"), ("`H~2~O`", "<code>H~2~O</code>"), ("[a]{.mark}", "<mark>a</mark>"),
        ("[a *b*]{.underline} c", "<u>a <em>b</em></u> c"), ("[Ctrl]{.kbd}", "<kbd>Ctrl</kbd>"), ("\\[a\\]", "[a]"),
        ("[a] {b}", "[a] {b}"),
        ("a^b^c", "a<sup>b</sup>c"), ("1^st^ and 2^nd^", "1<sup>st</sup> and 2<sup>nd</sup>"), ("x^<b>^", "x^<b>^</b>"),
        ("a\\^b^", "a^b^"),
        ("CO~2~ and C~6~H~12~", "CO<sub>2</sub> and C<sub>6</sub>H<sub>12</sub>"), ("\\(a\\)", "(a)"),
        ("é^2^", "é<sup>2</sup>"),
    ])
    func scriptsAndSpansAreSet(text: String, expected: String) throws {
        #expect(try body(text) == "<p>\(expected)</p>\n")
        #expect(try problems(text) == [])
    }

    @Test(arguments: [
        ("Term\n: Def", "<dl>\n<dt>Term</dt>\n<dd>Def</dd>\n</dl>\n"),
        ("Term\n\n:   Def", "<dl>\n<dt>Term</dt>\n<dd>Def</dd>\n</dl>\n"),
        ("T\n: A\n: B", "<dl>\n<dt>T</dt>\n<dd>A</dd>\n<dd>B</dd>\n</dl>\n"),
        ("T\n\n: A\n\n: B", "<dl>\n<dt>T</dt>\n<dd>A</dd>\n<dd>B</dd>\n</dl>\n"),
        ("*T*\n: A `b`", "<dl>\n<dt><em>T</em></dt>\n<dd>A <code>b</code></dd>\n</dl>\n"),
        ("T\n: A\n  more", "<dl>\n<dt>T</dt>\n<dd>A\nmore</dd>\n</dl>\n"), (": alone", "<p>: alone</p>\n"),
        ("a: b\nc: d", "<p>a: b\nc: d</p>\n"), ("a\n:b", "<p>a\n:b</p>\n"),
        ("S\n: A\n\nT\n: B", "<dl>\n<dt>S</dt>\n<dd>A</dd>\n</dl>\n<dl>\n<dt>T</dt>\n<dd>B</dd>\n</dl>\n"),
        ("| a\n| b", "<div class=\"line-block\">a<br>\nb</div>\n"),
        ("| a\n|   *b* c", "<div class=\"line-block\">a<br>\n\u{A0}\u{A0}<em>b</em> c</div>\n"),
        ("| a", "<p>| a</p>\n"),
        ("| a\nb", "<p>| a\nb</p>\n"),
    ])
    func definitionsAndLineBlocksAreSet(text: String, expected: String) throws { #expect(try body(text) == expected) }

    @Test(arguments: [
        ("A^[Note *b* $x$ a.] c", "Note <em>b</em> <math"),
        ("A^[With [a] in it] b", "With [a] in it"), ("A^[open", nil),
        ("A^[See https://example.org/x].", "https://example.org/x\""),
        ("A^[one] b^[two]", "two"), ("A^[x\ny] z", "x y"), ("- item^[in a list]", "in a list"),
        ("> said^[quoted]", "quoted"),
    ])
    func aFootnoteMayStandInTheLine(text: String, note: String?) throws {
        let html = try body(text)
        #expect(html.contains("id=\"fnref:1\"") == (note != nil))
        if let note {
            #expect(
                try #require(html.firstRange(of: "class=\"footnotes\"")).upperBound
                    < #require(html.firstRange(of: note)).lowerBound)
        }
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aTasksBoxIsCalledByItsWords() throws {
        #expect(
            try body("- [x] done *well*\n- [ ] open\n")
                == "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled checked> done <em>well</em></label></li>\n"
                + "<li class=\"task\"><label><input type=\"checkbox\" disabled> open</label></li>\n</ul>\n")
    }

    @Test(arguments: [
        ("## A {.unnumbered}", "a", "A"), ("## A {-}", "a", "A"), ("## A {#sec-a .unlisted}", "sec-a", "A"),
        ("## Set {a, b}", "set-a-b", "Set {a, b}"), ("## A {#sec-a}", "sec-a", "A"),
    ])
    func attributesOfHeadingsAreNotShown(text: String, anchor: String, title: String) throws {
        #expect(try body(text).hasPrefix("<h2 id=\"\(anchor)\">\(title) <a"))
    }

    @Test func codeIsLeftAsItIs() throws {
        let text = "```text\n::: {.callout-note}\nx^[n] {{< y >}}\n> [!NOTE]\n:::\n```\n"
        #expect(try body(text).contains("::: {.callout-note}\nx^[n] {{&lt; y &gt;}}\n&gt; [!NOTE]\n:::"))
        #expect(try problems(text) == [])
    }

    @Test func noMarkupOfACalloutReachesThePageAsCode() throws {
        let html = try body("::: {.callout-note title=\"<script>x</script>\"}\nx\n:::\n\n> [!TIP] <img src=x>\n> y\n")
        #expect(html.contains("&lt;script&gt;x&lt;/script&gt;") && !html.contains("<script>") && !html.contains("<img"))
    }
}
