/// The stretch of numbers, or the categories, that an axis shows.
package struct Domain: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case linear
        case logarithmic
        /// Categories; category i is centred at i.
        case categories([String])
    }

    package let kind: Kind
    /// Finite, and below `high`; above zero if logarithmic.
    package let low: Double
    package let high: Double
    package let isReversed: Bool
    /// Whether ticks between whole numbers would mean nothing.
    package var isWhole = false
    /// Whether the numbers are seconds since 1970.
    package var isTime = false

    /// The domain of `axis` over marks that reach over `extent`, with some room at its ends.
    package init(_ axis: Axis, _ extent: Extent, isVertical: Bool) {
        let from = axis.from.flatMap { $0.isFinite ? $0 : nil }
        let to = axis.to.flatMap { $0.isFinite ? $0 : nil }
        let crosses = from.flatMap { from in to.map { from > $0 } } ?? false
        if !extent.names.isEmpty {
            self.init(.categories(extent.names), -0.5, Double(extent.names.count) - 0.5, axis.isReversed != isVertical)
            return
        }
        let isReversed = axis.isReversed != crosses
        let (lower, upper) = crosses ? (to, from) : (from, to)
        if axis.scale == .logarithmic {
            let (low, high) = Self.logarithmic(extent, lower, upper)
            self.init(.logarithmic, low, high, isReversed)
        } else {
            let (low, high) = Self.linear(extent, lower, upper, isVertical: isVertical)
            self.init(.linear, low, high, isReversed)
            let isWide = extent.high / 2 - extent.low / 2 >= 1.5
            isTime = extent.isTime
            isWhole = extent.isWhole && extent.low <= extent.high && (isWide || !isVertical)
        }
    }

    package init(_ kind: Kind, _ low: Double, _ high: Double, _ isReversed: Bool) {
        self.kind = kind
        self.low = low
        self.high = high
        self.isReversed = isReversed
    }

    private static func linear(
        _ extent: Extent, _ lower: Double?, _ upper: Double?, isVertical: Bool
    ) -> (Double, Double) {
        guard extent.low <= extent.high || lower != nil || upper != nil else { return (0, 1) }
        var low = lower ?? min(extent.low, upper ?? .infinity)
        var high = upper ?? max(extent.high, low)
        if low.isInfinite { low = high }
        if extent.standsOnZero {
            if lower == nil { low = min(low, 0) }
            if upper == nil { high = max(high, 0) }
        }
        // A vertical axis that comes near zero starts there.
        if isVertical, !extent.isFilled, lower == nil, low > 0, low < 0.2 * (high - low) { low = 0 }
        (low, high) = opened(low, high)
        let margin = extent.isFilled ? 0 : (high / 2 - low / 2) * (isVertical ? 0.1 : 0.05)
        var (paddedLow, paddedHigh) = (low - margin, high + margin)
        if low >= 0, paddedLow < 0, isVertical || low == 0 && extent.standsOnZero { paddedLow = 0 }
        if high <= 0, paddedHigh > 0 { paddedHigh = 0 }
        return opened(lower ?? limited(paddedLow), upper ?? limited(paddedHigh))
    }

    private static func logarithmic(_ extent: Extent, _ lower: Double?, _ upper: Double?) -> (Double, Double) {
        let given = (lower.flatMap { $0 > 0 ? $0 : nil }, upper.flatMap { $0 > 0 ? $0 : nil })
        let data = extent.lowestPositive <= extent.high ? (extent.lowestPositive, extent.high) : (1.0, 10.0)
        let low = given.0 ?? min(data.0, given.1 ?? .infinity)
        let high = given.1 ?? max(data.1, low)
        let range = Decimal.logarithm(high) - Decimal.logarithm(low)
        let factor = Decimal.exponential(range < 1e-9 ? 0.3 : extent.isFilled ? 0 : min(range * 0.04, 1))
        let smallest = Double.leastNonzeroMagnitude
        let padded = (given.0 ?? max(smallest, low / factor), given.1 ?? limited(high * factor))
        return padded.1 / padded.0 > 1 + 1e-9 ? padded : (max(smallest, padded.0 / 2), limited(padded.1 * 2))
    }

    /// The same ends, moved apart if they are so close that their difference would drown in rounding.
    private static func opened(_ low: Double, _ high: Double) -> (Double, Double) {
        let magnitude = max(abs(low), abs(high))
        if magnitude == 0 { return (-1, 1) }
        if high / 2 - low / 2 > magnitude * 1e-12 { return (low, high) }
        let room = low == high ? magnitude * 0.1 : magnitude * 1e-11
        let result = (limited(low - room), limited(high + room))
        return result.0 < result.1 ? result : (low - Double.leastNormalMagnitude, high + Double.leastNormalMagnitude)
    }

    private static func limited(_ value: Double) -> Double {
        min(max(value, -Double.greatestFiniteMagnitude), Double.greatestFiniteMagnitude)
    }
}
