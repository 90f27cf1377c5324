/// Names beside points, none over another name or point.
///
/// ```swift
/// Points(x: sizes, y: errors)
/// PointLabels(x: sizes, y: errors, texts: names)
/// ```
///
/// A name that has no place is left out; the first ones have the choice.
public struct PointLabels: Codable, Hashable, Sendable, MarkConvertible {
    /// Positions of the points along the horizontal axis.
    public let x: Positions
    /// Positions of the points along the vertical axis.
    public let y: Positions
    /// What stands beside each.
    public let texts: [String]
    /// The texts' colour.
    public let color: MarkColor
    /// Points per em.
    let fontSize: Exact<Double>

    /// `texts` beside the points (x, y).
    public init(
        x: some Sequence<some Plottable>, y: some Sequence<some Plottable>, texts: some Sequence<String>,
        color: MarkColor = .text, fontSize: Double = 11
    ) {
        self.x = Positions(x)
        self.y = Positions(y)
        self.texts = Array(texts)
        self.color = color
        self.fontSize = Exact(fontSize)
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension PointLabels: MarkContent {
    package static var name: String { "pointLabels" }
    package var isSeries: Bool { false }
    package var problem: String? {
        mismatch(x.count, "x values", y.count, "y values") ?? mismatch(x.count, "points", texts.count, "texts")
    }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(self.x)
        y.include(self.y)
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let points = zip(plot.x.places(x), plot.y.places(y)).map { x, y in x.flatMap { x in y.map { Point(x, $0) } } }
        let size = fontSize.wrappedValue
        let rise = size * TextRun.capHeight
        var taken = points.compactMap { point in
            point.map { Rect(x: $0.x - 3.5, y: $0.y - 3.5, width: 7, height: 7) }
        }
        for (point, text) in zip(points, texts) {
            guard let point, !text.isEmpty else { continue }
            let run = plot.fonts.fitting(text, size: size, width: plot.area.width * 0.4)
            let boxes = Self.places(around: point, width: run.width, height: rise)
            guard
                let box = boxes.first(where: { box in
                    plot.area.contains(Point(box.x, box.y)) && plot.area.contains(Point(box.maxX, box.maxY))
                        && !taken.contains { $0.intersects(box.inset(-1)) }
                })
            else { continue }
            taken.append(box.inset(-1))
            TextBlock.halo(run, at: Point(box.x, box.maxY), color: color, theme: plot.theme, to: &list)
        }
    }

    package func fitted(to width: Double) -> PointLabels {
        PointLabels(self, fontSize: max(11, fontSize.wrappedValue))
    }

    private init(_ other: PointLabels, fontSize: Double) {
        (x, y, texts, color) = (other.x, other.y, other.texts, other.color)
        self.fontSize = Exact(fontSize)
    }

    /// Right, left, above, below, then the corners.
    private static func places(around point: Point, width: Double, height: Double) -> [Rect] {
        let (right, left, middle) = (point.x + 6, point.x - 6 - width, point.x - width / 2)
        let (above, below, level) = (point.y - 6 - height, point.y + 6, point.y - height / 2)
        let corners =
            [(right, level), (left, level), (middle, above), (middle, below)]
            + [(right, above), (right, below), (left, above), (left, below)]
        return corners.map { Rect(x: $0.0, y: $0.1, width: width, height: height) }
    }

    package func readings(in plot: Plot) -> [Reading] {
        zip(plot.x.places(x), plot.y.places(y)).enumerated().compactMap { index, place in
            guard let across = place.0, let up = place.1 else { return nil }
            return Reading(
                Point(across, up), x: x.exactText(at: index), y: y.exactText(at: index), value: texts[index])
        }
    }

    package func summary(x: String, y: String) -> String {
        let shown = texts.indices.prefix(12).map {
            Words.phrase("{1} at {2}, {3}", texts[$0], self.x.text(at: $0), self.y.text(at: $0))
        }
        let all = shown + (texts.count > 12 ? ["…"] : [])
        return Words.phrase("the names {1}", all.joined(separator: Words.phrase("; ")))
    }
}
