public import Wire

extension Contrast {
    /// What the independent units gave, as the design has them.
    private struct Sample {
        var estimate: MeanEstimate?
        var mean: Double
        /// Whose signs are flipped; `nil` where the design has no such test.
        var units: [Double]?
        var count: Int
    }

    /// Verdict, effect, interval, p and n of a contrast; see ``Contrast`` for the rule.
    func finding(from observations: Observations, _ setting: String) -> Finding {
        let sample = sample(of: observations)
        let bounds = Bounds(expected, margin)
        let interval = sample.estimate?.interval(confidence: confidence)
        let p = bounds.p(at: sample.mean) { bound, alternative in
            if let units = sample.units {
                signFlipTest(units.map { $0 - bound }, alternative: alternative).p
            } else {
                sample.estimate?.p(at: bound, alternative: alternative) ?? 1
            }
        }
        let isEnough = sample.count >= max(leastStarts, Contrast.fewestStarts)
        return Finding(
            setting: setting, rule: .contrast(self), observations: observations,
            verdict: isEnough && p <= level ? bounds.verdict(of: interval) : .undecided, effect: sample.mean,
            interval: interval, p: p, n: sample.count)
    }

    private func sample(of observations: Observations) -> Sample {
        switch (design, observations) {
        case (.starts, .differences(let values)): return starts(values)
        case (.clusters, .clusters(let groups)):
            for group in groups { precondition(!group.isEmpty, "a group of starts has at least one") }
            return starts(groups.map(mean))
        case (.resampledSplits(let ratio), .differences(let values)):
            precondition(!values.isEmpty, "there is no difference to decide by")
            return Sample(
                estimate: MeanEstimate(ofResampledSplits: values, testToTraining: ratio), mean: mean(values),
                count: values.count)
        case (.startsAndItems, .startsAndItems(let rows)):
            var sample = starts(rows.map(mean))
            sample.estimate = MeanEstimate(ofStartsAndItems: rows)
            return sample
        default: DecisionRule.contrast(self).refuse(observations)
        }
    }

    private func starts(_ values: [Double]) -> Sample {
        precondition(!values.isEmpty, "there is no difference to decide by")
        return Sample(estimate: MeanEstimate(of: values), mean: mean(values), units: values, count: values.count)
    }
}
