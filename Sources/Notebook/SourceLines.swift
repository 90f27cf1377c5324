/// A text cut into lines, each with its line ending, as CommonMark counts them: `\n`, `\r\n` or `\r` ends a line.
public struct SourceLines: Sendable {
    /// The lines in order; joined they are the text, byte for byte.
    public let lines: [Substring]

    /// Cuts a text after each end of line, `\n` or `\r\n`.
    public init(_ text: String) {
        // Line endings are single bytes, and to look at bytes is ten times as fast as to look at characters.
        var lines: [Substring] = []
        let bytes = text.utf8
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            var next = bytes.index(after: end)
            if bytes[end] == 0x0D, next < bytes.endIndex, bytes[next] == 0x0A { next = bytes.index(after: next) }
            lines.append(text[start..<next])
            start = next
        }
        if start < bytes.endIndex { lines.append(text[start...]) }
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
