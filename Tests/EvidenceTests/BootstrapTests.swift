import Evidence
import TestSupport
import Testing
import Wire

@Suite struct BootstrapTests {
    /// The means of all nⁿ resamples.
    private func everyResample(_ values: [Double]) -> BootstrapDistribution {
        let n = values.count
        var sums = [0.0]
        for _ in values { sums = sums.flatMap { sum in values.map { sum + $0 } } }
        let total = values.reduce(0, +)
        return BootstrapDistribution(
            estimate: total / Double(n), jackknife: values.map { (total - $0) / Double(n - 1) },
            resamples: sums.map { $0 / Double(n) })
    }

    /// `scipy.stats.bootstrap((d,), np.mean, n_resamples=0, bootstrap_result=…, confidence_level=…, method=…)`, scipy 1.17.1, where the
    /// result holds the means of all nⁿ resamples in its `bootstrap_distribution`. scipy counts ties by `==`: the last three were made
    /// from a hundred times the values, whole numbers, so that equal means are equal to the last bit.
    @Test(arguments: [
        ([1.5, 0.25, -0.5, 4], 0.95, [0, 3.375], [-0.125, 3.0625]),
        ([1.5, 0.25, -0.5, 4], 0.9, [0.1875, 3.0625], [0, 2.78125]),
        ([3, 1, -2, 4, 9], 0.95, [0.2, 6.6], [0, 6.4]),
        ([0.5, 0.5, 0.5, 2, 0.75], 0.95, [0.5, 1.7], [0.5, 1.45]),
        ([0.5, 0.5, 0.5, 2, 0.75], 0.9, [0.55, 1.45], [0.5, 1.4]),
        ([1.37, 0.21, -0.52, 3.96, 2.11], 0.95, [0.1751909936072441, 2.924], [0.15, 2.84]),
        ([1.37, 0.21, -0.52, 3.96, 2.11], 0.9, [0.382, 2.702], [0.298, 2.692]),
        ([1.37, 0.21, -0.52, 3.96, 2.11], 0.5, [0.97, 1.944], [0.908, 1.942]),
    ])
    func intervalsAreThoseOfScipy(
        _ values: [Double], _ confidence: Double, _ accelerated: [Double], _ percentile: [Double]
    ) throws {
        let distribution = everyResample(values)
        let found = try #require(distribution.acceleratedInterval(confidence: confidence))
        #expect(agree(found.lower, accelerated[0], digits: 11) || abs(found.lower - accelerated[0]) < 1e-12)
        #expect(agree(found.upper, accelerated[1], digits: 11))
        let plain = distribution.percentileInterval(confidence: confidence)
        #expect(agree(plain.lower, percentile[0], digits: 11) || abs(plain.lower - percentile[0]) < 1e-12)
        #expect(agree(plain.upper, percentile[1], digits: 11))
    }

    /// `scipy.stats.bootstrap((d,), np.mean, n_resamples=100000, rng=seed, method='BCa')` gives 0.76 … 2.81 to 0.77 … 2.83, by seed.
    @Test func tenThousandResamplesComeNearWhatAHundredThousandGive() throws {
        let interval = try #require(bootstrapInterval(ofMean: [2.1, 0.4, -0.3, 5.2, 0.9, 1.1, 0.2, 3.3, 0.7, 1.6]))
        #expect(abs(interval.lower - 0.765) < 0.02)
        #expect(abs(interval.upper - 2.82) < 0.05)
    }

    @Test func itIsTheSameEachTime() {
        let values = (0..<30).map { Double($0 * $0 % 17) }
        #expect(bootstrapInterval(ofMean: values) == bootstrapInterval(ofMean: values))
    }

    @Test func meansThatDifferByRoundingOnlyAreTies() throws {
        // Of 0.1, 0.2 and 0.3, a third of the resamples with the mean 0.2 sum to 0.6000000000000001.
        let found = try #require(everyResample([0.1, 0.2, 0.3]).acceleratedInterval(confidence: 0.8))
        let whole = try #require(everyResample([1, 2, 3]).acceleratedInterval(confidence: 0.8))
        #expect(agree(found.lower * 10, whole.lower, digits: 11) && agree(found.upper * 10, whole.upper, digits: 11))
    }

    @Test func degenerateDataHaveAnIntervalOrNone() {
        #expect(bootstrapInterval(ofMean: []) == nil)
        #expect(bootstrapInterval(ofMean: [2]) == nil)
        #expect(
            bootstrapInterval(ofMean: [2, 2, 2])
                == ConfidenceInterval(lower: 2, upper: 2, confidence: 0.95))
        // Of two values there are three means, and both ends are reached.
        #expect(
            bootstrapInterval(ofMean: [1, 4]) == ConfidenceInterval(lower: 1, upper: 4, confidence: 0.95))
    }

    @Test func whereAllResamplesLieOnOneSideItIsThePercentileInterval() {
        let distribution = BootstrapDistribution(estimate: 5, jackknife: [1, 2, 3], resamples: [1, 2, 3, 4])
        #expect(distribution.acceleratedInterval(confidence: 0.9) == nil)
        #expect(abs(distribution.percentileInterval(confidence: 0.5).lower - 1.75) < 1e-12)
    }

    @Test func itHoldsTheMeanOfItsValuesAndGrowsWithTheConfidence() throws {
        var stream = SeededGenerator(seed: 5)
        for count in 3...30 {
            let values = (0..<count).map { _ in stream.uniform() * 4 - 1 }
            let narrow = try #require(bootstrapInterval(ofMean: values, confidence: 0.5))
            let wide = try #require(bootstrapInterval(ofMean: values, confidence: 0.99))
            #expect(wide.lower <= narrow.lower && narrow.upper <= wide.upper)
            #expect(wide.contains(values.reduce(0, +) / Double(count)))
        }
    }
}
