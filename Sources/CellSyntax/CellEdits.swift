/// Changes to a cell's code that leave every other token its line, and its column as far as that can be.
///
/// Words before a declaration or a statement, and behind an expression, stand on lines of their own, so that nothing
/// moves. Words in the midst of a line push the rest of it to the right; the edits remember by how much.
struct CellEdits {
    private let code: [UInt8]
    private let file: String
    /// The number of the code's first line.
    private let firstLine: Int
    private var edits: [(offset: Int, edit: Edit)] = []

    private enum Edit {
        case blank(end: Int)
        case before(String)
        case behind(String)
        case replaced(end: Int, by: String)

        var rank: Int {
            switch self {
            case .blank: 0
            case .behind: 1
            case .before: 2
            case .replaced: 3
            }
        }
    }

    init(code: String, file: String, firstLine: Int) {
        self.code = Array(code.utf8)
        self.file = file
        self.firstLine = firstLine
    }

    /// Replaces a stretch by spaces, but for its line endings.
    mutating func blank(_ range: Range<Int>) {
        var start = range.lowerBound
        for line in code[range].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            edits.append((start, .blank(end: start + line.count)))
            start += line.count + 1
        }
    }

    /// Puts `words` before the declaration or statement at `offset`.
    mutating func put(_ words: String, before offset: Int) {
        for index in edits.indices where edits[index].offset == offset {
            guard case .before(let others) = edits[index].edit else { continue }
            edits[index].edit = .before(others + " " + words)
            return
        }
        edits.append((offset, .before(words)))
    }

    /// Puts `words` behind what ends at `offset`.
    mutating func put(_ words: String, behind offset: Int) { edits.append((offset, .behind(words))) }

    /// Puts `words` in place of a stretch without line endings.
    mutating func replace(_ range: Range<Int>, by words: String) {
        edits.append((range.lowerBound, .replaced(end: range.upperBound, by: words)))
    }

    /// Puts `words` into the line at `offset`.
    mutating func insert(_ words: String, at offset: Int) { replace(offset..<offset, by: words) }

    /// The edited code, and what has been pushed aside in it.
    var result: (text: String, displacements: [Displacement]) {
        var text = location(firstLine)
        var displacements: [Displacement] = []
        var done = 0
        func copy(to end: Int) {
            text += String(decoding: code[done..<max(done, end)], as: UTF8.self)
            done = max(done, end)
        }
        for item in ordered {
            copy(to: item.offset)
            let (line, column) = place(of: item.offset)
            switch item.edit {
            case .blank(let end):
                text += String(repeating: " ", count: end - item.offset)
                done = end
            case .before(let words):
                // The directive gives the words the line before, so that what stands behind them is on its own; among
                // the arguments of a call no directive may stand.
                let indent = column - 1 + max(done, item.offset) - item.offset
                text += "\n" + location(line - 1) + words + "\n" + String(repeating: " ", count: indent)
            case .behind(let words):
                text += "\n" + words + "\n" + location(line)
            case .replaced(let end, let words):
                let missing = end - item.offset - words.utf8.count
                text += words + String(repeating: " ", count: max(0, missing))
                if missing < 0 { displacements.append(Displacement(line: line, column: column, by: -missing)) }
                done = max(done, end)
            }
        }
        copy(to: code.count)
        return (text, displacements)
    }

    /// From the code's start to its end; where several stand at one place, what ends there comes before what begins.
    private var ordered: [(offset: Int, edit: Edit)] {
        edits.enumerated().sorted { first, second in
            (first.element.offset, first.element.edit.rank, first.offset)
                < (second.element.offset, second.element.edit.rank, second.offset)
        }.map(\.element)
    }

    private func place(of offset: Int) -> (line: Int, column: Int) {
        let start = (code[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        return (firstLine + code[..<offset].count { $0 == UInt8(ascii: "\n") }, offset - start + 1)
    }

    private func location(_ line: Int) -> String { "#sourceLocation(file: \"\(file)\", line: \(line))\n" }
}

/// Words in the midst of a line that its author did not write.
public struct Displacement: Equatable, Sendable {
    /// The line, as the compiler counts.
    public let line: Int
    /// The column in bytes, from 1, of what the words pushed to the right.
    public let column: Int
    /// How many bytes the words take.
    public let by: Int

    /// A displacement of `by` bytes on a line.
    public init(line: Int, column: Int, by: Int) {
        self.line = line
        self.column = column
        self.by = by
    }
}

extension [Displacement] {
    /// The column in the cell's own text of what the compiler finds at `column` of `line`.
    public func ownColumn(of column: Int, line: Int) -> Int {
        // From the left: each stands where it would without those behind it.
        filter { $0.line == line }.reduce(column) { column, words in
            column < words.column ? column : Swift.max(words.column, column - words.by)
        }
    }
}
