import Evidence
import Testing
import Wire

/// Against scipy and statsmodels; see script/record-evidence-references.
@Suite struct MeanEstimateTests {
    @Test func theTDistributionIsThatOfScipy() {
        for (degrees, t, expected) in EvidenceReferences.cumulative {
            let found = StudentDistribution(degreesOfFreedom: degrees).cumulative(t)
            #expect(agree(found, expected, digits: 11), "t(\(degrees)) at \(t): \(found), \(expected)")
        }
    }

    @Test func itsQuantilesAreThoseOfScipy() {
        for (degrees, p, expected) in EvidenceReferences.quantiles {
            let found = StudentDistribution(degreesOfFreedom: degrees).quantile(p)
            #expect(agree(found, expected, digits: 10), "t(\(degrees)) at \(p): \(found), \(expected)")
        }
    }

    @Test func theTDistributionIsSymmetricAndTendsToTheNormalOne() {
        let wide = StudentDistribution(degreesOfFreedom: 1e5)
        for step in -30...30 {
            let t = Double(step) / 5
            let narrow = StudentDistribution(degreesOfFreedom: 3)
            #expect(abs(narrow.cumulative(t) + narrow.cumulative(-t) - 1) < 1e-15)
            #expect(abs(wide.cumulative(t) - NormalDistribution.cumulative(t)) < 1e-5)
        }
        #expect(wide.quantile(0) == -.infinity && wide.quantile(1) == .infinity && wide.quantile(0.5) == 0)
    }

    @Test func intervalsAndTestsOfAMeanAreThoseOfScipy() throws {
        for (values, confidence, lower, upper, ps, equivalence) in EvidenceReferences.means {
            let estimate = try #require(MeanEstimate(of: values))
            let interval = estimate.interval(confidence: confidence)
            #expect(agree(interval.lower, lower, digits: 10) && agree(interval.upper, upper, digits: 10))
            let found = [Alternative.twoSided, .greater, .less].map { estimate.p(at: 0.2, alternative: $0) }
            #expect(zip(found, ps).allSatisfy { agree($0, $1, digits: 10) }, "\(found) \(ps)")
            #expect(agree(estimate.equivalenceP(margin: 1.5), equivalence, digits: 10))
        }
    }

    @Test func resampledSplitsAreCorrectedForTheirOverlap() throws {
        for (values, ratio, lower, upper, p) in EvidenceReferences.corrected {
            let estimate = try #require(MeanEstimate(ofResampledSplits: values, testToTraining: ratio))
            let interval = estimate.interval()
            #expect(agree(interval.lower, lower, digits: 10) && agree(interval.upper, upper, digits: 10))
            #expect(agree(estimate.p(at: 0), p, digits: 10))
            let plain = try #require(MeanEstimate(of: values)).interval()
            #expect(interval.lower < plain.lower && plain.upper < interval.upper)
        }
    }

    @Test func startsAndItemsAreBothSamples() throws {
        for (rows, degrees, lower, upper) in EvidenceReferences.startsAndItems {
            let estimate = try #require(MeanEstimate(ofStartsAndItems: rows))
            let interval = estimate.interval()
            #expect(agree(estimate.degreesOfFreedom, degrees, digits: 8))
            #expect(agree(interval.lower, lower, digits: 8) && agree(interval.upper, upper, digits: 8))
        }
    }

    @Test func itemsNeverNarrowTheIntervalOverStarts() throws {
        // Items that differ less than chance has them: the starts' own error stands.
        let rows: [[Double]] = [[1, 2, 1.5], [2, 1, 1.5], [1.4, 1.6, 1.8], [1.7, 1.5, 1.0]]
        let both = try #require(MeanEstimate(ofStartsAndItems: rows))
        let starts = try #require(MeanEstimate(of: rows.map { $0.reduce(0, +) / 3 }))
        #expect(both.standardError >= starts.standardError * (1 - 1e-12))
        #expect(MeanEstimate(ofStartsAndItems: [[1, 2]]) == nil)
        #expect(MeanEstimate(ofStartsAndItems: [[1], [2]]) == nil)
    }

    @Test func clustersAreTheUnits() throws {
        for (groups, lower, upper) in EvidenceReferences.clusters {
            let interval = try #require(MeanEstimate(ofClusters: groups)).interval()
            #expect(agree(interval.lower, lower, digits: 10) && agree(interval.upper, upper, digits: 10))
        }
        // Saying each value twice over adds nothing.
        let once = MeanEstimate(ofClusters: [[1], [2], [4]])
        #expect(MeanEstimate(ofClusters: [[1, 1], [2, 2], [4, 4]]) == once)
    }

    @Test func theStudentisedIntervalIsThatOfAllResamples() throws {
        for (values, lower, upper) in EvidenceReferences.studentized {
            var resamples: [[Double]] = [[]]
            for _ in values { resamples = resamples.flatMap { head in values.map { head + [$0] } } }
            let interval = try #require(studentizedInterval(ofMean: values, resamples: resamples, confidence: 0.9))
            #expect(agree(interval.lower, lower, digits: 10) && agree(interval.upper, upper, digits: 10))
        }
    }

    @Test func theStudentisedIntervalIsWiderThanTheBootstrapsOfFewSkewedValues() throws {
        let values = [0.1, 0.2, 0.05, 0.4, 3.1, 0.3, 0.9, 0.15]
        let studentised = try #require(studentizedInterval(ofMean: values))
        let accelerated = try #require(bootstrapInterval(ofMean: values))
        #expect(studentised.upper - studentised.lower > accelerated.upper - accelerated.lower)
        #expect(studentizedInterval(ofMean: values) == studentised)
        #expect(studentizedInterval(ofMean: [1, 2, 3]) == nil)
        #expect(studentizedInterval(ofMean: [2, 2, 2, 2])?.upper == 2)
    }

    @Test func equalValuesHaveAnIntervalOfNoLength() throws {
        let estimate = try #require(MeanEstimate(of: [0.1, 0.1, 0.1]))
        #expect(estimate.standardError == 0)
        #expect(estimate.interval().lower == estimate.interval().upper)
        #expect(estimate.p(at: 0) == 0 && estimate.p(at: estimate.mean) == 1)
        #expect(MeanEstimate(of: [1]) == nil)
    }
}
