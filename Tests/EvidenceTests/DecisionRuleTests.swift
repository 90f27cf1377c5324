import Evidence
import Testing
import Wire

@Suite struct DecisionRuleTests {
    /// Differences whose interval lies about ±0.2 around `centre`.
    private func around(_ centre: Double) -> Observations {
        .differences([-0.3, -0.1, 0, 0.1, 0.3, -0.2, 0.2, 0.05, -0.05, 0].map { $0 + centre })
    }

    private func verdict(_ rule: DecisionRule, _ observations: Observations) -> Verdict {
        rule.finding(from: observations).verdict
    }

    @Test(arguments: [
        Expected(.greater, margin: 1, supported: [2], refuted: [0, -2], undecided: [1.05]),
        Expected(.greater, margin: 0, supported: [0.5], refuted: [-0.5], undecided: [0.05]),
        Expected(.greater, margin: -1, supported: [-0.5], refuted: [-2], undecided: [-1]),
        Expected(.less, margin: 1, supported: [-2], refuted: [0, 2], undecided: [-1.05]),
        Expected(.different, margin: 1, supported: [2, -2], refuted: [0], undecided: [1, -1]),
        Expected(.different, margin: 0, supported: [0.5, -0.5], refuted: [], undecided: [0]),
        Expected(.equivalent, margin: 1, supported: [0, 0.5], refuted: [2, -2], undecided: [1]),
    ])
    func theIntervalOfDifferencesDecides(_ expected: Expected) {
        let rule = DecisionRule.difference(expected: expected.expectation, margin: expected.margin)
        for (centres, verdict) in [
            (expected.supported, Verdict.supported), (expected.refuted, .refuted), (expected.undecided, .undecided),
        ] {
            for centre in centres { #expect(self.verdict(rule, around(centre)) == verdict, "around \(centre)") }
        }
    }

    /// Around which centres differences have which verdict.
    struct Expected: Sendable {
        let expectation: DecisionRule.Expectation
        let margin: Double
        let supported: [Double]
        let refuted: [Double]
        let undecided: [Double]

        init(
            _ expectation: DecisionRule.Expectation, margin: Double, supported: [Double], refuted: [Double],
            undecided: [Double]
        ) {
            (self.expectation, self.margin) = (expectation, margin)
            (self.supported, self.refuted, self.undecided) = (supported, refuted, undecided)
        }
    }

    @Test func aFindingHoldsTheNumbersThatDecided() throws {
        let gains = [1.5, 0.8, 2.2, 1.1, 0.4, 1.9]
        let rule = DecisionRule.difference(expected: .greater, margin: 0.1, unit: "points")
        let finding = rule.finding(from: .differences(gains), setting: "few labels")
        #expect(finding.setting == "few labels")
        #expect(finding.rule == rule)
        #expect(finding.observations == .differences(gains))
        #expect(finding.n == 6)
        let effect = try #require(finding.effect)
        #expect(agree(effect, 7.9 / 6))
        #expect(finding.interval == bootstrapInterval(ofMean: gains))
        // All six lie above the margin.
        #expect(finding.p == 0.03125)
    }

    @Test func fiveDifferencesDecideNothing() {
        let rule = DecisionRule.difference(expected: .greater)
        #expect(verdict(rule, .differences([5])) == .undecided)
        #expect(verdict(rule, .differences([5, 6, 7, 6, 5])) == .undecided)
        #expect(verdict(rule, .differences([5, 6, 7, 6, 5, 7])) == .supported)
        #expect(rule.finding(from: .differences([5])).interval == nil)
    }

    @Test func equivalenceIsTwoOneSidedTests() {
        let rule = DecisionRule.equivalence(margin: 1)
        let values = [0.2, -0.3, 0.4, 0.1, -0.2, 0.3, 0.6, -0.1]
        let finding = rule.finding(from: .differences(values))
        let above = signFlipTest(values.map { $0 + 1 }, alternative: .greater).p
        let below = signFlipTest(values.map { $0 - 1 }, alternative: .less).p
        #expect(finding.verdict == .supported)
        #expect(finding.interval?.confidence == 0.9)
        #expect(finding.p == max(above, below))
    }

    @Test func pairsAreSubtracted() {
        #expect(Observations.paired([3, 5], minus: [1, 1]) == .differences([2, 4]))
    }

    /// The p: `proportions_ztest(k, n, value, prop_var=value)[1]`, statsmodels 0.15.0
    @Test(arguments: [
        (113, 1000, 0.1, 0.17058693287144155), (90, 1000, 0.1, 0.2918405451437881), (8, 10, 0.5, 0.057779571123597204),
    ])
    func aShareIsComparedByItsWilsonInterval(_ successes: Int, _ count: Int, _ share: Double, _ p: Double) throws {
        let rule = DecisionRule.proportion(expected: .greater, than: share)
        let finding = rule.finding(from: .count(successes, of: count))
        #expect(finding.verdict == .undecided)
        let found = try #require(finding.p)
        #expect(agree(found, p, digits: 11))
        #expect(finding.interval == wilsonInterval(successes: successes, of: count))
        #expect(finding.effect == Double(successes) / Double(count))
    }

    @Test func aShareNearChanceIsEquivalentToIt() {
        let rule = DecisionRule.proportion(expected: .equivalent, than: 0.1, margin: 0.02)
        #expect(verdict(rule, .count(1005, of: 10_000)) == .supported)
        #expect(verdict(rule, .count(1400, of: 10_000)) == .refuted)
        #expect(verdict(rule, .count(10, of: 100)) == .undecided)
        #expect(verdict(.proportion(expected: .greater, than: 0.1, margin: 0.05), .count(1005, of: 10_000)) == .refuted)
    }

    @Test func ranksDecideByTheirPermutationTest() {
        let x = (1...7).map(Double.init)
        let rising = Observations.pairs(x: x, y: x.map { $0 * $0 })
        let falling = Observations.pairs(x: x, y: x.map { -$0 })
        let mixed = Observations.pairs(x: x, y: [3, 1, 7, 2, 6, 4, 5])
        #expect(verdict(.rankCorrelation(expected: .greater), rising) == .supported)
        #expect(verdict(.rankCorrelation(expected: .greater), falling) == .refuted)
        #expect(verdict(.rankCorrelation(expected: .less), falling) == .supported)
        #expect(verdict(.rankCorrelation(expected: .different), falling) == .supported)
        #expect(verdict(.rankCorrelation(expected: .greater), mixed) == .undecided)
        #expect(verdict(.rankCorrelation(expected: .greater, margin: 1), rising) == .undecided)
    }

    @Test func whatIsKnownExactlyHoldsOrDoesNot() {
        #expect(verdict(.equal(to: 0.5493, within: 0.00005), .number(0.54934)) == .supported)
        #expect(verdict(.equal(to: 0.5493, within: 0.00005), .number(3.58)) == .refuted)
        #expect(verdict(.equal(to: 2), .number(2.0.nextUp)) == .refuted)
        #expect(verdict(.zero(within: 1e-6), .number(-1e-7)) == .supported)
        #expect(verdict(.atMost(85), .number(85)) == .supported)
        #expect(verdict(.atMost(85), .number(86)) == .refuted)
        #expect(verdict(.atLeast(1), .number(0.5)) == .refuted)
        #expect(verdict(.between(lower: 120, upper: 190), .number(146)) == .supported)
        #expect(verdict(.holds("it sums to 1"), .condition(false)) == .refuted)
        #expect(DecisionRule.holds("it sums to 1").finding(from: .condition(true)).effect == nil)
    }

    @Test func ruleAndObservationsSurviveARecord() throws {
        let rules: [DecisionRule] = [
            .difference(expected: .less, margin: 0.1, confidence: 0.9, unit: "points"),
            .proportion(expected: .equivalent, than: 0.1, margin: 0.02), .rankCorrelation(expected: .different),
            .equal(to: 1.0 / 3, within: 1e-9), .atMost(3, unit: "s"), .holds("x"),
        ]
        let rulesBack = try roundTrip(rules)
        #expect(rulesBack == rules)
        let observations: [Observations] = [
            .differences([0.1 + 0.2, -1e-300]), .pairs(x: [1], y: [2]), .count(3, of: 4), .number(-0.0),
            .condition(true),
        ]
        let observationsBack = try roundTrip(observations)
        #expect(observationsBack == observations)
    }
}
