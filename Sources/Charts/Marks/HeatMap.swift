/// A matrix as coloured cells, with numbers in them where they fit, and a colour bar.
///
/// ```swift
/// Chart("Confusion", x: "predicted", y: "true") {
///     HeatMap(counts, columns: digits, rows: digits, colors: .blues)
/// }
/// ```
public struct HeatMap: Codable, Hashable, Sendable, MarkConvertible {
    /// The cells, row by row from the top; NaN and infinities are left empty.
    @Exact public var cells: [[Double]]
    /// The columns' names.
    public var columns: [String]
    /// The rows' names.
    public var rows: [String]
    /// How numbers become colours.
    public var colors: ColorScale
    /// The number at the colour bar's lower end; from the data if nil.
    @Exact public var from: Double?
    /// The number at the colour bar's upper end; from the data if nil.
    @Exact public var to: Double?
    /// How the numbers in the cells are written.
    public var format: NumberFormat
    /// Whether numbers are written in the cells; if nil, where they fit.
    public var showsNumbers: Bool?
    /// Whether there is a colour bar.
    public var showsColorBar: Bool
    /// Written along the colour bar.
    public var label: String?
    /// Where the cells lie on axes of numbers; nil where columns and rows have names.
    public private(set) var area: Area?

    /// A heat map; columns and rows without names are counted from 0.
    public init(
        _ cells: some Sequence<some Sequence<some PlottableNumber>>, columns: [String]? = nil, rows: [String]? = nil,
        colors: ColorScale = .amounts, from: Double? = nil, to: Double? = nil, format: NumberFormat = .automatic,
        showsNumbers: Bool? = nil, showsColorBar: Bool = true, label: String? = nil
    ) {
        let numbers = cells.map { doubles($0) }
        self.cells = numbers
        self.columns = columns ?? (0..<(numbers.map(\.count).max() ?? 0)).map { String($0) }
        self.rows = rows ?? numbers.indices.map { String($0) }
        self.colors = colors
        self.from = from
        self.to = to
        self.format = format
        self.showsNumbers = showsNumbers
        self.showsColorBar = showsColorBar
        self.label = label
    }

    /// A heat map over the numbers `x` and `y`, on which points and lines can be drawn: the first row of cells lies at the upper
    /// end of `y`, the first column at the lower end of `x`. It needs linear axes.
    public init(
        _ cells: some Sequence<some Sequence<some PlottableNumber>>, x: ClosedRange<Double>, y: ClosedRange<Double>,
        colors: ColorScale = .amounts, from: Double? = nil, to: Double? = nil, format: NumberFormat = .automatic,
        showsColorBar: Bool = true, label: String? = nil
    ) {
        self.init(
            cells, colors: colors, from: from, to: to, format: format, showsNumbers: false,
            showsColorBar: showsColorBar, label: label)
        area = Area(left: x.lowerBound, right: x.upperBound, bottom: y.lowerBound, top: y.upperBound)
    }

    /// The numbers at the sides of the cells.
    public struct Area: Codable, Hashable, Sendable {
        /// In the units of the axes.
        public let left, right, bottom, top: Double
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension HeatMap: MarkContent {
    package static var name: String { "heatMap" }
    package var isSeries: Bool { false }
    package var fillsPlot: Bool { true }
    package var problem: String? {
        mismatch(cells.count, "rows of cells", rows.count, "names of rows")
            ?? cells.lazy.compactMap { mismatch($0.count, "cells in a row", columns.count, "names of columns") }.first
    }

    /// The numbers at the ends of the colour bar.
    var range: (low: Double, high: Double) {
        let finite = cells.joined().filter(\.isFinite)
        let (low, high) = colors.range(finite.min() ?? 0, finite.max() ?? 1)
        let ends = (from ?? low, to ?? high)
        if ends.0 < ends.1 { return ends }
        // All the same: their colour is the middle one.
        let half = ends.0 == 0 ? 0.5 : abs(ends.0) / 2
        return from != nil && from == ends.0 ? (ends.0, ends.0 + 2 * half) : (ends.0 - half, ends.0 + half)
    }

    package var colorKey: ColorKey? {
        showsColorBar ? ColorKey(from: range.low, to: range.high, colors: colors, format: format, label: label) : nil
    }

    package func naturalSize(in surroundings: Surroundings) -> FigureSize? {
        let width = 130 + Double(columns.count) * 46 + (showsColorBar ? 60 : 0)
        let height = 76 + surroundings.headingHeight + Double(rows.count) * 36
        return FigureSize(width: min(max(width, 380), 760), height: min(max(height, 260), 640))
    }

    package func reach(x: inout Extent, y: inout Extent) {
        if let area {
            x.include([area.left, area.right])
            y.include([area.bottom, area.top])
        } else {
            x.include(names: columns)
            y.include(names: rows)
        }
        x.isFilled = true
        y.isFilled = true
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        if let area { return draw(on: area, in: plot, to: &list) }
        let (xs, ys) = (plot.x.places(.names(columns)), plot.y.places(.names(rows)))
        let size = Point(plot.x.band, plot.y.band)
        let isFine = min(size.x, size.y) <= 12
        let texts = numbers(size, plot)
        if isFine { drawPicture(plot, size, to: &list) }
        for (row, y) in ys.enumerated() {
            for (column, x) in xs.enumerated() {
                guard let x, let y, cells[row][column].isFinite else { continue }
                let paint = paint(cells[row][column], plot.theme)
                let cell = Rect(x: x - size.x / 2, y: y - size.y / 2, width: size.x, height: size.y).inset(0.5)
                if !isFine { list.append(.rectangle(cell, paint)) }
                guard let run = texts?[row][column] else { continue }
                let start = Point(x - run.width / 2, y + run.size * TextRun.capHeight / 2)
                list.append(.text(run, at: start, .none, Self.ink(on: paint)))
            }
        }
    }

    private func paint(_ value: Double, _ theme: Theme) -> Color {
        let (low, high) = range
        return colors.color((value / 2 - low / 2) / (high / 2 - low / 2), theme: theme)
    }

    private func draw(on area: Area, in plot: Plot, to list: inout DisplayList) {
        guard let left = plot.x.place(area.left), let right = plot.x.place(area.right),
            let bottom = plot.y.place(area.bottom), let top = plot.y.place(area.top)
        else { return }
        list.append(.clip(plot.area))
        picture(plot.theme, from: Point(left, top), to: Point(right, bottom), &list)
        list.append(.endClip)
    }

    private func drawPicture(_ plot: Plot, _ size: Point, to list: inout DisplayList) {
        let (xs, ys) = (plot.x.places(.names(columns)), plot.y.places(.names(rows)))
        guard let left = xs.first ?? nil, let right = xs.last ?? nil, let top = ys.first ?? nil,
            let bottom = ys.last ?? nil
        else { return }
        let (x, y) = (left <= right ? size.x / 2 : -size.x / 2, top <= bottom ? size.y / 2 : -size.y / 2)
        picture(plot.theme, from: Point(left - x, top - y), to: Point(right + x, bottom + y), &list)
    }

    /// The cells as one picture, so that no seams show between them: the first at `first`, wherever that lies.
    private func picture(_ theme: Theme, from first: Point, to last: Point, _ list: inout DisplayList) {
        guard !columns.isEmpty, !rows.isEmpty else { return }
        let lines = first.y <= last.y ? cells : cells.reversed()
        let pixels = lines.flatMap { line in
            (first.x <= last.x ? line : line.reversed()).map { $0.isFinite ? paint($0, theme) : theme.background }
        }
        list.append(.image(PixelGrid(width: columns.count, height: rows.count, pixels: pixels), Rect(first, last)))
    }

    /// Black or white, whichever stands out more.
    package static func ink(on color: Color) -> Color {
        color.luminance > 0.1791 ? Color(0x000000) : Color(0xFFFFFF)
    }

    /// The numbers of all cells, all in one size, or nil if they do not fit.
    private func numbers(_ size: Point, _ plot: Plot) -> [[TextRun]]? {
        guard showsNumbers ?? (cells.count * columns.count <= 900) else { return nil }
        let texts =
            format == .automatic
            ? cells.map { $0.map { NumberText.plain($0, digits: 3) } }
            : cells.map { $0.map { NumberText.single($0, format) } }
        for fontSize in [12.5, 11, 9.5, 8] where fontSize * 1.3 < size.y {
            let runs = texts.map { $0.map { plot.fonts.run($0, size: fontSize) } }
            let widest = runs.joined().map(\.width).max() ?? 0
            if widest + 4 <= size.x || showsNumbers == true && fontSize == 8 { return runs }
        }
        return nil
    }

    /// Numbers that would have to be smaller than other text are not written.
    package func fitted(to width: Double) -> HeatMap {
        guard area == nil, showsNumbers ?? true else { return self }
        let texts = cells.joined().map {
            format == .automatic ? NumberText.plain($0, digits: 3) : NumberText.single($0, format)
        }
        let longest = Double(texts.map(\.count).max() ?? 0)
        let cell = (width - (showsColorBar ? 130 : 70)) / Double(max(1, columns.count))
        guard longest * 7 + 4 > cell else { return self }
        var map = self
        map.showsNumbers = false
        return map
    }

    package func readings(in plot: Plot) -> [Reading] {
        cells.indices.flatMap { row in
            columns.indices.compactMap { column in
                let value = cells[row][column]
                guard value.isFinite else { return nil }
                let text = format == .automatic ? Reading.number(value) : NumberText.single(value, format)
                guard let area else {
                    guard let x = plot.x.places(.names([columns[column]]))[0],
                        let y = plot.y.places(.names([rows[row]]))[0]
                    else { return nil }
                    return Reading(Point(x, y), x: columns[column], y: rows[row], value: text)
                }
                let across = (Double(column) + 0.5) / Double(columns.count) * (area.right - area.left)
                let down = (Double(row) + 0.5) / Double(rows.count) * (area.top - area.bottom)
                return Reading(Point(area.left + across, area.top - down), in: plot, value: text)
            }
        }
    }

    package func summary(x: String, y: String) -> String {
        let finite = cells.indices.flatMap { row in columns.indices.map { (row, $0) } }
            .filter { cells[$0.0][$0.1].isFinite }
        let shape = (Words.count(rows.count, "row"), Words.count(columns.count, "column"))
        var text = Words.phrase(
            "{1} ({2}) by {3} ({4}) of {5}", shape.0, y, shape.1, x, label ?? Words.phrase("values"))
        guard let most = finite.max(by: { cells[$0.0][$0.1] < cells[$1.0][$1.1] }),
            let least = finite.min(by: { cells[$0.0][$0.1] < cells[$1.0][$1.1] })
        else { return text + Words.missing(in: cells.flatMap(\.self)) }
        text += Words.phrase(
            " from {1} to {2}, the greatest at row {3}, column {4}", Words.number(cells[least.0][least.1]),
            Words.number(cells[most.0][most.1]), rows[most.0], columns[most.1])
        text += Words.missing(in: cells.flatMap(\.self))
        if rows == columns, finite.allSatisfy({ cells[$0.0][$0.1] >= 0 }) {
            let total = finite.reduce(0) { $0 + cells[$1.0][$1.1] }
            let diagonal = rows.indices.filter { cells[$0][$0].isFinite }.reduce(0) { $0 + cells[$1][$1] }
            if total > 0 {
                text += Words.phrase("; {1} % lie on the diagonal", NumberText.fixed(diagonal / total * 100, 1))
            }
        }
        return text
    }
}
