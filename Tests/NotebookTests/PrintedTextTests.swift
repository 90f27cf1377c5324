import Notebook
import Testing

@Suite struct PrintedTextTests {
    /// What is printed, and what a terminal shows of it in the end.
    @Test(arguments: [
        ("", ""), ("one\ntwo\n", "one\ntwo\n"), ("a\tb\n", "a\tb\n"),
        // To the line's beginning and back.
        ("10%\r 50%\r100%\n", "100%\n"), ("a long line\rshort", "shortg line"), ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("abc\u{8}\u{8}X", "aXc"), ("\u{8}\u{8}x", "x"), ("ab\u{8} \u{8}", "a "), ("ab\r\tc", "ab      c"),
        ("\tb\rX", "X       b"),
        // Erasing.
        ("long\r\u{1B}[Kx", "x"), ("abcdef\u{1B}[3D\u{1B}[K", "abc"), ("abc\u{1B}[1Kd", "   d"),
        ("ab\u{1B}[2K\rc", "c"),
        ("one\ntwo\nthree\u{1B}[1A\r\u{1B}[J", "one\n"), ("first\u{1B}[2J\u{1B}[Hsecond", "second"),
        // Moving.
        ("a\u{1B}[3Cb", "a   b"), ("abc\u{1B}[1Gx", "xbc"), ("a: 0\nb: 0\n\u{1B}[2Aa: 1\n\u{1B}[1Bc", "a: 1\nb: 0\nc"),
        ("x\u{1B}[99Ay", "xy"), ("x\u{1B}[99By", "xy"), ("one\n\u{1B}[Ftwo", "two\n"), ("a\nb\u{1B}[1;3Hc", "a c\nb"),
        // What leaves no trace, and what is shown.
        ("\u{1B}]8;;https://a.b\u{1B}\\link\u{1B}]8;;\u{7}", "link"), ("\u{1B}]0;title\nnext", "\nnext"),
        ("\u{1B}[?25la\u{1B}(B\u{1B}[>0qb\u{7}", "ab"), ("\u{0}\u{1}\u{7F}\u{9B}", "␀␁␡\u{FFFD}"), ("a\u{1B}", "a␛"),
        ("\u{1B}[3\nx", "\nx"), ("\u{1B}[31", ""), ("\u{1B}\u{1B}[1mx", "␛x"), ("a\u{B}b\u{C}c", "a\nb\nc"),
        // Glyphs of two columns, and of several scalars.
        ("日本\rx", "x 本"), ("日本\u{8}x", "日 x"), ("e\u{301}a\ro", "oa"), ("\u{1B}[1me\u{301}", "e\u{301}"),
        ("👩‍👩‍👧!\rab", "ab!"), ("\r\u{301}", "\u{301}"),
    ])
    func aTerminalShows(printed: String, shown: String) {
        #expect(PrintedText(printed).text == shown)
    }

    @Test func coloursAndEmphasisAreStyles() {
        let printed = "a\u{1B}[1;31mb\u{1B}[22mc\u{1B}[0m\u{1B}[3;4;7;9md\u{1B}[23;24;27;29;94;103me\u{1B}[39;49mf"
        let red = TextStyle.Color.theme(1)
        #expect(
            PrintedText(printed).runs == [
                .init("a"), .init("b", TextStyle(emphasis: .bold, foreground: red)),
                .init("c", TextStyle(foreground: red)),
                .init("d", TextStyle(emphasis: [.italic, .underline, .inverse, .strike])),
                .init("e", TextStyle(foreground: .theme(12), background: .theme(11))), .init("f"),
            ])
    }

    @Test(arguments: [
        ("38;5;9", TextStyle.Color.theme(9)), ("38;5;208", .rgb(red: 255, green: 135, blue: 0)),
        ("38;5;255", .rgb(red: 238, green: 238, blue: 238)), ("38;2;1;2;3", .rgb(red: 1, green: 2, blue: 3)),
        ("38:2::1:2:3", .rgb(red: 1, green: 2, blue: 3)), ("38:2:1:2:3", .rgb(red: 1, green: 2, blue: 3)),
        ("38:5:1", .theme(1)), ("38;5;256", nil), ("38;2;1;2;300", nil), ("38;2", nil), ("38", nil),
        ("38;7;31", .theme(1)), ("31;39", nil), ("31;", nil),
    ])
    func coloursAreWrittenInManyWays(parameters: String, color: TextStyle.Color?) {
        #expect(PrintedText("\u{1B}[\(parameters)mx").runs.map(\.style.foreground) == [color])
    }

    @Test func whatIsReplacedKeepsNoStyle() {
        let runs = PrintedText("\u{1B}[31mred\u{1B}[0m\rbl").runs
        #expect(runs == [.init("bl"), .init("d", TextStyle(foreground: .theme(1)))])
    }

    @Test func theSameCanBeWrittenToATerminal() {
        let printed = "a\u{1B}[1;4;96;48;5;208mb\rc\u{1B}]0;t\u{7}\u{1B}[0m\nd"
        let text = PrintedText(printed)
        #expect(text.withEscapes == "\u{1B}[1;4;96;48;2;255;135;0mcb\u{1B}[0m\nd")
        #expect(PrintedText(text.withEscapes) == text)
        #expect(PrintedText("no colours\n").withEscapes == "no colours\n")
    }

    @Test func onlyTheLastLinesCanBeReached() {
        let lines = (0..<500).map { "\($0)\n" }.joined()
        let shown = PrintedText(lines + "\u{1B}[999Ax").text.split(separator: "\n")
        #expect(shown.count == 500 && shown[400] == "400" && shown[401] == "x01")
    }

    /// Texts made of what programs print, and of what they should not.
    private static let parts = [
        "word", " ", "\n", "\t", "é", "e\u{301}", "日本", "👩‍👩‍👧", "🇩🇪", "°", "\u{301}", "\r", "\r\n", "\u{8}", "\u{1B}",
        "\u{0}", "[31m",
        "\u{1B}[31m", "\u{1B}[0m", "\u{1B}[K", "\u{1B}[1K", "\u{1B}[2J", "\u{1B}[J", "\u{1B}[99A", "\u{1B}[99B",
        "\u{1B}[999999999C", "\u{1B}[9999999999999999999D", "\u{1B}[5;500H", "\u{1B}]8;;x", "\u{1B}\\",
        "\u{1B}[38;2;1;2;3m",
        "\u{1B}[;;;:;", "\u{9B}", "\u{1B}(", "\u{1B}[131Cx",
    ]

    private static func text(of parts: ArraySlice<String>, seed: UInt64) -> String {
        var state = seed
        return (0..<200).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return parts[Int(state >> 33) % parts.count]
        }.joined()
    }

    @Test(arguments: 0..<40) func textWithoutControlCharactersIsItself(seed: UInt64) {
        let text = Self.text(of: Self.parts[..<11], seed: seed)
        #expect(Array(PrintedText(text).text.utf8) == Array(text.utf8))
        // So it is where something else has the text looked at character by character.
        #expect(Array(PrintedText("\u{1B}[0m" + text).text.utf8) == Array(text.utf8))
    }

    @Test(arguments: 0..<200) func whatIsShownIsBoundedAndHasNoControlCharacters(seed: UInt64) {
        let printed = Self.text(of: Self.parts[...], seed: seed)
        let text = PrintedText(printed)
        #expect(text.text.utf8.count <= 34 * printed.utf8.count)
        #expect(
            !text.text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" }
        )
        #expect(PrintedText(text.withEscapes).text == text.text)
        #expect(!text.runs.contains { $0.text.isEmpty })
        #expect(zip(text.runs, text.runs.dropFirst()).allSatisfy { $0.style != $1.style })
    }

    /// What would take minutes, or all memory, if each step took as long as the text.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "\r\u{1B}[32m██\u{1B}[0m 50%", "\u{1B}[1K", "\u{1B}[Ax\u{1B}[By", "\n\u{1B}[2J", "\u{1B}[H\u{1B}[J\n",
            "\u{1B}]", ";",
            "\t\r", "\u{301}\r", "\u{8}\u{301}", "\u{1B}[K\u{1B}[5Cx",
        ])
    func longTextTakesTimeInProportion(part: String) {
        let printed = String(repeating: "x", count: 20_000) + "\u{1B}[" + String(repeating: part, count: 20_000)
        #expect(PrintedText(printed).text.utf8.count <= 34 * printed.utf8.count)
    }
}
