/// A marker at each point.
///
/// ```swift
/// Points(x: parameters, y: errors, label: "students", shape: .diamond)
/// ```
public struct Points: Codable, Hashable, Sendable, MarkConvertible {
    /// Positions along the horizontal axis.
    public var x: Positions
    /// Positions along the vertical axis.
    public var y: Positions
    /// The series' name, for the legend.
    public var label: String?
    /// The markers' colour.
    public var color: MarkColor
    /// What is drawn at each point.
    public var shape: MarkerShape
    /// Numbers that become the markers' colours; nil where all have one colour.
    public var shades: Shades?
    /// Points across a marker.
    @Exact public var diameter: Double
    /// 1 hides what is behind.
    @Exact public var opacity: Double

    /// Markers at (x, y).
    public init(
        x: some Sequence<some Plottable>, y: some Sequence<some Plottable>, label: String? = nil,
        color: MarkColor = .automatic, shape: MarkerShape = .circle, diameter: Double = 6.5, opacity: Double = 0.8
    ) {
        self.x = Positions(x)
        self.y = Positions(y)
        self.label = label
        self.color = color
        self.shape = shape
        self.diameter = diameter
        self.opacity = opacity
    }

    /// Markers at (x, y) whose colours say what `value` is there, with a colour bar; where a value is not finite there is no marker.
    public init(
        x: some Sequence<some Plottable>, y: some Sequence<some Plottable>, value: some Sequence<some PlottableNumber>,
        valueLabel: String? = nil, colors: ColorScale = .amounts, from: Double? = nil, to: Double? = nil,
        format: NumberFormat = .automatic, shape: MarkerShape = .circle, diameter: Double = 6.5, opacity: Double = 1
    ) {
        self.init(x: x, y: y, shape: shape, diameter: diameter, opacity: opacity)
        let values = doubles(value)
        let finite = values.filter(\.isFinite)
        let (low, high) = colors.range(finite.min() ?? 0, finite.max() ?? 1)
        let half = low == high ? max(abs(low) / 2, 0.5) : 0
        shades = Shades(
            values: Exact(values), from: from ?? low - half, to: to ?? high + half, colors: colors, format: format,
            label: valueLabel)
    }

    /// How numbers become the colours of markers.
    public struct Shades: Codable, Hashable, Sendable {
        let values: Exact<[Double]>
        let from, to: Double
        let colors: ColorScale
        let format: NumberFormat
        let label: String?
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Points: MarkContent {
    package static var name: String { "points" }
    package var isSeries: Bool { shades == nil }
    package var problem: String? {
        mismatch(x.count, "x values", y.count, "y values")
            ?? shades.flatMap { mismatch(x.count, "x values", $0.values.wrappedValue.count, "values of the colours") }
    }

    package var colorKey: ColorKey? {
        shades.map { ColorKey(from: $0.from, to: $0.to, colors: $0.colors, format: $0.format, label: $0.label) }
    }

    package var legendKey: LegendKey? { .marker(shape) }
    package var isReadAlongX: Bool { true }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(self.x)
        y.include(self.y)
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        if let shades { return draw(shades, in: plot, to: &list) }
        let places = zip(plot.x.places(x), plot.y.places(y)).compactMap { x, y in
            x.flatMap { x in y.map { Point(x, $0) } }
        }
        let visible = places.filter(plot.area.inset(-0.5).contains)
        // Where markers are faint, how many lie on one another is what the picture shows.
        let shown = opacity < 0.5 ? visible : Polyline.distinct(visible)
        list.append(.markers(shown, shape, diameter: diameter, color.opacity(opacity)))
    }

    private func draw(_ shades: Shades, in plot: Plot, to list: inout DisplayList) {
        let values = shades.values.wrappedValue
        let range = shades.to / 2 - shades.from / 2
        for (place, value) in zip(zip(plot.x.places(x), plot.y.places(y)), values) {
            guard let x = place.0, let y = place.1, value.isFinite, plot.area.inset(-0.5).contains(Point(x, y)) else {
                continue
            }
            let color = shades.colors.color((value / 2 - shades.from / 2) / range, theme: plot.theme)
            list.append(.markers([Point(x, y)], shape, diameter: diameter, color.opacity(opacity)))
        }
    }

    package func readings(in plot: Plot) -> [Reading] {
        zip(plot.x.places(x), plot.y.places(y)).enumerated().compactMap { index, place in
            guard let across = place.0, let up = place.1 else { return nil }
            let value = shades.map { $0.values.wrappedValue[index] }
            guard value?.isFinite != false else { return nil }
            return Reading(
                Point(across, up), x: x.exactText(at: index), y: y.exactText(at: index),
                value: value.map(Reading.number))
        }
    }

    /// How many have a place; on a logarithmic axis perhaps fewer have one.
    private var drawnCount: Int {
        (0..<min(x.count, y.count)).count { index in
            x.isKnown(at: index) && y.isKnown(at: index) && shades?.values.wrappedValue[safe: index]?.isFinite != false
        }
    }

    package func summary(x: String, y: String) -> String {
        var parts = [
            Words.count(drawnCount, "point"), "\(x) \(Words.range(self.x))", "\(y) \(Words.range(self.y))",
        ]
        if let shades {
            parts.append("\(shades.label ?? Words.phrase("colour")) \(Words.range(shades.values.wrappedValue))")
        }
        let left = min(self.x.count, self.y.count) - drawnCount
        if left > 0 { parts.append(Words.phrase("{1} without a place", Words.count(left, "more point"))) }
        return Words.named(label, Words.joined(parts))
    }
}
