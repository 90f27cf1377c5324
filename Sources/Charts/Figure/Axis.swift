/// One axis of a chart: its label, its scale, and, where the defaults do not suit, its ends, ticks and number format.
///
/// A string literal is an axis with that label:
///
/// ```swift
/// Chart("Loss", x: "epoch", y: Axis("loss", scale: .logarithmic)) { … }
/// Chart("Accuracy", x: "epoch", y: Axis("accuracy", from: 0.9, to: 1, format: .percent(1))) { … }
/// ```
public struct Axis: Codable, Hashable, Sendable, ExpressibleByStringInterpolation {
    /// How numbers become lengths. Names make a scale of categories whatever this says.
    public enum Scale: String, Codable, Sendable {
        /// Equal differences are equal lengths.
        case linear
        /// Equal ratios are equal lengths; numbers that are not positive are gaps.
        case logarithmic
    }

    /// Written along the axis.
    public var label: String?
    /// Linear or logarithmic.
    public var scale: Scale
    /// The value at the left or lower end; from the data if nil. An axis whose `from` is above its `to` is reversed.
    @Exact public var from: Double?
    /// The value at the right or upper end; from the data if nil.
    @Exact public var to: Double?
    /// Exactly these ticks, instead of those found by the search.
    @Exact public var ticks: [Double]?
    /// What stands at `ticks`, instead of their numbers.
    public var tickLabels: [String]?
    /// How the ticks' numbers are written.
    public var format: NumberFormat
    /// Whether the axis runs right to left or downwards. Categories on a vertical axis run downwards unless reversed.
    public var isReversed: Bool
    /// Whether lines cross the chart at the ticks; if nil, they do where they help.
    public var showsGrid: Bool?
    /// Whether ticks and their labels are drawn.
    public var isHidden: Bool

    /// An axis; every part has a default.
    public init(
        _ label: String? = nil, scale: Scale = .linear, from: Double? = nil, to: Double? = nil,
        ticks: [Double]? = nil, tickLabels: [String]? = nil, format: NumberFormat = .automatic,
        isReversed: Bool = false, showsGrid: Bool? = nil, isHidden: Bool = false
    ) {
        self.label = label
        self.scale = scale
        self.from = from
        self.to = to
        self.ticks = ticks
        self.tickLabels = tickLabels
        self.format = format
        self.isReversed = isReversed
        self.showsGrid = showsGrid
        self.isHidden = isHidden
    }

    /// An axis with this label.
    public init(stringLiteral value: String) { self.init(value) }
}

/// How numbers are written at ticks, in cells and on colour bars.
///
/// ```swift
/// Axis("accuracy", format: .percent(1))  // 97.5 %
/// ```
public enum NumberFormat: Codable, Hashable, Sendable {
    /// As many decimals as the ticks need; thousands separators; SI prefixes or ×10ⁿ where numbers would be long.
    case automatic
    /// This many decimals.
    case decimals(Int)
    /// A hundred times the number, with this many decimals and a percent sign.
    case percent(Int)
    /// SI prefixes: 2k, 1.5M.
    case metric
    /// Mantissa × power of ten: 2×10⁻⁵.
    case scientific
}
