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
            return textLines(source.text(lines)).flatMap { line in
                references(on: line + lines.lowerBound - 1, source).filter { !labels.contains($0.label) }.map {
                    let message = "no cell has the label `\($0.label)`"
                    let near = nearestName(to: $0.label, in: labels).map { "; did you mean `@\($0)`?" } ?? ""
                    return Diagnostic(.error, at: $0.position, message + near)
                }
            }
        }
    }

    private static func references(
        on line: Int, _ source: SourceLines
    ) -> [(label: String, position: SourcePosition)] {
        let text = source.content(line)
        return text.matches(of: pattern).map { match in
            let column = text[..<match.range.lowerBound].utf8.count + 1
            return (String(match.1), SourcePosition(line: line, column: column))
        }
    }

    /// The lines of `markdown` that hold text with an `@` in it, outside code.
    private static func textLines(_ markdown: String) -> [Int] {
        guard markdown.contains("@") else { return [] }
        var lines: Set<Int> = []
        func visit(_ node: MarkdownNode) {
            if node.typeName == "text", node.literal.contains("@") { lines.formUnion(node.lines) }
            node.children.forEach(visit)
        }
        let document = MarkdownDocument(markdown)
        visit(document.root)
        return lines.sorted()
    }
}
