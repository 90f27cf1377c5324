import Tensors
public import Wire

/// The studentised bootstrap (bootstrap-t) interval of a mean: skewness moves it, and unlike BCa it is wide enough for few values.
///
/// On each of 10,000 resamples, t* = (mean* − mean)/se* with se* = s*/√n. With the quantiles t*_α of these, interpolated linearly,
/// the interval runs from mean − t*_{½ + ½ confidence}·se to mean − t*_{½ − ½ confidence}·se. A resample of equal values, which has
/// no spread, counts as far out on its side. Equal values give an interval of no length; fewer than four, of which a resample
/// too often has no spread, none.
///
/// Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 12.5.
///
/// - Precondition: the values are finite and `confidence` is between 0 and 1.
public func studentizedInterval(ofMean values: [Double], confidence: Double = 0.95) -> ConfidenceInterval? {
    requireFinite(values, "value")
    requireConfidence(confidence)
    guard values.count > 3 else { return nil }
    if values.allSatisfy({ $0 == values[0] }) {
        return ConfidenceInterval(lower: values[0], upper: values[0], confidence: confidence)
    }
    var stream = RandomStream(seed: 0, purpose: .resampling, step: 2)
    let resamples = (0..<10_000).map { _ in values.map { _ in values[stream.integer(below: values.count)] } }
    return studentizedInterval(ofMean: values, resamples: resamples, confidence: confidence)
}

/// The interval from given resamples; `nil` where it has no end.
package func studentizedInterval(
    ofMean values: [Double], resamples: [[Double]], confidence: Double
) -> ConfidenceInterval? {
    let centre = mean(values)
    let root = Double(values.count).squareRoot()
    let slack = 1e-12 * values.reduce(0) { $0 + abs($1) } / Double(values.count)
    let distribution = resamples.map { resample -> Double in
        let deviation = mean(resample) - centre
        let error = variance(resample).squareRoot() / root
        if abs(deviation) <= slack { return 0 }
        return error > 0 ? deviation / error : deviation > 0 ? .infinity : -.infinity
    }.sorted()
    let error = variance(values).squareRoot() / root
    let lower = centre - error * quantile(of: distribution, (1 + confidence) / 2)
    let upper = centre - error * quantile(of: distribution, (1 - confidence) / 2)
    guard lower.isFinite, upper.isFinite else { return nil }
    return ConfidenceInterval(lower: lower, upper: upper, confidence: confidence)
}
