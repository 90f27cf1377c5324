import Foundation
import Notebook
import Testing
import Wire

@Suite struct BookRulesTests {
    private let rule = Preregistration(
        claim: "C06", contrast: Contrast("both − hard", expected: .less, unit: "points", leastStarts: 8),
        starts: ["default": .init(first: 1, count: 20), "mnist": .init(first: 1, count: 8)],
        tuning: .init(seeds: .init(first: 101, count: 3), settingsPerArm: 6), stopping: "after all starts")

    private func parsed(_ rule: Preregistration, at path: String = "Notebooks/rules/C06.json") throws -> BookRules {
        try BookRules(parsing: [path: Array(JSONEncoder().encode(rule))])
    }

    @Test func aRuleIsKnownByItsClaimAndDigest() throws {
        let found = try #require(try parsed(rule).rules["C06"])
        #expect(found.preregistration == rule)
        #expect(found.digest.count == 64)
    }

    @Test func aFileIsNamedAfterItsClaim() {
        #expect(throws: NotebookError.self) { try parsed(rule, at: "Notebooks/rules/C07.json") }
        #expect(throws: NotebookError.self) { try BookRules(parsing: ["Notebooks/rules/C06.json": Array("{}".utf8)]) }
    }

    /// Mutants of a design: what would let a rule err, the file's reader names.
    @Test func confoundsOfTheDesignAreRefused() {
        var few = rule
        few.starts["mnist"] = .init(first: 1, count: 3)
        var tuned = rule
        tuned.tuning.seeds = .init(first: 15, count: 10)
        var unequal = rule
        unequal.tuning.settingsPerArm = 0
        var none = rule
        none.starts = [:]
        for (wrong, words) in [
            (few, "leastStarts starts"), (tuned, "no start tunes"), (unequal, "every arm has a setting"),
            (none, "starts of some edition"),
        ] {
            let error = #expect(throws: NotebookError.self) { try parsed(wrong) }
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
    }
}
