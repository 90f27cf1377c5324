/// A stretch of text on the line, below it or above it.
struct TextPiece: Hashable {
    enum Level: Hashable { case line, subscripted, superscripted }

    var text: String
    var level: Level
}

/// Reads the little markup that labels need: `_{…}` and `^{…}` set what they hold lower or higher, and after a single
/// letter `_` also takes the letters and digits that follow, so that `L_ct` has a subscript and `soft_labels` none.
enum TextMarkup {
    static func pieces(of text: String) -> [TextPiece] {
        var pieces: [TextPiece] = []
        var plain = ""
        var rest = Substring(text)
        while let character = rest.first {
            if let (inner, level, after) = script(at: rest, after: plain) {
                if !plain.isEmpty { pieces.append(TextPiece(text: plain, level: .line)) }
                plain = ""
                pieces.append(TextPiece(text: inner, level: level))
                rest = after
            } else {
                plain.append(character)
                rest = rest.dropFirst()
            }
        }
        if !plain.isEmpty { pieces.append(TextPiece(text: plain, level: .line)) }
        return pieces
    }

    /// The text with its markup but without braces, for where nothing can be set lower or higher.
    static func plain(_ text: String) -> String {
        pieces(of: text).map { piece in
            switch piece.level {
            case .line: piece.text
            case .subscripted: "_" + piece.text
            case .superscripted: "^" + piece.text
            }
        }.joined()
    }

    private static func script(
        at rest: Substring, after plain: String
    ) -> (inner: String, level: TextPiece.Level, after: Substring)? {
        guard let mark = rest.first, mark == "_" || mark == "^" else { return nil }
        let level: TextPiece.Level = mark == "_" ? .subscripted : .superscripted
        let body = rest.dropFirst()
        if body.first == "{", let end = body.firstIndex(of: "}") {
            return (String(body[body.index(after: body.startIndex)..<end]), level, body[body.index(after: end)...])
        }
        let letters = body.prefix { $0.isLetter || $0.isNumber }
        guard mark == "_", !letters.isEmpty, endsInSingleLetter(plain) else { return nil }
        return (String(letters), level, body.dropFirst(letters.count))
    }

    private static func endsInSingleLetter(_ text: String) -> Bool {
        guard let last = text.last, last.isLetter else { return false }
        guard let before = text.dropLast().last else { return true }
        return !before.isLetter && !before.isNumber && before != "_"
    }
}
