/// A value in the midst of prose, written `` `{swift} expression` ``.
public struct InlineValue: Sendable, Hashable {
    /// Place among the notebook's inline values, counted from 1.
    public let number: Int
    /// What is evaluated: one Swift expression.
    public let expression: String
    /// Where it stands: its opening backtick.
    public let position: SourcePosition
    /// Where the expression starts.
    public let expressionPosition: SourcePosition
    /// What stands in the source, from backtick to backtick, in bytes.
    public let length: Int
    /// How many cells stand above it; it is evaluated behind the last of them.
    public let cellsAbove: Int

    /// How an inline value begins, behind its backtick.
    public static let mark = "{swift}"

    /// The values in the order of their places, numbered by it.
    static func numbered(_ values: [InlineValue]) -> [InlineValue] {
        values.sorted { $0.position < $1.position }.enumerated().map { index, value in
            InlineValue(
                number: index + 1, expression: value.expression, position: value.position,
                expressionPosition: value.expressionPosition, length: value.length, cellsAbove: value.cellsAbove)
        }
    }
}

extension Notebook {
    /// A diagnostic of an inline value's record, placed in the notebook's own lines.
    public func placed(_ diagnostic: Diagnostic, of value: InlineValue) -> Diagnostic {
        if let cell = diagnostic.cell.flatMap({ number in cells.first { $0.number == number } }) {
            return cell.placed(diagnostic)
        }
        var placed = diagnostic
        placed.position = value.expressionPosition
        placed.position.column += diagnostic.position.column - 1
        return placed
    }
}

/// Finds a notebook's inline values, and the values on record that its prose shows.
struct InlineValueFinder {
    private let source: SourceLines
    private let cells: [Cell]
    /// How many lines stand before the parsed document.
    private let linesBefore: Int
    /// The bytes of each line that are taken by values found there.
    private var taken: [Int: [Range<Int>]] = [:]
    private var found: [InlineValue] = []
    private var recorded: [RecordedValue] = []
    /// What a recorded value may name as its edition.
    private let editions: Set<String>
    private(set) var problems: [Diagnostic] = []
    private static let mostOnALine = 100

    init(
        in document: MarkdownDocument, linesBefore: Int, source: SourceLines, cells: [Cell], editions: Set<String> = []
    ) {
        self.source = source
        self.editions = editions.union(["default"])
        self.cells = cells
        self.linesBefore = linesBefore
        visit(document.root)
    }

    /// The values in the order of their places.
    var values: [InlineValue] { InlineValue.numbered(found) }
    var recordedValues: [RecordedValue] { recorded.sorted { $0.position < $1.position } }

    private mutating func visit(_ node: MarkdownNode) {
        if node.typeName == "code" {
            let literal = node.literal
            for mark in [InlineValue.mark, RecordedValue.mark] where literal.hasPrefix(mark) {
                let next = literal.dropFirst(mark.count).first
                if next.map({ $0.isWhitespace || mark == RecordedValue.mark && $0 == "}" }) ?? true { read(node) }
            }
        }
        for child in node.children { visit(child) }
    }

    private mutating func read(_ node: MarkdownNode) {
        let line = node.lines.lowerBound + linesBefore
        // Each is looked for among those before it.
        guard taken[line, default: []].count < InlineValueFinder.mostOnALine else {
            let message = "a line may have \(InlineValueFinder.mostOnALine) inline values: break it"
            if problems.last?.message != message {
                problems.append(Diagnostic(.error, at: SourcePosition(line: line), message))
            }
            return
        }
        let bytes = Array(source.content(line).utf8)
        guard let span = span(of: node.literal, on: line, bytes) else {
            let message = "an inline value must stand on one line, between single backticks"
            problems.append(Diagnostic(.error, at: SourcePosition(line: line), message))
            return
        }
        taken[line, default: []].append(span)
        let position = SourcePosition(line: line, column: span.lowerBound + 1)
        if node.literal.hasPrefix(RecordedValue.mark) {
            readRecorded(node.literal, at: position, length: span.count)
        } else {
            readExpression(node.literal, at: position, length: span.count)
        }
    }

    private mutating func readRecorded(_ literal: String, at position: SourcePosition, length: Int) {
        guard let value = RecordedValue(literal, editions: editions, position: position, length: length) else {
            let message =
                "this value on record does not say where it is: write `{record} LABEL / ROW / COLUMN` of a table, or "
                + "`{record} CLAIM / SETTING / effect`; in the braces may follow a notebook, an edition, or both"
            problems.append(Diagnostic(.error, at: position, message))
            return
        }
        recorded.append(value)
    }

    private mutating func readExpression(_ literal: String, at position: SourcePosition, length: Int) {
        let expression = literal.dropFirst(InlineValue.mark.count).drop(while: \.isWhitespace)
        guard !expression.isEmpty else {
            problems.append(Diagnostic(.error, at: position, "this inline value has no expression"))
            return
        }
        if let problem = CodeBounds.problem(in: String(expression)) {
            problems.append(Diagnostic(.error, at: position, problem.message))
        }
        let lead = literal.utf8.count - expression.utf8.count
        found.append(
            InlineValue(
                number: 0, expression: String(expression), position: position,
                expressionPosition: SourcePosition(line: position.line, column: position.column + 1 + lead),
                length: length, cellsAbove: cells.count { $0.lines.upperBound <= position.line }))
    }

    /// The bytes of a code span on a line: the next that is not taken. (The library's own columns are wrong where lines
    /// are indented, and behind an escaped bar in a table.)
    private func span(of literal: String, on line: Int, _ bytes: [UInt8]) -> Range<Int>? {
        let tick = UInt8(ascii: "`")
        for spelling in [literal, literal.replacing("|", with: "\\|")] {
            let code = [tick] + Array(spelling.utf8) + [tick]
            var start = 0
            while let range = bytes[start...].firstRange(of: code) {
                start = range.lowerBound + 1
                let isAlone =
                    (range.lowerBound == 0 || bytes[range.lowerBound - 1] != tick)
                    && (range.upperBound == bytes.count || bytes[range.upperBound] != tick)
                if isAlone, !(taken[line] ?? []).contains(where: { $0.overlaps(range) }) { return range }
            }
        }
        return nil
    }
}
