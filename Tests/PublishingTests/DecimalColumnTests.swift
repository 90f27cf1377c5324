import Notebook
import Publishing
import Testing
import Wire

@Suite struct DecimalColumnTests {
    private func entries(_ column: [String], _ alignment: TableContent.Alignment = .trailing) throws -> [String] {
        let content = TableContent(columns: ["a"], alignments: [alignment], rows: column.map { [$0] })
        return try body(cell(), displays: [[.table(content)]]).matches(of: /<td( class="right")?>(.*?)<\/td>/)
            .map { ($0.1 == nil ? "" : "right ") + $0.2 }
    }

    @Test func pointsStandBelowEachOther() throws {
        #expect(
            try entries(["1", "−12.5", "1,234.75"]) == [
                "right 1\u{2008}\u{2007}\u{2007}", "right −12.5\u{2007}", "right 1,234.75",
            ])
        #expect(try entries(["1", "20"]) == ["right 1", "right 20"])
    }

    @Test func aMissingNumberLeavesTheColumnToItsRight() throws {
        #expect(try entries(["1.5", "NA", "–"], .leading) == ["right 1.5", "right NA", "right –"])
        #expect(try entries(["NA", "–"], .leading) == ["NA", "–"])
    }

    @Test func whatIsNoNumberStandsAsItIs() throws {
        #expect(try entries(["1.5", "2 %"]) == ["right 1.5", "right 2 %"])
        #expect(try entries(["1.5", "3×10⁻⁵"]) == ["right 1.5", "right 3×10⁻⁵"])
        #expect(try entries(["1.5.2", "1"], .leading) == ["1.5.2", "1"])
        #expect(try entries(["a"], .leading) == ["a"])
    }

    @Test func aColumnOfProseThatIsSetRightIsAlignedLikewise() throws {
        let html = try body("| a | b |\n|---|--:|\n| 1 | 2.25 |\n| 10 | 3 |\n")
        #expect(html.contains("<td>1</td>") && html.contains("<td class=\"right\">3\u{2008}\u{2007}\u{2007}</td>"))
    }

    @Test func aCornerWithoutWordsIsNoHeader() throws {
        let html = try body("| | b |\n|---|---|\n| 1 | 2 |\n")
        #expect(html.contains("<thead><tr><td></td><th>b</th></tr></thead>"))
    }
}
