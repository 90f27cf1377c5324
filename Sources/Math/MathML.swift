/// Translates one formula from TeX to presentation MathML, with the TeX source as its annotation.
///
/// The subset is strict: what is not known is an error, never passed through or left out. The distances
/// between symbols are TeX's own (The TeXbook, chapter 18), written as attributes wherever they differ from
/// what MathML Core's operator dictionary would give. Fences and braces grow in a font with a table for
/// mathematics only (OpenType `MATH`), which the page's style sheet has to name.
///
/// - Parameters:
///   - tex: the formula, without its dollars.
///   - macros: commands that are defined before the formula.
///   - display: whether the formula stands on a line of its own (`$$…$$`) or in the text (`$…$`).
/// - Returns: one `math` element, well-formed as XML and as HTML, the same for the same source.
/// - Throws: `MathError` at the first place that is not in the subset.
public func mathML(_ tex: String, display: Bool, macros: MathMacros = MathMacros()) throws(MathError) -> String {
    try Typeset(tex, display: display, macros: macros).mathML
}

/// A formula and what it says besides.
public struct Typeset: Sendable {
    /// One `math` element, as ``mathML(_:display:macros:)`` gives it.
    public let mathML: String
    /// What stands at the formula's right in place of its number: `\tag{A}` is `(A)`. Tags of a table's rows are in the
    /// table.
    public let tag: String?
    /// The names that `\label` gives it.
    public let labels: [PlacedName]
    /// The commands that are defined behind it: those before it, and its own.
    public let macros: MathMacros
    /// Whether there is nothing to see, as where a formula only defines commands.
    public let isEmpty: Bool

    /// Translates one formula; see ``mathML(_:display:macros:)``.
    ///
    /// - Parameters:
    ///   - numbers: what `\eqref{name}` shows, by names.
    /// - Throws: `MathError` at the first place that is not in the subset.
    public init(
        _ tex: String, display: Bool, macros: MathMacros = MathMacros(), numbers: [String: String] = [:]
    ) throws(MathError) {
        var expander = MacroExpander(try tokens(of: tex), macros: macros)
        let expanded = try expander.expanded()
        var parser = Parser(tokens: expanded, numbers: numbers)
        let formula = try parser.formula()
        mathML = MathMLWriter().document(formula, tex: tex, display: display)
        tag = parser.tag
        labels = parser.labels
        self.macros = expander.macros
        isEmpty = expanded.allSatisfy { $0.token == .space || $0.token == .end } && !self.macros.isEmpty
    }
}

/// A formula in commands that every reader of TeX formulas has: with what the author's commands stand for, and without
/// those that only some readers know. The source as it is where there are none.
public func portableTeX(_ tex: String, macros: MathMacros) -> String {
    let elsewhere = [
        "bm": "\\boldsymbol", "argmax": "\\operatorname*{arg\\,max}", "argmin": "\\operatorname*{arg\\,min}",
    ]
    guard let source = try? tokens(of: tex) else { return tex }
    var expander = MacroExpander(source, macros: macros)
    guard let expanded = try? expander.expanded() else { return tex }
    func isForeign(_ token: Token) -> Bool {
        if case .command(let name) = token { elsewhere[name] != nil } else { false }
    }
    guard expanded.map(\.token) != source.map(\.token) || expanded.contains(where: { isForeign($0.token) }) else {
        return tex
    }
    var portable = ""
    var endsInCommand = false
    for token in expanded where token.token != .end {
        var written = token.token.source
        if case .command(let name) = token.token { written = elsewhere[name] ?? written }
        if case .character(let scalar) = token.token, endsInCommand, scalar.isASCIILetter { portable += " " }
        portable += written
        endsInCommand = written.first == "\\" && written.last?.isLetter == true
    }
    return portable
}
