/// A value that is on record, in the midst of prose, written `` `{record mnist} C06 / 300 units / effect` ``.
///
/// It is looked up when the page is made, so that an opening sentence can say what cells below it found, or what another edition
/// or notebook has on record. Nothing of it belongs to the notebook's own record.
public struct RecordedValue: Sendable, Hashable {
    /// The notebook whose record has it; `nil` for the one that it stands in.
    public let notebook: String?
    /// The edition whose record has it; `nil` for the one that is being made.
    public let edition: String?
    /// Where it is in the record, from the claim or the cell's label on.
    public let path: [String]
    /// Where it stands: its opening backtick.
    public let position: SourcePosition
    /// What stands in the source, from backtick to backtick, in bytes.
    public let length: Int

    static let mark = "{record"
    /// How a value on record begins in a notebook's text.
    public static let opening = "`" + mark

    /// Reads what stands between the backticks: in braces the edition, or the notebook, or the notebook and the edition.
    init?(_ literal: String, editions: Set<String>, position: SourcePosition, length: Int) {
        // Names of files in a book: neither may lead out of its folder.
        let pattern = /\{record((?:\s+[^\s{}\/.][^\s{}\/]*){0,2})\s*\}\s+(.*\S)\s*/
        guard let match = literal.wholeMatch(of: pattern) else { return nil }
        let words = match.1.split(whereSeparator: \.isWhitespace).map(String.init)
        switch words.count {
        case 0: (notebook, edition) = (nil, nil)
        case 1: (notebook, edition) = editions.contains(words[0]) ? (nil, words[0]) : (words[0], nil)
        default: (notebook, edition) = (words[0], words[1])
        }
        path = match.2.split(separator: /\s+\/\s+/).map(String.init)
        self.position = position
        self.length = length
    }
}

extension Notebook {
    /// The notebook with a zero in place of each recorded value, and blanks behind it, so that all else stands where it stood: its
    /// prose can be looked through before anything is known.
    public var withoutRecordedValues: Notebook {
        filled { "0" + String(repeating: " ", count: $0.length - 1) }
    }

    /// The notebook with its recorded values in their places.
    ///
    /// - Parameter words: a value as text; `nil` leaves it as it is written.
    public func filled(with words: (RecordedValue) -> String?) -> Notebook {
        guard !recordedValues.isEmpty else { return self }
        var lines = SourceLines(text).lines.map(String.init)
        // From the last to the first, so that the columns before stay right.
        for value in recordedValues.reversed() {
            guard let words = words(value) else { continue }
            var bytes = Array(lines[value.position.line - 1].utf8)
            let start = value.position.column - 1
            bytes.replaceSubrange(start..<start + value.length, with: asMarkdown(words).utf8)
            lines[value.position.line - 1] = String(decoding: bytes, as: UTF8.self)
        }
        return Notebook.parsed(
            NotebookText(lines.joined(), origins: origins), name: name, path: path, frontMatter: frontMatter
        ).notebook.showing(typography)
    }
}

/// Text that Markdown reads as itself, in a line.
private func asMarkdown(_ text: String) -> String {
    String(
        text.flatMap { character -> [Character] in
            if character.isNewline { return [" "] }
            return "\\`*_{}[]<>#|~^$@!&:\"'".contains(character) ? ["\\", character] : [character]
        })
}
