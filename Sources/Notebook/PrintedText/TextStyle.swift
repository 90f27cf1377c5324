/// How a stretch of text looks on a terminal.
public struct TextStyle: Hashable, Sendable {
    /// The marks of a style beside its colours; each has its code in ECMA-48's Select Graphic Rendition.
    public struct Emphasis: OptionSet, Hashable, Sendable {
        /// The marks as bits, in the order of the constants below.
        public let rawValue: UInt8
        /// Marks from bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Strong strokes (code 1).
        public static let bold = Emphasis(rawValue: 1)
        /// Faint ink (code 2).
        public static let dim = Emphasis(rawValue: 2)
        /// Slanted letters (code 3).
        public static let italic = Emphasis(rawValue: 4)
        /// A line below (code 4).
        public static let underline = Emphasis(rawValue: 8)
        /// The colours of text and ground change places.
        public static let inverse = Emphasis(rawValue: 16)
        /// A line through the letters (code 9).
        public static let strike = Emphasis(rawValue: 32)
    }

    /// A colour as the printed text chose it.
    public enum Color: Hashable, Sendable {
        /// One of the terminal's own sixteen, which its theme chooses: black, red, green, yellow, blue, magenta, cyan and
        /// white, then their bright kinds.
        case theme(UInt8)
        case rgb(red: UInt8, green: UInt8, blue: UInt8)

        /// The colour numbered `number` of a terminal's 256; `nil` where there is none.
        init?(number: Int) {
            let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
            switch number {
            case 0..<16: self = .theme(UInt8(number))
            case 16..<232:
                let place = number - 16
                self = .rgb(red: steps[place / 36], green: steps[place / 6 % 6], blue: steps[place % 6])
            case 232..<256:
                let gray = UInt8(8 + 10 * (number - 232))
                self = .rgb(red: gray, green: gray, blue: gray)
            default: return nil
            }
        }
    }

    /// The marks that apply.
    public var emphasis: Emphasis = []
    /// The text's colour; the page's own where it is `nil`.
    public var foreground: Color?
    /// The colour behind the text; none where it is `nil`.
    public var background: Color?

    /// A style; left out is whatever the page has.
    public init(emphasis: Emphasis = [], foreground: Color? = nil, background: Color? = nil) {
        self.emphasis = emphasis
        self.foreground = foreground
        self.background = background
    }

    /// The page's own style.
    public static let plain = TextStyle()
}

extension TextStyle {
    /// Changes the style as the control sequence Select Graphic Rendition says (ECMA-48, 8.3.117).
    ///
    /// Blinking and hidden text are not among what it does: a page stands still and hides nothing.
    mutating func apply(_ parameters: ControlSequence.Parameters) {
        var rest = parameters.groups[...]
        while let group = rest.popFirst() {
            switch group.number {
            case 0: self = .plain
            case 1: emphasis.insert(.bold)
            case 2: emphasis.insert(.dim)
            case 3: emphasis.insert(.italic)
            case 4 where group.part(1) == 0: emphasis.remove(.underline)
            case 4, 21: emphasis.insert(.underline)
            case 7: emphasis.insert(.inverse)
            case 9: emphasis.insert(.strike)
            case 22: emphasis.subtract([.bold, .dim])
            case 23: emphasis.remove(.italic)
            case 24: emphasis.remove(.underline)
            case 27: emphasis.remove(.inverse)
            case 29: emphasis.remove(.strike)
            case 30...37: foreground = .theme(UInt8(group.number - 30))
            case 38: if let color = TextStyle.color(group, &rest) { foreground = color }
            case 39: foreground = nil
            case 40...47: background = .theme(UInt8(group.number - 40))
            case 48: if let color = TextStyle.color(group, &rest) { background = color }
            case 49: background = nil
            // The colour of underlines, of which there is one here.
            case 58: _ = TextStyle.color(group, &rest)
            case 90...97: foreground = .theme(UInt8(group.number - 90 + 8))
            case 100...107: background = .theme(UInt8(group.number - 100 + 8))
            default: break
            }
        }
    }

    /// The colour that follows 38 or 48: `5;n` or `2;r;g;b`, or the same behind colons, where a colour space may stand
    /// before red.
    private static func color(
        _ group: ControlSequence.Parameters.Group, _ rest: inout ArraySlice<ControlSequence.Parameters.Group>
    ) -> Color? {
        var parts = Array(group.parts.dropFirst())
        if parts.isEmpty {
            let count = [5: 2, 2: 4][rest.first?.number ?? 0] ?? 1
            parts = rest.prefix(count).map { $0.number }
            rest = rest.dropFirst(count)
        } else if parts.first == 2 && parts.count > 4 {
            parts.remove(at: 1)
        }
        switch (parts.first, parts.count) {
        case (5, 2...): return Color(number: parts[1])
        case (2, 4...):
            let levels = parts[1...3].compactMap { UInt8(exactly: $0) }
            return levels.count == 3 ? .rgb(red: levels[0], green: levels[1], blue: levels[2]) : nil
        default: return nil
        }
    }
}
