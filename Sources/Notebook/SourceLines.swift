/// A text cut into lines, each with its line ending, as CommonMark counts them: `\n`, `\r\n` or `\r` ends a line.
public struct SourceLines: Sendable {
    /// The lines in order; joined they are the text, byte for byte.
    public let lines: [Substring]

    public init(_ text: String) {
        var lines: [Substring] = []
        var start = text.startIndex
        // A Character, because `\r\n` is one.
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if text[index] == "\n" || text[index] == "\r\n" || text[index] == "\r" {
                lines.append(text[start..<next])
                start = next
            }
            index = next
        }
        if start < text.endIndex { lines.append(text[start...]) }
        self.lines = lines
    }

    /// The text of lines `range`, counted from 1, with their line endings.
    public func text(_ range: Range<Int>) -> String {
        lines[(range.lowerBound - 1)..<(range.upperBound - 1)].joined()
    }

    /// Line `number`, counted from 1, without its line ending; the first also without a byte order mark.
    public func content(_ number: Int) -> Substring {
        var line = lines[number - 1]
        if number == 1 && line.first == "\u{FEFF}" { line.removeFirst() }
        guard let last = line.last, last == "\n" || last == "\r\n" || last == "\r" else { return line }
        return line.dropLast()
    }
}
