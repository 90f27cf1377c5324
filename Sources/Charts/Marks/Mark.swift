/// Something drawn in a chart: one of the module's marks.
public struct Mark: Hashable, Sendable {
    package let content: any MarkContent

    package init(_ content: some MarkContent) { self.content = content }

    /// The mark as it looks as the series of this number.
    func varied(_ number: Int) -> Mark {
        func varied(_ content: some MarkContent) -> Mark { Mark(content.varied(number)) }
        return varied(content)
    }

    /// Whether they are of one kind and draw the same.
    public static func == (left: Mark, right: Mark) -> Bool { AnyHashable(left.content) == AnyHashable(right.content) }

    /// Feeds all that is drawn into the hasher.
    public func hash(into hasher: inout Hasher) { content.hash(into: &hasher) }
}

extension Mark: Codable {
    /// The marks that a record can hold.
    private static let kinds: [any MarkContent.Type] = [
        Annotation.self, Band.self, BarLayer.self, Bars.self, Boxes.self, HeatMap.self, Hexagons.self, Histogram.self,
        ImageGrid.self, Intervals.self, Line.self, PointLabels.self, Points.self, Rule.self,
    ]

    /// The name of a mark's kind; or where its data stand under that.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        static let data = Key(stringValue: "_0")

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads a mark by the name of its kind.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard let name = container.allKeys.first, container.allKeys.count == 1,
            let kind = Mark.kinds.first(where: { $0.name == name.stringValue })
        else {
            let names = container.allKeys.map(\.stringValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no kind of mark: \(names)"))
        }
        let data = try container.nestedContainer(keyedBy: Key.self, forKey: name)
        func decoded<Content: MarkContent>(_ kind: Content.Type) throws -> Mark {
            Mark(try data.decode(kind, forKey: .data))
        }
        self = try decoded(kind)
    }

    /// Writes the name of the mark's kind, and its data under that.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        let name = Key(stringValue: type(of: content).name)
        var data = container.nestedContainer(keyedBy: Key.self, forKey: name)
        try data.encode(content, forKey: .data)
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

/// What a chart asks a mark. Where the answer is the usual one, the mark need not give it.
package protocol MarkContent: MarkConvertible, Codable, Hashable, Sendable {
    /// What records call the kind of mark.
    static var name: String { get }

    var label: String? { get }
    var color: MarkColor { get }
    /// Whether the mark takes the next colour of the palette when its colour is automatic.
    var isSeries: Bool { get }
    /// How the mark looks as the series of this number.
    func varied(_ number: Int) -> Self
    /// How the mark is shown in a legend; nil if its label is written elsewhere.
    var legendKey: LegendKey? { get }
    /// How the mark's numbers become colours, if a bar is to tell that.
    var colorKey: ColorKey? { get }
    /// Whether the mark has an end to the right, at which its label can stand.
    var hasEnd: Bool { get }
    /// Where that end is; nil where nothing of the mark is seen.
    func end(in plot: Plot) -> Point?

    /// Marks with the same group stand side by side on a category.
    var group: String? { get }
    /// Where the marks of the group stand.
    var standing: Positions? { get }
    /// Whether the mark is all there is to see, without axes.
    var isBare: Bool { get }
    /// Whether the mark covers the plot, so that neither grid nor axis lines help.
    var fillsPlot: Bool { get }
    /// Whether readers look for places along the horizontal axis as for heights, and need a grid for both.
    var isReadAlongX: Bool { get }
    /// Whether zero is where the mark begins, and is a line to be seen.
    var drawsZero: Bool { get }
    /// The size of a figure that shows nothing but the chart; nil where any will do.
    func naturalSize(in chart: Chart) -> FigureSize?

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
    package var label: String? { nil }
    package var color: MarkColor { .automatic }
    package var isSeries: Bool { true }
    package func varied(_ number: Int) -> Self { self }
    package var legendKey: LegendKey? { nil }
    package var colorKey: ColorKey? { nil }
    package var hasEnd: Bool { false }
    package func end(in plot: Plot) -> Point? { nil }
    package var group: String? { nil }
    package var standing: Positions? { nil }
    package var isBare: Bool { false }
    package var fillsPlot: Bool { false }
    package var isReadAlongX: Bool { false }
    package var drawsZero: Bool { false }
    package func naturalSize(in chart: Chart) -> FigureSize? { nil }
    package var problem: String? { nil }

    /// A sentence about two sequences that should be equally long.
    func mismatch(_ left: Int, _ leftName: String, _ right: Int, _ rightName: String) -> String? {
        left == right ? nil : "has \(left) \(leftName) but \(right) \(rightName)"
    }
}

/// How a series is shown beside its label in a legend.
package enum LegendKey: Hashable, Sendable {
    case line(StrokeStyle, MarkerShape?)
    case area(opacity: Double)
    case marker(MarkerShape)
}

/// Where a chart's marks are drawn.
package struct Plot {
    package let x: PositionScale
    package let y: PositionScale
    package let area: Rect
    package let theme: Theme
    let fonts: FontBook
    /// Which of the marks side by side on a category is drawn, and how many there are.
    var slot = (index: 0, count: 1)

    /// Where two positions are, or nil for a gap.
    package func points(_ xs: Positions, _ ys: [Double]) -> [Point?] {
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
