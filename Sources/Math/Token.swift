/// What TeX source is made of: commands, characters and the space between them.
enum Token: Hashable {
    case command(String)
    case character(Unicode.Scalar)
    case space
    case end

    /// The token as the source has it, for messages.
    var source: String {
        switch self {
        case .command(let name): "\\" + name
        case .character(let scalar): String(Character(scalar))
        case .space: " "
        case .end: "the end"
        }
    }
}

/// A token and where it starts, in UTF-8 bytes.
struct PlacedToken {
    let token: Token
    let offset: Int
}

/// Cuts TeX source into tokens: comments go, and with them the line's end; a run of white space is one
/// space; the space after a command's name is part of the name. The last token is always `.end`.
func tokens(of tex: String) throws(MathError) -> [PlacedToken] {
    var lexer = Lexer(scalars: Array(tex.unicodeScalars))
    var tokens: [PlacedToken] = []
    repeat {
        tokens.append(try lexer.next())
    } while tokens.last?.token != .end
    return tokens
}

private struct Lexer {
    let scalars: [Unicode.Scalar]
    var index = 0
    var offset = 0

    init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    private var current: Unicode.Scalar? {
        index < scalars.count ? scalars[index] : nil
    }

    /// Passes the current scalar, which must be one that a page can hold, also in a comment: the source is
    /// in the annotation.
    private mutating func advance() throws(MathError) {
        guard scalars[index].isSpace || scalars[index].isAllowedInXML else {
            throw MathError(message: "a control character does not belong into a formula", offset: offset)
        }
        offset += UTF8.width(scalars[index])
        index += 1
    }

    mutating func next() throws(MathError) -> PlacedToken {
        try skipComments()
        let start = offset
        guard let scalar = current else { return PlacedToken(token: .end, offset: start) }
        if scalar.isSpace {
            try skipSpace()
            return PlacedToken(token: .space, offset: start)
        }
        try advance()
        guard scalar == "\\" else { return PlacedToken(token: .character(scalar), offset: start) }
        return PlacedToken(token: .command(try commandName(from: start)), offset: start)
    }

    private mutating func commandName(from start: Int) throws(MathError) -> String {
        guard let first = current else {
            throw MathError(message: "a backslash at the end of a formula names no command", offset: start)
        }
        guard first.isASCIILetter else {
            try advance()
            return first.isSpace ? " " : String(Character(first))
        }
        var name = ""
        while let scalar = current, scalar.isASCIILetter {
            name.unicodeScalars.append(scalar)
            try advance()
        }
        try skipSpace()
        return name
    }

    private mutating func skipSpace() throws(MathError) {
        while let scalar = current, scalar.isSpace { try advance() }
    }

    private mutating func skipComments() throws(MathError) {
        while current == "%" {
            while let scalar = current, !scalar.isLineEnd { try advance() }
            try skipSpace()
        }
    }
}

extension Unicode.Scalar {
    var isASCIILetter: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self)
    }

    var isASCIIDigit: Bool {
        ("0"..."9").contains(self)
    }

    /// Letters of mathematics' own alphabets, such as ℝ.
    var isMathematicalLetter: Bool {
        properties.isAlphabetic && ((0x2100...0x214F).contains(value) || (0x1D400...0x1D7FF).contains(value))
    }

    fileprivate var isSpace: Bool {
        self == " " || self == "\t" || isLineEnd
    }

    fileprivate var isLineEnd: Bool {
        self == "\n" || self == "\r"
    }

    /// The characters of XML 1.0, production 2, without the C1 controls, which HTML does not allow.
    fileprivate var isAllowedInXML: Bool {
        value >= 0x20 && !(0x7F...0x9F).contains(value) && value & 0xFFFE != 0xFFFE
            && !(0xFDD0...0xFDEF).contains(value)
    }
}
