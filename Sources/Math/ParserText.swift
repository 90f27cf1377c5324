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
                items.append(try formulaInText())
            case .end:
                try close(innermost, with: .character("}"))
            default:
                words.unicodeScalars.append(try scalarInText())
            }
        }
        if !words.isEmpty || items.isEmpty { items.append(.text(words, style)) }
        return .row(items)
    }

    private mutating func formulaInText() throws(MathError) -> Formula {
        let outer = font
        font = nil
        defer { font = outer }
        let dollar = take()
        let formula = try row(until: .character("$"))
        try close(dollar, with: .character("$"))
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
            throw MathError(
                message: "\(token.token.source) means nothing in words: close the braces before it",
                offset: token.offset)
        case .end: throw unexpected(token)
        }
    }

    private static let signs: [String: Unicode.Scalar] = [
        "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", " ": "\u{A0}", ",": "\u{2009}",
        "ldots": "…", "dots": "…", "quad": "\u{2003}", "textbackslash": "\\",
    ]

    /// The argument of `\operatorname`: letters, digits, hyphens and thin spaces.
    mutating func functionName(_ token: PlacedToken) throws(MathError) -> Formula {
        skipSpace()
        let limits = take(.character("*")) ? Limits.movable : .beside
        skipSpace()
        let brace = next
        guard take(.character("{")) else {
            throw MathError(message: "\(token.token.source) needs its name in braces", offset: token.offset)
        }
        var name = ""
        while next.token != .character("}"), next.token != .end {
            let part = take()
            switch part.token {
            case .space: break
            case .character("-"): name += "-"
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
