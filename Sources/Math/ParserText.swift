import Foundation

/// Words inside a formula.
extension Parser {
    /// The argument of `\text`: characters as they are, escaped signs, and formulas between dollars.
    mutating func text(_ style: TextStyle, _ token: PlacedToken) throws(MathError) -> Formula {
        skipSpace()
        let brace = next
        guard take(.character("{")) else {
            throw MathError(message: "\(token.token.source) needs its words in braces", offset: token.offset)
        }
        var items: [Formula] = []
        var words = ""
        var openBraces = [brace]
        while let innermost = openBraces.last {
            switch next.token {
            case .character("{"):
                openBraces.append(next)
                take()
            case .character("}"):
                openBraces.removeLast()
                take()
            case .character("$"):
                if !words.isEmpty { items.append(.text(words, style)) }
                words = ""
                items.append(try formulaInText(until: .character("$")))
            case .command("("):
                if !words.isEmpty { items.append(.text(words, style)) }
                words = ""
                items.append(try formulaInText(until: .command(")")))
            case .command(let name) where Self.isInnerText(name):
                if !words.isEmpty { items.append(.text(words, style)) }
                words = ""
                items.append(try atom())
            case .end:
                try close(innermost, with: .character("}"))
            default:
                words.unicodeScalars.append(try scalarInText())
            }
        }
        if !words.isEmpty || items.isEmpty { items.append(.text(words, style)) }
        return .row(items)
    }

    /// Whether a command sets words within words.
    private static func isInnerText(_ name: String) -> Bool {
        switch Vocabulary.commands[name] {
        case .text?, .further(.equationNumber)?, .further(.colored)?, .font?, .further(.ensureMath)?: true
        default: false
        }
    }

    private mutating func formulaInText(until closing: Token) throws(MathError) -> Formula {
        let outer = font
        font = nil
        defer { font = outer }
        let dollar = take()
        let formula = try row(until: closing)
        try close(dollar, with: closing)
        return formula
    }

    private mutating func scalarInText() throws(MathError) -> Unicode.Scalar {
        let token = take()
        switch token.token {
        case .space: return " "
        case .character("~"): return "\u{A0}"
        case .character("&"), .character("#"), .character("_"), .character("^"):
            throw MathError(
                message: "\(token.token.source) in words: write \\\(token.token.source) for the sign",
                offset: token.offset)
        case .character(let scalar): return scalar
        case .command(let name):
            if let scalar = Self.signs[name] { return scalar }
            if let accent = Self.accents[name] { return try accented(accent, token) }
            throw MathError(
                message: "\(token.token.source) means nothing in words: close the braces before it",
                offset: token.offset)
        case .end: throw unexpected(token)
        }
    }

    /// The letter that an accent stands over, as one character.
    private mutating func accented(_ accent: Unicode.Scalar, _ owner: PlacedToken) throws(MathError) -> Unicode.Scalar {
        skipSpace()
        let brace = next
        let isBraced = take(.character("{"))
        let letter = take()
        if isBraced { try close(brace, with: .character("}")) }
        if case .character(let scalar) = letter.token, scalar.properties.isAlphabetic {
            var pair = String.UnicodeScalarView([scalar])
            pair.append(accent)
            let composed = String(pair).precomposedStringWithCanonicalMapping.unicodeScalars
            if let first = composed.first, composed.count == 1 { return first }
        }
        throw MathError(
            message: "\(owner.token.source) needs a letter: write the character itself", offset: owner.offset)
    }

    private static let accents: [String: Unicode.Scalar] = [
        "'": "\u{301}", "`": "\u{300}", "\"": "\u{308}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}",
        "c": "\u{327}", "v": "\u{30C}",
    ]

    private static let signs: [String: Unicode.Scalar] = [
        ";": "\u{2004}", ":": "\u{2005}", ">": "\u{2005}", "enspace": "\u{2002}", "qquad": "\u{2003}", "ss": "ß",
        "S": "§", "P": "¶", "copyright": "©", "textendash": "–", "textemdash": "—", "pounds": "£", "-": "\u{AD}",
        "dag": "†", "ddag": "‡", "textasciitilde": "~", "textasciicircum": "^", "textquoteright": "’", "aa": "å",
        "o": "ø", "ae": "æ",
        "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", " ": "\u{A0}", ",": "\u{2009}",
        "ldots": "…", "dots": "…", "quad": "\u{2003}", "textbackslash": "\\",
    ]

    private static func isUprightText(_ name: String) -> Bool {
        switch Vocabulary.commands[name] {
        case .text(.plain)?, .font(.upright)?, .fontSwitch(.upright)?: true
        default: false
        }
    }

    /// The argument of `\operatorname`: letters, digits, hyphens and thin spaces.
    mutating func functionName(_ token: PlacedToken, _ usual: Limits) throws(MathError) -> Formula {
        skipSpace()
        let limits = take(.character("*")) ? Limits.movable : usual
        skipSpace()
        let brace = next
        guard take(.character("{")) else {
            throw MathError(message: "\(token.token.source) needs its name in braces", offset: token.offset)
        }
        var name = ""
        var depth = 0
        while next.token != .character("}") || depth > 0, next.token != .end {
            let part = take()
            switch part.token {
            case .space: break
            case .character("{"): depth += 1
            case .character("}"): depth -= 1
            // A name is upright whatever it is told within.
            case .command(let font) where Self.isUprightText(font): break
            case .character(let scalar) where "-+/.'*".unicodeScalars.contains(scalar):
                name.unicodeScalars.append(scalar == "'" ? "′" : scalar)
            case .command("_"), .command("&"): name += part.token.source.dropFirst()
            case .command("!"), .command("relax"), .command("nolimits"): break
            case .character(let scalar) where scalar.properties.isAlphabetic || scalar.isASCIIDigit:
                name.unicodeScalars.append(scalar)
            case .command(","), .command(" "), .character("~"): name += "\u{2009}"
            default:
                throw MathError(
                    message: "\(part.token.source) in a name: only letters, digits, - and \\, belong there",
                    offset: part.offset)
            }
        }
        try close(brace, with: .character("}"))
        guard !name.isEmpty else {
            throw MathError(message: "\(token.token.source) needs a name", offset: token.offset)
        }
        return .function(name, limits)
    }
}
