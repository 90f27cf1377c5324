import Notebook
import Testing
import Wire

/// What the first notebook shows, to the last of its ten digits.
@Suite struct WorkedExampleRecordTests {
    private let record: Record

    init() throws { record = try BookRecords.record("01-worked-example") }

    @Test func everyCellDidAsExpected() {
        #expect(record.cells.count >= 15)
        #expect(record.cells.allSatisfy { $0.status == .asExpected })
    }

    @Test func theColumnsDoNotSumToOne() {
        #expect(record.table("tbl-columns")?.row("sum") == ["1.900", "1.400", "1.000", "1.000"])
    }

    @Test(arguments: [
        ("tbl-literal", "“L_ce”", ["−3.584229825", "−1.556611235"]),
        ("tbl-literal", "“L_ct”", ["−2.970272309", "−1.289972873"]),
        ("tbl-literal", "Σ t·log(t / s)", ["0.6139575168", "0.2666383617"]),
        ("tbl-literal", "generalised KL", ["0.1139575168", ""]),
        ("tbl-normalised", "teacher's entropy", ["2.205155101", "0.9576866922"]),
        ("tbl-normalised", "soft cross-entropy", ["2.222908987", "0.9653971067"]),
        ("tbl-normalised", "KL(p ‖ q)", ["0.01775388561", "0.007710414554"]),
        ("tbl-normalised", "KL(q ‖ p)", ["0.01621912361", "0.007043875887"]),
        ("tbl-normalised", "Jensen", ["0.004225628316", "0.001835167060"]),
        ("tbl-normalised", "hard label 2, 5 or 8", ["1.722766598", "0.7481880270"]),
        ("tbl-normalised", "hard label 2, without", ["1.386294361", "0.6020599913"]),
        ("tbl-normalised", "hard label 1", ["2.233592222", "0.9700367766"]),
        ("tbl-normalised", "hard label 0", ["3.332204510", "1.447158031"]),
        ("tbl-sigmoids", "binary cross-entropy", ["4.763063468"]),
        ("tbl-sigmoids", "the teacher's entropy", ["4.634132070"]),
        ("tbl-sigmoids", "KL divergence", ["0.1289313978"]),
        ("tbl-logits", "teacher, classes 0", ["0.09107699525"]),
        ("tbl-logits", "teacher, classes 1", ["0.1006556465"]),
        ("tbl-logits", "teacher, classes 2", ["0.1112416932"]),
        ("tbl-logits", "student, classes 0", ["0.09107699525"]),
        ("tbl-logits", "student, classes 1", ["0.1006556465"]),
        ("tbl-logits", "student, classes 2", ["0.1112416932"]),
        ("tbl-logits", "soft cross-entropy", ["2.299108319"]),
        ("tbl-logits", "hard label", ["2.196050029"]),
        ("tbl-temperature", "2", ["2.282029383", "0.005688467367", "0.02275386947"]),
        ("tbl-temperature", "4", ["2.297418931", "0.001544770660", "0.02471633056"]),
        ("tbl-temperature", "20", ["2.302378434", "0.00006455255103", "0.02582102041"]),
        ("tbl-temperature", "∞", ["2.302585093", "0", "0.02602022403"]),
        ("tbl-constants", "½ · ln 3", ["0.5493061443", "0.5493"]),
        ("tbl-constants", "log₁₀ 2", ["0.3010299957", "0.3010"]),
        ("tbl-ratios", "½ · ln(t₂ / t₀)", ["0.5493061443"]), ("tbl-ratios", "½ · ln(s₁ / s₀)", ["0.5493061443"]),
        ("tbl-ratios", "log₁₀(t₁ / t₀)", ["0.3010299957"]),
    ])
    func aTableHolds(_ label: String, _ row: String, _ values: [String]) throws {
        let rows = try #require(record.table(label)).rows
        let found = rows.first { row.count < 3 ? $0[0] == row : $0[0].hasPrefix(row) }
        #expect(found.map { Array($0.dropFirst()) } == values)
    }

    /// The page's controls switch between these.
    @Test(arguments: [
        ("record.json", "tbl-normalised", "hard label 2, 5 or 8", "soft cross-entropy"),
        ("controls/reading=A.json", "tbl-literal", "“L_ce”", "“L_ct”"),
        ("controls/reading=C.json", "tbl-logits", "hard label", "soft cross-entropy"),
    ])
    func theSharesAddUpToTheLossesOfTheirReading(file: String, table: String, hard: String, soft: String) throws {
        let record = try BookRecords.record("01-worked-example", file: file)
        let shares = try #require(record.table("tbl-followed"))
        let losses = try #require(record.table(table)).rows
        for (row, column) in [(hard, 5), (soft, 6)] {
            let loss = try #require(losses.first { $0[0].hasPrefix(row) }?[1].numbers.first)
            let sum = try #require(shares.row("sum")?[column - 1].numbers.first)
            let classes = shares.rows.prefix(10).compactMap { $0[column].numbers.first }
            #expect(classes.count == 10)
            #expect(abs(sum - loss) <= 0.0005 && abs(classes.reduce(0, +) - loss) <= 0.0015, "\(row)")
        }
    }

    @Test func thePrintedSecondLossHasNoGradient() throws {
        let table = try #require(record.table("tbl-gradient"))
        #expect(table.rows.count == 10)
        for row in table.rows {
            #expect(row[1] == "0")
            #expect(row[2] == row[3] && row[3] == row[4])
            #expect(row[4] != "0")
        }
    }

    @Test func theTotalsAreThoseOfTheNormalisedColumns() {
        let text = record.text("total")
        #expect(text.contains("L = 1.722766598 + α · 2.222908987"))
        #expect(text.contains("L = 1.722766598 + α · 0.01775388561"))
    }

    @Test func readAsLogitsTheColumnsDoNotDivergeAtAnyTemperature() {
        let lines = record.text("divergence-of-logits").split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.hasSuffix("is true") })
    }

    @Test func theSearchSaysHowManyReadingsItTried() throws {
        let tried = try #require(record.text("search").firstMatch(of: /^(\d+) readings tried, of which (\d+) use all/))
        // 120 terms on columns, over 79 choices of classes, as sum, mean or a tenth, less those that are the same twice.
        #expect(try #require(Int(tried.1)) == 120 * (3 * 79 - 4))
        #expect(try #require(Int(tried.2)) == 120 * 2)
    }

    @Test func noReadingOfTheWholeTableGivesThePrintedNumbers() throws {
        #expect(record.text("search").contains("0 of them with all ten classes"))
        let claim = try #require(record.cells.flatMap(\.claims).first)
        #expect(claim.id == "C23" && claim.verdict == .refuted)
        #expect(claim.findings.map(\.verdict) == [.refuted, .refuted])
        let nearest = try #require(record.table("tbl-nearest"))
        #expect(nearest.rows.count == 8)
        for row in nearest.rows {
            let printed = try #require(Double(row[0]))
            let value = try #require(Double(row[1]))
            #expect(abs(value - printed) > 0.00005)
        }
    }
}
