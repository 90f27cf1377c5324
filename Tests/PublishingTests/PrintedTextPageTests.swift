import Notebook
import Publishing
import Testing
import Wire

@Suite struct PrintedTextPageTests {
    private func output(_ displays: Display...) throws -> String {
        let html = try body(cell(), displays: [displays])
        return String(html[(html.firstRange(of: "</code></pre>")?.upperBound ?? html.startIndex)...])
    }

    @Test func whatIsPrintedStandsAsATerminalShowsIt() throws {
        let html = try output(.text("10%\r50%\r100%\n\u{1B}[31;1m<red>\u{1B}[0m & \u{1B}]8;;https://a.b\u{7}link\n"))
        #expect(
            html.contains(
                "<pre class=\"output\">100%\n<span class=\"styled bold red\">&lt;red&gt;</span> &amp; link\n</pre>"),
            "\(html)")
    }

    @Test func valuesTablesAndErrorsHaveNoEscapesEither() throws {
        let table = TableContent(columns: ["\u{1B}[1mn"], alignments: [.leading], rows: [["a\u{8}b"]])
        let html = try output(.value("\u{1B}[7mv"), .table(table))
        #expect(html.contains("<pre class=\"output value\"><span class=\"styled inverse\">v</span></pre>"), "\(html)")
        #expect(
            html.contains("<th><span class=\"styled bold\">n</span></th>") && html.contains("<td>b</td>"), "\(html)")
    }

    @Test func whatIsErasedInTheEndLeavesNothing() throws {
        #expect(try !output(.text("50%\r\u{1B}[K")).contains("<pre"))
        #expect(try output(.value("")).contains("<pre class=\"output value\"></pre>"))
    }

    @Test(arguments: [
        ("38;5;208", ["styled\"", "--styled-ink: light-dark(#"]),
        ("48;2;10;20;30", ["--styled-ground: #0a141e; --styled-ink: #ffffff"]),
        ("38;2;0;0;0;48;2;0;0;0", ["--styled-ground: #000000; --styled-ink: #"]),
        ("38;2;250;250;0;41", ["styled on-red", "--styled-ink: light-dark(#"]),
        ("94;103", ["styled on-bright-yellow bright-blue"]), ("100", ["styled on-bright-black"]),
    ])
    func coloursAreOfThePageOrReadableOnIt(parameters: String, words: [String]) throws {
        let html = try output(.text("\u{1B}[\(parameters)mx"))
        for word in words { #expect(html.contains(word), "\(html)") }
    }

    @Test func aPictureOfBlocksKeepsItsColours() throws {
        let html = try output(.text("\u{1B}[38;2;255;255;0m█▌ \u{1B}[38;2;1;2;3;48;2;4;5;6m▀"))
        #expect(html.contains("style=\"--styled-ink: #ffff00\"") && html.contains("--styled-ink: #010203"), "\(html)")
    }

    /// The shades that the style sheet has of a kind, for a light page or a dark one.
    private func shades(_ property: String, _ page: String, dark: Bool) -> [[Double]] {
        page.matches(of: /--styled-(ink|ground): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);/).filter {
            $0.1 == property
        }
        .map { match in
            let digits = Array(dark ? match.3 : match.2)
            return [0, 2, 4].map { Double(Int(String(digits[$0..<$0 + 2]), radix: 16) ?? 0) / 255 }
        }
    }

    private func contrast(_ one: [Double], _ other: [Double]) -> Double {
        func luminance(_ color: [Double]) -> Double {
            zip([0.2126, 0.7152, 0.0722], color).map { weight, level in
                weight * (level <= 0.04045 ? level / 12.92 : power(level))
            }.reduce(0, +)
        }
        let both = [luminance(one), luminance(other)].sorted()
        return (both[1] + 0.05) / (both[0] + 0.05)
    }

    /// ((v + 0.055) / 1.055)^2.4, near enough, between two powers whose roots are exact.
    private func power(_ level: Double) -> Double {
        let base = (level + 0.055) / 1.055
        let root = base.squareRoot().squareRoot()
        // base^2.4 = base^2 · base^0.4; 0.4 lies between 3/8 and 7/16.
        let eighth = root.squareRoot()
        let low = base * base * eighth * eighth * eighth
        let high = low * eighth.squareRoot()
        return low * 0.6 + high * 0.4
    }

    @Test(arguments: [false, true]) func everyColourCanBeReadOnEveryGround(dark: Bool) throws {
        let page = try page("prose\n")
        let paper = dark ? [0x15, 0x18, 0x1C].map { $0 / 255.0 } : [1, 1, 1]
        let texts = shades("ink", page, dark: dark)
        let grounds = shades("ground", page, dark: dark)
        #expect(texts.count == 16 && grounds.count == 16)
        for ground in grounds + [paper] {
            for text in texts { #expect(contrast(text, ground) >= 4.5, "\(text) on \(ground)") }
        }
    }

    @Test func whatIsFoundHasNoEscapes() throws {
        let html = try page(cell(), displays: [[.text("\u{1B}[31mre\u{1B}[32md\u{1B}[0m\n1%\r99%\n")]])
        let entry = searchEntry(name: "n", title: "n", page: html)
        #expect(entry.contains("\"text\":\"red 99%\""), "\(entry)")
    }

    @Test func aJupyterNotebookHasColoursAndTheLinesThatAreShown() throws {
        let notebook = try notebook(cell(code: "f()"))
        let displays = [
            Display.text("1%\r99%\n\u{1B}]0;t\u{7}\u{1B}[31mred\u{1B}[0m\n"), .value("\u{1B}[2J\u{1B}[4mv"),
        ]
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [],
            cells: [CellRecord(label: nil, status: .asExpected, displays: displays)])
        let file = try jupyterNotebook(
            notebook, record: record, constants: "", outline: [], bibliography: Bibliography(), claims: nil
        ) { _ in [] }
        let texts = "\(file)"
        #expect(texts.contains("99%\\n") && !texts.contains("1%\\r"), "\(texts)")
        #expect(texts.contains("\\u{1B}[31mred\\u{1B}[0m\\n") && texts.contains("\\u{1B}[4mv\\u{1B}[0m"), "\(texts)")
    }
}
