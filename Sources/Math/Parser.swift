/// Reads tokens into a formula, by recursive descent.
///
/// A row ends at any token that closes something; who began the row then asks for its own closing token.
/// Each command or group inside another counts as one level of nesting, and levels are limited.
struct Parser {
    // Debug builds take up to 13 KB of stack a level, and secondary threads have 512 KB on macOS.
    private static let deepestNesting = 32

    let tokens: [PlacedToken]
    var position = 0
    var depth = 0
    var font: Font?
    /// The equation's name at its right, where it has one of its own.
    var tag: String?
    /// The names that the author gave the formula.
    var labels: [PlacedName] = []
    /// How the equations that the formula refers to are called.
    let numbers: [String: String]

    init(tokens: [PlacedToken], numbers: [String: String] = [:]) {
        self.tokens = tokens
        self.numbers = numbers
    }

    mutating func formula() throws(MathError) -> Formula {
        let formula = try row()
        guard next.token == .end else { throw unexpected(next) }
        return formula
    }

    // MARK: Tokens

    var next: PlacedToken {
        tokens[position]
    }

    /// Takes the next token; the end stays where it is.
    @discardableResult
    mutating func take() -> PlacedToken {
        defer { if next.token != .end { position += 1 } }
        return next
    }

    mutating func skipSpace() {
        while next.token == .space { take() }
    }

    /// Takes the next token if it is this one.
    mutating func take(_ token: Token) -> Bool {
        guard next.token == token else { return false }
        take()
        return true
    }

    /// Takes the next token, which must close what `opening` began.
    mutating func close(_ opening: PlacedToken, with closing: Token) throws(MathError) {
        guard !take(closing) else { return }
        guard next.token == .end else {
            throw MathError(
                message: "expected \(closing.source) to close \(opening.token.source) before \(next.token.source)",
                offset: next.offset)
        }
        throw MathError(
            message: "\(opening.token.source) is never closed: \(closing.source) is missing", offset: opening.offset)
    }

    // MARK: Rows

    /// Everything up to a token that closes something. A bracket or dollar closes only where it was the opening.
    mutating func row(until closing: Token = .end, hasInfix: Bool = false) throws(MathError) -> Formula {
        var items: [Formula] = []
        while true {
            skipSpace()
            if closes(next.token) || next.token == closing { break }
            switch command(next.token) {
            case .nothing:
                take()
            case .style(let display):
                try enter()
                defer { depth -= 1 }
                take()
                items.append(.styled(try row(until: closing), display: display))
            case .fontSwitch, .decorationSwitch, .colorSwitch:
                try enter()
                defer { depth -= 1 }
                items.append(try switched(until: closing))
            case .infix where hasInfix:
                throw MathError(
                    message: "\(next.token.source) is the second in its group: put braces around one",
                    offset: next.offset)
            case .infix(let fraction):
                try enter()
                defer { depth -= 1 }
                return try infix(fraction, numerator: .row(joiningWords(items)), until: closing)
            default:
                items.append(try item())
            }
        }
        return .row(joiningWords(items))
    }

    mutating func enter(levels: Int = 1) throws(MathError) {
        guard depth + levels <= Self.deepestNesting else {
            throw MathError(
                message: "nested deeper than \(Self.deepestNesting) levels: split the formula", offset: next.offset)
        }
        depth += levels
    }

    func command(_ token: Token) -> Command? {
        guard case .command(let name) = token else { return nil }
        return Vocabulary.commands[name]
    }

    private func closes(_ token: Token) -> Bool {
        switch token {
        case .end, .character("}"), .character("&"): return true
        default:
            guard case .closer? = command(token) else { return false }
            return true
        }
    }

    private func joiningWords(_ items: [Formula]) -> [Formula] {
        var joined: [Formula] = []
        for item in items {
            if case .letter(let letter, let font?) = item, font.makesWords,
                case .letter(let word, font)? = joined.last
            {
                joined[joined.count - 1] = .letter(word + letter, font)
            } else {
                joined.append(item)
            }
        }
        return joined
    }

    // MARK: Scripts

    /// A nucleus with its limits, subscript, superscript and primes.
    private mutating func item() throws(MathError) -> Formula {
        var nucleus: Formula?
        if !isScript(next.token) {
            nucleus = isNumber ? number() : try atom()
            try limitsModifiers(&nucleus)
        }
        return try scripts(of: nucleus)
    }

    func isScript(_ token: Token) -> Bool {
        token == .character("^") || token == .character("_") || token == .character("'")
    }

    private mutating func limitsModifiers(_ nucleus: inout Formula?) throws(MathError) {
        skipSpace()
        while case .limits(let limits)? = command(next.token) {
            switch nucleus {
            case .symbol(var symbol)? where symbol.role == .largeOperator:
                symbol.limits = limits
                nucleus = .symbol(symbol)
            case .function(let name, _)?:
                nucleus = .function(name, limits)
            case .classed(let body, .largeOperator, _)?:
                nucleus = .classed(body, .largeOperator, limits)
            case .prescripts(let base, let below, let above, let after, _)?:
                nucleus = .prescripts(base: base, below: below, above: above, after: after, limits)
            default:
                throw MathError(message: "\(next.token.source) needs an operator before it", offset: next.offset)
            }
            take()
            skipSpace()
        }
    }

    private mutating func scripts(of nucleus: Formula?) throws(MathError) -> Formula {
        var subscripted: Formula?
        var superscripted: Formula?
        var primes: Formula?
        skipSpace()
        while isScript(next.token) {
            let mark = take()
            switch mark.token {
            case .character("_"):
                guard subscripted == nil else { throw double("subscript", mark) }
                subscripted = try argument(of: mark)
            case .character("^"):
                guard superscripted == nil else { throw double("superscript", mark) }
                superscripted = try argument(of: mark)
            default:
                guard superscripted == nil, primes == nil else { throw double("superscript", mark) }
                primes = takePrimes()
            }
            skipSpace()
        }
        if let primes {
            superscripted = superscripted.map { .row([primes, $0]) } ?? primes
        }
        guard subscripted != nil || superscripted != nil else { return nucleus ?? .empty }
        return .scripts(
            base: nucleus, subscript: subscripted, superscript: superscripted, nucleus?.limits ?? .beside)
    }

    /// The rest of a run of primes, its first taken: one character for up to four.
    private mutating func takePrimes() -> Formula {
        var count = 1
        while take(.character("'")) { count += 1 }
        let characters = ["′", "″", "‴", "⁗"]
        let text =
            count <= characters.count ? characters[count - 1] : String(repeating: "′", count: count)
        return .symbol(Symbol(text: text, role: .ordinary))
    }

    private func double(_ script: String, _ mark: PlacedToken) -> MathError {
        MathError(message: "a second \(script): put braces around what it belongs to", offset: mark.offset)
    }

    // MARK: Arguments and atoms

    /// One argument: a group in braces, or the one character or command that follows.
    mutating func argument(of owner: PlacedToken) throws(MathError) -> Formula {
        skipSpace()
        if closes(next.token) || isScript(next.token) {
            throw MathError(message: "\(owner.token.source) lacks an argument", offset: owner.offset)
        }
        if case .character(let digit) = next.token, digit.isASCIIDigit {
            take()
            return .number(drawn(digit), font)
        }
        return try atom()
    }

    /// One character, group or command with its arguments, without scripts.
    mutating func atom() throws(MathError) -> Formula {
        try enter()
        defer { depth -= 1 }
        let token = take()
        switch token.token {
        case .character("{"):
            let body = try row()
            try close(token, with: .character("}"))
            return body
        case .character(let scalar):
            return try character(scalar, token)
        case .command(let name):
            return try command(name, token)
        case .space, .end:
            throw unexpected(token)
        }
    }

    private func character(_ scalar: Unicode.Scalar, _ token: PlacedToken) throws(MathError) -> Formula {
        if scalar == "~" || scalar == "\u{A0}" { return .space(6) }
        if let symbol = Symbols.characters[scalar] { return .symbol(symbol) }
        if scalar.isASCIILetter || Symbols.letterCharacters.contains(scalar) || scalar.isMathematicalLetter {
            return .letter(drawn(scalar), font)
        }
        throw unexpected(token)
    }

    /// A letter or digit in the present font.
    func drawn(_ scalar: Unicode.Scalar) -> String {
        String(Character(font?.character(scalar) ?? scalar))
    }

    // MARK: Numbers

    private var isNumber: Bool {
        switch next.token {
        case .character("."): digit(at: position + 1) != nil
        default: digit(at: position) != nil
        }
    }

    private func digit(at index: Int) -> Unicode.Scalar? {
        guard index < tokens.count, case .character(let scalar) = tokens[index].token, scalar.isASCIIDigit else {
            return nil
        }
        return scalar
    }

    /// Digits with at most one point, which has a digit after it.
    private mutating func number() -> Formula {
        var number = ""
        var hasPoint = false
        while true {
            if let digit = digit(at: position) {
                number += drawn(digit)
            } else if next.token == .character("."), !hasPoint, digit(at: position + 1) != nil {
                number += "."
                hasPoint = true
            } else {
                return .number(number, font)
            }
            take()
        }
    }

    // MARK: Errors

    /// The error for a token that has no business where it stands.
    func unexpected(_ token: PlacedToken) -> MathError {
        let message =
            switch token.token {
            case .end: "the formula ends too early"
            case .character("}"): "} closes nothing: { is missing before it"
            case .character("&"): "& outside an environment: write \\begin{aligned}, or \\& for the sign"
            case .character("$"): "$ inside a formula: write \\$ for the sign"
            case .character("#"): "# means nothing here: write \\# for the sign"
            case .command("\\"): "\\\\ outside an environment: write \\begin{aligned} or \\begin{gathered}"
            case .command("right"), .command("middle"): "\(token.token.source) without \\left"
            case .command("end"): "\\end without \\begin"
            case .character("`"): "` means nothing in a formula: write words as \\text{…}, a prime as '"
            default: "\(token.token.source) means nothing in a formula: write words as \\text{…}"
            }
        return MathError(message: message, offset: token.offset)
    }
}
