import Foundation
import KDBook
import Testing
import Wire

@Suite struct PreregistrationTests {
    private let rule = Preregistration(
        claim: "C06", contrast: Contrast("both − hard", expected: .less, unit: "points"),
        starts: ["default": .init(first: 1, count: 6)],
        tuning: .init(seeds: .init(first: 101, count: 3), settingsPerArm: 6), stopping: "after all starts")

    @Test func startsAreThoseOfTheEdition() {
        #expect(rule.starts(in: "default") == [1, 2, 3, 4, 5, 6])
    }

    @Test func aRuleThatIsNoInputCannotBeRead() {
        let error = #expect(throws: PreregistrationError.self) { try Preregistration.load("C99") }
        #expect(
            error?.description == "Notebooks/rules/C99.json: it cannot be read; is it among the notebook's `inputs`?")
    }

    /// A mutant: runs end as soon as what they show would do.
    @Test func stoppingEarlyEndsTheNotebook() async {
        await #expect(processExitsWith: .failure) {
            let rule = ruleOfEightStarts()
            claim(rule, in: "default", "m", .differences([-1, -2, -1, -2, -1, -2]))
        }
    }

    @Test func aRequiredFindingOfFewerStartsEndsTheNotebook() async {
        await #expect(processExitsWith: .failure) {
            let rule = ruleOfEightStarts()
            let finding = DecisionRule.contrast(rule.contrast).finding(from: .differences([-1, -2, -1, -2, -1, -2]))
            claim(
                rule, in: "default", "m", .differences([-1, -2, -1, -2, -1, -2, -1, -2]), required: [finding])
        }
    }

    @Test func aClaimWithARequiredFindingNeedsBoth() {
        let decided = [-1.0, -2, -1, -2, -1, -2, -1, -2]
        let rule = DecisionRule.contrast(Contrast("both − hard", expected: .less))
        let (less, more) = (
            rule.finding(from: .differences(decided)), rule.finding(from: .differences(decided.map { -$0 }))
        )
        #expect(Claim.Combination.all.verdict(of: [less.verdict, less.verdict]) == .supported)
        #expect(Claim.Combination.all.verdict(of: [less.verdict, more.verdict]) == .refuted)
        #expect(Claim.Combination.all.verdict(of: [less.verdict, .undecided]) == .undecided)
    }
}

/// An exit test holds nothing of what stands around it.
private func ruleOfEightStarts() -> Preregistration {
    Preregistration(
        claim: "C06", contrast: Contrast("both − hard", expected: .less),
        starts: ["default": .init(first: 1, count: 8)],
        tuning: .init(seeds: .init(first: 101, count: 3), settingsPerArm: 6), stopping: "after all starts")
}
