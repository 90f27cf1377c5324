/// Commands that an author defines: `\newcommand`, `\renewcommand`, `\providecommand`, `\def`, `\let`,
/// `\DeclareMathOperator` and `\DeclarePairedDelimiter`.
///
/// Commands are replaced before a formula is read, as in TeX: a definition holds from where it stands.
public struct MathMacros: Sendable, Hashable {
    var definitions: [String: Macro] = [:]

    /// No commands.
    public init() {}

    /// Reads definitions, and nothing else.
    ///
    /// - Throws: `MathError` at the first place that is no definition.
    public init(definitions tex: String) throws(MathError) {
        var expander = MacroExpander(try tokens(of: tex), macros: self)
        let rest = try expander.expanded().first { $0.token != .space && $0.token != .end }
        if let rest {
            throw MathError(
                message: "only definitions stand here, such as \\newcommand{\\R}{\\mathbb{R}}", offset: rest.offset)
        }
        self = expander.macros
    }

    /// Whether there are none.
    public var isEmpty: Bool { definitions.isEmpty }
}

/// What one command stands for.
struct Macro: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case token(Token)
        /// An argument, counted from 0.
        case argument(Int)
    }

    var parameters = 0
    /// What the first argument is where it is left out; it stands in brackets.
    var optional: [Token]?
    var body: [Piece]
    /// What the command with a star stands for, where that is something else.
    var starred: [Piece]?
}

/// Reads definitions and replaces commands by what they stand for.
///
/// Every replacement costs some of a budget that grows with the source, so that commands which stand for each other, or
/// grow by doubling, end in an error.
struct MacroExpander {
    private let source: [PlacedToken]
    private var index = 0
    /// What was replaced and is read before the rest of the source, its next token last.
    private var pending: [PlacedToken] = []
    private(set) var macros: MathMacros
    private var budget: Int

    init(_ source: [PlacedToken], macros: MathMacros) {
        self.source = source
        self.macros = macros
        budget = 2_000 + 50 * source.count
    }

    mutating func expanded() throws(MathError) -> [PlacedToken] {
        var expanded: [PlacedToken] = []
        while true {
            let token = take()
            if token.token == .end {
                expanded.append(token)
                return expanded
            }
            guard case .command(let name) = token.token else {
                expanded.append(token)
                continue
            }
            if let macro = macros.definitions[name] {
                try replace(macro, token)
            } else if let definition = Definition(rawValue: name) {
                try define(definition, token)
            } else {
                expanded.append(token)
            }
        }
    }

    // MARK: Tokens

    private var next: PlacedToken { pending.last ?? source[index] }

    private mutating func take() -> PlacedToken {
        if let token = pending.popLast() { return token }
        defer { if source[index].token != .end { index += 1 } }
        return source[index]
    }

    private mutating func skipSpace() {
        while next.token == .space { _ = take() }
    }

    private mutating func take(_ token: Token) -> Bool {
        guard next.token == token else { return false }
        _ = take()
        return true
    }

    /// What stands in braces, without them; or the one token that stands in their place.
    private mutating func argument(of owner: PlacedToken) throws(MathError) -> [PlacedToken] {
        skipSpace()
        switch next.token {
        case .end, .character("}"), .character("&"):
            throw MathError(message: "\(owner.token.source) lacks an argument", offset: owner.offset)
        case .character("{"):
            _ = take()
            return try group(until: .character("}"), owner)
        default: return [take()]
        }
    }

    /// What stands up to a closing mark outside of inner braces.
    private mutating func group(until closing: Token, _ owner: PlacedToken) throws(MathError) -> [PlacedToken] {
        var group: [PlacedToken] = []
        var depth = 0
        while true {
            let token = take()
            if token.token == closing, depth == 0 { return group }
            switch token.token {
            case .character("{"): depth += 1
            case .character("}"): depth -= 1
            default: break
            }
            if token.token == .end || depth < 0 {
                throw MathError(
                    message: "an argument of \(owner.token.source) is never closed: \(closing.source) is missing",
                    offset: owner.offset)
            }
            group.append(token)
        }
    }

    // MARK: Replacement

    private mutating func replace(_ macro: Macro, _ call: PlacedToken) throws(MathError) {
        var body = macro.body
        if let starred = macro.starred {
            skipSpace()
            if take(.character("*")) { body = starred }
        }
        var arguments: [[PlacedToken]] = []
        if let optional = macro.optional {
            skipSpace()
            arguments.append(
                take(.character("["))
                    ? try group(until: .character("]"), call)
                    : optional.map { PlacedToken(token: $0, offset: call.offset) })
        }
        while arguments.count < macro.parameters { arguments.append(try argument(of: call)) }
        var replacement: [PlacedToken] = []
        for piece in body {
            switch piece {
            case .token(let token): replacement.append(PlacedToken(token: token, offset: call.offset))
            case .argument(let number): replacement += arguments[number]
            }
            guard replacement.count < budget else { break }
        }
        budget -= replacement.count + 1
        guard budget > 0 else {
            throw MathError(
                message: "\(call.token.source) stands for itself, or for too much: look at its definition",
                offset: call.offset)
        }
        pending += replacement.reversed()
    }

    // MARK: Definitions

    private enum Definition: String {
        case newcommand, renewcommand, providecommand, def, gdef, `let`, DeclareMathOperator, DeclarePairedDelimiter
    }

    private mutating func define(_ kind: Definition, _ owner: PlacedToken) throws(MathError) {
        skipSpace()
        let hasStar = take(.character("*"))
        let place = next
        let name = try definedName(owner)
        let macro: Macro
        switch kind {
        case .newcommand, .renewcommand, .providecommand: macro = try command(owner)
        case .def, .gdef: macro = try definition(owner)
        case .let: macro = try copy(owner)
        case .DeclareMathOperator:
            let words = try argument(of: owner).map(\.token)
            let start = [Token.command("operatorname")] + (hasStar ? [.character("*")] : []) + [.character("{")]
            macro = Macro(body: (start + words + [.character("}")]).map { .token($0) })
        case .DeclarePairedDelimiter: macro = try pairedDelimiter(owner)
        }
        guard !Self.lasting.contains(name) else {
            throw MathError(message: "\\\(name) cannot be defined anew: choose another name", offset: place.offset)
        }
        if kind == .providecommand, macros.definitions[name] != nil || Vocabulary.commands[name] != nil { return }
        macros.definitions[name] = macro
    }

    /// What a formula's structure hangs on.
    private static let lasting: Set = ["begin", "end", "left", "right", "middle", "\\", "newcommand", "def"]

    private mutating func definedName(_ owner: PlacedToken) throws(MathError) -> String {
        let argument = try argument(of: owner).filter { $0.token != .space }
        guard argument.count == 1, case .command(let name)? = argument.first?.token else {
            throw MathError(
                message: "\(owner.token.source) needs the command that it defines, such as {\\R}", offset: owner.offset)
        }
        return name
    }

    /// `[2][default]{body}`.
    private mutating func command(_ owner: PlacedToken) throws(MathError) -> Macro {
        var parameters = 0
        var optional: [Token]?
        skipSpace()
        if take(.character("[")) {
            let number = try group(until: .character("]"), owner).filter { $0.token != .space }
            guard number.count == 1, case .character(let digit)? = number.first?.token, ("0"..."9").contains(digit)
            else {
                throw MathError(
                    message: "\(owner.token.source) takes from 0 to 9 arguments, written as [2]", offset: owner.offset)
            }
            parameters = Int(digit.value) - 0x30
            skipSpace()
            if parameters > 0, take(.character("[")) {
                optional = try group(until: .character("]"), owner).map(\.token)
            }
        }
        return Macro(
            parameters: parameters, optional: optional, body: try body(try argument(of: owner), parameters, owner))
    }

    /// `#1#2{body}`.
    private mutating func definition(_ owner: PlacedToken) throws(MathError) -> Macro {
        var parameters = 0
        skipSpace()
        while next.token != .character("{"), parameters < 9 {
            guard take(.character("#")), take(.character(Unicode.Scalar(UInt8(0x31 + parameters)))) else {
                throw MathError(
                    message: "\(owner.token.source) takes its arguments as #1#2 only: write \\newcommand",
                    offset: owner.offset)
            }
            parameters += 1
            skipSpace()
        }
        return Macro(parameters: parameters, body: try body(try argument(of: owner), parameters, owner))
    }

    /// `\let\a=\b`.
    private mutating func copy(_ owner: PlacedToken) throws(MathError) -> Macro {
        skipSpace()
        _ = take(.character("="))
        skipSpace()
        let meaning = take()
        if case .command(let name) = meaning.token, let macro = macros.definitions[name] { return macro }
        guard meaning.token != .end else {
            throw MathError(message: "\(owner.token.source) lacks an argument", offset: owner.offset)
        }
        return Macro(body: [.token(meaning.token)])
    }

    private mutating func pairedDelimiter(_ owner: PlacedToken) throws(MathError) -> Macro {
        let open = try argument(of: owner).map { Macro.Piece.token($0.token) }
        let close = try argument(of: owner).map { Macro.Piece.token($0.token) }
        return Macro(
            parameters: 1, body: open + [.argument(0)] + close,
            starred: [.token(.command("left"))] + open + [.argument(0), .token(.command("right"))] + close)
    }

    private func body(
        _ tokens: [PlacedToken], _ parameters: Int, _ owner: PlacedToken
    ) throws(MathError) -> [Macro.Piece] {
        var body: [Macro.Piece] = []
        var rest = tokens[...]
        while let token = rest.popFirst() {
            guard token.token == .character("#") else {
                body.append(.token(token.token))
                continue
            }
            guard case .character(let digit)? = rest.popFirst()?.token, digit.isASCIIDigit,
                case let number = Int(digit.value) - 0x30, (1...max(1, parameters)).contains(number), parameters > 0
            else {
                throw MathError(
                    message: "# names an argument that \(owner.token.source) does not declare", offset: token.offset)
            }
            body.append(.argument(number - 1))
        }
        return body
    }
}
