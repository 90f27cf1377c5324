import Notebook

/// Footnotes, callouts and tabs as Markdown that Jupyter shows: it knows none of them.
struct JupyterNotation {
    private let insertions: Insertions
    /// The numbers of footnotes, by their names, in the order of the page.
    private var numbers: [Substring: Int] = [:]
    /// The footnotes that stand in the line, which come at the end.
    private(set) var lastNotes: [Int] = []
    private let alerts: Set<Int>
    /// The lines of line blocks, and those that begin a definition.
    private let verses, definitions: Set<Int>
    /// The lines of code, and those of tables.
    let code, tables: Set<Int>

    init(_ manuscript: Manuscript, _ source: SourceLines) {
        insertions = manuscript.insertions
        let last = SourceLines(manuscript.notebook.text).lines.count
        for node in manuscript.document.root.children where node.typeName == "footnote_definition" {
            let line = node.lines.lowerBound
            guard let match = source.content(line).firstMatch(of: /\[\^([^\]\s]+)\]:/) else { continue }
            numbers[match.1] = numbers.count + 1
            if line > last { lastNotes.append(line) }
        }
        var alerts: Set<Int> = []
        var verses: Set<Int> = []
        var definitions: Set<Int> = []
        var code: Set<Int> = []
        var tables: Set<Int> = []
        func visit(_ node: MarkdownNode) {
            if node.alert != nil { alerts.insert(node.lines.lowerBound) }
            if node.typeName == "code_block" { code.formUnion(node.lines) }
            if node.typeName == "table" { tables.formUnion(node.lines) }
            if node.isLineBlock {
                verses.formUnion(node.lines)
            } else if node.typeName == "paragraph" {
                for (index, line) in node.textLines.enumerated() where line.first?.isDefinitionMark == true {
                    if index > 0 || node.previous?.typeName == "paragraph" {
                        definitions.insert(node.lines.lowerBound + index)
                    }
                }
            }
            node.children.forEach(visit)
        }
        visit(manuscript.document.root)
        self.alerts = alerts
        self.verses = verses
        self.definitions = definitions
        (self.code, self.tables) = (code, tables)
    }

    /// The text of a line that is a directive's; `nil` for any other.
    func directive(_ line: String) -> String? {
        guard let match = line.firstMatch(of: Directive.commentPattern) else { return nil }
        let before = line[..<match.range.lowerBound]
        switch insertions.directive(String(match.0)) {
        case .callout(let kind, let title): return "\(before)**\(title.map(JupyterProse.literal) ?? kind.name)**\n\n"
        case .tabset, .end: return "\(before)\n"
        case nil: return nil
        }
    }

    /// Line `number` with numbers in place of footnotes' names, and the name of an alert in the place of its mark.
    func line(_ number: Int, _ text: String) -> String {
        var text = text
        if alerts.contains(number), let match = text.firstMatch(of: /\[!([A-Za-z]+)\][+-]?[ \t]*(.*)/) {
            let name = Callout(rawValue: match.1.lowercased())?.name ?? String(match.1)
            text.replaceSubrange(match.range, with: "**\(match.2.isEmpty ? name : String(match.2))**  ")
        }
        if verses.contains(number), let match = text.firstMatch(of: /\| ( *)(.*)/) {
            text.replaceSubrange(match.range, with: String(repeating: "&nbsp;", count: match.1.count) + match.2 + "  ")
        }
        if definitions.contains(number), let mark = text.firstIndex(of: ":") {
            // A list, which may stand right behind the term.
            text.replaceSubrange(mark...mark, with: "-")
        }
        guard text.contains("[^") else { return text }
        return text.replacing(/\[\^([^\]\s]+)\](:?)/) { match in
            numbers[match.1].map { "<sup>\($0)</sup>" } ?? String(match.0)
        }
    }
}
