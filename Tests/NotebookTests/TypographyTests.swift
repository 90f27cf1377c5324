import Notebook
import Testing

@Suite struct TypographyTests {
    private func shown(_ markdown: String, in language: String = "en") -> String {
        plain(MarkdownDocument(markdown, Typography(language: language)).root)
    }

    private func plain(_ node: MarkdownNode) -> String {
        switch node.typeName {
        case "html_inline": node.literal
        case "code": "`\(node.literal)`"
        case "text", "softbreak", "linebreak": node.plainText
        default: node.children.map(plain).joined()
        }
    }

    @Test(arguments: [
        (#"He said "yes"."#, "He said “yes”."), ("It's the dogs' bowl.", "It’s the dogs’ bowl."),
        ("'Quoted', and 'it's so'.", "‘Quoted’, and ‘it’s so’."), (#""'Both'""#, "“‘Both’”"),
        (#"("In brackets")"#, "(“In brackets”)"), ("the '90s", "the ’90s"),
        ("pages 3--5 --- and so", "pages 3–5 — and so"),
        ("Wait...", "Wait…"), ("one.. two", "one.. two"), ("a - b -1", "a - b -1"),
        (#""*Slanted*" and *"within"*"#, "“Slanted” and “within”"), (#"**"Bold,"** he said"#, "“Bold,” he said"),
        (#"`"code" -- it's`"#, #"`"code" -- it's`"#), (#"see `f()`'s "x""#, "see `f()`’s “x”"),
        (#"\"straight\" and it\'s"#, #""straight" and it's"#), (#"<b title="x">"y"</b>"#, #"<b title="x">“y”</b>"#),
        (#"[a "link"](https://x.org/a--b "it's")"#, "a “link”"), ("https://x.org/a--b...c", "https://x.org/a--b...c"),
        (#"6" by 4""#, "6” by 4”"), (#"a " b"#, #"a " b"#), ("\"over\nlines\"", "“over lines”"),
        (#""first"--"second""#, "“first”–“second”"), ("“typed” and ‘so’", "“typed” and ‘so’"),
        (#"x="y""#, "x=“y”"), (#"| "a" |"# + "\n|---|\n| it's |", "“a”it’s"), (#"# The "loss""#, "The “loss”"),
    ])
    func typedSignsBecomeThoseOfPrint(markdown: String, wanted: String) { #expect(shown(markdown) == wanted) }

    @Test(arguments: [
        ("en", "“a” ‘b’ it’s"), ("en-GB", "“a” ‘b’ it’s"), ("de", "„a“ ‚b‘ it’s"), ("de-CH", "«a» ‹b› it’s"),
        ("fr", "«\u{202F}a\u{202F}» “b” it’s"), ("zh", "“a” ‘b’ it’s"), ("zh-TW", "「a」 『b』 it’s"),
        ("ja", "「a」 『b』 it’s"), ("es", "«a» “b” it’s"), ("it", "«a» “b” it’s"), ("pt-BR", "“a” ‘b’ it’s"),
        ("pt-PT", "«a» “b” it’s"), ("ru", "«a» „b“ it’s"), ("pl", "„a” «b» it’s"), ("cs", "„a“ ‚b‘ it’s"),
        ("sv", "”a” ’b’ it’s"), ("fi", "”a” ’b’ it’s"), ("nl", "“a” ‘b’ it’s"), ("nb", "«a» ‘b’ it’s"),
        ("hu", "„a” »b« it’s"), ("xx", "“a” ‘b’ it’s"),
    ])
    func eachLanguageHasItsMarks(language: String, wanted: String) {
        #expect(shown(#""a" 'b' it's"#, in: language) == wanted)
    }

    @Test(arguments: [
        (#"他说"你好"。"#, "zh", "他说“你好”。"), (#""你好"，"再见""#, "zh", "“你好”，“再见”"),
        (#"“已有”和"新的""#, "zh", "“已有”和“新的”"), (#"l'"art""#, "fr", "l’«\u{202F}art\u{202F}»"),
        (#"“schon” und "neu""#, "de", "“schon” und „neu“"), ("'it's'", "de", "‚it’s‘"),
        ("Geht's -- ja", "de", "Geht’s – ja"),
    ])
    func signsThatAreThoseOfPrintAlreadyStay(markdown: String, language: String, wanted: String) {
        #expect(shown(markdown, in: language) == wanted)
    }

    @Test func aPicturesAttributesStayAsTheyAreWritten() {
        let text = #"![A "plan"](a.png){#fig-a fig-alt="It's 'so'"}"#
        #expect(shown(text) == #"A “plan”{#fig-a fig-alt="It's 'so'"}"#)
    }

    @Test func nothingChangesWhereItIsNotWanted() {
        let text = #""a" it's -- ..."#
        #expect(plain(MarkdownDocument(text).root) == text)
        #expect(plain(MarkdownDocument(text, Typography(language: "de", isSmart: false)).root) == text)
    }

    @Test func aNotebookDecidesBeforeItsBook() throws {
        for (words, isSmart) in [("", true), ("smart: false\n", false), ("smart: true\n", true)] {
            let notebook = try Notebook(parsing: "---\ntitle: T\n\(words)---\n", name: "n", path: "n.md")
            #expect(notebook.typography == .typed)
            #expect(
                notebook.showing(Typography(language: "fr")).typography == Typography(language: "fr", isSmart: isSmart))
        }
    }

    /// Whatever stands in a text, only the signs that are typed ones of prose change, and the tree stays as it was.
    @Test func theTreeStaysAsItWas() {
        let pieces = [
            "\"", "'", "--", "...", "a", " ", "*", "_", "`", "[", "](u)", "<b>", "</b>", "\\", "\n", "说", "![", "{",
            "}", ".",
            "www.a.b", "@", "~~", "|",
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            let text = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let plain = self.plain(MarkdownDocument(text).root)
            let printed = shown(text, in: "de")
            let back = printed.replacing(/[„“]/, with: "\"").replacing(/[‚‘’]/, with: "'").replacing("—", with: "---")
                .replacing("–", with: "--").replacing("…", with: "...")
            #expect(back == plain, "\(text.debugDescription)")
        }
    }
}
