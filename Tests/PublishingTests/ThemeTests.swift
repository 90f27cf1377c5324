import Notebook
import Testing

@testable import Publishing

/// A book can give its pages other colours, and hears of those that cannot be read.
@Suite struct ThemeTests {
    private func configuration(_ theme: String) throws -> BookConfiguration {
        try BookConfiguration(parsing: "title: B\ntheme:\n\(theme)", path: "Notebooks/book.yml")
    }

    @Test func theRatioIsThatOfTheGuidelines() {
        #expect(RGBColor.black.exactContrast(on: .white) == 21)
        #expect(RGBColor.white.exactContrast(on: .white) == 1)
        // The two greys about the limit, as every checker has them.
        #expect(RGBColor(hex: 0x767676).exactContrast(on: .white) > 4.5)
        #expect(RGBColor(hex: 0x777777).exactContrast(on: .white) < 4.5)
    }

    @Test func kdbooksOwnColoursCanBeRead() {
        let all = BookTheme.Property.allCases.map { ($0, BookTheme.Color()) }
        #expect(PageTheme(book: BookTheme(colors: Dictionary(uniqueKeysWithValues: all))).problems == [])
        #expect(Set(PageTheme.own.map(\.key)) == Set(BookTheme.Property.allCases))
    }

    @Test func aPairThatCannotBeReadIsNamedWithItsRatioAndAColourThatCan() throws {
        let problems = try configuration("  accent: {light: \"#9ec5f0\"}\n").themeProblems
        #expect(problems.map(\.position.line) == [3, 3], "on paper and on panels")
        let message = try #require(problems.first?.message)
        #expect(
            message.hasPrefix(
                "theme, light: `accent` #9ec5f0 on `paper` #ffffff has a contrast of 1.79, and text needs 4.5; "))
        let cure = try #require(message.firstMatch(of: /`accent` (#[0-9a-f]{6}) has (4\.[5-9][0-9])/))
        #expect(try configuration("  accent: {light: \"\(cure.1)\"}\n").themeProblems.count <= 1)
    }

    @Test(arguments: UInt32(0)..<40) func aCureNeedsNoOther(number: UInt32) throws {
        let color = RGBColor(hex: (number &* 0x9E37_79B9) >> 8)
        let theme = BookTheme(colors: [.ink: .init(light: (number &* 0x9E37_79B9) >> 8)])
        for problem in PageTheme(book: theme).problems where problem.message.contains("on `paper`") {
            let cure = try #require(problem.message.firstMatch(of: /`ink` #([0-9a-f]{6}) has/))
            let mended = try #require(UInt32(cure.1, radix: 16))
            #expect(RGBColor(hex: mended).exactContrast(on: .white) >= 4.5, "\(color.css)")
        }
    }

    @Test func aDarkGroundIsHeldAgainstTheTextThatStays() throws {
        let problems = try configuration("  paper: {dark: \"#777777\"}\n").themeProblems
        #expect(problems.contains { $0.message.contains("theme, dark: `quiet` #98a2ad on `paper` #777777") })
        #expect(problems.allSatisfy { !$0.message.contains("light:") })
    }

    @Test(arguments: [
        ("  accent: #123456\n", "in quotation marks"), ("  accent: {light: red}\n", "in quotation marks"),
        ("  acent: {light: \"#123456\"}\n", "did you mean `accent`"), ("  font: \"a; } b\"\n", "text faces"),
        ("  accent: {middle: \"#123456\"}\n", "unknown shade `middle`"),
    ])
    func whatItCannotBeIsAnErrorAtItsLine(theme: String, words: String) {
        let error = #expect(throws: NotebookError.self) { try configuration(theme) }
        #expect(error?.description.contains("Notebooks/book.yml:3:") == true, "\(error?.description ?? "")")
        if theme.contains("{") || theme.contains("font") {
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
    }

    @Test func itsStyleSheetStandsBehindThatOfAllPagesAndInThePolicy() throws {
        let theme = try #require(
            try configuration("  accent: {light: \"#7a1fa2\", dark: \"#d79be8\"}\n  font: Charter, Georgia, serif\n")
                .theme)
        let plain = weaveFrontPage(title: "B", introduction: nil, outline: [])
        let html = weaveFrontPage(title: "B", introduction: nil, outline: [], book: BookFrame(theme: theme))
        let own = ":root { --accent: light-dark(#7a1fa2, #d79be8); --font: Charter, Georgia, serif; }"
        #expect(html.contains("</style>\n<style>\n\(own)\n</style>\n</head>"))
        func sources(_ page: String) -> Int {
            let policy = page.firstMatch(of: /style-src ('[^;]*');/)?.1 ?? ""
            return policy.split(separator: " ").count { $0.hasPrefix("'sha256-") }
        }
        #expect(sources(plain) == 1 && sources(html) == 2)
        #expect(HTMLOutline(html).problems == [])
    }
}
