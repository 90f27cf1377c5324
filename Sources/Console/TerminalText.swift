import Notebook

/// What is said on a terminal: words, of which every character is shown rather than obeyed, and colours that are ours.
package struct TerminalText: Sendable {
    /// A colour, by its number in the terminal's own list.
    package enum Colour: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case faint = "2"
        case boldRed = "1;31"
        case boldYellow = "1;33"
    }

    private var pieces: [(words: VisibleText, colour: Colour?)]

    package init(_ words: String, _ colour: Colour? = nil) { pieces = [(VisibleText(words), colour)] }

    package static func + (left: TerminalText, right: TerminalText) -> TerminalText {
        var sum = left
        sum.pieces += right.pieces
        return sum
    }

    /// Words about something wrong, with the weight that they have in colour.
    package static func complaint(_ words: String) -> TerminalText {
        var text = TerminalText("")
        var rest = words[...]
        while let match = rest.firstMatch(of: /error:|warning:/) {
            text = text + TerminalText(String(rest[..<match.range.lowerBound]))
            text = text + TerminalText(String(match.output), match.output == "error:" ? .boldRed : .boldYellow)
            rest = rest[match.range.upperBound...]
        }
        return text + TerminalText(String(rest))
    }

    func written(inColour: Bool) -> String {
        pieces.map { piece in
            guard inColour, let colour = piece.colour else { return piece.words.description }
            return "\u{1B}[\(colour.rawValue)m\(piece.words)\u{1B}[0m"
        }.joined()
    }
}
