extension FlowchartParser {
    /// A label, in quotes or up to one of `closings`, which stay to be taken.
    mutating func label(
        until closings: [String], unclosed: (String) -> DiagramError
    ) throws(DiagramError) -> DiagramLabel {
        scanner.skipBlanks()
        let start = scanner
        let text = scanner.isAt("\"") ? try quotation() : try plainText(until: closings, unclosed: unclosed)
        scanner.skipBlanks()
        guard closings.contains(where: scanner.isAt) else {
            throw scanner.isAtEndOfStatement
                ? unclosed(closings[0]) : scanner.error("expected `\(closings[0])` after the quotation")
        }
        guard !text[...].trimmingSpaces.isEmpty else {
            throw start.error("this label is empty: leave the brackets out")
        }
        return try label(text, at: start)
    }

    /// `text` as a label.
    func label(_ text: String, at start: DiagramScanner) throws(DiagramError) -> DiagramLabel {
        guard text.firstMatch(of: /\bfa[bklrsd]?:fa-\w+/) == nil else {
            throw start.error("icons are not supported: write the word, or a character such as ⚙")
        }
        return DiagramLabel(mermaid: text)
    }

    /// `"…"`: what stands between the quotation marks.
    mutating func quotation() throws(DiagramError) -> String {
        let start = scanner
        _ = scanner.take("\"")
        guard let quoted = scanner.takeText(until: ["\""], acrossLines: true) else {
            throw start.error("this quotation is never closed")
        }
        _ = scanner.take("\"")
        return quoted
    }

    /// The text before one of `closings`. Brackets, bars and quotation marks in it have to be quoted, as Mermaid has it.
    private mutating func plainText(
        until closings: [String], unclosed: (String) -> DiagramError
    ) throws(DiagramError) -> String {
        var text = ""
        while !closings.contains(where: scanner.isAt) {
            guard let sign = scanner.next else { throw unclosed(closings[0]) }
            guard !"()[]{}|\"".contains(sign) else {
                throw scanner.error(
                    "`\(sign)` cannot stand in a label without quotes: write \"…\" around the whole label")
            }
            _ = scanner.take(String(sign))
            text.append(sign)
        }
        return text
    }
}
