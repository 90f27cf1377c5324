/// A picture of one chart or several, as a plain value: what is in it is all that decides its pixels, and drawn again
/// from its JSON it has the same.
///
/// ```swift
/// Figure("Student loss by temperature", for: [1, 4, 20], columns: 3, sharing: .both) { temperature in
///     Chart("T = \(temperature)", x: "epoch", y: "loss") {
///         Line(x: epochs, y: losses[temperature]!, label: "student")
///     }
/// }
/// ```
public struct Figure: Codable, Hashable, Sendable {
    /// Which axes the charts have in common; labels of a shared axis are drawn at the outer charts only.
    public enum Sharing: String, Codable, Sendable {
        /// Every chart has its own axes.
        case none
        /// One horizontal axis for all.
        case x
        /// One vertical axis for all.
        case y
        /// Both axes are the same for all.
        case both
    }

    /// Above the figure.
    public var title: String?
    /// Below the title, smaller.
    public var subtitle: String?
    /// What a reader who cannot see the figure is told; written from the data if nil.
    public var givenAlternativeText: String?
    /// The charts, row by row.
    public var charts: [Chart]
    /// Charts in a row.
    public var columns: Int
    /// Which axes the charts have in common.
    public var sharing: Sharing
    /// Whether charts are lettered a, b, c, …
    public var isLettered: Bool
    /// Width and height in points.
    public var size: FigureSize

    /// A figure of several charts, row by row.
    ///
    /// ```swift
    /// Figure("Two views", columns: 2, isLettered: true) {
    ///     Chart("Loss", x: "epoch", y: "loss") { Line(y: losses) }
    ///     Chart("Accuracy", x: "epoch", y: "accuracy") { Line(y: accuracies) }
    /// }
    /// ```
    public init(
        _ title: String? = nil, subtitle: String? = nil, columns: Int = 2, sharing: Sharing = .none,
        isLettered: Bool = false, size: FigureSize? = nil, alternativeText: String? = nil,
        @ChartBuilder charts: () -> [Chart]
    ) {
        self.title = title
        self.subtitle = subtitle
        self.givenAlternativeText = alternativeText
        self.charts = charts()
        self.columns = max(1, columns)
        self.sharing = sharing
        self.isLettered = isLettered
        self.size = size ?? Self.naturalSize(chartCount: self.charts.count, columns: self.columns)
    }

    /// Small multiples: a chart for each element of `values`.
    public init<Element>(
        _ title: String? = nil, subtitle: String? = nil, for values: some Sequence<Element>, columns: Int = 3,
        sharing: Sharing = .both, isLettered: Bool = false, size: FigureSize? = nil, alternativeText: String? = nil,
        chart: (Element) -> Chart
    ) {
        self.init(
            title, subtitle: subtitle, columns: columns, sharing: sharing, isLettered: isLettered, size: size,
            alternativeText: alternativeText
        ) {
            for value in values { chart(value) }
        }
    }

    /// The figure that shows `chart` alone.
    public init(_ chart: Chart) {
        var chart = chart
        title = chart.title
        subtitle = chart.subtitle
        givenAlternativeText = chart.givenAlternativeText
        size = chart.size ?? chart.naturalSize
        chart.title = nil
        chart.subtitle = nil
        charts = [chart]
        columns = 1
        sharing = .none
        isLettered = false
    }

    private static func naturalSize(chartCount: Int, columns: Int) -> FigureSize {
        let across = min(columns, max(1, chartCount))
        let rows = (max(1, chartCount) + columns - 1) / columns
        let width = across == 1 ? 700.0 : min(1200, max(800, Double(across) * 270))
        return FigureSize(width: width, height: 70 + Double(rows) * max(190, width / Double(across) * 0.68))
    }
}

/// What is displayed as a figure: a `Chart` and a `Figure`.
public protocol FigureConvertible {
    /// The figure to draw.
    var figure: Figure { get }
}

extension Figure: FigureConvertible {
    /// Itself.
    public var figure: Figure { self }
}

extension Chart: FigureConvertible {
    /// The figure that shows this chart alone.
    public var figure: Figure { Figure(self) }
}

/// Collects the charts of a figure.
@resultBuilder
public enum ChartBuilder {
    /// One chart.
    public static func buildExpression(_ chart: Chart) -> [Chart] { [chart] }
    /// Charts made elsewhere.
    public static func buildExpression(_ charts: [Chart]) -> [Chart] { charts }
    /// Charts in order.
    public static func buildBlock(_ charts: [Chart]...) -> [Chart] { charts.flatMap(\.self) }
    /// `if` without `else`.
    public static func buildOptional(_ charts: [Chart]?) -> [Chart] { charts ?? [] }
    /// `if`.
    public static func buildEither(first charts: [Chart]) -> [Chart] { charts }
    /// `else`.
    public static func buildEither(second charts: [Chart]) -> [Chart] { charts }
    /// `for`.
    public static func buildArray(_ charts: [[Chart]]) -> [Chart] { charts.flatMap(\.self) }
}
