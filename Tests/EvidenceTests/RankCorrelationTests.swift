import Evidence
import Testing

/// Values of scipy 1.17.1: `spearmanr(x, y)`, `kendalltau(x, y)`, and `permutation_test((x,), lambda x: spearmanr(x, y).statistic,
/// permutation_type='pairings', n_resamples=np.inf, alternative=…)` for two-sided, greater and less.
@Suite struct RankCorrelationTests {
    @Test(arguments: [
        (
            [1.0, 2, 3, 4, 5], [2.0, 1, 4, 3, 5], 0.8, 0.6,
            [0.13333333333333333, 0.06666666666666667, 0.9583333333333334]
        ),
        (
            [30.0, 100, 300, 600, 1200, 1200, 800], [9.1, 8.7, 8.8, 8.2, 8.4, 8.2, 8.1], -0.7181818181818183,
            -0.5499999999999999, [0.07936507936507936, 0.9650793650793651, 0.03968253968253968]
        ),
    ])
    func itIsThatOfScipy(_ x: [Double], _ y: [Double], _ rho: Double, _ tau: Double, _ p: [Double]) {
        #expect(agree(spearmanCorrelation(x, y), rho))
        #expect(agree(kendallCorrelation(x, y), tau))
        let tests = [Alternative.twoSided, .greater, .less].map { rankCorrelationTest(x, y, alternative: $0) }
        #expect(zip(tests.map(\.p), p).allSatisfy { agree($0, $1) })
        let areExact = tests.allSatisfy(\.isExact)
        #expect(areExact)
    }

    @Test func equalValuesCorrelateWithNothing() {
        #expect(spearmanCorrelation([1, 1, 1], [1, 2, 3]) == 0)
        #expect(kendallCorrelation([1, 1, 1], [1, 2, 3]) == 0)
        #expect(rankCorrelationTest([1, 1, 1], [1, 2, 3]).p == 1)
    }

    @Test func manyPairsAreEstimatedAndSaidToBe() {
        let x = (0..<12).map(Double.init)
        let test = rankCorrelationTest(x, x.map { $0 * $0 })
        #expect(!test.isExact && test.permutations == 100_000)
        #expect(test.p == 2e-5)
        #expect(spearmanCorrelation(x, x.map { $0 * $0 }) == 1)
    }
}
