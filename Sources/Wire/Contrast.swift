/// The one comparison that decides a claim, and by which numbers it does; stated before any run.
///
/// A verdict needs two tests that agree: the t interval of the mean at 1 − `level` (1 − 2·`level` where equivalence is expected)
/// lies beyond the margin, and so says the exact sign-flip test of the independent units, with a p of at most `level`. Within a
/// book, that p must also survive Holm's correction over all primary contrasts.
public struct Contrast: Codable, Hashable, Sendable {
    /// No verdict rests on fewer independent units: the two-sided sign-flip p of five cannot fall below 0.0625.
    public static let fewestStarts = 6

    /// What is subtracted from what, in words: `distilled − alone`.
    public var between: String
    /// Of the mean μ, as in ``DecisionRule/difference(expected:margin:confidence:unit:)``.
    public var expected: DecisionRule.Expectation
    /// In the unit of the effect.
    public var margin: Double
    /// Of the effect, such as `points`.
    public var unit: String
    /// What is drawn anew from one observation to the next.
    public var design: Design
    /// The most that the chance of a false verdict may be.
    public var level: Double
    /// How many independent units a verdict takes, at least ``fewestStarts``.
    public var leastStarts: Int

    /// Which observations are independent of each other.
    public enum Design: Codable, Hashable, Sendable {
        /// Each start has its own data, teacher and nets.
        case starts
        /// Starts come in groups that share something, such as a teacher; the groups are independent.
        case clusters
        /// Splits of one set of data, whose training parts overlap: Nadeau and Bengio's corrected t alone decides.
        case resampledSplits(testToTraining: Double)
        /// Starts that are all judged by one test set; both starts and items are samples.
        case startsAndItems
    }

    /// A comparison by independent starts at the level 0.05, unless said otherwise.
    public init(
        _ between: String, expected: DecisionRule.Expectation, margin: Double = 0, unit: String = "",
        design: Design = .starts, level: Double = 0.05, leastStarts: Int = Contrast.fewestStarts
    ) {
        self.between = between
        self.expected = expected
        self.margin = margin
        self.unit = unit
        self.design = design
        self.level = level
        self.leastStarts = leastStarts
    }

    /// Of the interval that decides.
    public var confidence: Double { 1 - (expected == .equivalent ? 2 : 1) * level }

    /// - Throws: that no claim can be decided so.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try members.decode(String.self, forKey: .between),
            expected: try members.decode(DecisionRule.Expectation.self, forKey: .expected),
            margin: try members.decode(Double.self, forKey: .margin),
            unit: try members.decode(String.self, forKey: .unit),
            design: try members.decode(Design.self, forKey: .design),
            level: try members.decode(Double.self, forKey: .level),
            leastStarts: try members.decode(Int.self, forKey: .leastStarts))
        try decoder.require(level > 0 && level <= 0.25, "a level is above 0 and at most 0.25")
        try decoder.require(
            leastStarts >= Contrast.fewestStarts, "fewer than \(Contrast.fewestStarts) starts decide nothing")
        try decoder.require(
            margin.isFinite && (margin >= 0 || expected == .greater || expected == .less),
            "a margin of a difference is not negative")
        try decoder.require(expected != .equivalent || margin > 0, "equivalence needs a margin above 0")
        if case .resampledSplits(let ratio) = design {
            try decoder.require(ratio > 0 && ratio.isFinite, "test and training sets have sizes")
        }
    }
}

extension Contrast: CustomStringConvertible {
    /// The rule as a sentence without its full stop.
    public var description: String {
        let words = DecisionRule.contrast(self)
        let sides = words.decided(
            expected, "the \(words.percent(confidence)) t interval of \(between)",
            above: words.quantity(margin, unit), below: words.quantity(-margin, unit),
            within: "±" + words.quantity(margin, unit))
        return "\(sides); \(agreement), and with fewer than \(leastStarts) \(unitName) nothing is decided"
    }

    private var agreement: String {
        switch design {
        case .resampledSplits: "the interval is corrected for overlapping training sets"
        case .starts, .clusters, .startsAndItems:
            "the sign-flip p must be at most \(DecisionRule.contrast(self).quantity(level, "")), too"
        }
    }

    private var unitName: String {
        switch design {
        case .starts, .startsAndItems: "starts"
        case .clusters: "groups of starts"
        case .resampledSplits: "splits"
        }
    }
}
