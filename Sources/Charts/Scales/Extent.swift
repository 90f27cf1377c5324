/// What the marks of a chart need of an axis: how far their numbers reach, and which categories they name.
package struct Extent {
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity
    private(set) var lowestPositive = Double.infinity
    private(set) var names: [String] = []
    private var known: Set<String> = []

    package init() {}

    /// Whether all numbers are whole, as epochs and counts are.
    private(set) var isWhole = true
    /// Whether marks stand on zero, so that zero is an end of the axis or within it.
    var standsOnZero = false
    /// Whether marks fill the axis to its ends, so that none is left free.
    var isFilled = false
    /// Whether the numbers are seconds since 1970.
    private(set) var isTime = false
    /// How many numbers a logarithmic axis has no place for.
    private(set) var countBelowOrAtZero = 0

    mutating func include(_ value: Double) {
        guard value.isFinite else { return }
        low = min(low, value)
        high = max(high, value)
        if isWhole, value.rounded(.towardZero) != value { isWhole = false }
        if value > 0 { lowestPositive = min(lowestPositive, value) } else { countBelowOrAtZero += 1 }
    }

    package mutating func include(_ values: some Sequence<Double>) {
        for value in values { include(value) }
    }

    package mutating func include(_ positions: Positions) {
        switch positions {
        case .numbers(let numbers): include(numbers.wrappedValue)
        case .names(let list): include(names: list)
        case .times(let seconds):
            isTime = true
            include(seconds.wrappedValue)
        }
    }

    mutating func include(names list: [String]) {
        for name in list where known.insert(name).inserted { names.append(name) }
    }

    mutating func include(_ other: Extent) {
        if other.low <= other.high { include([other.low, other.high]) }
        lowestPositive = min(lowestPositive, other.lowestPositive)
        isWhole = isWhole && other.isWhole
        include(names: other.names)
        standsOnZero = standsOnZero || other.standsOnZero
        isFilled = isFilled || other.isFilled
        isTime = isTime || other.isTime
    }
}
