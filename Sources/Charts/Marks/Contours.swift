/// Lines along which a surface is equally high, over axes of numbers: alone, or on a ``HeatMap`` of the same numbers.
///
/// ```swift
/// Chart("Loss", x: "first weight", y: "second weight") {
///     HeatMap(losses, x: -1...1, y: -2...2)
///     Contours(losses, x: -1...1, y: -2...2, levels: [0.1, 0.2, 0.5])
/// }
/// ```
public struct Contours: Codable, Hashable, Sendable, MarkConvertible {
    /// The surface's heights, row by row from the top; where one is not finite, lines end.
    @Exact public private(set) var heights: [[Double]]
    /// The numbers at the sides of the cells in whose middles the heights are.
    public let area: HeatMap.Area
    /// The heights of the lines, ascending.
    @Exact public private(set) var levels: [Double]
    /// Whether each height is written at its longest line.
    public let showsLevels: Bool
    /// How the heights are written.
    public let format: NumberFormat
    /// What the heights are.
    public let label: String?
    /// The lines' colour.
    public let color: MarkColor
    /// Points across a line.
    @Exact public private(set) var width: Double

    /// The lines of equal height of a surface that is known in the middles of cells, as a ``HeatMap`` over the same `x` and `y` draws
    /// them: the first row lies at the upper end of `y`, the first column at the lower end of `x`.
    ///
    /// Between four neighbouring middles, lines are straight (marching squares: Lorensen and Cline 1987, in the plane), their ends
    /// interpolated linearly along the sides; where two lines of a level can be joined in two ways, the mean of the four heights
    /// decides.
    ///
    /// - Parameters:
    ///   - levels: The heights of the lines; round numbers between the least and the greatest height where it is nil.
    ///   - count: About how many lines, where `levels` is nil.
    ///   - label: What the heights are, for readers who cannot see them.
    public init(
        _ heights: some Sequence<some Sequence<some PlottableNumber>>, x: ClosedRange<Double>, y: ClosedRange<Double>,
        levels: [Double]? = nil, count: Int = 7, label: String? = nil, color: MarkColor = .text, width: Double = 1.2,
        showsLevels: Bool = true, format: NumberFormat = .automatic
    ) {
        let numbers = heights.map { doubles($0) }
        self.heights = numbers
        area = HeatMap.Area(left: x.lowerBound, right: x.upperBound, bottom: y.lowerBound, top: y.upperBound)
        self.levels = Set(levels?.filter(\.isFinite) ?? Self.levels(of: numbers, count)).sorted()
        self.showsLevels = showsLevels
        self.format = format
        self.label = label
        self.color = color
        self.width = width
    }

    /// Round numbers between the least and the greatest height.
    private static func levels(of heights: [[Double]], _ count: Int) -> [Double] {
        let finite = heights.joined().filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max(), low < high, count > 0 else { return [] }
        let wanted = min(count, 100)
        return LinearTicks(low: low, high: high, target: wanted, limit: 2 * wanted + 1).values
            .filter { $0 > low && $0 < high }
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Contours: MarkContent {
    package static var name: String { "contours" }
    package var isSeries: Bool { false }
    package var isReadAlongX: Bool { true }
    package var problem: String? {
        heights.lazy.compactMap { row in
            mismatch(row.count, "heights in a row", heights[0].count, "in the first")
        }.first
    }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include([area.left, area.right])
        y.include([area.bottom, area.top])
        x.isFilled = true
        y.isFilled = true
    }

    /// The lines of one height in the units of the axes, the longest first.
    package func lines(at level: Double) -> [[Point]] {
        guard let columns = heights.first?.count else { return [] }
        let across = (area.right - area.left) / Double(columns)
        let down = (area.top - area.bottom) / Double(heights.count)
        return MarchingSquares(heights, level: level).lines.map { line in
            line.map { Point(area.left + ($0.x + 0.5) * across, area.top - ($0.y + 0.5) * down) }
        }
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let drawn = levels.map { level in
            lines(at: level).flatMap { line in
                Polyline.runs(
                    line.map { point in
                        plot.x.place(point.x).flatMap { x in plot.y.place(point.y).map { Point(x, $0) } }
                    })
            }.flatMap { Polyline.clipped($0, to: plot.area.inset(-width)) }
        }
        list.append(.clip(plot.area))
        for line in drawn.joined() {
            // A seam of the background, so that the line is seen on dark cells and bright ones.
            list.append(.stroke(line, StrokeStyle(width: width + 1.4), plot.theme.background.opacity(0.45)))
        }
        for line in drawn.joined() { list.append(.stroke(line, StrokeStyle(width: width), color)) }
        list.append(.endClip)
        if showsLevels { writeLevels(drawn, in: plot, color, to: &list) }
    }

    /// Writes each height on its longest line, where that is flattest and nothing else is written.
    private func writeLevels(_ drawn: [[[Point]]], in plot: Plot, _ color: Color, to list: inout DisplayList) {
        var taken: [Rect] = []
        let texts = NumberText.labels(levels, format)
        for (text, lines) in zip(texts, drawn) {
            let run = plot.fonts.run(text, size: 11)
            guard let line = lines.max(by: { Polyline.length($0) < Polyline.length($1) }),
                Polyline.length(line) > run.width * 2.5
            else { continue }
            let rise = run.size * TextRun.capHeight
            let boxes = Polyline.middles(line, reach: run.width / 2 + 3).sorted { $0.steepness < $1.steepness }.map {
                Rect(x: $0.place.x - run.width / 2, y: $0.place.y - rise / 2, width: run.width, height: rise)
            }
            let box = boxes.first { box in
                plot.area.contains(Point(box.x - 3, box.y - 3)) && plot.area.contains(Point(box.maxX + 3, box.maxY + 3))
                    && !taken.contains { $0.intersects(box.inset(-4)) }
            }
            guard let box else { continue }
            taken.append(box)
            TextBlock.halo(run, at: Point(box.x, box.maxY), color: color, theme: plot.theme, to: &list)
        }
    }

    package func readings(in plot: Plot) -> [Reading] {
        levels.flatMap { level in
            lines(at: level).flatMap { line in
                // A place every dozen of points is found by who points near the line.
                stride(from: 0, to: line.count, by: max(1, line.count / 24)).compactMap { index in
                    Reading(line[index], in: plot, value: NumberText.single(level, format))
                }
            }
        }
    }

    package func summary(x: String, y: String) -> String {
        let name = label.map { Words.phrase(" of {1}", $0) } ?? ""
        guard !levels.isEmpty else { return Words.phrase("no lines of equal height{1}", name) }
        let shown = Words.list(Array(NumberText.labels(levels, format).prefix(12)))
        return Words.phrase("lines of equal height{1} at {2}", name, shown)
            + (levels.count > 12 ? Words.phrase(", …") : "")
    }
}
