import Notebook

/// Notation in a line that pandoc and Quarto know and CommonMark does not.
enum InlineNotation {
    /// Stands as markup of HTML's.
    case markup(String)
    /// `^[…]`: the text of a footnote, and where it stands.
    case note(String, SourcePosition)
    /// Stands as it was typed, and is told of.
    case unknown(String, Diagnostic)
}

extension ProseScanner {
    private static let classes = ["mark": "mark", "highlight": "mark", "underline": "u", "ul": "u", "kbd": "kbd"]

    /// A footnote in the line, a superscript or subscript, words with a class, or what is not known here.
    mutating func takeNotation() -> InlineNotation? {
        switch peek {
        case "^": takeNote() ?? takeScript("^", "sup")
        case "~": takeScript("~", "sub")
        case "[": takeSpan() ?? takeRefusedWorks()
        case "{": takeShortcode()
        case "\\": takeBracketedFormula()
        default: nil
        }
    }

    private mutating func takeNote() -> InlineNotation? {
        guard rest.hasPrefix("^[") else { return nil }
        var depth = 0
        var length = 0
        for character in rest.prefix(2000) {
            length += 1
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            if character == "]", depth == 0 { break }
        }
        guard depth == 0 else { return nil }
        _ = take(2)
        let position = place
        let note = take(length - 3)
        _ = take(1)
        return .note(ShortText(note).text, position)
    }

    /// `x^2^` and `H~2~O`: without blanks, behind a letter, a digit or a bracket. Elsewhere `~…~` strikes out.
    private mutating func takeScript(_ mark: Character, _ name: String) -> InlineNotation? {
        guard let before, before.isLetter || before.isNumber || ")]}".contains(before) else { return nil }
        let inner = rest.dropFirst().prefix(60).prefix { $0 != mark && !$0.isWhitespace && !"$`[]<>&\\".contains($0) }
        let behind = rest.dropFirst(1 + inner.count)
        guard !inner.isEmpty, behind.first == mark, behind.dropFirst().first != mark else { return nil }
        let text = String(inner)
        _ = take(inner.count + 2)
        return .markup("<\(name)>\(text)</\(name)>")
    }

    /// `[words]{.mark}`.
    private mutating func takeSpan() -> InlineNotation? {
        guard let match = rest.prefixMatch(of: /\[([^\[\]`$@<>\n]{1,300})\]\{([.#][^}\n]{0,200})\}/) else { return nil }
        let position = place
        let words = String(match.1)
        let attributes = String(match.2)
        let source = take(match.0.count)
        if let name = ProseScanner.classes[String(attributes.dropFirst())] {
            return .markup("<\(name)>\(words)</\(name)>")
        }
        let message = "`{\(attributes)}` is not known behind words: there are {.mark}, {.underline} and {.kbd}"
        return .unknown(source, Diagnostic(.error, at: position, message))
    }

    /// `{{< include x >}}`.
    private mutating func takeShortcode() -> InlineNotation? {
        guard let match = rest.prefixMatch(of: /\{\{<[^\n]{0,300}?>\}\}/) else { return nil }
        let position = place
        let source = take(match.0.count)
        let message = "`\(source)` is a shortcode of Quarto's, which is not known here: write what it stands for"
        return .unknown(source, Diagnostic(.error, at: position, message))
    }

    /// `\(x^2\)`, as LaTeX has formulas: Markdown would leave the brackets only.
    private mutating func takeBracketedFormula() -> InlineNotation? {
        guard rest.hasPrefix("\\("), let match = rest.prefixMatch(of: /\\\(([^\n]{1,300}?)\\\)/),
            match.1.contains(/[\^_=]|\\[A-Za-z]/)
        else { return nil }
        let position = place
        let source = take(match.0.count)
        let message = "a formula stands between dollars: `$\(source.dropFirst(2).dropLast(2))$`"
        return .unknown(source, Diagnostic(.error, at: position, message))
    }
}
