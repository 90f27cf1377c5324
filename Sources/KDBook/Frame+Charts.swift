public import Charts
public import Frames
import LocalTime

// Charts take a frame's columns by name. Missing numbers are gaps; rows whose place along the axis is missing are left out where that
// is a name, a day or a time.

extension Points {
    /// A marker for each row of `frame`: `Points(birds, x: "length", y: "mass")`.
    public init(
        _ frame: Frame, x: String, y: String, label: String? = nil, color: MarkColor = .automatic,
        shape: MarkerShape = .circle, diameter: Double = 6.5, opacity: Double = 0.8
    ) {
        let rows = frame.droppingMissing(x, y)
        self.init(
            x: [Double](), y: [Double](), label: label, color: color, shape: shape, diameter: diameter, opacity: opacity
        )
        self.x = rows[x].positions
        self.y = rows[y].positions
    }

    /// A marker for each row, whose colour says what the number in the column `value` is, with a colour bar.
    public init(
        _ frame: Frame, x: String, y: String, value: String, colors: ColorScale = .amounts, from: Double? = nil,
        to: Double? = nil, format: NumberFormat = .automatic, shape: MarkerShape = .circle, diameter: Double = 6.5
    ) {
        let rows = frame.droppingMissing(x, y, value)
        self.init(
            x: (0..<rows.rowCount).map { _ in 0.0 }, y: (0..<rows.rowCount).map { _ in 0.0 },
            value: rows[value].doubles,
            valueLabel: value, colors: colors, from: from, to: to, format: format, shape: shape, diameter: diameter)
        self.x = rows[x].positions
        self.y = rows[y].positions
    }

    /// Markers in a colour for each value of the column `series`, with a legend.
    public static func series(
        _ frame: Frame, x: String, y: String, by series: String, diameter: Double = 6.5, opacity: Double = 0.8
    ) -> [Mark] {
        frame.droppingMissing(series).grouped(by: series).groups.map { group in
            Points(group, x: x, y: y, label: group[series][0].description, diameter: diameter, opacity: opacity).mark
        }
    }
}

extension Line {
    /// A line through the rows of `frame`, in their order.
    public init(
        _ frame: Frame, x: String, y: String, label: String? = nil, color: MarkColor = .automatic, width: Double = 2,
        pattern: LinePattern = .solid, marker: MarkerShape? = nil
    ) {
        let rows = frame.droppingMissing(x)
        self.init(
            x: [Double](), y: [Double](), label: label, color: color, width: width, pattern: pattern, marker: marker)
        self.x = rows[x].positions
        self.y = rows[y].doubles
    }

    /// A line for each value of the column `series`, with a legend.
    public static func series(_ frame: Frame, x: String, y: String, by series: String, marker: MarkerShape? = nil)
        -> [Mark]
    {
        frame.droppingMissing(series).grouped(by: series).groups.map { group in
            Line(group, x: x, y: y, label: group[series][0].description, marker: marker).mark
        }
    }
}

extension Bars {
    /// A bar for each row of `frame`.
    public init(
        _ frame: Frame, x: String, y: String, label: String? = nil, color: MarkColor = .automatic,
        values: NumberFormat? = nil
    ) {
        let rows = frame.droppingMissing(x)
        self.init(x: [String](), y: [Double](), label: label, color: color, values: values)
        positions = rows[x].positions
        self.values = rows[y].doubles
    }

    /// Bars that stand on one another: the columns `y`, the first below.
    public static func stacked(_ frame: Frame, x: String, y: [String], normalised: Bool = false) -> [Mark] {
        let rows = frame.droppingMissing(x)
        return stacked(
            x: (0..<rows.rowCount).map { rows[x][$0].description }, y.map { ($0, rows[$0].doubles) },
            normalised: normalised)
    }
}

extension Histogram {
    /// How often the numbers of a column fall into each bin.
    public init(
        _ frame: Frame, x: String, bins: Int? = nil, label: String? = nil, shows height: Height = .count,
        color: MarkColor = .automatic
    ) {
        self.init(frame[x].doubles, bins: bins, label: label, shows: height, color: color)
    }
}

extension Density {
    /// How densely the numbers of a column lie.
    public init(_ frame: Frame, x: String, width: Double? = nil, label: String? = nil, color: MarkColor = .automatic) {
        self.init(frame[x].doubles, width: width, label: label, color: color)
    }
}

extension Column {
    /// The column's values along an axis; none is missing where they are not numbers.
    fileprivate var positions: Positions {
        switch self {
        case .numbers, .integers: Double.positions(doubles)
        case .texts(let texts): String.positions(texts.map { $0 ?? "" })
        case .truths(let truths): String.positions(truths.map { $0.map { "\($0)" } ?? "" })
        case .dates(let dates): LocalDate.positions(dates.compactMap(\.self))
        case .times(let times): LocalDateTime.positions(times.compactMap(\.self))
        }
    }
}
