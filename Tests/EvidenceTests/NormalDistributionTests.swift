import Evidence
import Testing

/// Values of scipy 1.17.1.
@Suite struct NormalDistributionTests {
    /// `scipy.stats.norm.cdf(x)`
    @Test(arguments: [
        (-37, 5.7255712225239266e-300), (-20, 2.7536241186061556e-89), (-8, 6.22096057427174e-16),
        (-5, 2.866515718791933e-07), (-3.5, 0.00023262907903552502), (-3, 0.0013498980316300933),
        (-2.999, 0.0013543365337271057), (-1.96, 0.024997895148220435), (-1, 0.15865525393145707),
        (-0.1, 0.460172162722971), (0, 0.5), (0.3, 0.6179114221889526), (1, 0.8413447460685429),
        (2.5, 0.9937903346742238), (3, 0.9986501019683699), (3.1, 0.9990323967867817), (6, 0.9999999990134123),
    ])
    func theCumulativeProbabilityIsThatOfScipy(_ x: Double, _ expected: Double) {
        #expect(agree(NormalDistribution.cumulative(x), expected, digits: 12))
    }

    /// `scipy.stats.norm.ppf(p)`
    @Test(arguments: [
        (1e-300, -37.0470962993612), (1e-20, -9.262340089798409), (1e-9, -5.9978070150076865),
        (0.001, -3.090232306167813), (0.025, -1.9599639845400545), (0.05, -1.6448536269514729),
        (0.3, -0.5244005127080409), (0.5, 0), (0.6, 0.2533471031357997), (0.975, 1.959963984540054),
        (0.995, 2.5758293035489004),
    ])
    func theQuantileIsThatOfScipy(_ p: Double, _ expected: Double) {
        #expect(abs(NormalDistribution.quantile(p) - expected) <= 1e-12 * max(1, abs(expected)))
    }

    @Test func theEndsAreInfinite() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.cumulative(-.infinity) == 0)
        #expect(NormalDistribution.cumulative(.infinity) == 1)
    }

    @Test func theQuantileUndoesTheCumulativeProbability() {
        for step in -300...300 {
            let x = Double(step) / 50
            #expect(abs(NormalDistribution.quantile(NormalDistribution.cumulative(x)) - x) < 1e-7, "at \(x)")
        }
    }
}
