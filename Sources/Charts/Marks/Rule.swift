/// A line across the whole chart at one value.
///
/// ```swift
/// Rule(y: 0.1, label: "chance")
/// Rule(x: 12, label: "early stop", pattern: .dotted)
/// ```
public struct Rule: Codable, Hashable, Sendable, MarkConvertible {
    /// Where a vertical rule crosses the horizontal axis.
    @Exact public var x: Double?
    /// Where a horizontal rule crosses the vertical axis.
    @Exact public var y: Double?
    /// Written at the rule.
    public var text: String?
    /// The rule's colour.
    public var color: MarkColor
    /// Points across the rule.
    @Exact public var width: Double
    /// Solid, dashed, dotted…
    public var pattern: LinePattern

    /// A vertical rule.
    public init(
        x: some PlottableNumber, label: String? = nil, color: MarkColor = .neutral, width: Double = 1.25,
        pattern: LinePattern = .dashed
    ) {
        self.init(x.plotted, nil, label, color, width, pattern)
    }

    /// A horizontal rule.
    public init(
        y: some PlottableNumber, label: String? = nil, color: MarkColor = .neutral, width: Double = 1.25,
        pattern: LinePattern = .dashed
    ) {
        self.init(nil, y.plotted, label, color, width, pattern)
    }

    private init(
        _ x: Double?, _ y: Double?, _ text: String?, _ color: MarkColor, _ width: Double, _ pattern: LinePattern
    ) {
        self.x = x
        self.y = y
        self.text = text
        self.color = color
        self.width = width
        self.pattern = pattern
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Rule: MarkContent {
    package static var name: String { "rule" }
    package var isSeries: Bool { false }

    package func reach(x: inout Extent, y: inout Extent) {
        if let value = self.x { x.include(value) }
        if let value = self.y { y.include(value) }
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let area = plot.area
        if let place = x.flatMap(plot.x.place), place >= area.x - 0.5, place <= area.maxX + 0.5 {
            line(Point(place, area.y), Point(place, area.maxY), color, &list)
            write(in: plot, color, &list) { run in
                let fits = place + 5 + run.width <= area.maxX
                return Point(fits ? place + 5 : place - 5 - run.width, area.y + run.size)
            }
        }
        if let place = y.flatMap(plot.y.place), place >= area.y - 0.5, place <= area.maxY + 0.5 {
            line(Point(area.x, place), Point(area.maxX, place), color, &list)
            write(in: plot, color, &list) { run in
                let isHigh = place - run.size * 1.1 > area.y
                return Point(area.maxX - 4 - run.width, isHigh ? place - 5 : place + run.size + 2)
            }
        }
    }

    private func line(_ a: Point, _ b: Point, _ color: Color, _ list: inout DisplayList) {
        list.append(
            pattern == .solid
                ? .hairline(a, b, width: width, color) : .stroke([a, b], pattern.style(width: width), color))
    }

    private func write(in plot: Plot, _ color: Color, _ list: inout DisplayList, at place: (TextRun) -> Point) {
        guard let text, !text.isEmpty else { return }
        let whole = plot.fonts.run(text, size: 11.5)
        // Where little of it would be left, it may be as long as the plot is wide.
        let share = whole.width > plot.area.width * 0.6 ? 0.96 : 0.6
        let run = plot.fonts.fitting(text, size: 11.5, width: plot.area.width * share)
        TextBlock.halo(run, at: place(run), color: color, theme: plot.theme, to: &list)
    }

    package func readings(in plot: Plot) -> [Reading] {
        if let value = x, let place = plot.x.place(value) {
            return [Reading(Point(place, plot.area.midY), x: Reading.number(value), y: "", value: text)]
        }
        guard let value = y, let place = plot.y.place(value) else { return [] }
        return [Reading(Point(plot.area.midX, place), x: "", y: Reading.number(value), value: text)]
    }

    package func summary(x: String, y: String) -> String {
        let name = text.map { " (\($0))" } ?? ""
        let value = self.x ?? self.y ?? .nan
        guard value.isFinite else { return Words.phrase("a rule{1} without a place", name) }
        let place = "\(self.x == nil ? y : x) \(NumberText.plain(value))"
        return self.x == nil
            ? Words.phrase("a horizontal rule at {1}{2}", place, name)
            : Words.phrase("a vertical rule at {1}{2}", place, name)
    }
}
