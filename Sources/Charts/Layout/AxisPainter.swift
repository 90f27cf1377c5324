/// Draws the grid, the lines and the labels of a chart's axes.
struct AxisPainter {
    let plot: Plot
    let chart: Chart
    let role: Panel.Role

    private var area: Rect { plot.area }
    private var theme: Theme { plot.theme }
    private var isFilled: Bool { chart.marks.contains(where: \.content.fillsPlot) }
    private var isReadAlongX: Bool { chart.marks.contains(where: \.content.isReadAlongX) }

    private static func isCategorical(_ scale: PositionScale) -> Bool {
        if case .categories = scale.domain.kind { true } else { false }
    }

    func gridY(_ labels: AxisLabels, to list: inout DisplayList) {
        let helps = !Self.isCategorical(plot.y) && !isFilled
        guard chart.y.showsGrid ?? helps, !chart.y.isHidden else { return }
        for label in labels.labels {
            guard let y = plot.y.place(label.value) else { continue }
            list.append(.hairline(Point(area.x, y), Point(area.maxX, y), width: 1, theme.grid))
        }
    }

    func gridX(_ labels: AxisLabels, to list: inout DisplayList) {
        let helps = !Self.isCategorical(plot.x) && !isFilled && (Self.isCategorical(plot.y) || isReadAlongX)
        guard chart.x.showsGrid ?? helps, !chart.x.isHidden else { return }
        for label in labels.labels {
            guard let x = plot.x.place(label.value) else { continue }
            list.append(.hairline(Point(x, area.y), Point(x, area.maxY), width: 1, theme.grid))
        }
    }

    func horizontal(_ labels: AxisLabels, to list: inout DisplayList) {
        if !isFilled {
            list.append(.hairline(Point(area.x, area.maxY), Point(area.maxX, area.maxY), width: 1, theme.axis))
            baseline(&list)
        }
        if !chart.x.isHidden {
            let hasTicks = !isFilled && !Self.isCategorical(plot.x)
            if hasTicks { ticks(labels, &list) }
            if role.showsXLabels { tickLabels(labels, &list) }
        }
        guard let text = chart.x.label, role.showsXLabels else { return }
        let run = plot.fonts.fitting(text, size: Style.axisLabel, width: max(area.width, 80))
        let depth = chart.x.isHidden ? 0 : Style.tickLength + Style.tickGap + labels.depth
        let top = area.maxY + depth + 3
        let start = Point(area.midX - run.width / 2, top + Style.ascent(Style.axisLabel))
        list.append(.text(run, at: start, .none, theme.text))
    }

    /// The line of zero, where bars or areas stand on it and it is not the axis itself.
    private func baseline(_ list: inout DisplayList) {
        guard plot.y.domain.kind == .linear, plot.y.domain.low < 0, plot.y.domain.high > 0,
            chart.marks.contains(where: \.content.drawsZero), let y = plot.y.place(0)
        else { return }
        list.append(.hairline(Point(area.x, y), Point(area.maxX, y), width: 1, theme.axis))
    }

    private func ticks(_ labels: AxisLabels, _ list: inout DisplayList) {
        for value in labels.minor {
            guard let x = plot.x.place(value) else { continue }
            list.append(.hairline(Point(x, area.maxY), Point(x, area.maxY + 2.5), width: 1, theme.axis))
        }
        for label in labels.labels {
            guard let x = plot.x.place(label.value) else { continue }
            list.append(
                .hairline(Point(x, area.maxY), Point(x, area.maxY + Style.tickLength), width: 1, theme.axis))
        }
    }

    private func tickLabels(_ labels: AxisLabels, _ list: inout DisplayList) {
        let top = area.maxY + Style.tickLength + Style.tickGap
        for label in labels.labels {
            guard let x = plot.x.place(label.value) else { continue }
            for (line, run) in label.lines.enumerated() {
                let offset = Style.lineHeight(Style.tickLabel) * Double(line) + Style.ascent(Style.tickLabel)
                var start = Point(x - run.width / 2, top + offset)
                if labels.turn == .slanted {
                    let direction = labels.turn.direction
                    start = Point(x + 4, top + Style.ascent(Style.tickLabel) - 2) - direction * run.width
                }
                list.append(.text(run, at: start, labels.turn, theme.secondaryText))
            }
        }
    }

    func vertical(_ labels: AxisLabels, left: Double, to list: inout DisplayList) {
        let hasLine = plot.y.domain.kind == .logarithmic || isReadAlongX
        if hasLine {
            list.append(.hairline(Point(area.x, area.y), Point(area.x, area.maxY), width: 1, theme.axis))
        }
        if !chart.y.isHidden {
            if hasLine { sideTicks(labels, &list) }
            if role.showsYLabels { sideLabels(labels, &list) }
        }
        guard let text = chart.y.label, role.showsYLabels else { return }
        let run = plot.fonts.fitting(text, size: Style.axisLabel, width: max(60, area.height + 12))
        let start = Point(left + Style.ascent(Style.axisLabel), area.midY + run.width / 2)
        list.append(.text(run, at: start, .up, theme.text))
    }

    private func sideTicks(_ labels: AxisLabels, _ list: inout DisplayList) {
        let lengths = labels.minor.map { ($0, 2.5) } + labels.labels.map { ($0.value, Style.tickLength) }
        for (value, length) in lengths {
            guard let y = plot.y.place(value) else { continue }
            list.append(.hairline(Point(area.x - length, y), Point(area.x, y), width: 1, theme.axis))
        }
    }

    private func sideLabels(_ labels: AxisLabels, _ list: inout DisplayList) {
        let right = area.x - Style.tickLength - Style.tickGap
        for label in labels.labels {
            guard let y = plot.y.place(label.value), let run = label.lines.first else { continue }
            let start = Point(right - run.width, y + Style.tickLabel * 0.36)
            list.append(.text(run, at: start, .none, theme.secondaryText))
        }
    }
}
