/// Which cell of a notebook each reference of a translation stands for: all cells, in the notebook's order.
struct CellAlignment {
    private(set) var pairs: [(CellReference, Cell)] = []
    private(set) var problems: [Diagnostic] = []

    /// - Parameter endLine: the translation's last line, where cells at its end are missed.
    init(_ references: [CellReference], with original: Notebook, endLine: Int) {
        var waiting = original.cells[...]
        for reference in references {
            guard let place = waiting.firstIndex(where: { $0.options.label == reference.label }) else {
                problems.append(CellAlignment.problem(with: reference, in: original))
                continue
            }
            report(waiting[..<place], missedAt: reference.lines.lowerBound)
            pairs.append((reference, waiting[place]))
            waiting = waiting[(place + 1)...]
        }
        report(waiting, missedAt: endLine)
    }

    private mutating func report(_ missed: ArraySlice<Cell>, missedAt line: Int) {
        for cell in missed {
            let fence = ([CellReference.word] + [cell.options.label].compactMap(\.self)).joined(separator: " ")
            let message = "\(cell.title) of the original is missing before here: put a fence `\(fence)` in its place"
            problems.append(Diagnostic(.error, at: SourcePosition(line: line), message))
        }
    }

    private static func problem(with reference: CellReference, in original: Notebook) -> Diagnostic {
        let labels = original.cells.compactMap(\.options.label)
        let isKnown = reference.label.map(labels.contains) ?? original.cells.contains { $0.options.label == nil }
        let message =
            isKnown
            ? "\(reference.title) stands elsewhere in `\(original.path)`, or a second time here: keep the order of its cells"
            : "`\(original.path)` has no cell \(reference.title); \(suggestion(for: reference.label ?? "", in: labels))"
        return Diagnostic(.error, at: SourcePosition(line: reference.lines.lowerBound), message)
    }
}
