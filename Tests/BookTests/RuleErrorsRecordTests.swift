import Foundation
import Notebook
import Testing
import Wire

/// What the notebook about the rules' errors has on record.
@Suite struct RuleErrorsRecordTests {
    private let record: Record

    init() throws { record = try BookRecords.record("07-how-often-the-rules-err") }

    @Test func everyRuleInUseErrsInAtMostFivePercentWithinTheSimulation() throws {
        let table = try #require(record.table("tbl-errors"))
        #expect(table.rows.count >= 12)
        for row in table.rows {
            let interval = row[3].numbers
            #expect(interval.count == 2 && interval[0] <= 5, "\(row)")
        }
    }

    @Test func theNumbersOfStartsAreThoseOfTheRulesThatStandNow() throws {
        let table = try #require(record.table("tbl-rules"))
        for row in table.rows {
            let rule = try #require(BookRecords.rules.rules[row[0]]).preregistration
            #expect(row[4].numbers.map(Int.init).sorted() == rule.starts.values.map(\.count).sorted())
        }
    }

    @Test func everyRuleHasANumberOfStartsThatWasTried() throws {
        let tried = Set(try #require(record.table("tbl-errors")).rows.flatMap { $0[1].numbers.map(Int.init) })
        for rule in BookRecords.rules.rules.values.map(\.preregistration) {
            #expect(rule.starts.values.allSatisfy { tried.contains($0.count) }, "\(rule.claim)")
        }
    }

    @Test func theRuleBeforeErredOftenWithThreeStarts() throws {
        let share = try #require(record.values?.first?.text?.numbers.first)
        #expect((20...35).contains(share))
    }
}
