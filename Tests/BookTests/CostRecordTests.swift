import Notebook
import Testing
import Wire

/// What the notebook about cost has on record, and says of it.
@Suite struct CostRecordTests {
    private static let notebook = "15-the-cost"
    private let record: Record
    private let answer: String

    init() throws {
        record = try BookRecords.record(Self.notebook)
        let notebook = try #require(try BookRecords.notebooks().first { $0.name == Self.notebook })
        let text = try BookRecords.filled(notebook).text
        answer = String(try #require(text.firstMatch(of: /\*\*The answers\.\*\*(?s:.*?)\n\n/)).output)
    }

    @Test func theAnswerHasTheVerdictsOnRecord() {
        let claims = record.decidedClaims
        #expect(claims.map(\.id) == ["C14", "C26"])
        let words = answer.replacing("\n", with: " ")
        for claim in claims { #expect(words.contains("\(claim.id) is \(claim.verdict.rawValue)")) }
    }

    @Test func theAnswerHasTheSharesAndRatiosOnRecord() throws {
        let shares = try #require(record.table("tbl-tuning")).rows
        let inferences = try #require(record.table("tbl-inference"))
        let published = try #require(inferences.row("published"))
        let listing = try #require(inferences.row("listing"))
        for number in [shares[0][1], shares[2][1], shares[1][2], shares[2][2], published[2], listing[2]] {
            #expect(answer.contains(number), "\(number)")
        }
    }

    @Test func theSearchTurnsTheVerdict() throws {
        let rows = try #require(record.table("tbl-tuning")).rows
        for row in rows { #expect(row[2].numbers[0] < 50) }
        #expect(rows.contains { $0[1].numbers[0] >= 50 })
    }

    @Test func noTimeIsOnRecord() {
        let words = record.printed + record.cells.flatMap { $0.label.map { [$0] } ?? [] }
        #expect(words.allSatisfy { $0.firstMatch(of: /\d\s*(ms|s|secs|seconds|minutes)\b/) == nil })
    }
}
