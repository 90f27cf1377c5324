/// What `\begin{…}` names: a table, its columns and its fences.
struct Environment {
    enum Columns {
        /// Any number of columns set alike.
        case any(Table.Alignment)
        /// These columns and no more.
        case fixed([Table.Alignment])
        /// Pairs, right and left, that meet at a relation.
        case pairs
        /// As the argument says.
        case argument
    }

    var columns: Columns
    var open: String?
    var close: String?
    /// Whether cells are set as displayed formulas.
    var display = false
    /// Whether rows stand close together, as in a subscript.
    var isSmall = false
    /// Whether it is no table: its content stands as it is.
    var isPlain = false
    /// Whether a count of columns, which nothing here depends on, follows the name.
    var takesCount = false
    /// Whether pairs of columns stand apart.
    var spreads = true
    /// Whether the first line stands at the left, the last at the right.
    var isStaggered = false
    /// Lines before columns, counted from 0; one more than there are columns is behind the last.
    var lines: [Int: Table.Line] = [:]

    static let named: [String: Environment] = {
        var named: [String: Environment] = [
            "matrix": matrix(nil, nil), "pmatrix": matrix("(", ")"), "bmatrix": matrix("[", "]"),
            "Bmatrix": matrix("{", "}"), "vmatrix": matrix("|", "|"), "Vmatrix": matrix("‖", "‖"),
            "smallmatrix": small(nil, nil), "psmallmatrix": small("(", ")"), "bsmallmatrix": small("[", "]"),
            "vsmallmatrix": small("|", "|"),
            "cases": cases("{", nil), "dcases": cases("{", nil, display: true), "rcases": cases(nil, "}"),
            "drcases": cases(nil, "}", display: true),
            "aligned": aligned, "align": aligned, "split": aligned, "flalign": aligned,
            "alignedat": Environment(columns: .pairs, display: true, takesCount: true, spreads: false),
            "eqnarray": Environment(columns: .fixed([.right, .center, .left]), display: true),
            "gathered": gathered, "gather": gathered,
            "multline": Environment(columns: .fixed([.center]), display: true, isStaggered: true),
            "equation": Environment(columns: .any(.center), isPlain: true),
            "subequations": Environment(columns: .any(.center), isPlain: true),
            "displaymath": Environment(columns: .any(.center), isPlain: true),
            "array": Environment(columns: .argument), "tabular": Environment(columns: .argument),
            "subarray": Environment(columns: .argument, isSmall: true),
        ]
        named["alignat"] = named["alignedat"]
        named["multlined"] = named["multline"]
        for name in named.keys where !name.hasSuffix("ed") { named[name + "*"] = named[name] }
        return named
    }()

    /// Known, and not part of the subset; with what to do instead.
    static let refused: [String: String] = {
        let diagram = "draw it as a flowchart in a fence of mermaid"
        return [
            "CD": diagram, "tikzcd": diagram, "tikzpicture": diagram, "tikz": diagram,
            "IEEEeqnarray": "write \\begin{align}", "numcases": "write \\begin{cases}",
            "itemize": "lists belong into the prose", "enumerate": "lists belong into the prose",
            "figure": "figures are made by cells", "table": "tables belong into the prose",
            "algorithm": "write the steps as a list in the prose", "theorem": "write it as prose, the formula apart",
            "proof": "write it as prose, the formula apart", "NiceMatrix": "write \\begin{matrix}",
            "math": "leave it out: the dollars say it already",
        ]
    }()

    static let substack = Environment(columns: .fixed([.center]), isSmall: true)

    private static let aligned = Environment(columns: .pairs, display: true)
    private static let gathered = Environment(columns: .fixed([.center]), display: true)

    private static func cases(_ open: String?, _ close: String?, display: Bool = false) -> Environment {
        Environment(columns: .fixed([.left, .left]), open: open, close: close, display: display)
    }

    private static func small(_ open: String?, _ close: String?) -> Environment {
        Environment(columns: .any(.center), open: open, close: close, isSmall: true)
    }

    private static func matrix(_ open: String?, _ close: String?) -> Environment {
        Environment(columns: .any(.center), open: open, close: close)
    }

    /// How many columns a row may have, where that is limited.
    var columnLimit: Int? {
        if case .fixed(let columns) = columns { columns.count } else { nil }
    }

    func alignment(ofColumn column: Int) -> Table.Alignment {
        switch columns {
        case .any(let alignment): alignment
        case .fixed(let alignments): column < alignments.count ? alignments[column] : .center
        case .pairs: column.isMultiple(of: 2) ? .right : .left
        case .argument: .center
        }
    }
}
