/// Draws tables: matrices, cases and aligned formulas.
extension MathMLWriter {
    func table(_ table: Table, _ style: Style) -> String {
        let environment = table.environment
        let inner = environment.isSmall ? style.inScript : Style(display: environment.display, script: style.script)
        let columns = table.rows.map { $0.cells.reduce(0) { $0 + ($1.span > 99 ? 0 : $1.span) } }.max() ?? 1
        let hasTags = table.rows.contains { $0.tag != nil }
        let rows = table.rows.enumerated().map { index, row in
            let isLast = index + 1 == table.rows.count
            var column = 0
            var cells = row.cells.map { cell in
                defer { column += cell.span }
                let span = min(cell.span, max(1, columns - column))
                var css = cellStyle(environment, column, cell, span: span, gap: row.gap)
                if environment.isStaggered, table.rows.count > 1, index == 0 || isLast {
                    css.append("text-align:\(index == 0 ? "left" : "right")")
                }
                css +=
                    lines(row.lines, column, span, "top")
                    + (isLast ? lines(table.lastLines, column, span, "bottom") : [])
                var attributes = css.isEmpty ? [:] : ["style": css.joined(separator: ";")]
                if span > 1 { attributes["columnspan"] = String(span) }
                // A right-hand side begins with a relation, whose distance to the left must stay.
                let continues = if case .pairs = environment.columns { !column.isMultiple(of: 2) } else { false }
                return element(
                    "mtd", attributes, children: children(of: cell.formula, inner, after: continues ? .ordinary : nil))
            }
            if hasTags {
                while column < columns {
                    cells.append(element("mtd", children: ""))
                    column += 1
                }
                let words = row.tag.map { element("mtext", children: escaped($0)) } ?? ""
                cells.append(element("mtd", ["style": "padding-left:2em"], children: words))
            }
            return element("mtr", children: cells.joined())
        }
        let drawn = element("mtable", environment.display ? ["displaystyle": "true"] : [:], children: rows.joined())
        guard environment.isSmall, !style.script else { return drawn }
        return element("mstyle", ["scriptlevel": "1"], children: drawn)
    }

    /// Lines above or below a cell, of those that span it.
    private func lines(
        _ lines: [(Table.Line, ClosedRange<Int>?)], _ column: Int, _ span: Int, _ side: String
    ) -> [String] {
        let drawn = lines.filter { $0.1?.overlaps(column + 1...column + span) ?? true }
        guard let line = drawn.first?.0 else { return [] }
        return ["border-\(side):\(drawn.count > 1 ? "3px double" : "1px \(line.rawValue)")"]
    }

    private func cellStyle(
        _ environment: Environment, _ column: Int, _ cell: Table.Cell, span: Int, gap: String?
    ) -> [String] {
        var css: [String] = []
        let alignment = cell.alignment ?? environment.alignment(ofColumn: column)
        if alignment != .center { css.append("text-align:\(alignment.rawValue)") }
        if case .pairs = environment.columns, span == 1 {
            // The two sides of a pair touch; pairs stand apart.
            css.append(column.isMultiple(of: 2) ? "padding-right:0" : "padding-left:0")
            if column == 0 || !environment.spreads, column.isMultiple(of: 2) { css.append("padding-left:0") }
            if !column.isMultiple(of: 2) { css.append("padding-right:\(environment.spreads ? "1em" : "0")") }
        }
        if environment.isSmall { css.append("padding:0.1em 0.2em") }
        if let gap { css.append("padding-bottom:calc(0.5ex + \(gap))") }
        if let line = environment.lines[column] { css.append("border-left:1px \(line.rawValue)") }
        if case .fixed(let columns) = environment.columns, column + span == columns.count,
            let line = environment.lines[columns.count]
        {
            css.append("border-right:1px \(line.rawValue)")
        }
        return css
    }
}
