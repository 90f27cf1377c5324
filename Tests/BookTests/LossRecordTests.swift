import Foundation
import Notebook
import Testing
import Wire

/// What the notebook about the loss shows.
@Suite struct LossRecordTests {
    private let record: Record

    init() throws { record = try BookRecords.record("03-the-loss") }

    private func number(_ text: String) throws -> Double {
        let exponents: [Character: Character] = [
            "⁻": "-", "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
            "⁹": "9", "−": "-",
        ]
        let plain = String(text.map { exponents[$0] ?? $0 }).replacingOccurrences(of: "×10", with: "e")
        return try #require(Double(plain))
    }

    @Test func everyCellDidAsExpected() {
        #expect(record.cells.count == 17)
        #expect(record.cells.allSatisfy { $0.status == .asExpected })
    }

    @Test func itDecidesSevenClaims() {
        let verdicts = Dictionary(uniqueKeysWithValues: record.decidedClaims.map { ($0.id, $0.verdict) })
        #expect(
            verdicts == [
                "C03": .supported, "C07": .conditional, "C08": .refuted, "C09": .refuted, "C10": .refuted,
                "C28": .refuted, "C29": .refuted,
            ])
    }

    @Test func theGradientsOfCrossEntropyAndDivergenceAreTheSame() throws {
        let table = try #require(record.table("tbl-gradients"))
        #expect(table.rows.count == 4)
        for row in table.rows {
            for entry in row.dropFirst() { #expect(try number(entry) < 1e-6) }
        }
    }

    @Test func theScaledGradientTendsToItsLimit() throws {
        let table = try #require(record.table("tbl-limit"))
        let gaps = try table.rows.map { try number($0[1]) }
        #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $0 > $1 })
        #expect(try #require(gaps.last) < 1e-5)
    }

    @Test func repairingThePrintedLossLeadsToTheOneMeant() throws {
        let table = try #require(record.table("tbl-printed"))
        #expect(table.rows.first?.first == "as printed")
        #expect(try number(#require(table.rows.first?.last)) < 0.9)
        #expect(table.rows.last?[1] == table.rows.last?[2])
        #expect(table.rows.last?.last == "1.000")
    }
}

extension Record {
    /// The claims that the notebook's cells decide, in order.
    var decidedClaims: [Claim] {
        cells.flatMap(\.displays).compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
    }
}
