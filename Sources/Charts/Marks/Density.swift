/// How densely numbers lie, as a smooth line: a sum of one small hill (1 − u²)³ for each number.
///
/// ```swift
/// Chart("Body mass", x: "mass in g", y: "density") { Density(masses, label: "Adelie") }
/// ```
public struct Density: MarkConvertible {
    /// The line.
    public let mark: Mark

    /// The density of the finite numbers among `values`; all of it has the area 1.
    ///
    /// - Parameter width: Half the width of a hill, in units of the axis; where it is nil, by Silverman's rule (1986) with the factor of this
    ///   hill: 3.15·min(σ, IQR/1.34)/⁵√n.
    public init(
        _ values: some Sequence<some PlottableNumber>, width: Double? = nil, label: String? = nil,
        color: MarkColor = .automatic, pattern: LinePattern = .solid
    ) {
        let sorted = doubles(values).filter(\.isFinite).sorted()
        let reach = width.flatMap { $0 > 0 && $0.isFinite ? $0 : nil } ?? Self.usualWidth(sorted)
        let (low, high) = ((sorted.first ?? 0) - reach, (sorted.last ?? 0) + reach)
        let places = sorted.isEmpty ? [] : (0...256).map { low + (high - low) * Double($0) / 256 }
        var first = 0
        let heights = places.map { place -> Double in
            while first < sorted.count, sorted[first] < place - reach { first += 1 }
            var sum = 0.0
            for value in sorted[first...] {
                if value > place + reach { break }
                let u = (place - value) / reach
                sum += (1 - u * u) * (1 - u * u) * (1 - u * u)
            }
            return sum * 35 / 32 / (reach * Double(sorted.count))
        }
        mark = Mark(Line(x: places, y: heights, label: label, color: color, pattern: pattern))
    }

    private static func usualWidth(_ sorted: [Double]) -> Double {
        let count = Double(sorted.count)
        guard count > 1 else { return 1 }
        let mean = sorted.reduce(0) { $0 + $1 / count }
        let deviation = (sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
        let quartiles = (sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]) / 1.34
        let spread = quartiles > 0 ? min(deviation, quartiles) : deviation
        return spread > 0 ? 3.15 * spread / Decimal.exponential(Decimal.logarithm(count) / 5) : max(abs(mean) / 10, 1)
    }
}
