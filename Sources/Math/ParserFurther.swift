extension Parser {
    mutating func further(_ command: FurtherCommand, _ token: PlacedToken) throws(MathError) -> Formula {
        switch command {
        case .classed(let role): return try classed(role, token)
        case .decorated(let decoration): return .decorated(try argument(of: token), decoration)
        case .textBox: return .decorated(try text(.plain, token), .box)
        case .crossedTo:
            let target = try argument(of: token)
            let crossed = Formula.decorated(try argument(of: token), .rising)
            return .scripts(base: crossed, subscript: nil, superscript: target, .beside)
        case .colored, .colorBox, .tag, .label, .equationNumber, .ensureMath: return try named(command, token)
        case .overlap, .smash, .raise, .strut, .bar, .length: return try sized(command, token)
        case .prescript, .sideset, .generalFraction, .slantedFraction, .overAndUnder, .fenced,
            .parenthesizedModulus, .lineUnder:
            return try composed(command, token)
        case .tableLine, .intertext, .multicolumn:
            throw MathError(
                message: "\(token.token.source) stands at the start of a table's row or cell only", offset: token.offset
            )
        }
    }

    // MARK: Arguments that are no formulas

    /// The tokens of an argument in braces.
    mutating func rawArgument(of owner: PlacedToken, such example: String = "") throws(MathError) -> [PlacedToken] {
        skipSpace()
        let brace = next
        guard take(.character("{")) else {
            let example = example.isEmpty ? "" : ", such \(example)"
            throw MathError(message: "\(owner.token.source) needs braces behind it\(example)", offset: owner.offset)
        }
        var tokens: [PlacedToken] = []
        var depth = 0
        while depth > 0 || next.token != .character("}") {
            if next.token == .end { try close(brace, with: .character("}")) }
            if next.token == .character("{") { depth += 1 }
            if next.token == .character("}") { depth -= 1 }
            tokens.append(take())
        }
        take()
        return tokens
    }

    /// An argument's letters, digits and signs; `nil` where there is anything else.
    private mutating func word(of owner: PlacedToken) throws(MathError) -> String {
        var word = ""
        for part in try rawArgument(of: owner) {
            switch part.token {
            case .space: word += " "
            case .character(let scalar) where scalar.isASCII && scalar != "{" && scalar != "}":
                word.unicodeScalars.append(scalar)
            case .command("_"), .command("#"), .command("&"): word += part.token.source.dropFirst()
            default:
                throw MathError(
                    message: "\(part.token.source) does not belong into the argument of \(owner.token.source)",
                    offset: part.offset)
            }
        }
        return word
    }

    /// A length as CSS writes it.
    static func length(_ source: String, at offset: Int) throws(MathError) -> String {
        let length = source.filter { $0 != " " }
        let unit = String(length.suffix(2))
        let number = length.dropLast(2)
        guard ["em", "ex", "pt", "mm", "cm", "in", "mu", "px"].contains(unit), number.count <= 6, number.first != "+",
            let value = Double(number), value.isFinite,
            number.unicodeScalars.allSatisfy({ "-.0123456789".unicodeScalars.contains($0) })
        else {
            throw MathError(
                message: "\(source) is not a length: write a number and em, ex, mu, pt, mm, cm or in", offset: offset)
        }
        guard unit == "mu" else { return length }
        let thousandths = Int((value * 1_000 / 18).rounded())
        return thousandths.isMultiple(of: 1_000) ? "\(thousandths / 1_000)em" : "\(Double(thousandths) / 1_000)em"
    }

    /// A length that stands behind its command without braces, as `\kern-2mu` has it.
    private mutating func bareLength(of owner: PlacedToken) throws(MathError) -> String {
        skipSpace()
        if next.token == .character("{") { return try Self.length(try word(of: owner), at: owner.offset) }
        var length = ""
        while case .character(let scalar) = next.token, scalar.isASCIIDigit || scalar == "." || scalar == "-" {
            length.unicodeScalars.append(scalar)
            take()
        }
        skipSpace()
        while length.last?.isLetter != true || length.suffix(2).first?.isLetter != true,
            case .character(let scalar) = next.token, scalar.isASCIILetter
        {
            length.unicodeScalars.append(scalar)
            take()
        }
        return try Self.length(length, at: owner.offset)
    }

    // MARK: Switches

    /// All that follows in the same group, in another font, size or colour.
    mutating func switched(until closing: Token) throws(MathError) -> Formula {
        let token = take()
        switch command(token.token) {
        case .fontSwitch(let newFont)?:
            let outer = font
            font = newFont
            defer { font = outer }
            return try row(until: closing)
        case .colorSwitch?:
            let color = try color(of: token)
            return .decorated(try row(until: closing), .color(color))
        case .decorationSwitch(let decoration)?:
            return .decorated(try row(until: closing), decoration)
        default: throw unexpected(token)
        }
    }

    /// `a \over b`: what stands before it in the group over what follows.
    mutating func infix(
        _ kind: InfixFraction, numerator: Formula, until closing: Token
    ) throws(MathError) -> Formula {
        take()
        let denominator = try row(until: closing, hasInfix: true)
        let fraction = Formula.fraction(
            numerator: numerator, denominator: denominator, FractionStyle(hasBar: kind == .over))
        let whole =
            kind == .choose ? Formula.delimited(open: "(", segments: [fraction], middles: [], close: ")") : fraction
        return .row([whole])
    }

    // MARK: Names and colours

    private mutating func named(_ command: FurtherCommand, _ token: PlacedToken) throws(MathError) -> Formula {
        switch command {
        case .colored:
            let color = try color(of: token)
            return .decorated(.row([try argument(of: token)]), .color(color))
        case .colorBox(let hasBorder):
            let border = hasBorder ? try color(of: token) : nil
            let background = try color(of: token)
            return .decorated(try text(.plain, token), .background(background, border: border))
        case .tag: return try takeTag(token)
        case .label:
            let name = try word(of: token)
            labels.append(PlacedName(name: name, offset: token.offset))
            return .empty
        case .equationNumber(let inParentheses):
            let name = try word(of: token)
            let number = numbers[name] ?? "??"
            return .text(inParentheses ? "(\(number))" : number, .plain)
        default:
            let outer = font
            font = nil
            defer { font = outer }
            return .row([try argument(of: token)])
        }
    }

    /// `{red}`, or `[HTML]{FF0000}`.
    private mutating func color(of owner: PlacedToken) throws(MathError) -> String {
        skipSpace()
        var model: String?
        if take(.character("[")) {
            var name = ""
            while case .character(let scalar) = next.token, scalar.isASCIILetter {
                name.unicodeScalars.append(scalar)
                take()
            }
            try close(owner, with: .character("]"))
            model = name
        }
        let name = try word(of: owner)
        guard let css = Colors.css(name, model: model) else {
            throw MathError(
                message: "\(name) is not a colour that is known here: write red, blue or [HTML]{1F77B4}",
                offset: owner.offset)
        }
        return css
    }

    private mutating func takeTag(_ token: PlacedToken) throws(MathError) -> Formula {
        let isBare = take(.character("*"))
        guard tag == nil else {
            throw MathError(message: "a second \\tag: an equation has one", offset: token.offset)
        }
        var words = ""
        for part in try rawArgument(of: token) {
            switch part.token {
            case .space: words += " "
            case .character("$"), .character("{"), .character("}"): break
            case .character(let scalar): words.unicodeScalars.append(scalar)
            case .command(let name):
                switch Vocabulary.commands[name] {
                case .symbol(let symbol)?: words += symbol.text
                case .letter(let letter)?: words += letter
                case .text?, .font?, .nothing?, .space?: break
                default:
                    throw MathError(message: "\(part.token.source) in a tag: only words", offset: part.offset)
                }
            case .end: break
            }
        }
        tag = isBare ? words : "(\(words))"
        return .empty
    }

    // MARK: Room

    private mutating func sized(_ command: FurtherCommand, _ token: PlacedToken) throws(MathError) -> Formula {
        switch command {
        case .overlap(let overlap): return .overlap(try argument(of: token), overlap)
        case .smash:
            skipSpace()
            var (top, bottom) = (true, true)
            if take(.character("[")) {
                top = !take(.character("b"))
                bottom = top ? !take(.character("t")) : true
                try close(token, with: .character("]"))
            }
            return .overlap(try argument(of: token), .height(top: top, bottom: bottom))
        case .raise:
            let length = try Self.length(try word(of: token), at: token.offset)
            return .overlap(try argument(of: token), .raised(length))
        case .strut: return .phantom(.symbol(Symbol(text: "(", role: .ordinary)), .height)
        case .bar:
            skipSpace()
            var raised = "0em"
            if take(.character("[")) {
                raised = try bareLength(of: token)
                try close(token, with: .character("]"))
            }
            let width = try Self.length(try word(of: token), at: token.offset)
            return .bar(width: width, height: try Self.length(try word(of: token), at: token.offset), raised: raised)
        case .length(let inBraces):
            _ = take(.character("*"))
            return .gap(
                inBraces ? try Self.length(try word(of: token), at: token.offset) : try bareLength(of: token))
        default: throw unexpected(token)
        }
    }

    // MARK: Composition

    private mutating func composed(_ command: FurtherCommand, _ token: PlacedToken) throws(MathError) -> Formula {
        switch command {
        case .prescript:
            let above = try argument(of: token)
            let below = try argument(of: token)
            return .prescripts(base: try argument(of: token), below: below, above: above, after: [], .beside)
        case .sideset:
            let before = try scriptsAlone(token)
            let after = try scriptsAlone(token)
            skipSpace()
            let base = try argument(of: token)
            return .prescripts(
                base: base, below: before.sub, above: before.sup, after: [after.sub, after.sup], base.limits)
        case .generalFraction: return try generalFraction(token)
        case .slantedFraction:
            let above = Formula.scripts(
                base: nil, subscript: nil, superscript: try argument(of: token), .beside)
            let below = Formula.scripts(base: nil, subscript: try argument(of: token), superscript: nil, .beside)
            return .row([above, .symbol(Symbol(text: "/", role: .ordinary)), below])
        case .overAndUnder(let overFirst):
            let first = try argument(of: token)
            let second = try argument(of: token)
            let base = try argument(of: token)
            return .stack(
                base: base, over: overFirst ? first : second, under: overFirst ? second : first, base.leadingClass)
        case .fenced(let open, let close):
            _ = take(.character("*"))
            let body = try argument(of: token)
            return .delimited(open: open, segments: [body], middles: [], close: close)
        case .parenthesizedModulus:
            let modulus = try argument(of: token)
            return .row([
                .space(18), .symbol(Symbol(text: "(", role: .opening)), modulus,
                .symbol(Symbol(text: ")", role: .closing)),
            ])
        case .lineUnder(let mark):
            let body = try argument(of: token)
            return .stack(base: body, over: nil, under: .symbol(Symbol(text: mark, role: .ordinary)), body.leadingClass)
        default: throw unexpected(token)
        }
    }

    private mutating func scriptsAlone(_ owner: PlacedToken) throws(MathError) -> (sub: Formula?, sup: Formula?) {
        let scripts = try argument(of: owner)
        if case .row(let items) = scripts, items.isEmpty { return (nil, nil) }
        guard case .row(let items) = scripts, items.count == 1, case .scripts(nil, let sub, let sup, _) = items[0]
        else {
            throw MathError(
                message: "\(owner.token.source) takes scripts only, such as {_a^b}{}", offset: owner.offset)
        }
        return (sub, sup)
    }

    /// `\genfrac{(}{)}{0pt}{1}{a}{b}`.
    private mutating func generalFraction(_ token: PlacedToken) throws(MathError) -> Formula {
        let open = try delimiter(after: token)
        let close = try delimiter(after: token)
        let thickness = try word(of: token)
        let style = try word(of: token)
        let hasBar = thickness.isEmpty || !thickness.hasPrefix("0")
        let display: Bool? = style.isEmpty ? nil : style == "0"
        let numerator = try argument(of: token)
        let fraction = Formula.fraction(
            numerator: numerator, denominator: try argument(of: token),
            FractionStyle(hasBar: hasBar, display: display))
        guard open != nil || close != nil else { return fraction }
        return .delimited(open: open, segments: [fraction], middles: [], close: close)
    }

    private mutating func classed(_ role: AtomClass, _ token: PlacedToken) throws(MathError) -> Formula {
        let body = try argument(of: token)
        let limits: Limits = role == .largeOperator ? .movable : .beside
        if case .row(let items) = body, items.count == 1, case .symbol(var symbol) = items[0], role != .largeOperator {
            symbol.role = role
            return .symbol(symbol)
        }
        if case .symbol(var symbol) = body, role != .largeOperator {
            symbol.role = role
            return .symbol(symbol)
        }
        return .classed(body, role, limits)
    }
}
