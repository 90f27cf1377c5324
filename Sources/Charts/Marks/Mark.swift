/// Something drawn in a chart: one of the module's marks.
public enum Mark: Codable, Hashable, Sendable {
    /// A line, also as steps.
    case line(Line)
    /// The area between two curves.
    case band(Band)
    /// Markers.
    case points(Points)
    /// Bars from zero.
    case bars(Bars)
    /// A line across the chart.
    case rule(Rule)
    /// Text at a place.
    case annotation(Annotation)
    /// A matrix as coloured cells.
    case heatMap(HeatMap)
    /// Small grey images in rows.
    case imageGrid(ImageGrid)
    /// Estimates with their intervals.
    case intervals(Intervals)
    /// Distributions as boxes.
    case boxes(Boxes)

    var content: any MarkContent {
        switch self {
        case .line(let mark): mark
        case .band(let mark): mark
        case .points(let mark): mark
        case .bars(let mark): mark
        case .rule(let mark): mark
        case .annotation(let mark): mark
        case .heatMap(let mark): mark
        case .imageGrid(let mark): mark
        case .intervals(let mark): mark
        case .boxes(let mark): mark
        }
    }
}

/// What can be listed in a chart.
public protocol MarkConvertible {
    /// The mark to draw.
    var mark: Mark { get }
}

extension Mark: MarkConvertible {
    /// Itself.
    public var mark: Mark { self }
}

/// What layout needs to know of a mark.
protocol MarkContent: MarkConvertible {
    var label: String? { get }
    var color: MarkColor { get }
    /// Whether the mark takes the next colour of the palette when its colour is automatic.
    var isSeries: Bool { get }
    /// How the mark is shown in a legend; nil if its label is written elsewhere.
    var legendKey: LegendKey? { get }
    /// Marks with the same group stand side by side on a category.
    var group: String? { get }
    /// What makes the mark impossible to draw, such as sequences of different lengths.
    var problem: String? { get }

    /// Adds what the mark needs to the axes.
    func reach(x: inout Extent, y: inout Extent)
    /// Appends the mark's picture.
    func draw(in plot: Plot, color: Color, to list: inout DisplayList)
    /// The data in words, for readers who cannot see it.
    func summary(x: String, y: String) -> String
}

extension MarkContent {
    var label: String? { nil }
    var color: MarkColor { .automatic }
    var isSeries: Bool { true }
    var group: String? { nil }
    var legendKey: LegendKey? { nil }
    var problem: String? { nil }

    /// A sentence about two sequences that should be equally long.
    func mismatch(_ left: Int, _ leftName: String, _ right: Int, _ rightName: String) -> String? {
        left == right ? nil : "has \(left) \(leftName) but \(right) \(rightName)"
    }
}

/// How a series is shown beside its label in a legend.
enum LegendKey: Hashable {
    case line(StrokeStyle, MarkerShape?)
    case area(opacity: Double)
    case marker(MarkerShape)
}

/// Where a chart's marks are drawn.
struct Plot {
    let x: PositionScale
    let y: PositionScale
    let area: Rect
    let theme: Theme
    let fonts: FontBook
    /// Which of the marks side by side on a category is drawn, and how many there are.
    var slot = (index: 0, count: 1)

    /// Where two positions are, or nil for a gap.
    func points(_ xs: Positions, _ ys: [Double]) -> [Point?] {
        zip(x.places(xs), ys).map { x, value in
            guard let x, let y = y.place(value) else { return nil }
            return Point(x, y)
        }
    }

    /// How far from a category's middle, and how thick, a mark in this slot is, when `share` of the band is used.
    func slotPlacement(on scale: PositionScale, share: Double) -> (offset: Double, thickness: Double) {
        let thickness = scale.band * share / Double(slot.count)
        return (thickness * (Double(slot.index) - Double(slot.count - 1) / 2), thickness)
    }
}

/// The pattern of a line.
///
/// ```swift
/// Line(x: epochs, y: teacher, label: "teacher", pattern: .dashed)
/// ```
public enum LinePattern: String, Codable, Sendable, CaseIterable {
    /// Unbroken.
    case solid
    /// Long dashes.
    case dashed
    /// Dots.
    case dotted
    /// Dashes and dots in turn.
    case dashDotted

    func style(width: Double) -> StrokeStyle {
        switch self {
        case .solid: StrokeStyle(width: width, cap: .round)
        case .dashed: StrokeStyle(width: width, dashes: [4.5 * max(1, width / 1.4), 2.5 * max(1, width / 1.4)])
        case .dotted: StrokeStyle(width: width, cap: .round, dashes: [0.01, 2.2 * width])
        case .dashDotted:
            StrokeStyle(width: width, dashes: [4 * width, 1.6 * width, 1.2 * width, 1.6 * width])
        }
    }
}
