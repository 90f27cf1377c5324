import Foundation
import Notebook
import Wire

/// Writes a cell and what it gave as HTML.
struct CellWriter {
    let notebook: Notebook
    /// The number of each figure and table, by cell.
    let numbers: CaptionNumbers
    /// What the book knows of its claims.
    let claims: BookClaims?
    /// Which code is folded, unless the notebook or a cell says.
    var codeFold = CodeFold.setup
    /// How figures are shown, by the digests of their light pictures; as their records have them where nothing is said.
    var figures: [String: ShownFigure] = [:]
    /// What the cells give at other settings of the page's controls.
    var variants = PageVariants()
    /// The notebook whose lines messages name; `nil` is this one.
    var original: Notebook?

    func html(_ cell: Cell, _ record: CellRecord, _ captions: CellCaptions) -> String {
        let options = cell.options
        let failed = record.status == .failed
        // What a cell decides cannot be hidden: the ledger leads to it.
        guard options.include || failed else { return record.claims.map(ClaimWriter(claims: claims).html).joined() }
        var parts: [String] = []
        if options.echo || failed { parts.append(code(cell, record)) }
        if options.output || failed {
            parts += variantDisplays(cell, record, captions) ?? displays(cell, record, captions)
        } else {
            parts += record.claims.map(ClaimWriter(claims: claims).html)
        }
        if let label = numbers.label(cell), !isShown(label, cell, record) {
            parts.insert(element("span", ["id": label], ""), at: 0)
        }
        parts += record.diagnostics.map { diagnostic($0, of: cell) }
        guard !parts.isEmpty else { return "" }
        let name = ["cell", failed ? "failed" : "", record.status == .skipped && options.eval ? "skipped" : ""]
        let note =
            record.status == .skipped && options.eval
            ? element("p", ["class": "note"], translated("Not run: the notebook has an error before it.")) : ""
        return element(
            "section", ["class": name.filter { !$0.isEmpty }.joined(separator: " "), "id": "cell:\(cell.number)"],
            "\n" + parts.joined(separator: "\n") + note + "\n") + "\n"
    }

    /// Whether a figure or table of the cell has its label; where none has, references lead to the cell.
    private func isShown(_ label: String, _ cell: Cell, _ record: CellRecord) -> Bool {
        guard cell.options.output || record.status == .failed else { return false }
        return record.displays.contains { display in
            switch display {
            case .figure: label.hasPrefix("fig-")
            case .table, .frame: label.hasPrefix("tbl-")
            default: false
            }
        }
    }

    private func code(_ cell: Cell, _ record: CellRecord) -> String {
        let code = Listings.code(of: cell)
        let box = codeBox(highlighted(code), class: "code")
        let lines = code.count { $0.isNewline } + 1
        guard isFolded(cell, record, lines: lines) else { return box }
        let words = translated("Code, \(lines) line\(lines == 1 ? "" : "s")")
        return element("details", ["class": "fold"], element("summary", ["class": "tool"], words) + box)
    }

    private func isFolded(_ cell: Cell, _ record: CellRecord, lines: Int) -> Bool {
        switch cell.options.codeFold ?? notebook.frontMatter.codeFold ?? codeFold {
        case .always: true
        case .never: false
        // A few lines are read sooner than opened.
        case .setup: record.status == .asExpected && record.displays.isEmpty && record.diagnostics.isEmpty && lines > 6
        }
    }

    /// What the cell shows at each setting; `nil` where it is the same at all. The label stands before them, as one of them alone
    /// is seen.
    private func variantDisplays(_ cell: Cell, _ record: CellRecord, _ captions: CellCaptions) -> [String]? {
        func all(_ record: CellRecord) -> String {
            displays(cell, record, captions, isLabelled: false).joined(separator: "\n")
        }
        let shown = variants.markup("div", own: all(record)) { other in
            other.cells.indices.contains(cell.number - 1) ? all(other.cells[cell.number - 1]) : ""
        }
        return shown.map { markup in
            let label = numbers.label(cell).flatMap {
                isShown($0, cell, record) ? element("span", ["id": $0], "") : nil
            }
            return [label, markup].compactMap(\.self)
        }
    }

    /// - Parameter isLabelled: whether what is shown can be led to.
    private func displays(
        _ cell: Cell, _ record: CellRecord, _ captions: CellCaptions, isLabelled: Bool = true
    ) -> [String] {
        var figures = 0
        var tables = 0
        return record.displays.compactMap { display in
            switch display {
            case .text(let text): return printed(text, class: "output")
            case .value(let text): return printed(text, class: "output value")
            case .html(let markup):
                var raw = RawMarkup()
                // The page's style keeps it in its box, whatever its own says: it can cover nothing beside it.
                return element("div", ["class": "output html"], raw.filtered(markup) + raw.closing())
            case .claim(let claim): return ClaimWriter(claims: claims, isAnchored: isLabelled).html(claim)
            case .figure(let content):
                figures += 1
                return figure(content, cell, captions, place: figures - 1, isLabelled: isLabelled)
            case .table(let content):
                tables += 1
                return table(content, cell, captions.table, isFirst: tables == 1, isLabelled: isLabelled)
            case .frame(let content):
                tables += 1
                return table(content.shown, cell, captions.table, isFirst: tables == 1, isLabelled: isLabelled)
            }
        }
    }

    /// What was printed; nothing where a terminal would show nothing in the end.
    private func printed(_ text: String, class name: String) -> String? {
        let printed = PrintedText(text)
        guard !printed.runs.isEmpty || text.isEmpty else { return nil }
        guard let (first, rest) = printed.folded else {
            return element("pre", ["class": name], markup(of: printed.runs))
        }
        let count =
            rest.reduce(1) { $0 + $1.text.count(where: \.isNewline) }
            - (rest.last?.text.last?.isNewline == true ? 1 : 0)
        return element("pre", ["class": name], markup(of: first))
            + element(
                "details", ["class": "more"],
                element("summary", ["class": "tool"], translated("\(count) more lines"))
                    + element("pre", ["class": name], markup(of: rest)))
    }

    /// - Parameter place: among the cell's figures, counted from 0.
    private func figure(
        _ content: FigureContent, _ cell: Cell, _ captions: CellCaptions, place: Int, isLabelled: Bool
    ) -> String {
        let text = cell.options.figureAlternativeText(at: place) ?? content.shownText
        let shared = PageLanguage.current.folder(ofPicture: content.light, on: notebook.name)
        let shown = figures[content.light] ?? ShownFigure(content)
        let picture = pictureMarkup(
            shown.wide.placed(shared), phone: shown.phone?.placed(shared), alternativeText: text, isLazy: true)
        let number = numbers.figure(cell).map { "\($0)\(captions.letter(ofFigure: place))" }
        let words = self.caption(number, captions.figure(at: place), name: "Figure")
        func link(_ file: String, _ words: String) -> String {
            element("a", ["class": "data tool", "href": shared + file], words)
        }
        let data = FigureData(content).map { _ in link(FigureFiles.dataPath(content.light), translated("Data (CSV)")) }
        let png = FigureFiles.path(content.light)
        let download = shown.wide.light == png ? "" : link(png, "PNG")
        let caption = [words, data ?? "", download].filter { !$0.isEmpty }.joined(separator: " ")
        return element(
            "figure", ["id": isLabelled && place == 0 && number != nil ? numbers.label(cell) ?? "" : ""],
            picture + shown.valuesMarkup + (caption.isEmpty ? "" : element("figcaption", caption)))
    }

    private func table(_ content: TableContent, _ cell: Cell, _ given: String?, isFirst: Bool, isLabelled: Bool)
        -> String
    {
        let columns = content.columns.indices.map { column -> DecimalColumn? in
            let decimal = DecimalColumn(content.rows.map { $0[column] })
            // A missing number leaves the others where numbers stand; else the column stands as it was asked to.
            return content.alignments[column] == .trailing || decimal?.hasGaps == true ? decimal : nil
        }
        func row(_ entries: [String], _ name: String, _ place: Int? = nil) -> String {
            let cells = entries.indices.map { column in
                let isRight = content.alignments[column] == .trailing || columns[column] != nil
                let padding = place.flatMap { columns[column]?.padding($0) } ?? ""
                return element(
                    // A corner without words is no header.
                    entries[column].isEmpty ? "td" : name, ["class": isRight ? "right" : ""],
                    breakable(markup(ofPrinted: entries[column])) + padding)
            }
            return element("tr", cells.joined())
        }
        let words = (isFirst ? given : nil) ?? content.caption.map { escaped($0) }
        let caption = caption(isFirst ? numbers.table(cell).map(String.init) : nil, words, name: "Table")
        let label = isLabelled && isFirst && numbers.table(cell) != nil ? numbers.label(cell) ?? "" : ""
        let table = element(
            "table",
            element("thead", row(content.columns, "th"))
                + element("tbody", content.rows.indices.map { row(content.rows[$0], "td", $0) }.joined(separator: "\n"))
        )
        // The caption stands outside the table, which may be narrower than the words, or wider than the page.
        return element(
            "figure", ["class": "table", "id": label],
            (caption.isEmpty ? "" : element("figcaption", caption)) + element("div", ["class": "table"], table))
    }

    /// A caption, its words being markup.
    private func caption(_ number: String?, _ words: String?, name: String) -> String {
        let numbered = number.map { element("span", ["class": "number"], "\(translated(name)) \($0).") + " " } ?? ""
        return words.map { numbered + $0 } ?? ""
    }

    private func diagnostic(_ diagnostic: Diagnostic, of cell: Cell) -> String {
        let original = original ?? notebook
        let place = original.cells.first { $0.number == cell.number } ?? cell
        return markup(of: original.located(original.placed(diagnostic, of: place)), path: original.path)
    }
}

/// The captions that a cell's options give its figures and its table, as markup.
struct CellCaptions {
    /// In the order of the figures.
    var figures: [String]
    var table: String?

    func figure(at place: Int) -> String? { figures.indices.contains(place) ? figures[place] : nil }

    /// What tells the figures of one cell apart: `a`, `b` … behind its number, where several have a caption.
    func letter(ofFigure place: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        guard figures.count > 1 else { return "" }
        return letters.indices.contains(place) ? String(letters[place]) : ".\(place + 1)"
    }
}

/// A diagnostic with its place in the notebook at `path`.
func markup(of diagnostic: Diagnostic, path: String) -> String {
    let place = "\(diagnostic.file ?? path):\(diagnostic.position.line):\(diagnostic.position.column)"
    return element(
        "div", ["class": "diagnostic \(diagnostic.severity.rawValue)"],
        element("span", ["class": "place"], escaped(VisibleText(place).description)) + " "
            + element("strong", diagnostic.severity.rawValue)
            + " "
            + escaped(VisibleText(diagnostic.message).description))
}
