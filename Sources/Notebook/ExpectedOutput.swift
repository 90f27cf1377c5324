/// What a cell's output must be, and how near its numbers must come to those on record: the option `expect`.
public struct ExpectedOutput: Sendable, Hashable {
    /// What the cell's output must be; `nil` where nothing is said.
    public var text: String?
    /// What must stand in the cell's output; `nil` where nothing is said.
    public var contains: String?
    /// How near a number must come to be taken for the same.
    public var tolerance = Tolerance.exact
    /// Where it stands in the notebook.
    public var position: SourcePosition

    /// An expectation; without `text` and `contains`, it states a tolerance alone.
    public init(
        text: String? = nil, contains: String? = nil, tolerance: Tolerance = .exact, at position: SourcePosition
    ) {
        self.text = text
        self.contains = contains
        self.tolerance = tolerance
        self.position = position
    }
}

/// How far two numbers may lie apart and be taken for the same.
public struct Tolerance: Sendable, Hashable {
    /// The distance that is allowed, in the numbers' own unit.
    public var absolute: Double
    /// The distance that is allowed, as a share of the first number.
    public var relative: Double

    /// A tolerance; ``distance(from:)`` takes the wider of the two distances.
    public init(absolute: Double = 0, relative: Double = 0) {
        self.absolute = absolute
        self.relative = relative
    }

    /// No distance is allowed.
    public static let exact = Tolerance()

    /// The distance that is allowed from `number`: the wider of the two.
    public func distance(from number: Double) -> Double { max(absolute, relative * abs(number)) }

    /// Whether `other` lies near enough to `number`. NaN lies near NaN only, an infinity near itself only.
    ///
    /// A distance of just the tolerance is near enough whatever the last bit of the two numbers' difference is: 1.1
    /// lies within 0.1 of 1.
    public func accepts(_ other: Double, for number: Double) -> Bool {
        if number.isNaN || other.isNaN { return number.isNaN && other.isNaN }
        if number == other { return true }
        let allowed = distance(from: number)
        guard number.isFinite, other.isFinite, allowed > 0 else { return false }
        return abs(number - other) <= allowed + max(number.ulp, other.ulp)
    }
}

extension ExpectedOutput {
    /// Reads `expect: text`, which the output must be, or a mapping of `text`, `contains`, `tolerance`, `relative`.
    static func parse(_ value: YAMLValue) throws(YAMLValue.Mismatch) -> ExpectedOutput {
        var expectation = ExpectedOutput(at: value.position)
        if value.node.scalar != nil {
            expectation.text = try value.string
            return expectation
        }
        for (name, member) in try value.members {
            switch name {
            case "text": expectation.text = try member.string
            case "contains": expectation.contains = try member.string
            case "tolerance": expectation.tolerance.absolute = try member.distance
            case "relative": expectation.tolerance.relative = try member.distance
            default:
                throw YAMLValue.Mismatch(
                    expected: "text, or names among text, contains, tolerance and relative", found: name,
                    position: member.position)
            }
        }
        return expectation
    }
}
