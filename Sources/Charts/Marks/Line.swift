/// A line through points, broken where a number is not finite.
///
/// ```swift
/// Line(x: epochs, y: losses, label: "student")
/// Line(x: epochs, y: losses, label: "teacher", pattern: .dashed, marker: .circle)
/// ```
public struct Line: Codable, Hashable, Sendable, MarkConvertible {
    /// Positions along the horizontal axis.
    public var x: Positions
    /// Heights; NaN and infinities are gaps.
    @Exact public var y: [Double]
    /// The series' name, for the legend.
    public var label: String?
    /// The line's colour.
    public var color: MarkColor
    /// Points across the line.
    @Exact public var width: Double
    /// Solid, dashed, dotted…
    public var pattern: LinePattern
    /// What is drawn at each point, if anything.
    public var marker: MarkerShape?
    /// Whether the line goes from point to point by steps: it keeps a height until the next point.
    public var isStepped: Bool

    /// A line through (x, y).
    public init(
        x: some Sequence<some Plottable>, y: some Sequence<some PlottableNumber>, label: String? = nil,
        color: MarkColor = .automatic, width: Double = 2, pattern: LinePattern = .solid, marker: MarkerShape? = nil
    ) {
        self.x = Positions(x)
        self.y = doubles(y)
        self.label = label
        self.color = color
        self.width = width
        self.pattern = pattern
        self.marker = marker
        isStepped = false
    }

    /// A line through (1, y₁), (2, y₂), …
    public init(
        y: some Sequence<some PlottableNumber>, label: String? = nil, color: MarkColor = .automatic,
        width: Double = 2, pattern: LinePattern = .solid, marker: MarkerShape? = nil
    ) {
        let y = doubles(y)
        self.init(
            x: 1..<(y.count + 1), y: y, label: label, color: color, width: width, pattern: pattern, marker: marker)
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

/// A line by steps: it keeps the height of a point until the next.
///
/// ```swift
/// Step(x: epochs, y: learningRates, label: "learning rate")
/// ```
public struct Step: MarkConvertible {
    /// The stepped line.
    public let mark: Mark

    /// Steps through (x, y).
    public init(
        x: some Sequence<some Plottable>, y: some Sequence<some PlottableNumber>, label: String? = nil,
        color: MarkColor = .automatic, width: Double = 2, pattern: LinePattern = .solid
    ) {
        var line = Line(x: x, y: y, label: label, color: color, width: width, pattern: pattern)
        line.isStepped = true
        mark = Mark(line)
    }
}

extension Line: MarkContent {
    package static var name: String { "line" }
    package var problem: String? { mismatch(x.count, "x values", y.count, "y values") }
    package var legendKey: LegendKey? { .line(pattern.style(width: width), marker) }
    package var hasEnd: Bool { true }

    package func end(in plot: Plot) -> Point? {
        plot.points(x, y).compactMap(\.self).filter(plot.area.inset(-1).contains).last
    }

    /// After the eighth series a line has another pattern, too.
    package func varied(_ number: Int) -> Line {
        guard color == .automatic, pattern == .solid else { return self }
        var line = self
        line.pattern = LinePattern.allCases[number / 8 % LinePattern.allCases.count]
        return line
    }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(self.x)
        y.include(self.y)
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let points = plot.points(x, y)
        list.append(.clip(plot.area.inset(-1.5)))
        for run in Polyline.runs(points) {
            if run.count == 1, marker == nil { list.append(.markers(run, .circle, diameter: width * 1.6, color)) }
            let line = Polyline.thinned(isStepped ? Polyline.stepped(run) : run)
            for piece in Polyline.clipped(line, to: plot.area.inset(-width - 8)) {
                list.append(.stroke(piece, pattern.style(width: width), color))
            }
        }
        list.append(.endClip)
        if let marker {
            let visible = points.compactMap(\.self).filter(plot.area.inset(-0.5).contains)
            list.append(.markers(Polyline.distinct(visible), marker, diameter: max(5, width * 3), color))
        }
    }

    package func readings(in plot: Plot) -> [Reading] { Reading.all(x, y, in: plot) }

    package func summary(x: String, y: String) -> String {
        Words.course(Words.named(label, y), self.x, self.y, along: x)
    }
}
