extension Figure {
    /// Points of width that every phone has for a figure.
    package static let phoneWidth = 316.0

    /// The same figure for a column of `width` points, in which text keeps its size: charts stand in fewer columns, what is written in
    /// marks is left out where it has no room, and the height is what all that needs. A figure that is narrower stays as it is.
    package func fitted(to width: Double) -> Figure {
        guard size.width > width else { return self }
        let across = min(columns, max(1, charts.count))
        var figure = self
        figure.columns = min(across, max(1, Int(width / leastChartWidth)))
        figure.charts = charts.map { $0.fitted(to: width / Double(figure.columns), isAlone: charts.count == 1) }
        let shares = zip(charts, figure.charts).map { wide, narrow in
            narrow.height(comparedWith: wide, shrunkBy: width / Double(figure.columns) / (size.width / Double(across)))
        }
        let (rows, before) = (rowCount(figure.columns), rowCount(across))
        let heading = title == nil ? 0 : 46.0
        let row = max(1, size.height - heading) / Double(before) * (shares.max() ?? 1)
        // What stands above the charts takes more lines in a narrow column.
        figure.size = FigureSize(width: width, height: (heading * 1.7 + row * Double(rows)).rounded())
        return figure
    }

    private func rowCount(_ columns: Int) -> Int { (max(1, charts.count) + columns - 1) / columns }

    /// Charts whose axes are labelled at the outside only need less.
    private var leastChartWidth: Double { sharing == .both || sharing == .y ? 150 : 220 }
}

extension Chart {
    /// - Parameter isAlone: whether the figure has no other chart, whose series might be named with this one's.
    fileprivate func fitted(to width: Double, isAlone: Bool) -> Chart {
        var chart = self
        chart.marks = marks.map { $0.fitted(to: width) }
        let longest = marks.compactMap { $0.content.hasEnd ? $0.content.label?.count : nil }.max() ?? 0
        // Long names beside lines would leave the lines no room.
        let isDirect = legend == .direct || legend == .automatic && isAlone
        if isDirect, Double(longest) > width / 32 { chart.legend = .above }
        return chart
    }

    /// What the chart's height is to be, as a share of what it was in a wider figure.
    fileprivate func height(comparedWith wide: Chart, shrunkBy share: Double) -> Double {
        // Marks that ask for a height, such as rows, need it in a narrow figure, too.
        if let (now, before) = naturalHeight.flatMap({ now in wide.naturalHeight.map { (now, $0) } }) {
            return now / before
        }
        return min(max(share, 0.62), 1)
    }

    private var naturalHeight: Double? {
        let asks = marks.contains { $0.content.naturalSize(in: surroundings) != nil }
        return asks && (hasRows || marks.allSatisfy(\.content.isBare)) ? naturalSize.height : nil
    }

    private var hasRows: Bool {
        var (x, y) = (Extent(), Extent())
        for mark in marks { mark.content.reach(x: &x, y: &y) }
        return !y.names.isEmpty
    }
}

extension Mark {
    /// The mark as it is drawn in a figure of this width.
    fileprivate func fitted(to width: Double) -> Mark {
        func fitted(_ content: some MarkContent) -> Mark { Mark(content.fitted(to: width)) }
        return fitted(content)
    }
}
