/// A label's lines and the room they take.
///
/// The page's reader chooses the fonts, so widths are those of a wide one (DejaVu Sans), in ems.
struct LabelText {
    let lines: [String]
    let width: Double
    var height: Double { Double(lines.count) * Self.lineHeight }

    static let fontSize = 14.0
    static let lineHeight = 19.0
    private static let widestLine = 190.0

    /// Breaks `label` where its author did, and lines that are too wide between words.
    init(_ label: String) {
        lines = label.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .flatMap { Self.wrapped(String($0)) }
        width = lines.map(Self.width).max() ?? 0
    }

    private static func wrapped(_ line: String) -> [String] {
        var lines = [""]
        for piece in pieces(line) {
            let current = lines[lines.count - 1]
            if !current.isEmpty, width(String((current + piece)[...].trimmingSpaces)) > widestLine { lines.append("") }
            lines[lines.count - 1] += piece
        }
        return lines.map { String($0[...].trimmingSpaces) }
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

    private static func width(_ text: String) -> Double {
        text.reduce(0) { $0 + ems($1) } * fontSize
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
