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
    func naturalSize(in surroundings: Surroundings) -> FigureSize?

    /// What makes the mark impossible to draw, such as sequences of different lengths.
    var problem: String? { get }
    /// Adds what the mark needs to the axes.
    func reach(x: inout Extent, y: inout Extent)
    /// Appends the mark's picture.
    func draw(in plot: Plot, color: Color, to list: inout DisplayList)
    /// What readers are told who point at the picture, in an order to go through it.
    func readings(in plot: Plot) -> [Reading]
    /// The mark as it is drawn in a figure of this width in points, where its own width would not do.
    func fitted(to width: Double) -> Self
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
    package func naturalSize(in surroundings: Surroundings) -> FigureSize? { nil }
    package var problem: String? { nil }
    package func readings(in plot: Plot) -> [Reading] { [] }
    package func fitted(to width: Double) -> Self { self }

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
