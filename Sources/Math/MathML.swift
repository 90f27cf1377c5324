/// Translates one formula from TeX to presentation MathML, with the TeX source as its annotation.
///
/// The subset is strict: what is not known is an error, never passed through or left out. The distances
/// between symbols are TeX's own (The TeXbook, chapter 18), written as attributes wherever they differ from
/// what MathML Core's operator dictionary would give. Fences and braces grow in a font with a table for
/// mathematics only (OpenType `MATH`), which the page's style sheet has to name.
///
/// - Parameters:
///   - tex: the formula, without its dollars.
///   - display: whether the formula stands on a line of its own (`$$…$$`) or in the text (`$…$`).
/// - Returns: one `math` element, well-formed as XML and as HTML, the same for the same source.
/// - Throws: `MathError` at the first place that is not in the subset.
public func mathML(_ tex: String, display: Bool) throws(MathError) -> String {
    var parser = Parser(tokens: try tokens(of: tex))
    let formula = try parser.formula()
    return MathMLWriter().document(formula, tex: tex, display: display)
}
