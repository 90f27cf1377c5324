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

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Points: MarkContent {
    package static var name: String { "points" }
    package var problem: String? { mismatch(x.count, "x values", y.count, "y values") }
    package var legendKey: LegendKey? { .marker(shape) }
    package var isReadAlongX: Bool { true }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(self.x)
        y.include(self.y)
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let places = zip(plot.x.places(x), plot.y.places(y)).compactMap { x, y in
            x.flatMap { x in y.map { Point(x, $0) } }
        }
        let visible = places.filter(plot.area.inset(-0.5).contains)
        // Where markers are faint, how many lie on one another is what the picture shows.
        let shown = opacity < 0.5 ? visible : Polyline.distinct(visible)
        list.append(.markers(shown, shape, diameter: diameter, color.opacity(opacity)))
    }

    package func summary(x: String, y: String) -> String {
        let name = label.map { "\($0): " } ?? ""
        return name + "\(Words.count(self.x.count, "point")), \(x) \(Words.range(self.x)), \(y) \(Words.range(self.y))"
    }
}
