import Tensors
public import Wire

/// The bias-corrected and accelerated (BCa) bootstrap interval of a mean.
///
/// The means of 10,000 resamples, drawn with replacement by one fixed stream, are the distribution θ*. With
/// ẑ₀ = Φ⁻¹(share of θ* below the mean, ties by half) and the acceleration a = Σδᵢ³ / (6 (Σδᵢ²)^(3/2)), where δᵢ is the mean of
/// the leave-one-out means minus the i-th of them, the interval runs between the quantiles of θ* at
/// Φ(ẑ₀ + (ẑ₀ ± z)/(1 − a(ẑ₀ ± z))), interpolated linearly, where z = Φ⁻¹(½ + ½ confidence). Means that differ by their
/// rounding only are ties.
///
/// Where that is not defined, because all of θ* lies on one side or the denominator is not positive, it is the percentile
/// interval. Equal values give an interval of no length; fewer than two values give none. Like every bootstrap of a mean
/// the interval is too narrow for small n: at n = 5 one of 95 % holds the true mean in some 80 to 85 % of cases. No verdict
/// rests on it; ``MeanEstimate`` and ``studentizedInterval(ofMean:confidence:)`` hold what they promise.
///
/// Source: Efron, J. Amer. Statist. Assoc. 82 (1987).
///
/// - Precondition: the values are finite and `confidence` is between 0 and 1.
public func bootstrapInterval(ofMean values: [Double], confidence: Double = 0.95) -> ConfidenceInterval? {
    requireFinite(values, "value")
    requireConfidence(confidence)
    guard values.count > 1 else { return nil }
    if values.allSatisfy({ $0 == values[0] }) {
        return ConfidenceInterval(lower: values[0], upper: values[0], confidence: confidence)
    }
    let sum = values.reduce(0, +)
    let leftOut = values.map { (sum - $0) / Double(values.count - 1) }
    let distribution = BootstrapDistribution(
        estimate: mean(values), jackknife: leftOut, resamples: resampledMeans(values, count: 10_000))
    return distribution.acceleratedInterval(confidence: confidence)
        ?? distribution.percentileInterval(confidence: confidence)
}

/// A statistic's values on resamples of the data, and what corrects them.
package struct BootstrapDistribution {
    package let estimate: Double
    /// The statistic without each of the observations.
    package let jackknife: [Double]
    /// In order.
    package let resamples: [Double]
    /// How far means may lie apart that are equal but for rounding.
    private let slack: Double

    package init(estimate: Double, jackknife: [Double], resamples: [Double]) {
        self.estimate = estimate
        self.jackknife = jackknife
        self.resamples = resamples.sorted()
        slack = 1e-12 * resamples.reduce(abs(estimate)) { max($0, abs($1)) }
    }

    /// From the quantile at (1 − confidence)/2 to that at (1 + confidence)/2.
    package func percentileInterval(confidence: Double) -> ConfidenceInterval {
        ConfidenceInterval(
            lower: quantile((1 - confidence) / 2), upper: quantile((1 + confidence) / 2), confidence: confidence)
    }

    /// The BCa interval; `nil` where it is not defined.
    package func acceleratedInterval(confidence: Double) -> ConfidenceInterval? {
        // Summed in another order, equal means differ in their last bits.
        let below = resamples.count { $0 < estimate - slack }
        let equal = resamples.count { abs($0 - estimate) <= slack }
        let bias = NormalDistribution.quantile((Double(below) + 0.5 * Double(equal)) / Double(resamples.count))
        let z = NormalDistribution.quantile((1 + confidence) / 2)
        guard bias.isFinite, let lower = level(bias, bias - z), let upper = level(bias, bias + z) else { return nil }
        return ConfidenceInterval(lower: quantile(lower), upper: quantile(upper), confidence: confidence)
    }

    private func level(_ bias: Double, _ shifted: Double) -> Double? {
        let denominator = 1 - acceleration * shifted
        return denominator > 0 ? NormalDistribution.cumulative(bias + shifted / denominator) : nil
    }

    private var acceleration: Double {
        let centre = mean(jackknife)
        let squares = jackknife.reduce(0) { $0 + (centre - $1) * (centre - $1) }
        let cubes = jackknife.reduce(0) { $0 + (centre - $1) * (centre - $1) * (centre - $1) }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }

    private func quantile(_ share: Double) -> Double { Evidence.quantile(of: resamples, share) }
}

/// Linear between values in order, of which the first is at 0 and the last at 1.
func quantile(of ordered: [Double], _ share: Double) -> Double {
    let place = share * Double(ordered.count - 1)
    let index = min(Int(place), ordered.count - 2)
    let part = place - Double(index)
    // Between two infinities there is nothing to interpolate.
    return part == 0 ? ordered[index] : ordered[index] + part * (ordered[index + 1] - ordered[index])
}

private func resampledMeans(_ values: [Double], count: Int) -> [Double] {
    var stream = RandomStream(seed: 0, purpose: .resampling)
    return (0..<count).map { _ in
        var sum = 0.0
        for _ in values { sum += values[stream.integer(below: values.count)] }
        return sum / Double(values.count)
    }
}

/// The sum from first to last, divided by the count.
func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

func requireConfidence(_ confidence: Double) {
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1, such as 0.95, not \(confidence)")
}
