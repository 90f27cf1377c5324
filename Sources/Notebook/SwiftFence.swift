import CCMarkGFM

/// A fence of Swift as it stands in a notebook: at the line's start, in a list or in a quotation.
struct SwiftFence {
    /// All lines of the fence, counted from 1 in the notebook.
    let lines: Range<Int>
    /// The lines between its marks, without what stands before them there: indentation and the marks of quotations.
    let content: [String]
    let isClosed: Bool
    /// Where its marks begin.
    let column: Int
    /// Whether it stands in a list or a quotation.
    let isNested: Bool

    /// The fences of Swift in `document`, in order; those in footnotes are none.
    static func all(in document: MarkdownDocument, _ source: SourceLines, linesBefore: Int) -> [SwiftFence] {
        var blocks: [(node: MarkdownNode, isNested: Bool)] = []
        func visit(_ node: MarkdownNode, isNested: Bool) {
            if node.type == CMARK_NODE_CODE_BLOCK { blocks.append((node, isNested)) }
            guard node.type != CMARK_NODE_FOOTNOTE_DEFINITION else { return }
            for child in node.children { visit(child, isNested: isNested || node.type != CMARK_NODE_DOCUMENT) }
        }
        visit(document.root, isNested: false)
        let starts = Set(blocks.map { $0.node.lines.lowerBound + linesBefore })
        return blocks.filter(\.node.isSwiftFence).map { node, isNested in
            isNested
                ? SwiftFence(nested: node, source, linesBefore: linesBefore, starts: starts)
                : SwiftFence(atTop: node, source, linesBefore: linesBefore)
        }
    }

    private init(atTop node: MarkdownNode, _ source: SourceLines, linesBefore: Int) {
        let known = node.lines
        lines = known.lowerBound + linesBefore..<min(known.upperBound + linesBefore, source.lines.count + 1)
        let opening = source.content(lines.lowerBound)
        let indent = opening.prefix { $0 == " " }.count
        let (mark, length) = node.fenceMarks
        isClosed = lines.count > 1 && SwiftFence.closes(source.content(lines.upperBound - 1), mark, length)
        content = (lines.lowerBound + 1..<(isClosed ? lines.upperBound - 1 : lines.upperBound)).map { number in
            let line = source.content(number)
            return String(line.dropFirst(min(indent, line.prefix { $0 == " " }.count)))
        }
        column = indent + 1
        isNested = false
    }

    /// - Parameter starts: the lines on which a block of code begins.
    private init(nested node: MarkdownNode, _ source: SourceLines, linesBefore: Int, starts: Set<Int>) {
        let first = node.lines.lowerBound + linesBefore
        let literal = SourceLines(node.literal)
        content = literal.lines.indices.map { String(literal.content($0 + 1)) }
        // What the library calls the last line of a block that nothing closes may be the next block's first.
        let end = min(first + 1 + content.count, source.lines.count + 1)
        let (mark, length) = node.fenceMarks
        isClosed =
            end <= source.lines.count && !starts.contains(end)
            && SwiftFence.closes(source.content(end).drop { " \t>".contains($0) }, mark, length)
        lines = first..<(isClosed ? end + 1 : end)
        column = node.column
        isNested = true
    }

    private static func closes(_ line: Substring, _ mark: Character, _ length: Int) -> Bool {
        let indent = line.prefix { $0 == " " }.count
        let marks = line.trimmingTrailingSpace.dropFirst(indent)
        return indent < 4 && marks.count >= length && marks.allSatisfy { $0 == mark }
    }
}

extension MarkdownNode {
    /// The mark that a fence is made of, and how many there are.
    fileprivate var fenceMarks: (mark: Character, length: Int) {
        var length: CInt = 3
        var offset: CInt = 0
        var mark = CChar(UInt8(ascii: "`"))
        cmark_node_get_fenced(pointer, &length, &offset, &mark)
        return (Character(Unicode.Scalar(UInt8(bitPattern: mark))), Int(length))
    }
}

extension Cell {
    static let optionMark = "//|"

    /// Reads a cell, and tells all that is wrong with its text.
    static func parse(number: Int, fence: SwiftFence, source: SourceLines) -> (Cell, [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let firstLine = fence.lines.lowerBound + 1
        if !fence.isClosed {
            let position = SourcePosition(line: fence.lines.lowerBound, column: fence.column)
            let cure = fence.isNested ? ": close it as far indented, or behind as many `>`, as it was opened" : ""
            diagnostics.append(Diagnostic(.error, at: position, "this fence is never closed" + cure))
        }
        // What stands before the code on each line, so that messages name the notebook's columns.
        let margins = fence.content.enumerated().map { index, line in
            max(0, source.content(firstLine + index).utf8.count - line.utf8.count)
        }
        let optionCount = fence.content.prefix { $0.hasPrefix(optionMark) }.count
        // `//|label: x` means `//| label: x`; one space more keeps every column but its own.
        let marks = fence.content.prefix(optionCount).map { $0.dropFirst(optionMark.count) + "\n" }
        let yaml = marks.map { $0.first?.isWhitespace == false ? " " + $0 : String($0) }.joined()
        let (options, problems) = CellOptions.parse(
            yaml: yaml, firstLine: firstLine, column: (margins.first ?? 0) + optionMark.count + 1)
        let code = fence.content.dropFirst(optionCount)
        let cell = Cell(
            number: number, lines: fence.lines, codeLine: firstLine + optionCount,
            code: code.map { $0 + "\n" }.joined(), options: options,
            optionLines: fence.content.prefix(optionCount).map { $0 + "\n" }.joined(),
            margins: margins.contains { $0 > 0 } ? Array(margins.dropFirst(optionCount)) : [])
        let late = code.indices.filter { code[$0].hasPrefix(optionMark) }.map { index in
            Diagnostic(
                .error, at: SourcePosition(line: firstLine + index, column: margins[index] + 1),
                "options stand at a cell's top, above its code; indent this line if it is a comment")
        }
        let bounds = CodeBounds.problem(in: cell.code).map(cell.placed)
        return (cell, diagnostics + problems + late + [bounds].compactMap(\.self))
    }

    /// A diagnostic of the cell's code, placed in the notebook's lines and columns.
    func placed(_ diagnostic: Diagnostic) -> Diagnostic {
        var placed = diagnostic.moved(by: codeLine - 1)
        let index = diagnostic.position.line - 1
        if margins.indices.contains(index) { placed.position.column += margins[index] }
        return placed
    }
}
