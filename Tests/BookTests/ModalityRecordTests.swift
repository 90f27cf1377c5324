import Notebook
import Testing
import Wire

/// What the notebooks about regression, text, speech and sequences have on record: their controls and their traps.
@Suite struct ModalityRecordTests {
    /// The entries of the row of a table that begins with `name`, without that one.
    private func row(
        _ notebook: String, _ label: String, _ name: String, edition: String = "default"
    ) throws -> [String] {
        let table = try #require(try BookRecords.record(notebook, edition: edition).table(label))
        return try #require(table.row(name))
    }

    @Test(arguments: ["default", "uci"])
    func misplacedTeachingHurtsRegression(edition: String) throws {
        let entries = try row("13-regression", "tbl-differences", "misplaced", edition: edition)
        #expect(entries[1].numbers.allSatisfy { $0 > 0 })
    }

    @Test(arguments: ["default", "uci"])
    func anUntunedBaselineMakesATeacherLookGood(edition: String) throws {
        func verdict(_ comparison: String) throws -> String {
            try row("13-regression", "tbl-differences", comparison, edition: edition)[3]
        }
        #expect(try verdict("distilled − untuned") == "supported")
        #expect(try verdict("distilled − left alone") != "supported")
    }

    @Test func aRoughKernelGainsByRoundsAndASmoothOneLoses() throws {
        #expect(try row("13-regression", "tbl-rounds", "0.02")[1].numbers.allSatisfy { $0 < 0 })
        #expect(try row("13-regression", "tbl-rounds", "2.0")[1].numbers.allSatisfy { $0 > 0 })
    }

    @Test(arguments: ["default", "recorded"])
    func neitherSmoothedNorPermutedLabelsTeachSpeech(edition: String) throws {
        for control in ["speech, smoothed", "speech, permuted"] {
            let entries = try row("12-text-and-speech", "tbl-differences", control, edition: edition)
            #expect(entries[1].numbers[1] > 0)
        }
    }

    @Test(arguments: ["default", "recorded"])
    func misplacedChainsHurtATagger(edition: String) throws {
        let entries = try row("14-sequences", "tbl-errors", "misplaced", edition: edition)
        #expect(entries[2].numbers.allSatisfy { $0 > 0 })
    }

    @Test(arguments: ["default", "recorded"])
    func fewLabelsAreNotSavedByASlowBaselineAlone(edition: String) throws {
        let slower = try row("14-sequences", "tbl-speech", "left alone, 0.01", edition: edition)
        let taught = try row("14-sequences", "tbl-speech", "same labels", edition: edition)
        #expect(try #require(taught[1].numbers.first) < #require(slower[1].numbers.first))
    }

    @Test func nobodyIsBetterThanWhoKnowsTheSource() throws {
        let best = try #require(try row("14-sequences", "tbl-errors", "best possible")[0].numbers.first)
        let table = try #require(try BookRecords.record("14-sequences").table("tbl-errors"))
        for row in table.rows.dropFirst() { #expect(try #require(row[1].numbers.first) > best, "\(row[0])") }
    }

    @Test func everySplitThatPartsCopiesOrSpeakersIsNoticed() throws {
        for notebook in ["12-text-and-speech", "14-sequences"] {
            let lines = try BookRecords.record(notebook).text("trap").split(separator: "\n")
            let onBothSides = try #require(lines.first).split(separator: ":").last.map { String($0).numbers[0] }
            #expect(try #require(onBothSides) > 0 && lines[1].contains("none on both sides"))
        }
    }
}
