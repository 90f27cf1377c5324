import Notebook
import Testing

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("\u{1B}[2J\u{1B}[1;1H", "\\u{1B}[2J\\u{1B}[1;1H"), ("a\rb", "a\\u{D}b"), ("a\u{8}", "a\\u{8}"),
        ("a\r\nb", "a\\u{D}\nb"), ("\u{9B}31m", "\\u{9B}31m"), ("\u{7F}", "\\u{7F}"), ("\0", "\\u{0}"),
        ("a\u{202E}b\u{2066}c\u{61C}", "a\\u{202E}b\\u{2066}c\\u{61C}"), ("a\u{2028}b", "a\\u{2028}b"),
        ("a\u{200B}b\u{FEFF}c\u{AD}d", "a\\u{200B}b\\u{FEFF}c\\u{AD}d"), ("x\u{200D}y", "x\\u{200D}y"),
        ("\u{E0041}", "\\u{E0041}"), ("\u{3164}", "\\u{3164}"),
    ])
    func whatIsObeyedOrUnseenIsWrittenOut(text: String, shown: String) {
        #expect(VisibleText(text).description == shown)
    }

    @Test(arguments: ["plain\n\twords", "Größe 数字 🎈", "👩‍💻 ❤️", "نمی‌خواهم", "e\u{301}", ""])
    func whatIsSeenStaysAsItIs(text: String) { #expect(VisibleText(text).description == text) }

    @Test func onASingleLineNoOtherBegins() {
        #expect(VisibleText("a\nb", keepingLines: false).description == "a\\u{A}b")
    }
}
