/// A notebook in another language: its own cells, options and values between the prose of a file beside it.
///
/// The translation holds no code. A fence `{cell} LABEL` stands for the cell of that label, so that nothing that is run can
/// differ, and one record serves all languages.
public struct Translation: Sendable {
    /// What is woven: the original's cells in the translated prose. Its lines are those of a text that was put together.
    public let notebook: Notebook
    /// For each value in its prose, the place of that value among the original's.
    public let values: [Int]
    /// All that is wrong with the translation, in its file's own lines.
    public let problems: [Diagnostic]
    /// The line of the translation's file that each line of the notebook's text comes from.
    private let origins: [Int]

    /// - Parameters:
    ///   - original: in order.
    ///   - text: the translation's.
    ///   - path: the translation's file, as messages are to name it.
    ///   - typography: how typed signs stand in its prose.
    public init(of original: Notebook, text: String, path: String, typography: Typography = .typed) {
        var problems: [Diagnostic] = []
        let source = SourceLines(text)
        let heading = TranslatedFrontMatter(source, of: original, &problems)
        let document = MarkdownDocument(source.text(heading.bodyLine..<source.lines.count + 1))
        if let problem = document.problem { problems.append(problem.moved(by: heading.bodyLine - 1)) }
        let references = CellReference.all(in: document, source, linesBefore: heading.bodyLine - 1, &problems)
        let cells = CellAlignment(references, with: original, endLine: max(1, source.lines.count))
        problems += cells.problems

        var assembly = AssembledText()
        var next = 1
        for (reference, cell) in cells.pairs {
            assembly.append(source, next..<reference.lines.lowerBound)
            assembly.append(reference, cell, &problems)
            next = reference.lines.upperBound
        }
        assembly.append(source, next..<source.lines.count + 1)
        let (woven, found) = Notebook.parsed(
            assembly.text, name: original.name, path: path, frontMatter: heading.frontMatter)
        notebook = woven.showing(typography)
        origins = assembly.origins
        values = woven.inlineValues.map { value in
            if let place = original.place(of: value) { return place }
            let message =
                "`\(original.path)` has no value `{swift} \(value.expression)`: a translation shows the values of its original"
            problems.append(Diagnostic(.error, at: value.position, message).placed(in: assembly.origins))
            return 0
        }
        self.problems = (problems + found.map { $0.placed(in: assembly.origins) }).sorted { $0.position < $1.position }
    }

    /// A diagnostic of the woven notebook, in the lines of the translation's file.
    public func placed(_ diagnostic: Diagnostic) -> Diagnostic { diagnostic.placed(in: origins) }

    /// The original's record, with its values where the translation has them.
    public func arranged(_ record: Record) -> Record {
        var record = record
        let known = record.values ?? []
        record.values = notebook.inlineValues.isEmpty ? nil : values.filter(known.indices.contains).map { known[$0] }
        return record
    }
}

extension Diagnostic {
    fileprivate func placed(in origins: [Int]) -> Diagnostic {
        guard origins.indices.contains(position.line - 1) else { return self }
        var placed = self
        placed.position.line = origins[position.line - 1]
        return placed
    }
}

extension Notebook {
    /// Where among the values is one that a translation shows: of several alike the one behind the same cell.
    fileprivate func place(of value: InlineValue) -> Int? {
        let alike = inlineValues.indices.filter { inlineValues[$0].expression == value.expression }
        return alike.first { inlineValues[$0].cellsAbove == value.cellsAbove } ?? alike.first
    }
}

/// The text that is woven, put together line by line.
private struct AssembledText {
    private(set) var text = ""
    /// The line of the translation that each line comes from.
    private(set) var origins: [Int] = []

    mutating func append(_ source: SourceLines, _ lines: Range<Int>) {
        guard !lines.isEmpty else { return }
        text += source.text(lines)
        origins += Array(lines)
    }

    /// The cell in the place of what stands for it, as far indented.
    mutating func append(_ reference: CellReference, _ cell: Cell, _ problems: inout [Diagnostic]) {
        let options = reference.options(for: cell, &problems)
        let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        let longest =
            (options.map(\.text) + code).map { line in
                line.drop { $0 == " " }.prefix { $0 == "`" }.count
            }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        let first = reference.lines.lowerBound
        let ends = (opening: (text: fence + "swift", line: first), closing: (text: fence, line: first))
        let lines = [ends.opening] + options + code.map { (text: $0, line: first) } + [ends.closing]
        for (index, line) in lines.enumerated() {
            text += (index == 0 ? reference.lead : reference.margin) + line.text + "\n"
            origins.append(line.line)
        }
    }
}
