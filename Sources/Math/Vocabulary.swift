/// What a command asks the parser to do.
enum Command {
    case letter(String)
    case symbol(Symbol)
    case function(String, Limits)
    case functionName
    case space(Int)
    case fraction(FractionStyle)
    case binomial(display: Bool?)
    case root
    case font(Font)
    case text(TextStyle)
    case accent(Accent)
    case rule(isBelow: Bool)
    case over
    case under
    case relationWithOver
    case arrow(String)
    case left
    case sizedDelimiter(tenths: Int, AtomClass)
    case style(display: Bool)
    case limits(Limits)
    case negation
    case modulo(inParentheses: Bool)
    case substack
    case phantom
    case nothing
    case begin
    /// Ends what another command began: `\right`, `\middle`, `\end`, `\\`.
    case closer
    /// Known, and not part of the subset; with what to do instead.
    case refused(String)
}

/// Every command there is.
package enum Vocabulary {
    static let commands: [String: Command] = {
        var commands = structure
        commands.merge(Symbols.letters.mapValues { .letter($0) }) { first, _ in first }
        commands.merge(Symbols.named.mapValues { .symbol($0) }) { first, _ in first }
        for name in functions { commands[name] = .function(name, .beside) }
        for name in functionsWithLimits { commands[name] = .function(name, .movable) }
        for (name, text) in functionsOfTwoWords { commands[name] = .function(text, .movable) }
        for (name, tenths) in sizes {
            commands[name] = .sizedDelimiter(tenths: tenths, .ordinary)
            commands[name + "l"] = .sizedDelimiter(tenths: tenths, .opening)
            commands[name + "r"] = .sizedDelimiter(tenths: tenths, .closing)
            commands[name + "m"] = .sizedDelimiter(tenths: tenths, .relation)
        }
        for (name, cure) in refused { commands[name] = .refused(cure) }
        return commands
    }()

    /// The names worth suggesting for one that is not known.
    package static var suggestions: [String] {
        commands.keys.filter { refused[$0] == nil && $0.unicodeScalars.allSatisfy(\.isASCIILetter) }
    }

    private static let functions = [
        "log", "ln", "exp", "lg", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "arcsin",
        "arccos", "arctan", "arg", "deg", "dim", "hom", "ker",
    ]

    private static let functionsWithLimits = ["lim", "max", "min", "sup", "inf", "det", "gcd", "Pr"]

    private static let functionsOfTwoWords = [
        "argmax": "arg\u{2009}max", "argmin": "arg\u{2009}min", "limsup": "lim\u{2009}sup", "liminf": "lim\u{2009}inf",
    ]

    private static let sizes = ["big": 12, "Big": 18, "bigg": 24, "Bigg": 30]

    private static let structure: [String: Command] = [
        "frac": .fraction(FractionStyle()), "dfrac": .fraction(FractionStyle(display: true)),
        "tfrac": .fraction(FractionStyle(display: false)),
        "binom": .binomial(display: nil), "dbinom": .binomial(display: true), "tbinom": .binomial(display: false),
        "sqrt": .root, "operatorname": .functionName, "not": .negation,
        "bmod": .symbol(Symbol(text: "mod", role: .binary)), "pmod": .modulo(inParentheses: true),
        "mod": .modulo(inParentheses: false),
        "mathrm": .font(.upright), "mathbf": .font(.bold), "boldsymbol": .font(.boldItalic), "bm": .font(.boldItalic),
        "mathit": .font(.italic), "mathsf": .font(.sansSerif), "mathtt": .font(.monospace),
        "mathbb": .font(.blackboard), "mathcal": .font(.script), "mathscr": .font(.script),
        "mathfrak": .font(.fraktur),
        "text": .text(.plain), "textrm": .text(.plain), "textnormal": .text(.plain), "mbox": .text(.plain),
        "textbf": .text(.bold), "textit": .text(.italic), "texttt": .text(.monospace), "textsf": .text(.sansSerif),
        "hat": accent("^"), "bar": accent("¯"), "tilde": accent("~"), "vec": accent("→"), "dot": accent("˙"),
        "ddot": accent("¨"), "check": accent("ˇ"), "breve": accent("˘"), "acute": accent("´"), "grave": accent("`"),
        "mathring": accent("˚"),
        "widehat": wideAccent("^"), "widetilde": wideAccent("~"),
        "overrightarrow": wideAccent("→"), "overleftarrow": wideAccent("←"),
        "overline": .rule(isBelow: false), "underline": .rule(isBelow: true),
        "overbrace": .accent(Accent(mark: "⏞", stretches: true, takesLimits: true)),
        "underbrace": .accent(Accent(mark: "⏟", isBelow: true, stretches: true, takesLimits: true)),
        "overset": .over, "underset": .under, "stackrel": .relationWithOver,
        "xrightarrow": .arrow("→"), "xleftarrow": .arrow("←"),
        "left": .left, "right": .closer, "middle": .closer, "begin": .begin, "end": .closer, "\\": .closer,
        "displaystyle": .style(display: true), "textstyle": .style(display: false),
        "limits": .limits(.always), "nolimits": .limits(.beside),
        "substack": .substack, "phantom": .phantom, "nonumber": .nothing, "notag": .nothing,
        ",": .space(3), "thinspace": .space(3), ":": .space(4), ">": .space(4), "medspace": .space(4),
        ";": .space(5), "thickspace": .space(5), "!": .space(-3), "negthinspace": .space(-3), " ": .space(6),
        "enspace": .space(9), "quad": .space(18), "qquad": .space(36),
    ]

    private static func accent(_ mark: String) -> Command {
        .accent(Accent(mark: mark))
    }

    private static func wideAccent(_ mark: String) -> Command {
        .accent(Accent(mark: mark, stretches: true))
    }

    private static let refused: [String: String] = {
        let number = "the page numbers equations: give the equation a label there"
        let colour = "colour has no meaning in a formula: leave it out"
        let macro = "a formula cannot define commands: write out what it stands for"
        let spacing = "write the symbol by a command of its own, or \\operatorname{…}"
        return [
            "tag": number, "label": number, "ref": "refer to an equation from the prose", "eqref": number,
            "color": colour, "textcolor": colour, "colorbox": colour,
            "def": macro, "newcommand": macro, "renewcommand": macro, "let": macro, "DeclareMathOperator": macro,
            "mathop": "write \\operatorname*{…} or \\underset{…}{…}", "mathrel": spacing, "mathbin": spacing,
            "mathord": spacing,
            "over": "write \\frac{…}{…}", "choose": "write \\binom{…}{…}", "atop": "write \\substack{…}",
            "rm": "write \\mathrm{…}", "bf": "write \\mathbf{…}", "it": "write \\mathit{…}",
            "cal": "write \\mathcal{…}",
            "hline": "a table of data belongs into the prose", "hspace": "write \\quad or \\,",
            "vspace": "write \\\\[1ex]", "href": "put the link into the prose", "url": "put the link into the prose",
            "(": "leave out \\( and \\)", ")": "leave out \\( and \\)", "[": "leave out \\[ and \\]",
            "]": "leave out \\[ and \\]",
        ]
    }()
}

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

    static let named: [String: Environment] = [
        "matrix": matrix(nil, nil), "pmatrix": matrix("(", ")"), "bmatrix": matrix("[", "]"),
        "Bmatrix": matrix("{", "}"), "vmatrix": matrix("|", "|"), "Vmatrix": matrix("‖", "‖"),
        "smallmatrix": Environment(columns: .any(.center), isSmall: true),
        "cases": Environment(columns: .fixed([.left, .left]), open: "{"),
        "aligned": aligned, "align": aligned, "align*": aligned, "split": aligned,
        "gathered": gathered, "gather": gathered, "gather*": gathered,
        "array": Environment(columns: .argument),
    ]

    static let substack = Environment(columns: .fixed([.center]), isSmall: true)

    private static let aligned = Environment(columns: .pairs, display: true)
    private static let gathered = Environment(columns: .fixed([.center]), display: true)

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
