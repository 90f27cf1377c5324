import CCMarkGFM
import Notebook

/// What becomes of lists that hold cells in a Jupyter notebook, in which a cell ends the list.
///
/// What follows a cell in its item loses the item's indentation, or it would be code; items behind a cell are called by
/// the numbers that they have in the whole list.
struct JupyterNesting {
    /// How many blanks a line loses.
    private var indents: [Int: Int] = [:]
    /// The numbers of items, by their first lines.
    private var numbers: [Int: Int] = [:]

    init(_ manuscript: Manuscript) {
        let cells = manuscript.notebook.cells.map(\.lines)
        for child in manuscript.document.root.children where child.typeName == "list" { visit(child, cells) }
    }

    /// The text of line `number` as it stands in a notebook's Markdown.
    func line(_ number: Int, _ text: String) -> String {
        let blanks = min(indents[number] ?? 0, text.prefix { $0 == " " }.count)
        let rest = text.dropFirst(blanks)
        guard let wanted = numbers[number], let match = rest.firstMatch(of: /^( *)[0-9]+(?=[.)])/) else {
            return String(rest)
        }
        return "\(match.1)\(wanted)" + rest[match.range.upperBound...]
    }

    private mutating func visit(_ list: MarkdownNode, _ cells: [Range<Int>]) {
        let isOrdered = cmark_node_get_list_type(list.pointer) == CMARK_ORDERED_LIST
        let start = Int(cmark_node_get_list_start(list.pointer))
        var hasCell = false
        for (index, item) in list.children.enumerated() {
            if hasCell, isOrdered { numbers[item.lines.lowerBound] = start + index }
            guard let first = cells.first(where: { item.lines.contains($0.lowerBound) }) else { continue }
            hasCell = true
            // An item that holds the line more closely comes later, and takes more away.
            let width = (item.children.first?.column ?? 1) - 1
            for line in first.upperBound..<max(first.upperBound, item.lines.upperBound) { indents[line] = width }
            for child in item.children where child.typeName == "list" { visit(child, cells) }
        }
    }
}
