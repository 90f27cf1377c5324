import Notebook
import Testing
import Wire

/// The traps of designs that notebooks set for themselves: on record is what each makes of a verdict, and that a check names it.
@Suite struct TrapRecordTests {
    private static let editions = ["default", "mnist"]

    @Test(arguments: editions)
    func studentsOfOtherImagesAreNoControlForAKindOfLabel(edition: String) throws {
        let record = try BookRecords.record("09-two-kinds-of-labels", edition: edition)
        #expect(record.text("trap").contains("had other images"))
        // Both kinds of labels seem to gain much, and alike.
        let gains = try #require(record.table("tbl-trap")).rows.map { $0[1].numbers[0] }
        #expect(gains.count == 2 && gains.allSatisfy { $0 < -3 } && abs(gains[0] - gains[1]) < 1)
    }

    @Test func equallyAccurateLabelsTeachDifferently() throws {
        let record = try BookRecords.record("10-good-soft-labels")
        let row = try #require(record.table("tbl-trap")?.rows.first).map { $0.numbers[0] }
        #expect(row[0] >= 6 && row[2] > 5 * row[1])
    }

    @Test(arguments: editions)
    func aGateThatKnowsTheTruthFailsItsCheck(edition: String) throws {
        let record = try BookRecords.record("11-labels-that-disagree", edition: edition)
        let table = try #require(record.table("tbl-trap"))
        let (honest, knowing) = (try #require(table.row("by the labels")), try #require(table.row("by the truth")))
        #expect(honest[2] == "yes" && knowing[2] == "no")
        #expect(honest[0].numbers[0] > 18 && knowing[0].numbers[0] == 0)
        #expect(knowing[1].numbers[0] < honest[1].numbers[0])
    }

    @Test(arguments: editions)
    func withoutWrongLabelsThereIsNothingToAlign(edition: String) throws {
        let table = try #require(
            try BookRecords.record("11-labels-that-disagree", edition: edition).table("tbl-errors"))
        for mode in ["both", "gated"] {
            #expect(table.row("\(mode), same")?[0] == table.row("\(mode), different")?[0])
        }
    }

    @Test(arguments: editions)
    func theBestOfEachStartByItsOwnTestDigitsIsBetterByLuck(edition: String) throws {
        let table = try #require(try BookRecords.record("18-better-teachers", edition: edition).table("tbl-traps"))
        let rule = try #require(table.row("the rule: errs least")).map(\.numbers)
        let cursed = try #require(table.row("the best of each start")).map(\.numbers)
        #expect(cursed[0][0] > rule[0][0] && cursed[1][0] > 0)
    }

    @Test(arguments: editions)
    func aLearnedTemperatureThatStaysIsAFixedOneAndUnequalBudgetsAreNamed(edition: String) throws {
        let record = try BookRecords.record("19-adaptive-distillation", edition: edition)
        let table = try #require(record.table("tbl-trap"))
        #expect(abs(try #require(table.row("λ = 0"))[0].numbers[0]) < 0.05)
        #expect(table.row("the best way")?[2] == "supported" && table.row("the rule")?[2] != "supported")
        #expect(record.text("check").contains("tried 1 settings on seed 101, where 6 were laid down"))
    }
}
