import CCMarkGFM

/// What stands for a cell in a translation: a fence `{cell} LABEL` with the cell's words in the translation's language.
struct CellReference {
    /// All lines of the fence, counted from 1 in the translation.
    let lines: Range<Int>
    /// The cell's label; `nil` stands for a cell without one.
    let label: String?
    /// What stands before the fence on its first line, and on the others.
    let lead, margin: String
    /// What stands between its marks.
    private let content: [String]

    static let word = "{cell}"

    /// The references in `document`, in order. A fence of Swift is an error: code is not copied.
    static func all(
        in document: MarkdownDocument, _ source: SourceLines, linesBefore: Int, _ problems: inout [Diagnostic]
    ) -> [CellReference] {
        var found: [CellReference] = []
        func visit(_ node: MarkdownNode) {
            let line = node.lines.lowerBound + linesBefore
            if node.isSwiftFence {
                let message = "a translation has no code: let a fence `\(word) LABEL` stand for the cell"
                problems.append(Diagnostic(.error, at: SourcePosition(line: line), message))
            } else if node.type == CMARK_NODE_CODE_BLOCK, node.fenceWord == word {
                found.append(CellReference(node, source, line: line))
            }
            node.children.forEach(visit)
        }
        visit(document.root)
        return found
    }

    private init(_ node: MarkdownNode, _ source: SourceLines, line: Int) {
        let literal = SourceLines(node.literal)
        content = literal.lines.indices.map { String(literal.content($0 + 1)) }
        lines = line..<min(line + content.count + 2, source.lines.count + 1)
        let label = node.fenceInfo.dropFirst(CellReference.word.count).drop { $0 == " " }.trimmingTrailingSpace
        self.label = label.isEmpty ? nil : String(label)
        lead = String(source.content(line).prefix { $0 != "`" && $0 != "~" })
        margin = String(lead.map { $0 == ">" || $0 == "\t" ? $0 : " " })
    }

    /// How messages name it.
    var title: String { label.map { "`\($0)`" } ?? "a cell without a label" }

    private enum Name: String, EntryName {
        case figureCaption = "fig-cap"
        case figureAlternativeText = "fig-alt"
        case tableCaption = "tbl-cap"
    }

    /// The option lines of `cell` with the translated ones in their places, each with its line in the translation.
    func options(for cell: Cell, _ problems: inout [Diagnostic]) -> [(text: String, line: Int)] {
        let first = lines.lowerBound + 1
        for (index, line) in content.enumerated()
        where !line.hasPrefix(Cell.optionMark) && line.contains(where: { $0 != " " }) {
            let message = "a translation has no code: only `//| fig-cap`, `fig-alt` and `tbl-cap` stand here"
            problems.append(Diagnostic(.error, at: SourcePosition(line: first + index), message))
        }
        let given = content.indices.filter { content[$0].hasPrefix(Cell.optionMark) }
        let yaml = given.map { content[$0].dropFirst(Cell.optionMark.count) + "\n" }.joined()
        var named: Set<String> = []
        let found = YAMLValue.readMapping(
            yaml, firstLine: first, column: Cell.optionMark.count + 1, what: "option of a cell in a translation"
        ) { (name: Name, value) throws(YAMLValue.Mismatch) in
            let (count, known) = (try value.texts.count, cell.options.count(of: name.rawValue))
            guard known > 0 else { throw value.mismatch("only captions that the cell has in the original") }
            guard count == known else {
                throw value.mismatch(known == 1 ? "one text, as in the original" : "\(known) texts, as in the original")
            }
            named.insert(name.rawValue)
        }
        problems += found
        let own = OptionEntry.all(in: cell.optionLines).filter { !named.contains($0.name) }.flatMap(\.lines)
        let translated = found.isEmpty ? given.map { (text: content[$0], line: first + $0) } : []
        return own.map { (text: $0, line: lines.lowerBound) } + translated
    }
}

extension CellOptions {
    /// How many texts the option has.
    fileprivate func count(of caption: String) -> Int {
        switch caption {
        case "fig-cap": figureCaptionTexts.count
        case "fig-alt": figureAlternativeText == nil ? 0 : 1 + furtherFigureAlternativeTexts.count
        default: tableCaption == nil ? 0 : 1
        }
    }
}

/// An option as its lines stand above a cell's code.
private struct OptionEntry {
    let name: String
    var lines: [String]

    static func all(in text: String) -> [OptionEntry] {
        let lines = text.split(separator: "\n").map(String.init)
        let depth = lines.map(OptionEntry.depth).min() ?? 0
        return lines.reduce(into: []) { entries, line in
            let content = line.dropFirst(Cell.optionMark.count).drop { $0 == " " }
            if OptionEntry.depth(line) == depth || entries.isEmpty {
                entries.append(OptionEntry(name: String(content.prefix { $0 != ":" }), lines: [line]))
            } else {
                entries[entries.count - 1].lines.append(line)
            }
        }
    }

    private static func depth(_ line: String) -> Int {
        line.dropFirst(Cell.optionMark.count).prefix { $0 == " " }.count
    }
}
