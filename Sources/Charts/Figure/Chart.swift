/// One chart: marks drawn against two axes.
///
/// ```swift
/// Chart("Loss of the student", x: "epoch", y: "loss") {
///     Line(x: epochs, y: plain, label: "hard labels")
///     Line(x: epochs, y: distilled, label: "soft labels")
/// }
/// ```
public struct Chart: Codable, Hashable, Sendable {
    /// Above the chart.
    public var title: String?
    /// Below the title, smaller.
    public var subtitle: String?
    /// The horizontal axis.
    public var x: Axis
    /// The vertical axis.
    public var y: Axis
    /// Where labels of series are written.
    public var legend: Legend
    /// Width over height of the area in which marks are drawn; whatever the figure's size leaves if nil.
    @Exact public var aspectRatio: Double?
    /// The size of the figure that shows this chart alone; one that suits its marks if nil.
    public var size: FigureSize?
    /// What a reader who cannot see the chart is told; written from the data if nil.
    public var givenAlternativeText: String?
    /// What is drawn, the first at the back.
    public var marks: [Mark]

    /// A chart of the marks that `marks` lists.
    public init(
        _ title: String? = nil, subtitle: String? = nil, x: Axis = Axis(), y: Axis = Axis(),
        legend: Legend = .automatic, aspectRatio: Double? = nil, size: FigureSize? = nil,
        alternativeText: String? = nil, @MarkBuilder marks: () -> [Mark]
    ) {
        self.title = title
        self.subtitle = subtitle
        self.x = x
        self.y = y
        self.legend = legend
        self.aspectRatio = aspectRatio
        self.size = size
        self.givenAlternativeText = alternativeText
        self.marks = marks()
    }
}

/// Where the labels of series are written.
///
/// ```swift
/// Chart("Accuracy", legend: .inside) { … }
/// ```
public enum Legend: String, Codable, Sendable {
    /// At the ends of lines where all series are lines and their labels fit; otherwise inside, where a box covers
    /// nothing; otherwise above.
    case automatic
    /// At the ends of the lines, pushed apart where they would collide.
    case direct
    /// In a box placed where it covers least.
    case inside
    /// In a row between title and chart.
    case above
    /// Nowhere.
    case none
}

/// Collects the marks of a chart.
@resultBuilder
public enum MarkBuilder {
    /// One mark.
    public static func buildExpression(_ mark: some MarkConvertible) -> [Mark] { [mark.mark] }
    /// Several marks that belong together.
    public static func buildExpression(_ marks: [Mark]) -> [Mark] { marks }
    /// Marks in order.
    public static func buildBlock(_ marks: [Mark]...) -> [Mark] { marks.flatMap(\.self) }
    /// `if` without `else`.
    public static func buildOptional(_ marks: [Mark]?) -> [Mark] { marks ?? [] }
    /// `if`.
    public static func buildEither(first marks: [Mark]) -> [Mark] { marks }
    /// `else`.
    public static func buildEither(second marks: [Mark]) -> [Mark] { marks }
    /// `for`.
    public static func buildArray(_ marks: [[Mark]]) -> [Mark] { marks.flatMap(\.self) }
}
