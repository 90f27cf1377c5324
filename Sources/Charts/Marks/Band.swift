/// The area between two curves, for a confidence interval around a line with the same label.
///
/// ```swift
/// Band(x: epochs, lower: low, upper: high, label: "student")
/// Line(x: epochs, y: mean, label: "student")
/// ```
public struct Band: Codable, Hashable, Sendable, MarkConvertible {
    /// Positions along the horizontal axis.
    public var x: Positions
    /// The lower curve; NaN and infinities are gaps.
    @Exact public var lower: [Double]
    /// The upper curve; NaN and infinities are gaps.
    @Exact public var upper: [Double]
    /// The series' name; a line with the same name has the same colour and one legend entry with it.
    public var label: String?
    /// The area's colour.
    public var color: MarkColor
    /// 1 hides what is behind; in dark pictures the square of it is used, which looks the same.
    @Exact public var opacity: Double
    /// Whether the vertical axis must show zero.
    public var standsOnZero: Bool

    /// The area between `lower` and `upper`.
    public init(
        x: some Sequence<some Plottable>, lower: some Sequence<some PlottableNumber>,
        upper: some Sequence<some PlottableNumber>, label: String? = nil, color: MarkColor = .automatic,
        opacity: Double = 0.32
    ) {
        self.x = Positions(x)
        self.lower = doubles(lower)
        self.upper = doubles(upper)
        self.label = label
        self.color = color
        self.opacity = opacity
        standsOnZero = false
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

/// The area between a curve and zero.
///
/// ```swift
/// Area(x: temperatures, y: entropies, label: "entropy")
/// ```
public struct Area: MarkConvertible {
    /// The band from zero.
    public let mark: Mark

    /// The area under (x, y).
    public init(
        x: some Sequence<some Plottable>, y: some Sequence<some PlottableNumber>, label: String? = nil,
        color: MarkColor = .automatic, opacity: Double = 0.45
    ) {
        let y = doubles(y)
        var band = Band(
            x: Array(x), lower: y.map { $0.isFinite ? 0 : .nan }, upper: y, label: label, color: color, opacity: opacity
        )
        band.standsOnZero = true
        mark = Mark(band)
    }
}

extension Band: MarkContent {
    package static var name: String { "band" }
    package var problem: String? {
        mismatch(x.count, "x values", lower.count, "lower values")
            ?? mismatch(x.count, "x values", upper.count, "upper values")
    }
    package var legendKey: LegendKey? { .area(opacity: opacity) }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(self.x)
        y.include(lower)
        y.include(upper)
        if standsOnZero { y.standsOnZero = true }
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        // On a logarithmic axis an area stands on the axis.
        let floor = standsOnZero && plot.y.domain.kind == .logarithmic ? plot.y.domain.low : nil
        let low = plot.points(x, lower.map { floor ?? $0 })
        let high = plot.points(x, upper)
        list.append(.clip(plot.area.inset(-0.5)))
        let corners = zip(low, high).map { low, high in low.flatMap { low in high.map { (low, $0) } } }
        for run in corners.split(whereSeparator: { $0 == nil }) {
            let pairs = run.compactMap(\.self)
            let outline = Polyline.thinned(pairs.map(\.1)) + Polyline.thinned(pairs.map(\.0)).reversed()
            if pairs.count > 1 { list.append(.fill(Path(polygon: outline), plot.theme.wash(color, opacity))) }
        }
        list.append(.endClip)
    }

    /// Where the band ends, in words.
    private func end(along axis: String) -> String {
        let known = lower.indices.filter { lower[$0].isFinite && upper[$0].isFinite }
        guard let last = known.last else { return Words.phrase(" has no values") }
        return Words.phrase(
            " reaches from {1} to {2} at {3} {4}", Words.number(lower[last]), Words.number(upper[last]), axis,
            x.text(at: last))
    }

    package func readings(in plot: Plot) -> [Reading] {
        guard !standsOnZero else { return Reading.all(x, upper, in: plot) }
        let interval = { index in "\(Reading.number(lower[index])) – \(Reading.number(upper[index]))" }
        return Reading.all(x, lower, in: plot, note: interval) + Reading.all(x, upper, in: plot, note: interval)
    }

    package func summary(x: String, y: String) -> String {
        standsOnZero
            ? Words.course(Words.named(label, y), self.x, upper, along: x)
            : (label.map { Words.phrase("a band around {1}", $0) } ?? Words.phrase("a band")) + end(along: x)
    }
}
