/// What stands in a node, on an edge or above a box: lines of words, some of them bold or slanted, and formulas.
public struct DiagramLabel: Hashable, Sendable, ExpressibleByStringLiteral {
    /// Words of one style, or one formula.
    public struct Piece: Hashable, Sendable {
        /// The words as they are drawn, or the TeX of a formula without its dollars.
        public var text: String
        /// Whether the words are bold.
        public var isBold = false
        /// Whether the words are slanted.
        public var isSlanted = false
        /// Whether `text` is a formula in TeX.
        public var isFormula = false
    }

    /// The lines from top to bottom, each with its pieces from left to right.
    public private(set) var lines: [[Piece]]

    /// The label as it reads, without bold and slanted; `\n` parts lines.
    public var text: String { lines.map { $0.map(\.text).joined() }.joined(separator: "\n") }

    /// The same on one line.
    public var sentence: String { lines.map { $0.map(\.text).joined() }.joined(separator: " ") }

    /// Plain words; `\n` parts lines.
    public init(stringLiteral text: String) {
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { [Piece(text: String($0))] }
    }

    /// Reads a label as Mermaid does.
    ///
    /// `<br>` and ends of lines part lines; `#quot;`, `#35;` and `&amp;` are characters; `<b>` and `<i>` and their kin are bold and
    /// slanted; between backticks stands Markdown with `**bold**` and `*slanted*`; between double dollars stands a formula.
    init(mermaid source: String) {
        var source = source[...].trimmingSpaces
        let isMarkdown = source.count > 1 && source.first == "`" && source.last == "`"
        if isMarkdown { source = source.dropFirst().dropLast() }
        let parted = source.replacing(/<br\s*\/?>/.ignoresCase(), with: "\n").replacing("\\n", with: "\n")
        var style = Piece(text: "")
        lines = []
        for line in parted.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            var pieces: [Piece] = []
            for (index, part) in line.trimmingSpaces.split(separator: "$$", omittingEmptySubsequences: false)
                .enumerated()
            {
                if index.isMultiple(of: 2) {
                    pieces += Self.words(part, isMarkdown: isMarkdown, style: &style)
                } else {
                    pieces.append(Piece(text: String(part), isFormula: true))
                }
            }
            lines.append(pieces.filter { !$0.text.isEmpty })
        }
    }

    /// Cuts `text` where its style changes; `style` is the one it begins with and, after that, the one it ends with.
    private static func words(_ text: Substring, isMarkdown: Bool, style: inout Piece) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text
        var words = ""
        func end() {
            var piece = style
            piece.text = character(words)
            words = ""
            pieces.append(piece)
        }
        while let first = rest.first {
            if let tag = rest.prefixMatch(of: /<(\/?)(b|strong|i|em)>/.ignoresCase()) {
                end()
                let isOpen = tag.1.isEmpty
                if ["b", "strong"].contains(tag.2.lowercased()) {
                    style.isBold = isOpen
                } else {
                    style.isSlanted = isOpen
                }
                rest = rest[tag.range.upperBound...]
            } else if isMarkdown, let mark = rest.prefixMatch(of: /\*\*|__/) {
                end()
                style.isBold.toggle()
                rest = rest[mark.range.upperBound...]
            } else if isMarkdown, first == "*" || (first == "_" && isSlant(rest, after: words)) {
                end()
                style.isSlanted.toggle()
                rest.removeFirst()
            } else {
                words.append(first)
                rest.removeFirst()
            }
        }
        end()
        return pieces
    }

    /// Whether the `_` that `rest` begins with stands at a word's edge, not in a name such as `soft_loss`.
    private static func isSlant(_ rest: Substring, after words: String) -> Bool {
        func isLetter(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber } ?? false }
        return !(isLetter(words.last) && isLetter(rest.dropFirst().first))
    }

    private static let named = [
        "quot": "\"", "amp": "&", "lt": "<", "gt": ">", "apos": "'", "nbsp": "\u{A0}", "times": "×", "divide": "÷",
        "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓", "harr": "↔", "rArr": "⇒", "hellip": "…", "mdash": "—",
        "ndash": "–", "deg": "°", "infin": "∞", "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈", "plusmn": "±",
        "sum": "∑", "radic": "√", "hearts": "♥", "check": "✓", "copy": "©", "sect": "§", "middot": "·", "bull": "•",
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ",
        "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω",
    ]

    /// Character entities written out: `#35;`, `#x23;`, `#quot;` and, as in HTML, `&#35;`, `&quot;`.
    private static func character(_ text: String) -> String {
        text.replacing(/&?#(\w+);|&(\w+);/) { match in
            let name = String(match.1 ?? match.2 ?? "")
            let number = name.first == "x" ? UInt32(name.dropFirst(), radix: 16) : UInt32(name)
            let scalar = number.flatMap(Unicode.Scalar.init).flatMap { $0.value < 32 ? nil : $0 }
            return named[name] ?? scalar.map { String(Character($0)) } ?? String(match.0)
        }
    }
}
