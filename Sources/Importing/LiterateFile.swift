import Notebook

/// Markdown with cells as Quarto, R Markdown and MyST have them, read line by line.
struct LiterateFile {
    private let lines: [String]
    /// Whether fences of Swift without braces are cells; in Quarto they are code that is shown only.
    private let runsPlainFences: Bool

    init(_ text: String, runsPlainFences: Bool) {
        let source = SourceLines(text)
        lines = source.lines.indices.map { String(source.content($0 + 1)) }
        self.runsPlainFences = runsPlainFences
    }

    /// The notebook's text; `notes` tell what was left out, at its line.
    func markdown(_ notes: inout [Diagnostic]) -> String {
        var result: [String] = []
        var next = 0
        if lines.first == "---",
            let end = lines.indices.dropFirst().first(where: { lines[$0] == "---" || lines[$0] == "..." })
        {
            result += ForeignFrontMatter(Array(lines[1..<end])).lines(&notes)
            next = end + 1
        }
        while next < lines.count {
            guard let opening = FenceOpening(lines[next]) else {
                note(lines[next], at: next + 1, &notes)
                // MyST's mark between cells.
                if lines[next] != "+++" { result.append(lines[next]) }
                next += 1
                continue
            }
            let end = (next + 1..<lines.count).first { opening.isClosed(by: lines[$0]) } ?? lines.count
            result += cell(opening, at: next, end: end, &notes)
            next = end + 1
        }
        return result.map { $0 + "\n" }.joined()
    }

    /// The lines of a fence that begins at `start`, and whose last mark is at `end`.
    private func cell(_ opening: FenceOpening, at start: Int, end: Int, _ notes: inout [Diagnostic]) -> [String] {
        let content = Array(lines[start + 1..<end])
        let closing = end < lines.count ? [lines[end]] : []
        guard let language = opening.cellLanguage else {
            let isShownOnly = opening.isPlainSwift && !runsPlainFences && !content.contains { $0.hasPrefix("//|") }
            return [lines[start]] + (isShownOnly ? [opening.indent + "//| eval: false"] : []) + content + closing
        }
        let options = ForeignOptions(header: opening.options, content: content, line: start + 1, indent: opening.indent)
        guard language == "swift" else {
            let label = options.entries.first { $0.name == "label" }?.value
            let what = label.map { ", so that there is nothing `@\($0)` could refer to" } ?? ""
            let shown =
                ["mermaid", "dot"].contains(language) ? "" : "the cell of \(language) is shown and not run\(what)"
            if !shown.isEmpty { notes.append(Diagnostic(.warning, at: SourcePosition(line: start + 1), shown)) }
            return [opening.indent + opening.marks + language] + options.code + closing
        }
        return [opening.indent + opening.marks + "swift"] + options.lines(&notes) + options.code + closing
    }

    private func note(_ line: String, at number: Int, _ notes: inout [Diagnostic]) {
        func add(_ words: String) { notes.append(Diagnostic(.warning, at: SourcePosition(line: number), words)) }
        if line.contains("{{<") { add("kdbook has no shortcodes `{{< … >}}`; write out what it stands for") }
        if line.firstMatch(of: /`(?:r |\{(?:r|python|julia|ojs)\} )[^`]+`/) != nil {
            add("a value of another language in a sentence is shown as code; write it as `{swift} …`")
        }
    }
}

/// The line that a fence begins with.
struct FenceOpening {
    let indent: String
    let marks: String
    /// The language of a cell, as in `{swift}`; `nil` for code that is shown only.
    let cellLanguage: String?
    /// What stands behind the language in the braces.
    let options: String
    let isPlainSwift: Bool

    init?(_ line: String) {
        guard let match = line.wholeMatch(of: /([ >]*)(`{3,}|~{3,})[ \t]*(.*)/) else { return nil }
        let info = String(match.3).trimmingSpaces
        if match.2.first == "`", info.contains("`") { return nil }
        indent = String(match.1)
        marks = String(match.2)
        isPlainSwift = info.split(separator: " ").first?.lowercased() == "swift"
        if let cell = info.wholeMatch(of: /\{([A-Za-z][A-Za-z0-9_+#-]*)([ ,].*)?\}/), cell.1 != "code-cell" {
            cellLanguage = cell.1.lowercased()
            options = cell.2.map { String($0) } ?? ""
        } else if let cell = info.wholeMatch(of: /\{code-cell\}[ \t]*([A-Za-z0-9]*).*/) {
            cellLanguage = cell.1.isEmpty ? "python" : cell.1.lowercased().replacing("ipython3", with: "python")
            options = ""
        } else {
            cellLanguage = nil
            options = ""
        }
    }

    func isClosed(by line: String) -> Bool {
        let rest = line.drop { $0 == " " || $0 == ">" }
        let end = String(rest).trimmingSpaces
        return end.count >= marks.count && end.allSatisfy { $0 == marks.first }
    }
}

extension String {
    var trimmingSpaces: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(
            start[..<(start.lastIndex { $0 != " " && $0 != "\t" }.map(start.index(after:)) ?? start.startIndex)])
    }
}
