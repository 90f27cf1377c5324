/// Printed text as a terminal shows it.
///
/// A carriage return goes back to the line's beginning, where what follows replaces what stands there, as progress bars have it;
/// a backspace goes back by one column. Of escape sequences (ECMA-48) those for colours and emphasis, for erasing, and for
/// moving the cursor within the last 100 lines are carried out; others leave no trace. Other control characters are shown by
/// the characters that Unicode has to show them (␀, ␛), save the bell.
///
/// Text without control characters is left as it is. Time and memory are proportional to the text's length, whatever stands in it.
public struct PrintedText: Hashable, Sendable {
    /// A stretch of one style; the ends of lines are among the text.
    public struct Run: Hashable, Sendable {
        /// The characters, ends of lines included; never empty in ``PrintedText/runs``.
        public var text: String
        /// The style that all of the characters have.
        public var style: TextStyle

        /// A stretch of text in one style.
        public init(_ text: String, _ style: TextStyle = .plain) {
            self.text = text
            self.style = style
        }
    }

    /// In their order, no two neighbours of one style, none empty.
    public let runs: [Run]

    /// - Parameter printed: what a program wrote.
    public init(_ printed: String) {
        guard printed.utf8.contains(where: PrintedText.mayControl) else {
            runs = printed.isEmpty ? [] : [Run(printed)]
            return
        }
        var screen = TerminalScreen()
        screen.print(printed)
        runs = screen.runs()
    }

    /// Whether a byte is, or in UTF-8 may begin, a control character other than those that end lines and make tables.
    private static func mayControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != 0x0A && byte != 0x09) || byte == 0x7F || byte == 0xC2
    }

    /// What is shown, without its styles.
    public var text: String { runs.count == 1 ? runs[0].text : runs.map(\.text).joined() }
}

/// Text and styles, put together run by run.
struct RunList {
    private var known: [PrintedText.Run] = []
    /// How many lines end behind what is known.
    private var ends = 0

    mutating func append(_ scalar: Unicode.Scalar, _ style: TextStyle) {
        if ends > 0 {
            // The end of a line has no look of its own: within a stretch of one style it parts nothing.
            placeEnds(known.last?.style == style ? style : .plain)
        }
        startRun(style)
        known[known.count - 1].text.unicodeScalars.append(scalar)
    }

    mutating func endLine() { ends += 1 }

    consuming func runs() -> [PrintedText.Run] {
        placeEnds(.plain)
        return known
    }

    private mutating func placeEnds(_ style: TextStyle) {
        guard ends > 0 else { return }
        startRun(style)
        known[known.count - 1].text += String(repeating: "\n", count: ends)
        ends = 0
    }

    /// Sees to it that the last run is of `style`.
    private mutating func startRun(_ style: TextStyle) {
        if known.last?.style != style { known.append(PrintedText.Run("", style)) }
    }
}

extension PrintedText {
    /// The same for a terminal: text, and sequences for colours and emphasis alone.
    public var withEscapes: String {
        runs.map { $0.style == .plain ? $0.text : $0.style.sequence + $0.text + "\u{1B}[0m" }.joined()
    }
}

extension TextStyle {
    fileprivate var sequence: String {
        let words = [(Emphasis.bold, 1), (.dim, 2), (.italic, 3), (.underline, 4), (.inverse, 7), (.strike, 9)]
        let numbers = words.filter { emphasis.contains($0.0) }.map { "\($0.1)" }
        let colors = [foreground.map { $0.numbers(from: 30) }, background.map { $0.numbers(from: 40) }]
        return "\u{1B}[" + (numbers + colors.compactMap(\.self)).joined(separator: ";") + "m"
    }
}

extension TextStyle.Color {
    fileprivate func numbers(from base: Int) -> String {
        switch self {
        case .theme(let number): "\(base + Int(number) + (number < 8 ? 0 : 52))"
        case .rgb(let red, let green, let blue): "\(base + 8);2;\(red);\(green);\(blue)"
        }
    }
}
