/// Commands beyond the structure of formulas: boxes, colours, lengths, classes, names.
enum FurtherCommand {
    /// `\mathop`, `\mathrel` and their like.
    case classed(AtomClass)
    case decorated(Decoration)
    /// Words in a box.
    case textBox
    case crossedTo
    case colored
    case colorBox(border: Bool)
    case overlap(Overlap)
    case smash
    case raise
    case strut
    case bar
    /// A length, in braces or behind the command.
    case length(inBraces: Bool)
    case prescript
    case sideset
    case generalFraction
    case slantedFraction
    case overAndUnder(overFirst: Bool)
    case fenced(open: String, close: String)
    case tag
    case label
    case equationNumber(inParentheses: Bool)
    case parenthesizedModulus
    case tableLine(Table.Line, isPart: Bool)
    case intertext
    case multicolumn
    case ensureMath
    case lineUnder(String)
}
