/// References in prose to what cells show: `@fig-loss`, `@tbl-scores`.
public enum CrossReference {
    /// Matches a reference; its first capture is the label.
    public static var pattern: Regex<(Substring, Substring)> { /@((?:fig|tbl)-[A-Za-z0-9_-]*[A-Za-z0-9])/ }

    /// The references in `notebook` to labels that no cell has.
    static func unresolved(in notebook: Notebook) -> [Diagnostic] {
        let labels = notebook.cells.compactMap(\.options.label)
        let source = SourceLines(notebook.text)
        return notebook.blocks.flatMap { block -> [Diagnostic] in
            guard case .prose(let lines) = block else { return [] }
            return references(in: source.text(lines)).filter { !labels.contains($0.label) }.map { label, lineInBlock in
                let line = lines.lowerBound + lineInBlock - 1
                let position = SourcePosition(line: line, column: column(of: label, in: source.content(line)))
                let near = nearestName(to: label, in: labels).map { "; did you mean `@\($0)`?" } ?? ""
                return Diagnostic(.error, at: position, "no cell has the label `\(label)`" + near)
            }
        }
    }

    /// The labels that the text of `markdown` refers to, each with its line; code is no text.
    private static func references(in markdown: String) -> [(label: String, line: Int)] {
        guard markdown.contains("@") else { return [] }
        var found: [(String, Int)] = []
        func visit(_ node: MarkdownNode) {
            if node.typeName == "text" {
                found += node.literal.matches(of: pattern).map { (String($0.1), node.lines.lowerBound) }
            }
            node.children.forEach(visit)
        }
        visit(MarkdownDocument(markdown).root)
        return found
    }

    /// Where `@label` stands in a line, outside code where it stands in both.
    private static func column(of label: String, in line: Substring) -> Int {
        let places = line.ranges(of: "@" + label).map(\.lowerBound)
        let outside = places.first { line[..<$0].count { $0 == "`" }.isMultiple(of: 2) }
        return (outside ?? places.first).map { line[..<$0].utf8.count + 1 } ?? 1
    }
}
