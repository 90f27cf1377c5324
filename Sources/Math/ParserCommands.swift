/// What each command takes and makes.
extension Parser {
    mutating func command(_ name: String, _ token: PlacedToken) throws(MathError) -> Formula {
        guard let command = Vocabulary.commands[name] else {
            throw MathError(
                message: "\(token.token.source) is not known", offset: token.offset,
                suggestion: nearestName(to: name, among: Vocabulary.suggestions).map { "\\" + $0 })
        }
        switch command {
        case .letter(let text): return letter(text)
        case .symbol(let symbol): return .symbol(symbol)
        case .function(let text, let limits): return .function(text, limits)
        case .functionName(let limits): return try functionName(token, limits)
        case .space(let width): return .space(width)
        case .fraction(let style): return try fraction(style, token)
        case .binomial(let display): return try binomial(display: display, token)
        case .root: return try root(token)
        case .font(let font): return try argument(of: token, in: font)
        case .text(let style): return try text(style, token)
        case .accent(let accent): return .accent(try argument(of: token), accent)
        case .rule(let isBelow): return .rule(try argument(of: token), isBelow: isBelow)
        case .over, .under, .relationWithOver: return try stack(command, token)
        case .arrow(let arrow): return try labelledArrow(arrow, token)
        case .left: return try delimited(token)
        case .sizedDelimiter(let tenths, let role):
            return .sizedDelimiter(try delimiter(after: token) ?? "", tenths: tenths, role)
        case .negation: return try negation(token)
        case .modulo(let inParentheses): return try modulo(inParentheses: inParentheses, token)
        case .substack: return try substack(token)
        case .phantom(let room): return .phantom(try argument(of: token), room)
        case .begin: return try environment(token)
        case .limits:
            throw MathError(message: "\(token.token.source) needs an operator before it", offset: token.offset)
        case .style, .fontSwitch, .decorationSwitch, .colorSwitch, .infix:
            throw MathError(
                message: "\(token.token.source) needs braces around what it applies to", offset: token.offset)
        case .nothing: return .empty
        case .closer: throw unexpected(token)
        case .refused(let cure):
            throw MathError(message: "\(token.token.source) is not supported: \(cure)", offset: token.offset)
        case .further(let further): return try self.further(further, token)
        }
    }

    private func letter(_ text: String) -> Formula {
        guard let scalar = text.unicodeScalars.first else { return .empty }
        return .letter(drawn(scalar), font)
    }

    /// An argument read in another font.
    private mutating func argument(of owner: PlacedToken, in newFont: Font?) throws(MathError) -> Formula {
        let outer = font
        font = newFont
        defer { font = outer }
        return .row([try argument(of: owner)])
    }

    // MARK: Fractions and roots

    private mutating func fraction(_ style: FractionStyle, _ token: PlacedToken) throws(MathError) -> Formula {
        let numerator = try argument(of: token)
        return .fraction(numerator: numerator, denominator: try argument(of: token), style)
    }

    private mutating func binomial(display: Bool?, _ token: PlacedToken) throws(MathError) -> Formula {
        let fraction = try fraction(FractionStyle(hasBar: false, display: nil), token)
        let binomial = Formula.delimited(open: "(", segments: [fraction], middles: [], close: ")")
        return display.map { .styled(binomial, display: $0) } ?? binomial
    }

    private mutating func root(_ token: PlacedToken) throws(MathError) -> Formula {
        skipSpace()
        let bracket = next
        guard take(.character("[")) else { return .root(try argument(of: token), index: nil) }
        let index = try row(until: .character("]"))
        try close(bracket, with: .character("]"))
        return .root(try argument(of: token), index: index)
    }

    // MARK: One above another

    private mutating func stack(_ command: Command, _ token: PlacedToken) throws(MathError) -> Formula {
        let mark = try argument(of: token)
        let base = try argument(of: token)
        switch command {
        case .under: return .stack(base: base, over: nil, under: mark, role(of: base))
        case .relationWithOver: return .stack(base: base, over: mark, under: nil, .relation)
        default: return .stack(base: base, over: mark, under: nil, role(of: base))
        }
    }

    /// What a base is under its mark: what it is alone, also in braces.
    private func role(of base: Formula) -> AtomClass {
        if case .row(let items) = base, items.count == 1, let item = items.first { return role(of: item) }
        return base.leadingClass
    }

    private mutating func labelledArrow(_ arrow: String, _ token: PlacedToken) throws(MathError) -> Formula {
        skipSpace()
        let bracket = next
        var under: Formula?
        if take(.character("[")) {
            under = try row(until: .character("]"))
            try close(bracket, with: .character("]"))
        }
        let over = try argument(of: token)
        let symbol = Symbol(text: arrow, role: .relation)
        return .stack(base: .symbol(symbol), over: over, under: under, .relation)
    }

    private mutating func negation(_ token: PlacedToken) throws(MathError) -> Formula {
        guard case .symbol(var symbol) = try argument(of: token) else {
            throw MathError(message: "\\not needs a relation after it", offset: token.offset)
        }
        symbol.text = Symbols.negated[symbol.text] ?? symbol.text + "\u{338}"
        return .symbol(symbol)
    }

    private mutating func modulo(inParentheses: Bool, _ token: PlacedToken) throws(MathError) -> Formula {
        let modulus = try argument(of: token)
        let body: [Formula] = [.letter("mod", .upright), .space(6), modulus]
        guard inParentheses else { return .row([.space(18)] + body) }
        let open = Formula.symbol(Symbol(text: "(", role: .opening))
        let close = Formula.symbol(Symbol(text: ")", role: .closing))
        return .row([.space(18), open] + body + [close])
    }

    // MARK: Delimiters

    private mutating func delimited(_ token: PlacedToken) throws(MathError) -> Formula {
        let open = try delimiter(after: token)
        var segments = [try row()]
        var middles: [String] = []
        while next.token == .command("middle") {
            let middle = take()
            middles.append(try delimiter(after: middle) ?? "")
            segments.append(try row())
        }
        let right = next
        try close(token, with: .command("right"))
        return .delimited(open: open, segments: segments, middles: middles, close: try delimiter(after: right))
    }

    /// The delimiter that a command takes; none for a point.
    mutating func delimiter(after owner: PlacedToken) throws(MathError) -> String? {
        skipSpace()
        let token = next
        switch token.token {
        case .character("{"):
            // Braces around a delimiter, which TeX does not take, and papers have.
            take()
            skipSpace()
            let inner = next.token == .character("}") ? nil : try delimiterAlone(after: owner)
            skipSpace()
            try close(token, with: .character("}"))
            return inner
        default: return try delimiterAlone(after: owner)
        }
    }

    private mutating func delimiterAlone(after owner: PlacedToken) throws(MathError) -> String? {
        let token = next
        switch token.token {
        case .character("."):
            take()
            return nil
        case .character(let scalar):
            if let delimiter = Symbols.delimiterCharacters[scalar] {
                take()
                return delimiter
            }
        case .command(let name):
            if let delimiter = Symbols.delimiters[name] {
                take()
                return delimiter
            }
        case .space, .end: break
        }
        throw MathError(
            message: "\(owner.token.source) needs a delimiter after it, such as ( or \\{ or a point for none",
            offset: owner.offset)
    }
}
