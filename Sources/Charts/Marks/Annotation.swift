/// Text at a place in the chart.
///
/// ```swift
/// Annotation("overfits from here", x: 12, y: 0.31, anchor: .left)
/// ```
public struct Annotation: Codable, Hashable, Sendable, MarkConvertible {
    /// Which part of the text is at the place.
    public enum Anchor: String, Codable, Sendable {
        /// The text starts at the place.
        case left
        /// The text is centred above the place.
        case above
        /// The text is centred on the place.
        case center
        /// The text is centred below the place.
        case below
        /// The text ends at the place.
        case right
    }

    /// What is written; `_{…}` and `^{…}` set what they hold lower or higher.
    public var text: String
    /// The place along the horizontal axis.
    public var x: Positions
    /// The place along the vertical axis.
    public var y: Positions
    /// Which part of the text is at the place.
    public var anchor: Anchor
    /// The text's colour.
    public var color: MarkColor
    /// Points per em.
    @Exact public var fontSize: Double
    /// Whether the text is bold.
    public var isBold: Bool

    /// `text` at (x, y).
    public init(
        _ text: String, x: some Plottable, y: some Plottable, anchor: Anchor = .left, color: MarkColor = .text,
        fontSize: Double = 12, isBold: Bool = false
    ) {
        self.text = text
        self.x = Positions([x])
        self.y = Positions([y])
        self.anchor = anchor
        self.color = color
        self.fontSize = fontSize
        self.isBold = isBold
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Annotation: MarkContent {
    package static var name: String { "annotation" }
    package var isSeries: Bool { false }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(self.x)
        y.include(self.y)
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        guard let x = plot.x.places(x).first ?? nil, let y = plot.y.places(y).first ?? nil,
            plot.area.inset(-1).contains(Point(x, y))
        else { return }
        let lines = plot.fonts.wrapped(
            text, size: fontSize, weight: isBold ? .bold : .regular, width: plot.area.width * 0.9, lines: 3)
        let lineHeight = fontSize * TextRun.lineHeight
        let (middle, rest) = (fontSize * TextRun.capHeight / 2, Double(lines.count - 1) * lineHeight)
        // The first line's baseline.
        let baseline: Double =
            switch anchor {
            case .left, .right, .center: y + middle - rest / 2
            case .above: y - 8 - rest
            case .below: y + 8 + 2 * middle
            }
        for (index, run) in lines.enumerated() {
            let start: Double =
                switch anchor {
                case .left: x + 6
                case .right: x - 6 - run.width
                case .center, .above, .below: x - run.width / 2
                }
            let kept = min(max(start, plot.area.x + 2), max(plot.area.x + 2, plot.area.maxX - run.width - 2))
            let place = Point(kept, baseline + Double(index) * lineHeight)
            TextBlock.halo(run, at: place, color: color, theme: plot.theme, to: &list)
        }
    }

    package func fitted(to width: Double) -> Annotation {
        var annotation = self
        annotation.fontSize = max(11, fontSize)
        return annotation
    }

    package func summary(x: String, y: String) -> String { Words.phrase("the note “{1}”", text) }
}
