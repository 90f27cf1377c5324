/// Turns values into places along one direction of the picture.
package struct PositionScale: Hashable, Sendable {
    package let domain: Domain
    /// Where the domain's low and high ends are, in points.
    package let start: Double
    package let end: Double
    private let indices: [String: Int]
    private let low: Double
    private let range: Double
    private let unit: Double

    /// The scale from `first` (left or bottom) to `last` (right or top).
    package init(_ domain: Domain, from first: Double, to last: Double) {
        self.domain = domain
        (start, end) = domain.isReversed ? (last, first) : (first, last)
        if case .categories(let names) = domain.kind {
            indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        } else {
            indices = [:]
        }
        unit = Self.unit(domain)
        low = Self.even(domain.low, domain.kind, unit)
        range = Self.even(domain.high, domain.kind, unit) - low
    }

    /// A power of two that keeps differences of the domain's numbers finite and of full precision.
    private static func unit(_ domain: Domain) -> Double {
        let magnitude = max(abs(domain.low), abs(domain.high))
        return magnitude > 0x1p+1000 ? 0x1p-8 : magnitude < 0x1p-900 ? 0x1p+160 : 1
    }

    /// A number in the unit in which equal differences are equal lengths.
    private static func even(_ value: Double, _ kind: Domain.Kind, _ unit: Double) -> Double {
        kind == .logarithmic ? Decimal.logarithm(value) : value * unit
    }

    /// Points of a category's width; of the whole axis on a continuous scale.
    package var band: Double {
        if case .categories(let names) = domain.kind { return abs(end - start) / Double(max(1, names.count)) }
        return abs(end - start)
    }

    /// Where a number is, at most a million points away; nil for a gap: NaN, infinity, or what a logarithm does not take.
    package func place(_ value: Double) -> Double? {
        guard value.isFinite, domain.kind != .logarithmic || value > 0 else { return nil }
        let share = (Self.even(value, domain.kind, unit) - low) / range
        return min(max(start + (end - start) * share, -1e6), 1e6)
    }

    /// Where each position is. Numbers on a scale of categories count them from 0.
    func places(_ positions: Positions) -> [Double?] {
        switch positions {
        case .numbers(let numbers): numbers.wrappedValue.map(place)
        case .times(let seconds): seconds.wrappedValue.map(place)
        case .names(let names): names.map { name in indices[name].flatMap { place(Double($0)) } }
        }
    }
}
