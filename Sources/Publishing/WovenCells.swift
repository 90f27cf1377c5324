import Notebook

/// The cells of a notebook with what they gave, by the lines they begin on.
struct WovenCells {
    private let cells: [Int: Cell]
    /// The lines in order.
    private let lines: [Int]
    private let record: Record?
    private let writer: CellWriter

    private let manuscript: Manuscript

    init(_ manuscript: Manuscript, _ record: Record?, writer: CellWriter) {
        self.manuscript = manuscript
        cells = Dictionary(uniqueKeysWithValues: manuscript.notebook.cells.map { ($0.lines.lowerBound, $0) })
        lines = cells.keys.sorted()
        self.record = record
        self.writer = writer
    }

    /// The cell that begins on `line`.
    func cell(at line: Int) -> Cell? { cells[line] }

    /// The captions that a cell's options give.
    func captions(of cell: Cell) -> (figures: [Snippet], table: Snippet?) {
        (manuscript.figureCaptions[cell.number] ?? [], manuscript.tableCaptions[cell.number]?.first)
    }

    /// A cell as the page shows it.
    func html(_ cell: Cell, _ captions: CellCaptions) -> String {
        let known = record.flatMap { $0.cells.count >= cell.number ? $0.cells[cell.number - 1] : nil }
        return writer.html(cell, known ?? CellRecord(label: nil, status: .skipped), captions)
    }

    /// Whether a cell stands in `node` or is it.
    func stand(in node: MarkdownNode) -> Bool {
        let start = node.lines.lowerBound
        switch node.typeName {
        case "code_block": return cells[start] != nil
        case "list", "item", "tasklist", "block_quote":
            let next = lines.partitioningIndex { $0 >= start }
            return next < lines.count && node.lines.contains(lines[next])
        default: return false
        }
    }
}

extension [Int] {
    /// The first index whose element meets a condition that all later ones meet, too.
    fileprivate func partitioningIndex(where condition: (Int) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
