/// A frame whose rows are put into groups: those that have the same values in the columns named.
public struct GroupedFrame: Sendable {
    let frame: Frame
    let names: [String]
    private let keys: KeyCodes

    init(_ frame: Frame, by names: [String]) {
        self.frame = frame
        self.names = names
        keys = KeyCodes(names.map { frame[$0] }, rowCount: frame.rowCount)
    }

    /// The groups as frames, in the order in which they first appear; a missing value is a group of its own.
    public var groups: [Frame] { keys.members.map { frame.gathered($0) } }

    /// A row for each group: what it has in common, then the summaries.
    ///
    ///     birds.grouped(by: "species").summarise(["birds": .count, "mean mass": .mean("mass")])
    public func summarise(_ summaries: KeyValuePairs<String, Summary>) -> Frame {
        let groups = groups
        let heads = frame.select(names).gathered(keys.firstRows).named
        return Frame(
            heads + summaries.map { name, summary in (name, Column(values: groups.map { summary.value($0) })) })
    }
}

extension Frame {
    /// The rows in groups; `summarise` makes one row of each.
    public func grouped(by names: String...) -> GroupedFrame { GroupedFrame(self, by: names) }

    /// One row of summaries of the whole frame.
    public func summarise(_ summaries: KeyValuePairs<String, Summary>) -> Frame {
        Frame(summaries.map { ($0.key, Column(values: [$0.value.value(self)])) })
    }
}

/// What becomes of the rows of a group: one value. Missing values are left out; where none is left, it is missing.
public struct Summary: Sendable {
    let value: @Sendable (Frame) -> Value

    /// Anything that can be reckoned from the rows of a group.
    public init(_ value: @escaping @Sendable (Frame) -> Value) { self.value = value }

    /// How many rows there are.
    public static var count: Summary { Summary { .integer($0.rowCount) } }

    /// How many values are missing.
    public static func missing(_ name: String) -> Summary { Summary { .integer($0[name].missingCount) } }

    /// How many different values there are.
    public static func distinct(_ name: String) -> Summary {
        Summary { frame in .integer(Set(frame[name].values.filter { !$0.isMissing }).count) }
    }

    /// The sum, from the first row to the last; of integers an integer.
    public static func sum(_ name: String) -> Summary {
        Summary { frame in
            let values = frame[name].values.filter { !$0.isMissing }
            return values.dropFirst().reduce(values.first ?? .integer(0), +)
        }
    }

    /// Σx / n.
    public static func mean(_ name: String) -> Summary {
        ofNumbers(name) { values in values.reduce(0, +) / Double(values.count) }
    }

    /// The standard deviation √(Σ(x − mean)² / (n − 1)); missing for fewer than two values.
    public static func deviation(_ name: String) -> Summary {
        ofNumbers(name) { values in
            guard values.count > 1 else { return nil }
            let mean = values.reduce(0, +) / Double(values.count)
            return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
        }
    }

    /// The value in the middle of those that are there; of an even number, the mean of the two in the middle.
    public static func median(_ name: String) -> Summary { quantile(name, 0.5) }

    /// The value below which a share of the values lies, between two of them in proportion (R's type 7, NumPy's default).
    ///
    /// - Precondition: `share` is from 0 to 1.
    public static func quantile(_ name: String, _ share: Double) -> Summary {
        precondition((0...1).contains(share), "a quantile is of a share from 0 to 1, not \(share)")
        return ofNumbers(name) { values in
            if values.contains(where: \.isNaN) { return .nan }
            let sorted = values.sorted()
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
        }
    }

    /// The least value; of texts, dates and times the first.
    public static func least(_ name: String) -> Summary {
        Summary { frame in frame.sorted(by: .ascending(name)).present(name).first ?? .missing }
    }

    /// The greatest value; of texts, dates and times the last.
    public static func greatest(_ name: String) -> Summary {
        Summary { frame in frame.sorted(by: .descending(name)).present(name).first ?? .missing }
    }

    /// The first row's value that is not missing.
    public static func first(_ name: String) -> Summary { Summary { $0.present(name).first ?? .missing } }

    private static func ofNumbers(_ name: String, _ value: @escaping @Sendable ([Double]) -> Double?) -> Summary {
        Summary { frame in
            let values = frame[name, Double.self].compactMap(\.self)
            return values.isEmpty ? .missing : value(values).map(Value.number) ?? .missing
        }
    }
}

extension Frame {
    fileprivate func present(_ name: String) -> [Value] { self[name].values.filter { !$0.isMissing } }
}
