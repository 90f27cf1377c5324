/// What a command asks the parser to do.
enum Command {
    case letter(String)
    case symbol(Symbol)
    case function(String, Limits)
    /// A function's name, with the limits that it has without a star.
    case functionName(Limits)
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
    case phantom(Room)
    /// Holds for the rest of the group.
    case fontSwitch(Font)
    case decorationSwitch(Decoration)
    case colorSwitch
    case infix(InfixFraction)
    case further(FurtherCommand)
    case nothing
    case begin
    /// Ends what another command began: `\right`, `\middle`, `\end`, `\\`.
    case closer
    /// Known, and not part of the subset; with what to do instead.
    case refused(String)
}

/// A fraction whose command stands between its parts.
enum InfixFraction {
    case over, choose, atop
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
        commands.merge(furtherStructure) { first, _ in first }
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
        "injlim": "inj\u{2009}lim", "projlim": "proj\u{2009}lim",
    ]

    private static let sizes = ["big": 12, "Big": 18, "bigg": 24, "Bigg": 30]

    private static let structure: [String: Command] = [
        "frac": .fraction(FractionStyle()), "dfrac": .fraction(FractionStyle(display: true)),
        "tfrac": .fraction(FractionStyle(display: false)),
        "binom": .binomial(display: nil), "dbinom": .binomial(display: true), "tbinom": .binomial(display: false),
        "sqrt": .root, "operatorname": .functionName(.beside), "operatornamewithlimits": .functionName(.movable),
        "not": .negation,
        "bmod": .symbol(Symbol(text: "mod", role: .binary)), "pmod": .modulo(inParentheses: true),
        "mod": .modulo(inParentheses: false),
        "mathrm": .font(.upright), "mathbf": .font(.bold), "boldsymbol": .font(.boldItalic), "bm": .font(.boldItalic),
        "mathit": .font(.italic), "mathsf": .font(.sansSerif), "mathtt": .font(.monospace),
        "mathbb": .font(.blackboard), "mathcal": .font(.script), "mathscr": .font(.script),
        "mathfrak": .font(.fraktur), "mathds": .font(.blackboard), "mathbbm": .font(.blackboard),
        "mathup": .font(.upright), "pmb": .font(.boldItalic), "mathbfit": .font(.boldItalic),
        "symbf": .font(.boldItalic), "boldmath": .fontSwitch(.boldItalic), "mathbfcal": .font(.script),
        "frak": .font(.fraktur),
        "Bbb": .font(.blackboard), "mathnormal": .font(.italic), "bold": .font(.bold),
        "rm": .fontSwitch(.upright), "bf": .fontSwitch(.bold), "it": .fontSwitch(.italic),
        "cal": .fontSwitch(.script), "sf": .fontSwitch(.sansSerif), "tt": .fontSwitch(.monospace),
        "textup": .text(.plain), "textmd": .text(.plain), "emph": .text(.italic), "textsl": .text(.italic),
        "textsc": .text(.smallCapitals), "hbox": .text(.plain),
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
        "overleftrightarrow": wideAccent("↔"), "widecheck": wideAccent("ˇ"), "overparen": wideAccent("⏜"),
        "dddot": accent("\u{20DB}"), "ddddot": accent("\u{20DC}"),
        "underrightarrow": wideAccent("→", isBelow: true), "underleftarrow": wideAccent("←", isBelow: true),
        "underleftrightarrow": wideAccent("↔", isBelow: true), "underparen": wideAccent("⏝", isBelow: true),
        "utilde": wideAccent("~", isBelow: true),
        "overbracket": .accent(Accent(mark: "⎴", stretches: true, takesLimits: true)),
        "underbracket": .accent(Accent(mark: "⎵", isBelow: true, stretches: true, takesLimits: true)),
        "widebar": .rule(isBelow: false), "underbar": .rule(isBelow: true),
        "overset": .over, "underset": .under, "stackrel": .relationWithOver,
        "xrightarrow": .arrow("→"), "xleftarrow": .arrow("←"), "xRightarrow": .arrow("⇒"), "xLeftarrow": .arrow("⇐"),
        "xleftrightarrow": .arrow("↔"), "xLeftrightarrow": .arrow("⇔"), "xmapsto": .arrow("↦"),
        "xhookrightarrow": .arrow("↪"), "xhookleftarrow": .arrow("↩"), "xlongequal": .arrow("="),
        "xrightharpoonup": .arrow("⇀"), "xrightleftharpoons": .arrow("⇌"), "xtwoheadrightarrow": .arrow("↠"),
        "left": .left, "right": .closer, "middle": .closer, "begin": .begin, "end": .closer, "\\": .closer,
        "displaystyle": .style(display: true), "textstyle": .style(display: false),
        "limits": .limits(.always), "nolimits": .limits(.beside), "displaylimits": .limits(.movable),
        "substack": .substack, "phantom": .phantom(.all), "hphantom": .phantom(.width),
        "vphantom": .phantom(.height), "nonumber": .nothing, "notag": .nothing,
        ",": .space(3), "thinspace": .space(3), ":": .space(4), ">": .space(4), "medspace": .space(4),
        ";": .space(5), "thickspace": .space(5), "!": .space(-3), "negthinspace": .space(-3), " ": .space(6),
        "negmedspace": .space(-4), "negthickspace": .space(-5), "enskip": .space(9), "nobreakspace": .space(6),
        "enspace": .space(9), "quad": .space(18), "qquad": .space(36),
    ]

    /// What has no meaning in a formula that stands on a page: where lines and pages may break, and how they are set.
    private static let nothing = [
        "relax", "allowbreak", "nobreak", "break", "displaybreak", "noindent", "leavevmode", "/", "-", "null",
        "protect",
        "par", "unskip", "ignorespaces", "centering", "unboldmath",
    ]

    private static let furtherStructure: [String: Command] = {
        let commands: [String: FurtherCommand] = [
            "mathop": .classed(.largeOperator), "mathbin": .classed(.binary), "mathrel": .classed(.relation),
            "mathord": .classed(.ordinary), "mathopen": .classed(.opening), "mathclose": .classed(.closing),
            "mathpunct": .classed(.punctuation), "mathinner": .classed(.inner),
            "boxed": .decorated(.box), "fbox": .textBox, "framebox": .textBox, "cancel": .decorated(.rising),
            "bcancel": .decorated(.falling), "xcancel": .decorated(.crossed), "sout": .decorated(.struck),
            "cancelto": .crossedTo, "textcolor": .colored, "colorbox": .colorBox(border: false),
            "fcolorbox": .colorBox(border: true),
            "mathllap": .overlap(.left), "mathrlap": .overlap(.right), "mathclap": .overlap(.both),
            "llap": .overlap(.left), "rlap": .overlap(.right), "clap": .overlap(.both), "smash": .smash,
            "smashoperator": .overlap(.both), "raisebox": .raise, "mathstrut": .strut, "strut": .strut, "rule": .bar,
            "hspace": .length(inBraces: true), "hskip": .length(inBraces: false), "kern": .length(inBraces: false),
            "mkern": .length(inBraces: false), "mskip": .length(inBraces: false), "mspace": .length(inBraces: true),
            "prescript": .prescript, "sideset": .sideset, "genfrac": .generalFraction, "nicefrac": .slantedFraction,
            "sfrac": .slantedFraction, "overunderset": .overAndUnder(overFirst: true),
            "underoverset": .overAndUnder(overFirst: false),
            "abs": .fenced(open: "|", close: "|"), "norm": .fenced(open: "‖", close: "‖"),
            "ket": .fenced(open: "|", close: "⟩"), "bra": .fenced(open: "⟨", close: "|"),
            "braket": .fenced(open: "⟨", close: "⟩"), "set": .fenced(open: "{", close: "}"),
            "tag": .tag, "label": .label, "eqref": .equationNumber(inParentheses: true),
            "ref": .equationNumber(inParentheses: false), "pod": .parenthesizedModulus,
            "hline": .tableLine(.solid, isPart: false), "hdashline": .tableLine(.dashed, isPart: false),
            "toprule": .tableLine(.solid, isPart: false), "midrule": .tableLine(.solid, isPart: false),
            "bottomrule": .tableLine(.solid, isPart: false), "cline": .tableLine(.solid, isPart: true),
            "cmidrule": .tableLine(.solid, isPart: true), "intertext": .intertext, "shortintertext": .intertext,
            "multicolumn": .multicolumn, "ensuremath": .ensureMath,
        ]
        var all = commands.mapValues { Command.further($0) }
        for name in nothing { all[name] = .nothing }
        all["cfrac"] = .fraction(FractionStyle(display: true))
        all["color"] = .colorSwitch
        all["over"] = .infix(.over)
        all["choose"] = .infix(.choose)
        all["atop"] = .infix(.atop)
        all["scriptstyle"] = .decorationSwitch(.scriptLevel(1))
        all["scriptscriptstyle"] = .decorationSwitch(.scriptLevel(2))
        let sizes = [
            "tiny": 50, "scriptsize": 70, "footnotesize": 80, "small": 90, "normalsize": 100, "large": 120,
            "Large": 144,
            "LARGE": 173, "huge": 207, "Huge": 249,
        ]
        for (name, percent) in sizes { all[name] = .decorationSwitch(.size(percent)) }
        return all
    }()

    private static func accent(_ mark: String) -> Command {
        .accent(Accent(mark: mark))
    }

    private static func wideAccent(_ mark: String, isBelow: Bool = false) -> Command {
        .accent(Accent(mark: mark, isBelow: isBelow, stretches: true))
    }

    private static let refused: [String: String] = {
        let macro = "write \\newcommand{\\name}[1]{…}"
        let unit = "write the number and \\,\\mathrm{…} behind it"
        let link = "put the link into the prose"
        return [
            "edef": macro, "xdef": macro, "futurelet": macro, "expandafter": macro, "csname": macro,
            "newenvironment": "write the environment out", "NewDocumentCommand": macro, "DeclareDocumentCommand": macro,
            "setlength": "distances are the page's", "vspace": "write \\\\[1ex]", "vskip": "write \\\\[1ex]",
            "href": link, "url": link, "includegraphics": "put the picture into the prose",
            "ce": "write the formula's letters as \\mathrm{H_2O}", "SI": unit, "si": unit, "qty": unit, "unit": unit,
            "num": "write the number", "mathchoice": "write what the formula needs where it stands",
            "cite": "cite in the prose: [@key]", "citep": "cite in the prose: [@key]",
            "citet": "cite in the prose: @key", "footnote": "put the note into the prose",
            "multirow": "leave the cells below empty", "verb": "write \\texttt{…}",
            "ooalign": "use a symbol of its own", "usepackage": "leave it out: there are no packages",
            "(": "leave out \\( and \\)", ")": "leave out \\( and \\)", "[": "leave out \\[ and \\]",
            "]": "leave out \\[ and \\]",
        ]
    }()
}
