import Notebook
import Wire

/// What a program printed, as HTML: text as it is, and spans for what a terminal would show in colour or otherwise
/// emphasised.
func markup(ofPrinted printed: String) -> String { markup(of: PrintedText(printed).runs) }

/// The same of a part of it.
func markup(of runs: [PrintedText.Run]) -> String {
    runs.map { run in
        guard run.style != .plain else { return escaped(run.text) }
        let look = Look(run.style, isDrawing: run.text.unicodeScalars.allSatisfy(isDrawn))
        return element(
            "span",
            [
                "class": (["styled"] + look.classes).joined(separator: " "),
                "style": look.colors.joined(separator: "; "),
            ],
            escaped(run.text))
    }.joined()
}

extension PrintedText {
    /// How many lines a page shows whole, and how many of more.
    private static let (whole, first) = (40, 15)

    /// The first lines and those that are folded away; `nil` where there are few.
    var folded: (first: [Run], rest: [Run])? {
        var lines = 0
        var start: (run: Int, end: String.Index)?
        for (index, run) in runs.enumerated() {
            for place in run.text.indices where run.text[place].isNewline {
                lines += 1
                if lines == PrintedText.first { start = (index, run.text.index(after: place)) }
            }
        }
        guard lines > PrintedText.whole, let start else { return nil }
        let split = runs[start.run]
        let head = Run(String(split.text[..<start.end]), split.style)
        let tail = Run(String(split.text[start.end...]), split.style)
        return (runs[..<start.run] + [head], (tail.text.isEmpty ? [] : [tail]) + runs[(start.run + 1)...])
    }
}

/// What a program printed, without colours and emphasis, as text of HTML.
func plainMarkup(ofPrinted printed: String) -> String { escaped(PrintedText(printed).text) }

extension FigureContent {
    /// What is said of the figure where it is not seen.
    var shownText: String { PrintedText(alternativeText).text }
}

/// Whether a scalar is drawn with rather than read: a block, a geometric shape, or a blank.
private func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || (0x2580...0x25FF).contains(scalar.value)
}

/// How a style is said in HTML: by classes of the style sheet, and for colours that it has not by properties.
private struct Look {
    private(set) var classes: [String] = []
    private(set) var colors: [String] = []

    init(_ style: TextStyle, isDrawing: Bool) {
        let names: [(TextStyle.Emphasis, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.strike, "strike"),
        ]
        classes = names.filter { style.emphasis.contains($0.0) }.map(\.1)
        var (text, ground) = (style.foreground, style.background)
        let isOfTheme = [text, ground].allSatisfy { $0?.themeColor != nil || $0 == nil }
        if style.emphasis.contains(.inverse) {
            if isOfTheme { classes.append("inverse") } else { (text, ground) = (ground, text) }
        }
        if case .rgb = ground, let ground = ground?.color {
            let color = text?.color ?? .white
            add("ground", ground.css)
            add("ink", (isDrawing && text != nil ? color : color.readable(on: ground)).css)
            return
        }
        if let ground = ground?.themeColor { classes.append("on-" + ground.name) }
        if let theme = text?.themeColor {
            classes.append(theme.name)
        } else if let color = text?.color {
            let paper = RGBColor.paper
            add(
                "ink",
                isDrawing
                    ? color.css
                    : "light-dark(\(color.readable(on: paper.light).css), \(color.readable(on: paper.dark).css))")
        }
    }

    private mutating func add(_ name: String, _ value: String) { colors.append("--styled-\(name): \(value)") }
}

extension TextStyle.Color {
    fileprivate var themeColor: ThemeColor? {
        if case .theme(let number) = self { ThemeColor.all[Int(number)] } else { nil }
    }

    fileprivate var color: RGBColor {
        switch self {
        case .theme(let number): ThemeColor.all[Int(number)].plain
        case .rgb(let red, let green, let blue): RGBColor(red: red, green: green, blue: blue)
        }
    }
}

/// How what is printed looks.
let printedTextStylesheet =
    """
    .styled { color: var(--styled-ink, inherit); background: var(--styled-ground, transparent); }
    .styled.dim { color: var(--styled-ink, var(--quiet)); }
    .styled.inverse { color: var(--styled-ground, var(--paper)); background: var(--styled-ink, var(--ink)); }
    .bold { font-weight: 700; } .italic { font-style: italic; }
    .underline { text-decoration: underline; } .strike { text-decoration: line-through; }
    .underline.strike { text-decoration: underline line-through; }

    """
    + ThemeColor.all.map { color in
        ".styled.\(color.name) { --styled-ink: \(color.text.css); }"
            + " .styled.on-\(color.name) { --styled-ground: \(color.ground.css); }"
    }.joined(separator: "\n")
