public import Wire

/// A mean, how far it may be off, and by which t distribution: what intervals and tests of a mean are made of.
///
/// (estimate − true mean)/standardError is taken to have Student's distribution with `degreesOfFreedom`.
public struct MeanEstimate: Hashable, Sendable {
    /// The estimate, in the values' unit.
    public let mean: Double
    /// The estimate's standard error, in the same unit.
    public let standardError: Double
    /// Those of Student's distribution; not always a whole number.
    public let degreesOfFreedom: Double

    /// mean ± t_{½ + ½ confidence}·standardError.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval {
        requireConfidence(confidence)
        guard standardError > 0 else { return ConfidenceInterval(lower: mean, upper: mean, confidence: confidence) }
        let reach =
            StudentDistribution(degreesOfFreedom: degreesOfFreedom).quantile((1 + confidence) / 2) * standardError
        return ConfidenceInterval(lower: mean - reach, upper: mean + reach, confidence: confidence)
    }

    /// The p of the hypothesis that the true mean is `value`. Without any spread it is 1 at that value and 0 elsewhere.
    public func p(at value: Double, alternative: Alternative = .twoSided) -> Double {
        let deviation = mean - value
        guard standardError > 0 else {
            let isExtreme =
                switch alternative {
                case .twoSided: deviation != 0
                case .greater: deviation > 0
                case .less: deviation < 0
                }
            return isExtreme ? 0 : 1
        }
        let t = deviation / standardError
        let distribution = StudentDistribution(degreesOfFreedom: degreesOfFreedom)
        return switch alternative {
        case .twoSided: distribution.bothTails(t)
        case .greater: distribution.cumulative(-t)
        case .less: distribution.cumulative(t)
        }
    }

    /// Two one-sided tests that the true mean lies within ±`margin`: the larger p.
    /// Source: Schuirmann, J. Pharmacokin. Biopharm. 15 (1987).
    public func equivalenceP(margin: Double) -> Double {
        precondition(margin > 0, "equivalence needs a margin above 0, not \(margin)")
        return max(p(at: -margin, alternative: .greater), p(at: margin, alternative: .less))
    }
}

extension MeanEstimate {
    /// Student's: of independent values, s/√n with n − 1 degrees of freedom; `nil` for fewer than two.
    public init?(of values: [Double]) {
        requireFinite(values, "value")
        guard values.count > 1 else { return nil }
        let n = Double(values.count)
        self.init(
            mean: Evidence.mean(values), standardError: (variance(values) / n).squareRoot(), degreesOfFreedom: n - 1)
    }

    /// Nadeau and Bengio's correction for J differences from resampled splits, whose training sets overlap:
    /// √(s²·(1/J + n₂/n₁)) with n₂/n₁ = `testToTraining`, and J − 1 degrees of freedom; `nil` for fewer than two.
    ///
    /// Source: Nadeau and Bengio, Machine Learning 52 (2003), section 5.3.
    ///
    /// - Precondition: `testToTraining` is above 0.
    public init?(ofResampledSplits values: [Double], testToTraining: Double) {
        requireFinite(values, "value")
        precondition(
            testToTraining > 0 && testToTraining.isFinite,
            "the test set's size by the training set's is above 0, not \(testToTraining)")
        guard values.count > 1 else { return nil }
        let n = Double(values.count)
        self.init(
            mean: Evidence.mean(values),
            standardError: (variance(values) * (1 / n + testToTraining)).squareRoot(), degreesOfFreedom: n - 1)
    }

    /// Of values in clusters, such as starts that share a teacher: the clusters are the independent units, and the estimate is
    /// Student's of their means. Clusters count alike, whatever their size; `nil` for fewer than two.
    ///
    /// - Precondition: no cluster is empty.
    public init?(ofClusters clusters: [[Double]]) {
        for cluster in clusters { precondition(!cluster.isEmpty, "a cluster has at least one value") }
        self.init(of: clusters.map { Evidence.mean($0) })
    }

    /// Of differences on starts (rows) × test items (columns), both of them samples: the grand mean, with the squared error
    /// (M_starts + M_items − M_rest)/(starts·items), where M are the mean squares of the two-way layout, and Satterthwaite's
    /// degrees of freedom. Where chance makes that smaller than the error over starts alone, it is the latter.
    ///
    /// It speaks of new starts on new items; ``init(of:)`` of the starts' means, of new starts on the same items. `nil` for
    /// fewer than two of either.
    ///
    /// Source: Scheffé, The Analysis of Variance (1959), section 7.4; Satterthwaite, Biometrics Bulletin 2 (1946).
    ///
    /// - Precondition: all rows are of one length.
    public init?(ofStartsAndItems rows: [[Double]]) {
        guard rows.count > 1, let width = rows.first?.count, width > 1 else { return nil }
        precondition(rows.allSatisfy { $0.count == width }, "every start is judged by the same items")
        rows.forEach { requireFinite($0, "value") }
        let (a, b) = (Double(rows.count), Double(width))
        let ofStarts = rows.map { Evidence.mean($0) }
        let ofItems = (0..<width).map { item in rows.reduce(0) { $0 + $1[item] } / a }
        let grand = Evidence.mean(ofStarts)
        let (meanStarts, meanItems) = (b * variance(ofStarts), a * variance(ofItems))
        var rest = 0.0
        for (row, ofStart) in zip(rows, ofStarts) {
            for (value, ofItem) in zip(row, ofItems) {
                let residual = value - ofStart - ofItem + grand
                rest += residual * residual
            }
        }
        rest /= (a - 1) * (b - 1)
        let combined = meanStarts + meanItems - rest
        guard combined > meanStarts else {
            self.init(mean: grand, standardError: (meanStarts / (a * b)).squareRoot(), degreesOfFreedom: a - 1)
            return
        }
        let spread =
            meanStarts * meanStarts / (a - 1) + meanItems * meanItems / (b - 1) + rest * rest / ((a - 1) * (b - 1))
        self.init(
            mean: grand, standardError: (combined / (a * b)).squareRoot(),
            degreesOfFreedom: combined * combined / spread)
    }
}

/// The sum of squared deviations, divided by n − 1; exactly 0 for equal values.
func variance(_ values: [Double]) -> Double {
    if values.allSatisfy({ $0 == values[0] }) { return 0 }
    let centre = mean(values)
    return values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1)
}
