public import Wire

// What a cell needs of the record's types, so that it need not import them.

/// How measurements decide a claim, stated before they are made.
public typealias DecisionRule = Wire.DecisionRule
/// The comparison of two arms that a registered claim is decided by.
public typealias Contrast = Wire.Contrast
/// A claim's rule, laid down in a file before any run.
public typealias Preregistration = Wire.Preregistration
/// The measurements that a rule decides by.
public typealias Observations = Wire.Observations
/// A rule, its measurements, and what follows from them.
public typealias Finding = Wire.Finding
/// The answer to a claim: supported, refuted, conditional or undecided.
public typealias Verdict = Wire.Verdict
/// A range that holds the true value in a stated share of repetitions.
public typealias ConfidenceInterval = Wire.ConfidenceInterval

extension DecisionRule {
    /// With fewer paired differences than this nothing is decided: the sign-flip p of five cannot fall below 0.0625.
    public static let leastDifferences = Contrast.fewestStarts

    /// What the rule makes of what was measured: verdict, effect, interval, p and n.
    ///
    /// A pure function: the same rule and observations give the same finding, to the last bit. The verdict follows from
    /// the interval, or from the permutation test where a rank correlation decides. The p is that of the hypothesis that
    /// the effect lies at the margin: by sign flips for differences, by the score test for a share. Where `different` or
    /// `equivalent` is expected and the effect lies inside the margin, it is that of two one-sided tests.
    ///
    /// - Parameter setting: where it was measured, such as `10 labels`, where a claim has several findings.
    /// - Precondition: the observations are of the kind that the rule is about, and finite; the margin is not negative
    ///   where `different` or `equivalent` is expected.
    public func finding(from observations: Observations, setting: String = "") -> Finding {
        switch (self, observations) {
        case (.difference(let expected, let margin, let confidence, _), .differences(let values)):
            return finding(expected, margin, confidence, differences: values, setting)
        case (.contrast(let contrast), _): return contrast.finding(from: observations, setting)
        case (.proportion(let expected, let share, let margin, let confidence), .count(let successes, let count)):
            return finding(expected, than: share, margin, confidence, successes, of: count, setting)
        case (.rankCorrelation(let expected, let margin, let level), .pairs(let x, let y)):
            return finding(expected, margin, level: level, x, y, setting)
        case (.equal(let target, let tolerance, _), .number(let value)):
            return exact(abs(value - target) <= tolerance, value, observations, setting)
        case (.between(let lower, let upper, _), .number(let value)):
            let holds = value >= lower ?? -.infinity && value <= upper ?? .infinity
            return exact(holds, value, observations, setting)
        case (.holds, .condition(let holds)):
            return exact(holds, nil, observations, setting)
        default:
            // Optimised code keeps no words of a failed precondition, and this is a slip that notebooks make.
            refuse(observations)
        }
    }

    func refuse(_ observations: Observations) -> Never {
        fatalError("a rule that decides by \(neededKind) cannot decide by \(observations.kind)")
    }

    private func finding(
        _ expected: Expectation, _ margin: Double, _ confidence: Double, differences: [Double], _ setting: String
    ) -> Finding {
        precondition(!differences.isEmpty, "there is no difference to decide by")
        let effect = mean(differences)
        let bounds = Bounds(expected, margin)
        let interval = bootstrapInterval(ofMean: differences, confidence: confidence)
        let decides = differences.count >= DecisionRule.leastDifferences
        let p = bounds.p(at: effect) { bound, alternative in
            signFlipTest(differences.map { $0 - bound }, alternative: alternative).p
        }
        return Finding(
            setting: setting, rule: self, observations: .differences(values: differences),
            verdict: decides ? bounds.verdict(of: interval) : .undecided, effect: effect, interval: interval, p: p,
            n: differences.count)
    }

    private func finding(
        _ expected: Expectation, than share: Double, _ margin: Double, _ confidence: Double, _ successes: Int,
        of count: Int, _ setting: String
    ) -> Finding {
        let bounds = Bounds(expected, margin)
        let interval = wilsonInterval(successes: successes, of: count, confidence: confidence)
        let effect = Double(successes) / Double(count)
        let fromReference = ConfidenceInterval(
            lower: interval.lower - share, upper: interval.upper - share, confidence: confidence)
        let p = bounds.p(at: effect - share) { bound, alternative in
            shareTest(successes: successes, of: count, share: share + bound, alternative: alternative)
        }
        return Finding(
            setting: setting, rule: self, observations: .count(successes: successes, of: count),
            verdict: bounds.verdict(of: fromReference), effect: effect, interval: interval, p: p, n: count)
    }

    private func finding(
        _ expected: Expectation, _ margin: Double, level: Double, _ x: [Double], _ y: [Double], _ setting: String
    ) -> Finding {
        precondition(
            expected != .equivalent, "a rank correlation cannot be shown to be equivalent to zero by this rule")
        let effect = spearmanCorrelation(x, y)
        let p = rankCorrelationTest(x, y).p
        let isClear = p <= level && abs(effect) > margin
        let isExpected = expected == .different || (effect > 0) == (expected == .greater)
        return Finding(
            setting: setting, rule: self, observations: .pairs(x: x, y: y),
            verdict: !isClear ? .undecided : isExpected ? .supported : .refuted, effect: effect, p: p, n: x.count)
    }

    private func exact(_ holds: Bool, _ value: Double?, _ observations: Observations, _ setting: String) -> Finding {
        if let value { requireFinite([value], "value") }
        return Finding(
            setting: setting, rule: self, observations: observations, verdict: holds ? .supported : .refuted,
            effect: value, n: 1)
    }

    fileprivate var neededKind: String {
        switch self {
        case .difference: "differences"
        case .contrast(let contrast):
            switch contrast.design {
            case .starts, .resampledSplits: "differences"
            case .clusters: "clusters"
            case .startsAndItems: "starts and items"
            }
        case .proportion: "a count"
        case .rankCorrelation: "pairs"
        case .equal, .between: "a number"
        case .holds: "a condition"
        }
    }
}

/// Where an effect supports a claim, and where it refutes it.
struct Bounds {
    let expected: DecisionRule.Expectation
    let margin: Double

    init(_ expected: DecisionRule.Expectation, _ margin: Double) {
        precondition(margin.isFinite, "a margin is a number")
        precondition(
            margin >= 0 || expected == .greater || expected == .less, "±\(margin) is no margin: it is negative")
        self.expected = expected
        self.margin = margin
    }

    func verdict(of interval: ConfidenceInterval?) -> Verdict {
        guard let interval else { return .undecided }
        func decided(_ supports: Bool, _ refutes: Bool) -> Verdict {
            supports ? .supported : refutes ? .refuted : .undecided
        }
        let isInside = interval.lower > -margin && interval.upper < margin
        let isOutside = interval.lower > margin || interval.upper < -margin
        switch expected {
        case .greater: return decided(interval.lower > margin, interval.upper < margin)
        case .less: return decided(interval.upper < -margin, interval.lower > -margin)
        case .different: return decided(isOutside, isInside)
        case .equivalent: return decided(isInside, isOutside)
        }
    }

    /// The p that goes with an effect, by a test of the hypothesis that the true effect is `bound`.
    func p(at effect: Double, test: (_ bound: Double, _ alternative: Alternative) -> Double) -> Double {
        switch expected {
        case .greater: test(margin, .twoSided)
        case .less: test(-margin, .twoSided)
        case .different, .equivalent:
            if abs(effect) < margin {
                max(test(-margin, .greater), test(margin, .less))
            } else {
                test(effect < 0 ? -margin : margin, .twoSided)
            }
        }
    }
}

extension Observations {
    /// Differences within pairs, such as runs that share a seed.
    public static func differences(_ values: [Double]) -> Observations { .differences(values: values) }

    /// The differences treated − control, pair by pair.
    ///
    /// - Precondition: there are as many of one as of the other.
    public static func paired(_ treated: [Double], minus control: [Double]) -> Observations {
        precondition(
            treated.count == control.count,
            "\(treated.count) values cannot be paired with \(control.count): each needs its partner")
        return .differences(values: zip(treated, control).map { $0 - $1 })
    }

    /// How many of `of` did what is counted.
    public static func count(_ successes: Int, of count: Int) -> Observations {
        .count(successes: successes, of: count)
    }

    /// One number.
    public static func number(_ value: Double) -> Observations { .number(value: value) }

    /// Whether the rule's condition holds.
    public static func condition(_ holds: Bool) -> Observations { .condition(holds: holds) }

    /// Differences in groups, such as starts that share a teacher: the groups are the independent units.
    public static func clusters(_ values: [[Double]]) -> Observations { .clusters(values: values) }

    /// Differences of starts (rows) on test items (columns), such as 1 where only one of two nets errs.
    public static func startsAndItems(_ values: [[Double]]) -> Observations { .startsAndItems(values: values) }

    fileprivate var kind: String {
        switch self {
        case .differences: "differences"
        case .clusters: "clusters"
        case .startsAndItems: "starts and items"
        case .pairs: "pairs"
        case .count: "a count"
        case .number: "a number"
        case .condition: "a condition"
        }
    }
}
