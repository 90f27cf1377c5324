/// How often numbers fall into each of equal bins: bars that touch.
///
/// ```swift
/// Chart("Body mass", x: "mass in g", y: "birds") { Histogram(masses) }
/// Chart("Two kinds", x: "mass in g", y: "density") {
///     Histogram(adelie, label: "Adelie", shows: .density)
///     Histogram(gentoo, label: "Gentoo", shows: .density)
/// }
/// ```
public struct Histogram: Codable, Hashable, Sendable, MarkConvertible {
    /// What the height of a bar is.
    public enum Height: String, Codable, Sendable {
        /// How many numbers are in the bin.
        case count
        /// Their share of all numbers.
        case share
        /// Their share for each unit of the axis, so that all bars together have the area 1.
        case density
    }

    /// The sides of the bins, one more than there are bins.
    public let edges: Exact<[Double]>
    /// How many numbers are in each bin: from its left side on, up to its right side; the last has its right side, too.
    public let counts: [Int]
    /// What the height of a bar is.
    public let height: Height
    /// The series' name, for the legend.
    public let label: String?
    /// The bars' colour.
    public let color: MarkColor

    /// A histogram of the finite numbers among `values`.
    ///
    /// - Parameter bins: About how many bins; where it is nil, as many as the rule of Freedman and Diaconis (1981) says: bins are
    ///   2·IQR/∛n wide. Sides lie at round numbers.
    public init(
        _ values: some Sequence<some PlottableNumber>, bins: Int? = nil, label: String? = nil,
        shows height: Height = .count,
        color: MarkColor = .automatic
    ) {
        let sorted = doubles(values).filter(\.isFinite).sorted()
        let edges = Self.edges(sorted, bins: bins)
        var counts = [Int](repeating: 0, count: max(0, edges.count - 1))
        for value in sorted {
            // The last side at or below the value.
            var (low, high) = (0, counts.count - 1)
            while low < high {
                let middle = (low + high + 1) / 2
                if edges[middle] <= value { low = middle } else { high = middle - 1 }
            }
            counts[low] += 1
        }
        self.edges = Exact(edges)
        self.counts = counts
        self.height = height
        self.label = label
        self.color = color
    }

    private static func edges(_ sorted: [Double], bins: Int?) -> [Double] {
        guard let low = sorted.first, let high = sorted.last else { return [] }
        guard low < high else { return [low - 0.5, low + 0.5] }
        let count = min(200, max(1, bins ?? usualCount(sorted)))
        let ticks = LinearTicks(low: low, high: high, target: count + 1, limit: 2 * count + 2)
        let values = ticks.values
        let step = values.count > 1 ? values[1] - values[0] : high / Double(count) - low / Double(count)
        var edges = values.isEmpty ? [low] : values
        while let first = edges.first, first > low { edges.insert(first - step, at: 0) }
        while let last = edges.last, last < high { edges.append(last + step) }
        return edges
    }

    private static func usualCount(_ sorted: [Double]) -> Int {
        let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
        let cubeRoot = Decimal.exponential(Decimal.logarithm(Double(sorted.count)) / 3)
        let range = sorted[sorted.count - 1] - sorted[0]
        let found = spread > 0 ? range / (2 * spread / cubeRoot) : 10
        return Int(min(max(found.rounded(.up), 5), 60))
    }

    /// The bars' heights.
    var heights: [Double] {
        let total = Double(counts.reduce(0, +))
        return counts.indices.map { bin in
            let share = Double(counts[bin]) / total
            return switch height {
            case .count: Double(counts[bin])
            case .share: share
            case .density: share / (edges.wrappedValue[bin + 1] - edges.wrappedValue[bin])
            }
        }
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Histogram: MarkContent {
    package static var name: String { "histogram" }
    package var drawsZero: Bool { true }
    package var legendKey: LegendKey? { .area(opacity: 0.55) }
    package var problem: String? {
        counts.isEmpty || edges.wrappedValue.count == counts.count + 1
            ? nil : "has \(counts.count) bins but \(edges.wrappedValue.count) sides"
    }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(edges.wrappedValue)
        y.include(heights)
        y.standsOnZero = true
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let zero = plot.y.place(0) ?? plot.y.start
        let sides = edges.wrappedValue.map(plot.x.place)
        list.append(.clip(plot.area.inset(-0.5)))
        for (bin, height) in heights.enumerated() where height > 0 {
            guard let left = sides[bin], let right = sides[bin + 1], let top = plot.y.place(height) else { continue }
            list.append(.rectangle(Rect(Point(left, zero), Point(right, top)), color.opacity(0.55)))
        }
        for outline in outline(sides, plot, zero) { list.append(.stroke(outline, StrokeStyle(width: 1.4), color)) }
        list.append(.endClip)
    }

    /// The sides and tops of the bars, not the lines between bars of one height.
    private func outline(_ sides: [Double?], _ plot: Plot, _ zero: Double) -> [[Point]] {
        var points: [Point] = []
        for (bin, height) in heights.enumerated() {
            guard let left = sides[bin], let right = sides[bin + 1] else { continue }
            let top = plot.y.place(height) ?? zero
            points += points.isEmpty ? [Point(left, zero)] : []
            points += [Point(left, top), Point(right, top)]
        }
        guard let last = points.last else { return [] }
        return [points + [Point(last.x, zero)]]
    }

    package func readings(in plot: Plot) -> [Reading] {
        let sides = edges.wrappedValue
        return heights.enumerated().compactMap { bin, height in
            guard let left = plot.x.place(sides[bin]), let right = plot.x.place(sides[bin + 1]),
                let top = plot.y.place(height)
            else { return nil }
            let bounds = "\(Reading.number(sides[bin])) – \(Reading.number(sides[bin + 1]))"
            return Reading(Point(left / 2 + right / 2, top), x: bounds, y: Reading.number(height))
        }
    }

    package func summary(x: String, y: String) -> String {
        guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }) else {
            return Words.named(label, Words.phrase("no values"))
        }
        let (from, to) = (edges.wrappedValue[most], edges.wrappedValue[most + 1])
        let text = Words.phrase(
            "{1} of {2} in {3} over {4}, the most, {5}, from {6}", Words.count(counts.reduce(0, +), "value"), x,
            Words.count(counts.count, "bin"), Words.range(edges.wrappedValue), "\(counts[most])",
            Words.range([from, to]))
        return Words.named(label, text)
    }
}
