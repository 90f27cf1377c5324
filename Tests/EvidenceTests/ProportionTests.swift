import Evidence
import TestSupport
import Testing

@Suite struct ProportionTests {
    /// `statsmodels.stats.proportion.proportion_confint(k, n, alpha=1-confidence, method='wilson')`, statsmodels 0.15.0
    @Test(arguments: [
        (67, 10_000, 0.95, 0.00527963331754198, 0.00849921947496755),
        (146, 10_000, 0.95, 0.01242858335998111, 0.01714420225827173),
        (0, 20, 0.95, 0, 0.16112515805281938),
        (20, 20, 0.99, 0.7508945989012465, 1),
        (7, 9, 0.9, 0.5036427823767538, 0.9235052624456037),
    ])
    func theWilsonIntervalIsThatOfStatsmodels(
        _ successes: Int, _ count: Int, _ confidence: Double, _ lower: Double, _ upper: Double
    ) {
        let interval = wilsonInterval(successes: successes, of: count, confidence: confidence)
        #expect(agree(interval.lower, lower))
        #expect(agree(interval.upper, upper))
        #expect(interval.confidence == confidence)
    }

    /// `mcnemar([[0, b], [c, 0]], exact=True).pvalue` of statsmodels 0.15.0, and
    /// `2*binom.cdf(min(b, c), b+c, .5) - binom.pmf(min(b, c), b+c, .5)` of scipy 1.17.1
    @Test(arguments: [
        (10, 3, 0.09228515625, 0.057373046875), (0, 6, 0.03125, 0.015625), (5, 5, 1, 1), (1, 0, 1, 0.5),
        (121, 159, 0.026846214100562753, 0.0232264706954221),
        (1200, 1000, 2.1817026407914194e-05, 1.991641656460151e-05),
    ])
    func mcNemarsTestIsThatOfStatsmodels(_ first: Int, _ second: Int, _ exact: Double, _ midP: Double) {
        let test = mcNemarTest(firstOnly: first, secondOnly: second)
        #expect(agree(test.exact, exact, digits: 11))
        #expect(agree(test.midP, midP, digits: 11))
        #expect(mcNemarTest(firstOnly: second, secondOnly: first) == test)
    }

    @Test func classifiersThatNeverDifferAreNotToldApart() {
        #expect(mcNemarTest(firstOnly: 0, secondOnly: 0).exact == 1)
        #expect(mcNemarTest(firstOnly: 0, secondOnly: 0).midP == 1)
    }

    /// `multipletests([0.01, 0.04, 0.03, 0.005, 0.5, 0.03], method='holm')[1]`, statsmodels 0.15.0
    @Test func holmsCorrectionIsThatOfStatsmodels() {
        let corrected = holmCorrected([0.01, 0.04, 0.03, 0.005, 0.5, 0.03])
        #expect(zip(corrected, [0.05, 0.12, 0.12, 0.03, 0.5, 0.12]).allSatisfy { agree($0, $1) })
        #expect(holmCorrected([]) == [])
        #expect(holmCorrected([0.3]) == [0.3])
    }

    @Test func holmsCorrectionKeepsOrderAndNeverMakesAPSmaller() {
        var stream = SeededGenerator(seed: 9)
        for _ in 0..<200 {
            let values = (0..<stream.integer(below: 12)).map { _ in stream.uniform() * stream.uniform() }
            let corrected = holmCorrected(values)
            #expect(zip(values, corrected).allSatisfy { $0 <= $1 && $1 <= 1 })
            let order = values.indices.sorted { values[$0] < values[$1] }
            #expect(zip(order, order.dropFirst()).allSatisfy { corrected[$0] <= corrected[$1] })
        }
    }
}
