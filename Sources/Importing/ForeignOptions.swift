import Notebook

/// The options of a cell in Quarto's or R Markdown's notation: in the braces, as lines `#| name: value`, or as MyST's `:name: value`.
struct ForeignOptions {
    struct Entry {
        let name: String
        /// As YAML.
        let value: String
        /// Lines that go on with the value.
        var further: [String] = []
        let line: Int
    }

    private(set) var entries: [Entry] = []
    /// The content below the lines of options.
    private(set) var code: [String]
    private let indent: String

    init(header: String, content: [String], line: Int, indent: String) {
        self.indent = indent
        code = content
        entries = Self.headerEntries(header, line: line)
        while let first = code.first, let option = Self.option(first, behind: indent) {
            let place = line + 1 + content.count - code.count
            if let match = option.wholeMatch(of: /([A-Za-z][A-Za-z0-9_.-]*):[ \t]*(.*)/) {
                entries.append(Entry(name: Self.name(match.1), value: String(match.2), line: place))
            } else if !entries.isEmpty {
                entries[entries.count - 1].further.append(option)
            }
            code.removeFirst()
        }
    }

    /// What an option line says; `nil` for a line of code.
    private static func option(_ line: String, behind indent: String) -> String? {
        let text = line.hasPrefix(indent) ? line.dropFirst(indent.count) : line[...]
        for mark in ["#|", "//|", "%%|"] where text.hasPrefix(mark) {
            let rest = text.dropFirst(mark.count)
            return String(rest.first == " " ? rest.dropFirst() : rest)
        }
        guard let match = text.wholeMatch(of: /:([a-z][a-z0-9_-]*):[ \t]*(.*)/) else { return nil }
        return "\(match.1): \(match.2)"
    }

    /// `label, echo=FALSE, fig.cap="Of all"`.
    private static func headerEntries(_ header: String, line: Int) -> [Entry] {
        var entries: [Entry] = []
        for match in header.matches(of: /([A-Za-z][A-Za-z0-9_.-]*)(?:[ ]*=[ ]*("[^"]*"|'[^']*'|[^,\s]+))?/) {
            guard let value = match.2 else {
                if entries.isEmpty { entries.append(Entry(name: "label", value: String(match.1), line: line)) }
                continue
            }
            let words: [Substring: String] = ["TRUE": "true", "FALSE": "false", "T": "true", "F": "false"]
            entries.append(Entry(name: name(match.1), value: words[value] ?? String(value), line: line))
        }
        return entries
    }

    /// R Markdown has dots where Quarto has dashes.
    private static func name(_ text: Substring) -> String { String(text).replacing(".", with: "-") }

    /// The options that kdbook knows, as its lines.
    func lines(_ notes: inout [Diagnostic]) -> [String] {
        var lines: [String] = []
        for entry in entries {
            guard CellOptions.names.contains(entry.name) else {
                let words = "kdbook has no option `\(entry.name)`; it is left out"
                notes.append(Diagnostic(.warning, at: SourcePosition(line: entry.line), words))
                continue
            }
            lines.append("\(indent)//| \(entry.name): \(entry.value)")
            lines += entry.further.map { "\(indent)//| \($0)" }
        }
        return lines
    }
}
