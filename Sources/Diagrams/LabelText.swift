/// A label's lines and the room they take.
///
/// The page's reader chooses the fonts, so widths are those of a wide one (DejaVu Sans), in ems.
struct LabelText {
    typealias Piece = DiagramLabel.Piece

    let lines: [[Piece]]
    let width, height: Double

    static let fontSize = 14.0
    static let lineHeight = 19.0
    private static let widestLine = 190.0

    /// Breaks `label` where its author did, and lines that are too wide between words.
    init(_ label: DiagramLabel) {
        lines = label.lines.flatMap(Self.wrapped)
        width = lines.map { $0.reduce(0) { $0 + Self.width($1) } }.max() ?? 0
        height = lines.reduce(0) { $0 + Self.height($1) }
    }

    var hasFormulas: Bool { lines.contains { $0.contains(where: \.isFormula) } }

    /// The height of a line: one with a formula has room for a fraction if there is one.
    static func height(_ line: [Piece]) -> Double {
        let formulas = line.filter(\.isFormula).map(\.text)
        let isTall = formulas.contains { text in
            ["\\frac", "\\dfrac", "\\sum", "\\prod", "\\int", "\\begin", "\\binom"].contains { text.contains($0) }
        }
        return lineHeight * (isTall ? 2.6 : formulas.isEmpty ? 1 : 1.4)
    }

    private static func wrapped(_ line: [Piece]) -> [[Piece]] {
        var lines: [[Piece]] = [[]]
        var filled = 0.0
        for piece in line.flatMap(pieces) {
            let space = width(piece) - width(trimmed(piece))
            if filled > 0, filled + width(piece) - space > widestLine {
                lines.append([])
                filled = 0
            }
            add(piece, to: &lines[lines.count - 1])
            filled += width(piece)
        }
        return lines.map { line in
            var line = line
            if let last = line.indices.last { line[last] = trimmed(line[last]) }
            return line
        }
    }

    /// Adds `piece` to a line, joined with the one before it where they look alike.
    private static func add(_ piece: Piece, to line: inout [Piece]) {
        if let last = line.last, !last.isFormula, !piece.isFormula, last.isBold == piece.isBold,
            last.isSlanted == piece.isSlanted
        {
            line[line.count - 1].text += piece.text
        } else {
            line.append(piece)
        }
    }

    private static func trimmed(_ piece: Piece) -> Piece {
        var piece = piece
        while piece.text.last == " " { piece.text.removeLast() }
        return piece
    }

    private static func pieces(_ piece: Piece) -> [Piece] {
        if piece.isFormula { return [piece] }
        return pieces(piece.text).map { text in
            var part = piece
            part.text = text
            return part
        }
    }

    /// The line cut where it may be broken: behind spaces, and beside characters of scripts that write none.
    private static func pieces(_ line: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in line {
            piece.append(character)
            if character == " " || (isWide(character) && !"，。、；：？！）」』】".contains(character)) {
                pieces.append(piece)
                piece = ""
            }
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }

    private static func width(_ piece: Piece) -> Double {
        if piece.isFormula { return formulaWidth(piece.text) }
        return piece.text.reduce(0) { $0 + ems($1) } * fontSize * (piece.isBold ? 1.1 : 1)
    }

    /// About how wide a formula is: a command or a letter takes a sign's room, marks of TeX none.
    private static func formulaWidth(_ tex: String) -> Double {
        let signs = tex.replacing(/\\(text|mathrm|operatorname|mathbf|mathcal|frac|left|right|begin|end)/, with: "")
            .replacing(/\\[A-Za-z]+/, with: "m")
        let wide = signs.reduce(0.0) { sum, sign in
            sum + ("{}^_& ".contains(sign) ? 0 : "=+-<>".contains(sign) ? 1.3 : 0.68)
        }
        return (wide + 0.6) * fontSize
    }

    private static func ems(_ character: Character) -> Double {
        if isWide(character) { return 1.02 }
        switch character {
        case "i", "j", "l", "I", "|", "'": return 0.3
        case "f", "r", "t", "J", "(", ")", "[", "]", ".", ",", ":", ";", "!", " ", "/", "-": return 0.41
        case "m", "w", "M", "W", "@", "%", "…", "—": return 0.99
        case let letter where letter.isUppercase: return 0.75
        default: return 0.64
        }
    }

    /// Whether a character takes a square: East Asian scripts and emoji (Unicode Standard Annex 11).
    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return true
        default: return false
        }
    }
}
