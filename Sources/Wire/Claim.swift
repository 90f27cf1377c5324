/// What became of something the article says: a verdict, the findings that it follows from, and where it was made.
///
/// A claim holds the numbers that were measured and the rules that were declared before, so that its verdict can be
/// derived again from the record alone.
public struct Claim: Codable, Hashable, Sendable {
    /// Which of the book's claims: `C13`.
    public var id: String
    /// What was measured or compared, in words.
    public var measured: String
    /// What follows from ``findings`` by ``combination``.
    public var verdict: Verdict
    /// How the verdicts of several findings make that of the claim.
    public var combination: Combination
    /// At least one; each in a setting of its own.
    public var findings: [Finding]
    /// How far an effect or a bound of an interval may lie from what is on record, in the finding's own unit, and
    /// still be the same; zero, as everywhere in the book, means equal to the last bit.
    public var tolerance: Double
    /// Where it was made; lines count from the cell's first line of code.
    public var place: Place

    /// A claim with the findings that decide it.
    public init(
        id: String, measured: String, verdict: Verdict, combination: Combination, findings: [Finding],
        tolerance: Double, place: Place
    ) {
        self.id = id
        self.measured = measured
        self.verdict = verdict
        self.combination = combination
        self.findings = findings
        self.tolerance = tolerance
        self.place = place
    }

    /// The file of the call, as compilers name it (`cell-3`), and its line.
    public struct Place: Codable, Hashable, Sendable {
        /// The cell as a file, such as `cell-3`.
        public var file: String
        /// The line, from 1.
        public var line: Int

        /// The line of a cell.
        public init(file: String, line: Int) {
            self.file = file
            self.line = line
        }
    }

    /// How verdicts in several settings make one. In each case, what decides neither way is undecided.
    public enum Combination: String, Codable, Hashable, Sendable {
        /// The claim is about each setting: supported where all support it, refuted where all refute it, conditional
        /// where some support and some refute it.
        case settings
        /// The claim needs every finding: one that refutes refutes it.
        case all
        /// The claim needs one finding: one that supports supports it.
        case any
        /// The first finding decides; those after it stand beside and decide nothing.
        case primary

        /// The verdict of a claim whose findings have `verdicts`.
        ///
        /// - Precondition: there is at least one.
        public func verdict(of verdicts: [Verdict]) -> Verdict {
            precondition(!verdicts.isEmpty, "a claim has at least one finding")
            let supported = verdicts.contains(.supported)
            let refuted = verdicts.contains(.refuted)
            switch self {
            case .primary: return verdicts[0]
            case .all where refuted: return .refuted
            case .any where supported: return .supported
            case .settings where verdicts.contains(.conditional) || supported && refuted: return .conditional
            default: return Set(verdicts).count == 1 ? verdicts[0] : .undecided
            }
        }
    }
}

/// What a rule makes of what was measured.
public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
    case supported
    case refuted
    /// Supported in some settings and refuted in others.
    case conditional
    /// The data do not decide.
    case undecided
}

/// What one rule made of one set of observations. `Evidence` computes it; nothing in it is written by hand.
public struct Finding: Codable, Hashable, Sendable {
    /// Where it holds, such as `10 labels`; empty where there is only one.
    public var setting: String
    /// Declared before the data were seen, as part of the cell's code.
    public var rule: DecisionRule
    /// What was measured: all that the rest follows from.
    public var observations: Observations
    /// The answer that the rule gives.
    public var verdict: Verdict
    /// In the rule's unit: the mean difference, the share, the correlation, the number. `nil` for a condition.
    public var effect: Double?
    /// Around the effect, at the rule's confidence; `nil` where the rule uses none or there are too few observations.
    public var interval: ConfidenceInterval?
    /// Of the hypothesis that the rule's margin is not passed, not corrected for other claims; `nil` for exact rules.
    public var p: Double?
    /// How many observations there were.
    public var n: Int

    /// A finding as `Evidence` derives it.
    public init(
        setting: String = "", rule: DecisionRule, observations: Observations, verdict: Verdict, effect: Double? = nil,
        interval: ConfidenceInterval? = nil, p: Double? = nil, n: Int
    ) {
        self.setting = setting
        self.rule = rule
        self.observations = observations
        self.verdict = verdict
        self.effect = effect
        self.interval = interval
        self.p = p
        self.n = n
    }
}

/// A range that holds the true value in the share `confidence` of repetitions.
public struct ConfidenceInterval: Codable, Hashable, Sendable {
    /// The interval's lower end, in the effect's unit.
    public var lower: Double
    /// The interval's upper end, in the effect's unit.
    public var upper: Double
    /// Such as 0.95.
    public var confidence: Double

    /// The range from `lower` to `upper`.
    public init(lower: Double, upper: Double, confidence: Double) {
        self.lower = lower
        self.upper = upper
        self.confidence = confidence
    }

    /// Whether `value` lies in it, ends included.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

// What is read of a claim is what one can be: it comes from a cell's process, or from a file that anyone may have changed.

extension Claim {
    /// - Throws: that its verdict does not follow from its findings.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try members.decode(String.self, forKey: .id),
            measured: try members.decode(String.self, forKey: .measured),
            verdict: try members.decode(Verdict.self, forKey: .verdict),
            combination: try members.decode(Combination.self, forKey: .combination),
            findings: try members.decode([Finding].self, forKey: .findings),
            tolerance: try members.decode(Double.self, forKey: .tolerance),
            place: try members.decode(Place.self, forKey: .place))
        try decoder.require(!findings.isEmpty, "a claim has a finding")
        try decoder.require(
            verdict == combination.verdict(of: findings.map(\.verdict)), "a verdict follows from findings")
        try decoder.require(tolerance >= 0 && tolerance.isFinite, "a tolerance is a distance")
    }
}

extension Claim.Place {
    /// The lines that a cell's code can have.
    static let lines = 1...10_000_000

    /// - Throws: that there is no such line.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            file: try members.decode(String.self, forKey: .file), line: try members.decode(Int.self, forKey: .line))
        try decoder.require(Claim.Place.lines.contains(line), "a claim is made in a line of code")
    }
}

extension Finding {
    /// - Throws: that its numbers are none that can be measured or follow.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            setting: try members.decode(String.self, forKey: .setting),
            rule: try members.decode(DecisionRule.self, forKey: .rule),
            observations: try members.decode(Observations.self, forKey: .observations),
            verdict: try members.decode(Verdict.self, forKey: .verdict),
            effect: try members.decodeIfPresent(Double.self, forKey: .effect),
            interval: try members.decodeIfPresent(ConfidenceInterval.self, forKey: .interval),
            p: try members.decodeIfPresent(Double.self, forKey: .p), n: try members.decode(Int.self, forKey: .n))
        try decoder.require(n >= 0, "observations are counted")
        try decoder.require(p.map { (0...1).contains($0) } ?? true, "a probability lies between 0 and 1")
        if case .count(let successes, let total) = observations {
            try decoder.require(0 <= successes && successes <= total, "successes are some of all")
        }
    }
}
