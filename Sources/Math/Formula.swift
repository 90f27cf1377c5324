/// A formula as TeX reads it, before it is decided how it is drawn.
indirect enum Formula: Sendable {
    /// A variable, or a word set as one; `nil` is the font that mathematics gives it.
    case letter(String, Font?)
    case number(String, Font?)
    case symbol(Symbol)
    /// A named function, such as log.
    case function(String, Limits)
    case text(String, TextStyle)
    /// White space, in eighteenths of an em.
    case space(Int)
    case row([Formula])
    case fraction(numerator: Formula, denominator: Formula, FractionStyle)
    case root(Formula, index: Formula?)
    case scripts(base: Formula?, subscript: Formula?, superscript: Formula?, Limits)
    case accent(Formula, Accent)
    /// A line over or under all of a formula.
    case rule(Formula, isBelow: Bool)
    /// A base with something smaller above or below it.
    case stack(base: Formula, over: Formula?, under: Formula?, AtomClass)
    case delimited(open: String?, segments: [Formula], middles: [String], close: String?)
    /// A delimiter of a given size, in tenths of an em.
    case sizedDelimiter(String, tenths: Int, AtomClass)
    case table(Table)
    case styled(Formula, display: Bool)
    /// Room for a formula that is not drawn.
    case phantom(Formula, Room)
    /// A formula that is drawn and takes up other room than its own.
    case overlap(Formula, Overlap)
    /// White space of a length that CSS writes.
    case gap(String)
    /// A formula that is to its neighbours what the author says.
    case classed(Formula, AtomClass, Limits)
    /// A formula with scripts on both sides.
    case prescripts(base: Formula, below: Formula?, above: Formula?, after: [Formula?], Limits)
    case decorated(Formula, Decoration)
    /// A filled rectangle, by lengths of CSS.
    case bar(width: String, height: String, raised: String)
}

/// The room that an invisible formula takes up.
enum Room {
    case all, width, height
}

/// The room that a visible formula takes up in place of its own.
enum Overlap {
    /// No width; drawn to the left, to the right, or to both sides.
    case left, right, both
    /// No height and no depth, or one of them.
    case height(top: Bool, bottom: Bool)
    case raised(String)
}

/// What is drawn around or over a formula, as CSS does it.
enum Decoration {
    case box, rising, falling, crossed, struck
    case color(String)
    case background(String, border: String?)
    /// Percent of the usual size.
    case size(Int)
    case scriptLevel(Int)
}

/// What a symbol is to its neighbours, which decides the distances between them.
enum AtomClass: Int {
    case ordinary, largeOperator, binary, relation, opening, closing, punctuation, inner
}

/// Where an operator's limits go.
enum Limits {
    /// To its right, as subscript and superscript.
    case beside
    /// Below and above it in a displayed formula, to its right elsewhere.
    case movable
    /// Below and above it.
    case always
}

/// A character, or a few, with a role.
struct Symbol: Hashable {
    var text: String
    var role: AtomClass
    var limits = Limits.beside
}

struct FractionStyle {
    var hasBar = true
    /// Whether the fraction is set as in a displayed formula; `nil` is as its surroundings.
    var display: Bool?
}

/// A mark above or below that spans its base.
struct Accent {
    let mark: String
    var isBelow = false
    var stretches = false
    /// Whether scripts that follow go above and below, as with braces.
    var takesLimits = false
}

enum TextStyle {
    case plain, bold, italic, monospace, sansSerif, smallCapitals
}

struct Table: Sendable {
    enum Alignment: String {
        case left, center, right
    }

    /// One cell, which may span several columns.
    struct Cell: Sendable {
        var formula: Formula
        var span = 1
        /// In place of its column's.
        var alignment: Alignment?
    }

    enum Line: String {
        case solid, dashed
    }

    struct Row: Sendable {
        var cells: [Cell] = []
        /// Space below, as a CSS length.
        var gap: String?
        /// The equation's name at its right.
        var tag: String?
        /// Lines above, each with the columns that it spans.
        var lines: [(Line, ClosedRange<Int>?)] = []
    }

    var rows: [Row]
    var environment: Environment
    /// Lines at the bottom.
    var lastLines: [(Line, ClosedRange<Int>?)] = []
}

extension Formula {
    static let empty = Formula.row([])

    /// What the formula is to its left neighbour.
    var leadingClass: AtomClass {
        switch self {
        case .symbol(let symbol): symbol.role
        case .function: .largeOperator
        case .scripts(let base?, _, _, _): base.leadingClass
        case .stack(_, _, _, let role), .sizedDelimiter(_, _, let role): role
        case .classed(_, let role, _): role
        case .prescripts(let base, _, _, _, _): base.leadingClass
        case .delimited: .opening
        default: .ordinary
        }
    }

    /// What the formula is to its right neighbour.
    var trailingClass: AtomClass {
        switch self {
        case .delimited: .closing
        case .scripts(let base?, _, _, _): base.trailingClass
        default: leadingClass
        }
    }

    /// Whether the formula is drawn as an operator, with or without scripts, and so carries distances itself.
    var isOperator: Bool {
        switch self {
        case .symbol, .function, .sizedDelimiter, .classed: true
        case .scripts(let base?, _, _, _): base.isOperator
        case .stack(let base, _, _, _): base.isOperator
        default: false
        }
    }

    /// Whether an author's command says what the formula is to its neighbours.
    var isClassed: Bool {
        if case .classed = self { true } else { false }
    }

    var limits: Limits {
        switch self {
        case .symbol(let symbol): symbol.limits
        case .function(_, let limits), .classed(_, _, let limits): limits
        case .accent(_, let accent): accent.takesLimits ? .always : .beside
        default: .beside
        }
    }
}
