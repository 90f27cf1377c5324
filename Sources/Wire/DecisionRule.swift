/// How what will be measured is to decide a claim; stated before it is measured.
///
/// A rule is a value in a cell's code, and so part of the cell's key: whoever changes it runs the experiment again.
/// The rule is of the statement as the article makes it: where it is met the claim is supported.
public enum DecisionRule: Codable, Hashable, Sendable {
    /// The mean μ of paired differences, by its BCa bootstrap interval at `confidence`. What is expected of μ:
    ///
    /// - `greater`: μ > margin. Supported where the interval lies above the margin, refuted where it lies below.
    /// - `less`: μ < −margin, likewise.
    /// - `different`: |μ| > margin. Supported where the interval lies outside ±margin, refuted where it lies inside.
    /// - `equivalent`: |μ| < margin, the reverse.
    ///
    /// Where the interval holds a margin, the claim is undecided; so it is with fewer than six pairs. With few pairs this rule
    /// errs more often than its confidence says; a claim rests on ``contrast(_:)`` instead.
    case difference(expected: Expectation, margin: Double = 0, confidence: Double = 0.95, unit: String = "")
    /// The mean of a primary contrast, by a t interval and a sign-flip test that must agree.
    case contrast(Contrast)
    /// A share of successes minus `reference`, by its Wilson interval at `confidence`; likewise.
    case proportion(expected: Expectation, than: Double, margin: Double = 0, confidence: Double = 0.95)
    /// Spearman's ρ of pairs. Supported where ρ is as expected, |ρ| exceeds the margin and the permutation p is at most
    /// `level`; refuted where that holds of the opposite sign; else undecided. `equivalent` cannot be asked for.
    case rankCorrelation(expected: Expectation, margin: Double = 0, level: Double = 0.05)
    /// One number, known exactly: supported where it is `to`, give or take `within`, else refuted.
    case equal(to: Double, within: Double = 0, unit: String = "")
    /// One number, known exactly: supported where it is no less than `lower` and no more than `upper`, else refuted.
    case between(lower: Double?, upper: Double?, unit: String = "")
    /// A condition, in words: supported where it holds, else refuted.
    case holds(condition: String)

    /// What is expected of an effect.
    public enum Expectation: String, Codable, Hashable, Sendable { case greater, less, different, equivalent }

    /// Two one-sided tests: the mean of paired differences lies within ±`margin`. An interval at 90 % inside the margin
    /// is what two one-sided tests at 5 % ask for. Source: Schuirmann, J. Pharmacokin. Biopharm. 15 (1987).
    public static func equivalence(margin: Double, confidence: Double = 0.9, unit: String = "") -> DecisionRule {
        .difference(expected: .equivalent, margin: margin, confidence: confidence, unit: unit)
    }

    /// One number, known exactly: supported where it is zero, give or take `within`, else refuted.
    public static func zero(within: Double = 0, unit: String = "") -> DecisionRule {
        .equal(to: 0, within: within, unit: unit)
    }

    /// One number, known exactly: supported where it is `bound` or less, else refuted.
    public static func atMost(_ bound: Double, unit: String = "") -> DecisionRule {
        .between(lower: nil, upper: bound, unit: unit)
    }

    /// One number, known exactly: supported where it is `bound` or more, else refuted.
    public static func atLeast(_ bound: Double, unit: String = "") -> DecisionRule {
        .between(lower: bound, upper: nil, unit: unit)
    }

    /// A condition, in words: supported where it holds, else refuted.
    public static func holds(_ condition: String) -> DecisionRule { .holds(condition: condition) }

    /// The unit of the effect; empty where it has none.
    public var unit: String {
        switch self {
        case .difference(_, _, _, let unit), .equal(_, _, let unit), .between(_, _, let unit): unit
        case .contrast(let contrast): contrast.unit
        case .proportion, .rankCorrelation, .holds: ""
        }
    }

    /// What an effect must pass, or stay within, to count; `nil` for exact rules.
    public var margin: Double? {
        switch self {
        case .difference(_, let margin, _, _), .proportion(_, _, let margin, _), .rankCorrelation(_, let margin, _):
            margin
        case .contrast(let contrast): contrast.margin
        case .equal, .between, .holds: nil
        }
    }
}

/// What was measured for a claim.
public enum Observations: Codable, Hashable, Sendable {
    /// Differences within pairs, such as runs that share a seed.
    case differences(values: [Double])
    /// Differences within starts that come in groups, such as starts that share a teacher.
    case clusters(values: [[Double]])
    /// Differences of starts (rows) on test items (columns).
    case startsAndItems(values: [[Double]])
    /// Two properties of each of several things, such as a teacher's width and its student's errors.
    case pairs(x: [Double], y: [Double])
    /// How many of `of` did what is counted.
    case count(successes: Int, of: Int)
    /// One number.
    case number(value: Double)
    /// Whether the rule's condition holds.
    case condition(holds: Bool)
}
