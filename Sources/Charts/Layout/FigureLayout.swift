/// Lays a figure out: heading, charts in a grid whose plots line up, axes at the outside where they are shared.
struct FigureLayout {
    let figure: Figure
    let theme: Theme
    let fonts: FontBook

    /// The display list of `figure`.
    ///
    /// - Throws: `ChartError` in phase `data` where a mark's sequences do not belong together.
    static func displayList(
        _ figure: Figure, theme: Theme, fonts: FontBook
    ) throws(ChartError) -> DisplayList {
        try check(figure)
        return FigureLayout(figure: figure, theme: theme, fonts: fonts).displayList()
    }

    /// What readers of `figure` are told who point at its charts.
    ///
    /// - Throws: `ChartError` in phase `data` where a mark's sequences do not belong together.
    static func readings(_ figure: Figure, fonts: FontBook) throws(ChartError) -> [PanelReadings] {
        try check(figure)
        var list = DisplayList(size: figure.size, background: Theme.light.background)
        return FigureLayout(figure: figure, theme: .light, fonts: fonts).arranged(&list).map { $0.readings(in: $1) }
    }

    private static func check(_ figure: Figure) throws(ChartError) {
        for (number, chart) in figure.charts.enumerated() {
            for mark in chart.marks { try check(mark, in: chart.title ?? figure.title ?? "chart \(number + 1)") }
        }
    }

    private static func check(_ mark: Mark, in title: String) throws(ChartError) {
        guard let problem = mark.content.problem else { return }
        let label = mark.content.label.map { " “\($0)”" } ?? ""
        throw ChartError(
            .data, "“\(title)”: \(type(of: mark.content))\(label) \(problem)",
            cure: "give the mark sequences that belong together")
    }

    private func displayList() -> DisplayList {
        var list = DisplayList(size: figure.size, background: theme.background)
        for (panel, place) in arranged(&list) { panel.draw(in: place, to: &list) }
        list.warnings = Self.warnings(list) + figure.charts.flatMap { $0.notDrawn + $0.besideNames }
        return list
    }

    /// Draws what stands above the charts, and finds the charts' places.
    private func arranged(_ list: inout DisplayList) -> [(panel: Panel, place: Rect)] {
        var top = drawHeading(&list)
        var panels = panels()
        if let legend = sharedLegend(panels) {
            let width = figure.size.width - 2 * Style.margin
            legend.drawRows(at: Point(Style.margin, top), width: width, theme: theme, to: &list)
            top += legend.rowsHeight(width: width)
        }
        let grid = Rect(
            Point(Style.margin, top), Point(figure.size.width - Style.margin, figure.size.height - Style.margin))
        let places = place(&panels, in: grid)
        return zip(panels, places).map { ($0, $1) }
    }

    /// Draws title and subtitle, and gives the height below them.
    private func drawHeading(_ list: inout DisplayList) -> Double {
        var top = Style.margin - 2
        let width = figure.size.width - 2 * Style.margin
        func write(_ text: String?, _ size: Double, _ weight: FontBook.Weight, _ color: Color) {
            guard let text, !text.isEmpty else { return }
            for line in fonts.wrapped(text, size: size, weight: weight, width: width, lines: 3) {
                list.append(.text(line, at: Point(Style.margin, top + Style.ascent(size)), .none, color))
                top += Style.lineHeight(size)
            }
            top += 2
        }
        write(figure.title, Style.title, .bold, theme.text)
        write(figure.subtitle, Style.subtitle, .regular, theme.secondaryText)
        return top + (top > Style.margin ? 4 : 0)
    }

    private var columns: Int { min(figure.columns, max(1, figure.charts.count)) }

    private func panels() -> [Panel] {
        let extents = figure.charts.map { chart in
            var (x, y) = (Extent(), Extent())
            for mark in chart.marks { mark.content.reach(x: &x, y: &y) }
            return (x: x, y: y)
        }
        var (allX, allY) = (Extent(), Extent())
        for extent in extents {
            allX.include(extent.x)
            allY.include(extent.y)
        }
        let sharesX = figure.sharing == .x || figure.sharing == .both
        let sharesY = figure.sharing == .y || figure.sharing == .both
        let sharesLegend = hasSharedLegend
        let allNumbers = SeriesNumbers(figure.charts)
        return figure.charts.enumerated().map { index, chart in
            var role = Panel.Role()
            role.letter = figure.isLettered ? Self.letter(index) : nil
            role.showsYLabels = !sharesY || index % columns == 0
            role.showsXLabels = !sharesX || index + columns >= figure.charts.count
            role.leavesLegend = sharesLegend
            let numbers = sharesLegend ? allNumbers : SeriesNumbers([chart])
            return Panel(
                chart, numbers.numbered(chart.marks),
                x: Domain(chart.x, sharesX ? allX : extents[index].x, isVertical: false),
                y: Domain(chart.y, sharesY ? allY : extents[index].y, isVertical: true),
                role: role, theme: theme, fonts: fonts)
        }
    }

    /// a, b, … z, aa, ab, …
    private static func letter(_ index: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return (index < 26 ? "" : letter(index / 26 - 1)) + String(letters[index % 26])
    }

    /// Whether a label appears in several charts, so that one legend serves all.
    private var hasSharedLegend: Bool {
        guard figure.charts.count > 1, figure.charts.allSatisfy({ $0.legend == .automatic }) else { return false }
        var seen: Set<String> = []
        for chart in figure.charts {
            let labels = Set(chart.marks.compactMap { $0.content.legendKey == nil ? nil : $0.content.label })
            if !seen.isDisjoint(with: labels) { return true }
            seen.formUnion(labels)
        }
        return false
    }

    private func sharedLegend(_ panels: [Panel]) -> LegendBox? {
        guard hasSharedLegend else { return nil }
        let entries = LegendEntry.entries(panels.flatMap(\.marks), theme: theme)
        return LegendBox(entries, fonts: fonts, width: figure.size.width * 0.5, limit: 18)
    }

    /// Finds the plots' places: margins are the largest of a column or row, so that plots line up, and all plots are
    /// equally large.
    private func place(_ panels: inout [Panel], in grid: Rect) -> [Rect] {
        guard !panels.isEmpty else { return [] }
        let rows = (panels.count + columns - 1) / columns
        var size = Dimensions(
            width: grid.width / Double(columns) * 0.85, height: grid.height / Double(rows) * 0.8)
        var margins: (columns: [Panel.Margins], rows: [Panel.Margins]) = ([], [])
        for _ in 0..<3 {
            for index in panels.indices { panels[index].measure(plot: size) }
            margins = (
                (0..<columns).map { column in
                    Self.largest(stride(from: column, to: panels.count, by: columns).map { panels[$0].margins })
                },
                (0..<rows).map { row in
                    Self.largest(panels[row * columns..<min(panels.count, (row + 1) * columns)].map(\.margins))
                }
            )
            let across = margins.columns.reduce(0) { $0 + $1.left + $1.right } + Style.panelGap.x * Double(columns - 1)
            let down = margins.rows.reduce(0) { $0 + $1.top + $1.bottom } + Style.panelGap.y * Double(rows - 1)
            size = Dimensions(
                width: max(24, (grid.width - across) / Double(columns)),
                height: max(24, (grid.height - down) / Double(rows)))
        }
        var places: [Rect] = []
        var y = grid.y
        for row in 0..<rows {
            y += margins.rows[row].top
            var x = grid.x
            for column in 0..<columns where places.count < panels.count {
                x += margins.columns[column].left
                // Whole points, so that axes fall on whole pixels at any scale.
                places.append(
                    Rect(x: x.rounded(), y: y.rounded(), width: size.width.rounded(), height: size.height.rounded()))
                x += size.width + margins.columns[column].right + Style.panelGap.x
            }
            y += size.height + margins.rows[row].bottom + Style.panelGap.y
        }
        return places
    }

    private static func largest(_ margins: [Panel.Margins]) -> Panel.Margins {
        margins.reduce(into: Panel.Margins()) {
            $0.left = max($0.left, $1.left)
            $0.right = max($0.right, $1.right)
            $0.top = max($0.top, $1.top)
            $0.bottom = max($0.bottom, $1.bottom)
        }
    }

    private static func warnings(_ list: DisplayList) -> [String] {
        var missing: [Unicode.Scalar] = []
        for case .text(let run, _, _, _) in list.items {
            for scalar in run.missing where !missing.contains(scalar) { missing.append(scalar) }
        }
        guard let first = missing.first else { return [] }
        func code(_ scalar: Unicode.Scalar) -> String { "U+" + String(scalar.value, radix: 16, uppercase: true) }
        if missing.count == 1 { return ["no installed font has “\(first)” (\(code(first))); a box stands for it"] }
        let shown = missing.prefix(12).map { "“\($0)”" }.joined(separator: ", ") + (missing.count > 12 ? ", …" : "")
        return ["no installed font has \(missing.count) of the characters: \(shown); boxes stand for them"]
    }
}
