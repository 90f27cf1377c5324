/// One chart of a figure while it is laid out: measured first, drawn when its place is known.
struct Panel {
    /// Points around the plot.
    struct Margins {
        var left = 0.0
        var right = 0.0
        var top = 0.0
        var bottom = 0.0
    }

    /// Which parts the neighbours leave to this chart.
    struct Role {
        var letter: String?
        var showsXLabels = true
        var showsYLabels = true
        /// Whether the figure has a legend for all charts.
        var leavesLegend = false
    }

    let chart: Chart
    let marks: [(mark: Mark, number: Int)]
    let x: Domain
    let y: Domain
    let role: Role
    let theme: Theme
    let fonts: FontBook
    private(set) var margins = Margins()
    private var xLabels: AxisLabels?
    private var yLabels: AxisLabels?
    private var title: [TextRun] = []
    private var insideIsFree = true
    private var isMeasured = false

    init(
        _ chart: Chart, _ marks: [(mark: Mark, number: Int)], x: Domain, y: Domain, role: Role, theme: Theme,
        fonts: FontBook
    ) {
        self.chart = chart
        self.marks = marks
        self.x = x
        self.y = y
        self.role = role
        self.theme = theme
        self.fonts = fonts
    }

    /// Whether the chart is all images, without axes.
    var isBare: Bool {
        !chart.marks.isEmpty && chart.marks.allSatisfy(\.content.isBare)
    }

    /// Finds ticks and margins for a plot of about this size.
    mutating func measure(plot size: Dimensions) {
        if !isMeasured { lookForRoom(size) }
        isMeasured = true
        margins = Margins()
        let heading = [role.letter, chart.title].compactMap(\.self).joined(separator: "   ")
        title =
            heading.isEmpty
            ? [] : fonts.wrapped(heading, size: Style.panelTitle, weight: .bold, width: max(60, size.width), lines: 2)
        margins.top = title.isEmpty ? 6 : Double(title.count) * Style.lineHeight(Style.panelTitle) + 4
        if legendPlace == .above { margins.top += legend(size).rowsHeight(width: size.width) }
        guard !isBare else { return }
        measureAxes(size)
        if legendPlace == .direct {
            let plot = plot(in: Rect(x: 0, y: 0, width: size.width, height: size.height))
            margins.right = max(margins.right, DirectLabels(marks, plot, limit: directLimit(size)).width)
        }
        if let bar = ColorBar(chart.marks, length: size.height, fonts: fonts) {
            margins.right = max(margins.right, bar.width)
        }
    }

    private mutating func measureAxes(_ size: Dimensions) {
        let horizontal = AxisLabels.horizontal(chart.x, x, length: size.width, fonts: fonts)
        let vertical = AxisLabels.vertical(
            chart.y, y, length: size.height, limit: max(60, size.width * 0.4), fonts: fonts)
        (xLabels, yLabels) = (horizontal, vertical)
        margins.bottom = 3
        margins.left = 3
        if !chart.x.isHidden, role.showsXLabels {
            margins.bottom += Style.tickLength + Style.tickGap + horizontal.depth
        }
        if !chart.y.isHidden, role.showsYLabels { margins.left += Style.tickLength + Style.tickGap + vertical.width }
        if chart.x.label != nil, role.showsXLabels { margins.bottom += Style.lineHeight(Style.axisLabel) + 3 }
        if chart.y.label != nil, role.showsYLabels { margins.left += Style.lineHeight(Style.axisLabel) + 4 }
        margins.right = 4
        guard !chart.x.isHidden, role.showsXLabels else { return }
        let overhang = overhang(horizontal, size)
        margins.left = max(margins.left, overhang.left)
        margins.right = max(margins.right, overhang.right)
    }

    /// How far labels of a horizontal axis of this length reach beyond its ends.
    private func overhang(_ labels: AxisLabels, _ size: Dimensions) -> (left: Double, right: Double) {
        let scale = PositionScale(x, from: 0, to: size.width)
        var reach = (left: 0.0, right: 0.0)
        for label in labels.labels {
            guard let place = scale.place(label.value), let width = label.lines.map(\.width).max() else { continue }
            let isSlanted = labels.turn == .slanted
            reach.left = max(reach.left, (isSlanted ? width * 0.8 : width / 2) - place)
            if !isSlanted { reach.right = max(reach.right, place + width / 2 - size.width) }
        }
        return reach
    }

    private func directLimit(_ size: Dimensions) -> Double { max(80, size.width * 0.42) }

    private func legend(_ size: Dimensions) -> LegendBox {
        let entries = LegendEntry.entries(marks, theme: theme)
        let limit = legendPlace == .inside ? Int(size.height * 0.9 / 17) : 18
        return LegendBox(entries, fonts: fonts, width: min(size.width, 320), limit: max(2, limit))
    }

    /// Where the legend goes as far as that is known before the marks are drawn; `automatic` means inside if free.
    private var legendPlace: Legend {
        let entries = LegendEntry.entries(marks, theme: theme)
        if role.leavesLegend || entries.isEmpty { return .none }
        if chart.legend != .automatic { return chart.legend }
        let labelled = Set(marks.compactMap { $0.mark.content.hasEnd ? $0.mark.content.label : nil })
        if entries.allSatisfy({ labelled.contains($0.label) }), DirectLabels.fit(entries.count, height: 330) {
            return .direct
        }
        let hasBars = marks.contains { $0.mark.content.group != nil }
        return hasBars || entries.count > 12 || !insideIsFree ? .above : .inside
    }

    /// Finds out whether a legend inside a plot of about this size would cover nothing.
    private mutating func lookForRoom(_ size: Dimensions) {
        insideIsFree = true
        guard legendPlace == .inside, chart.legend == .automatic else { return }
        let plot = plot(in: Rect(x: 0, y: 0, width: size.width, height: size.height))
        var list = DisplayList(size: .standard, background: theme.background)
        drawMarks(plot, &list)
        insideIsFree = legend(size).place(in: plot.area, obstacles: Obstacles(list.items)).covered == 0
    }

    /// The scales of a plot in `area`.
    func plot(in area: Rect) -> Plot {
        Plot(
            x: PositionScale(x, from: area.x, to: area.maxX), y: PositionScale(y, from: area.maxY, to: area.y),
            area: area, theme: theme, fonts: fonts)
    }

    /// Draws the chart around `area`.
    func draw(in available: Rect, to list: inout DisplayList) {
        let area = fitted(available)
        drawTitle(above: available, &list)
        let plot = plot(in: area)
        if !isBare { drawGrid(plot, &list) }
        let before = list.items.count
        drawMarks(plot, &list)
        let isEmpty = list.items[before...].allSatisfy {
            switch $0 {
            case .clip, .endClip: true
            default: false
            }
        }
        if isEmpty { drawNothing(area, &list) }
        if !isBare { drawAxes(plot, &list) }
        drawLegend(plot, Obstacles(list.items[before...]), above: available, &list)
        ColorBar(chart.marks, length: area.height, fonts: fonts)?.draw(beside: area, theme: theme, to: &list)
    }

    private func drawMarks(_ plot: Plot, _ list: inout DisplayList) {
        var plot = plot
        for (index, (mark, number)) in marks.enumerated() {
            plot.slot = slot(index)
            mark.content.draw(in: plot, color: theme.color(mark.content.color, series: number), to: &list)
        }
    }

    /// The largest part of `area` with the chart's aspect ratio.
    func fitted(_ area: Rect) -> Rect {
        guard let ratio = chart.aspectRatio, ratio > 0, ratio.isFinite else { return area }
        let width = min(area.width, area.height * ratio)
        return Rect(x: area.x, y: area.y, width: width, height: width / ratio)
    }

    /// Which place a mark has among those that stand side by side with it.
    func slot(_ index: Int) -> (index: Int, count: Int) {
        guard let group = marks[index].mark.content.group else { return (0, 1) }
        let members = marks.indices.filter { marks[$0].mark.content.group == group }
        var occupied: [String: Int] = [:]
        for member in members { for place in marks[member].mark.categories { occupied[place, default: 0] += 1 } }
        guard (occupied.values.max() ?? 1) > 1 else { return (0, 1) }
        return (members.firstIndex(of: index) ?? 0, members.count)
    }

    private func drawTitle(above area: Rect, _ list: inout DisplayList) {
        var baseline = area.y - margins.top + Style.ascent(Style.panelTitle)
        for line in title {
            list.append(.text(line, at: Point(area.x, baseline), .none, theme.text))
            baseline += Style.lineHeight(Style.panelTitle)
        }
    }

    private func drawNothing(_ area: Rect, _ list: inout DisplayList) {
        let run = fonts.run("no data", size: 13)
        let start = Point(area.midX - run.width / 2, area.midY + 5)
        list.append(.text(run, at: start, .none, theme.neutral))
    }

    private func drawGrid(_ plot: Plot, _ list: inout DisplayList) {
        let painter = AxisPainter(plot: plot, chart: chart, role: role)
        if let yLabels { painter.gridY(yLabels, to: &list) }
        if let xLabels { painter.gridX(xLabels, to: &list) }
    }

    private func drawAxes(_ plot: Plot, _ list: inout DisplayList) {
        let painter = AxisPainter(plot: plot, chart: chart, role: role)
        if let yLabels { painter.vertical(yLabels, left: plot.area.x - margins.left, to: &list) }
        if let xLabels { painter.horizontal(xLabels, to: &list) }
    }

    private func drawLegend(_ plot: Plot, _ obstacles: Obstacles, above available: Rect, _ list: inout DisplayList) {
        let size = Dimensions(width: plot.area.width, height: plot.area.height)
        switch legendPlace {
        case .direct:
            DirectLabels(marks, plot, limit: directLimit(size)).draw(beside: plot.area, theme: theme, to: &list)
        case .above:
            let box = legend(size)
            let corner = Point(available.x, available.y - box.rowsHeight(width: available.width))
            box.drawRows(at: corner, width: available.width, theme: theme, to: &list)
        case .inside:
            let box = legend(size)
            box.draw(in: box.place(in: plot.area, obstacles: obstacles).rect, theme: theme, to: &list)
        case .automatic, .none: break
        }
    }
}

extension Mark {
    /// The categories at which the mark stands beside others of its group.
    fileprivate var categories: Set<String> {
        guard let positions = content.standing else { return [] }
        return Set((0..<positions.count).map { positions.text(at: $0) })
    }
}
