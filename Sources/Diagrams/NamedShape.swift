/// The shapes that Mermaid has by name only (`A@{ shape: doc }`); the raw value is the shortest name.
///
/// Source: the Mermaid documentation, "Expanded Node Shapes in Mermaid Flowcharts (v11.3.0+)".
public enum NamedShape: String, CaseIterable, Hashable, Sendable {
    case card = "notch-rect"
    case linedProcess = "lin-rect"
    case dividedProcess = "div-rect"
    case internalStorage = "win-pane"
    case processes = "st-rect"
    case taggedProcess = "tag-rect"
    case manualInput = "sl-rect"
    case loopLimit = "notch-pent"
    case storedData = "bow-rect"
    case delay
    case display = "curv-trap"
    case document = "doc"
    case linedDocument = "lin-doc"
    case documents = "docs"
    case taggedDocument = "tag-doc"
    case paperTape = "flag"
    case directAccess = "h-cyl"
    case disk = "lin-cyl"
    case extract = "tri"
    case manualFile = "flip-tri"
    case comment = "brace"
    case commentRight = "brace-r"
    case commentBoth = "braces"
    case text
    case cloud
    case bang
    case start = "sm-circ"
    case stop = "fr-circ"
    case junction = "f-circ"
    case summary = "cross-circ"
    case fork
    case collate = "hourglass"
    case link = "bolt"

    /// The other names of the shape.
    var aliases: [String] {
        switch self {
        case .card: ["card", "notched-rectangle"]
        case .linedProcess: ["lined-rectangle", "lined-process", "lin-proc", "shaded-process"]
        case .dividedProcess: ["div-proc", "divided-rectangle", "divided-process"]
        case .internalStorage: ["internal-storage", "window-pane"]
        case .processes: ["procs", "processes", "stacked-rectangle"]
        case .taggedProcess: ["tagged-rectangle", "tag-proc", "tagged-process"]
        case .manualInput: ["manual-input", "sloped-rectangle"]
        case .loopLimit: ["loop-limit", "notched-pentagon"]
        case .storedData: ["stored-data", "bow-tie-rectangle"]
        case .delay: ["half-rounded-rectangle"]
        case .display: ["curved-trapezoid", "display"]
        case .document: ["document"]
        case .linedDocument: ["lined-document"]
        case .documents: ["documents", "st-doc", "stacked-document"]
        case .taggedDocument: ["tagged-document"]
        case .paperTape: ["paper-tape"]
        case .directAccess: ["das", "horizontal-cylinder"]
        case .disk: ["disk", "lined-cylinder"]
        case .extract: ["extract", "triangle"]
        case .manualFile: ["manual-file", "flipped-triangle"]
        case .comment: ["comment", "brace-l"]
        case .commentRight, .commentBoth, .text, .cloud, .bang: []
        case .start: ["start", "small-circle"]
        case .stop: ["stop", "framed-circle"]
        case .junction: ["junction", "filled-circle"]
        case .summary: ["summary", "crossed-circle"]
        case .fork: ["join"]
        case .collate: ["collate"]
        case .link: ["com-link", "lightning-bolt"]
        }
    }

    init?(mermaid word: String) {
        guard let shape = Self.allCases.first(where: { $0.rawValue == word || $0.aliases.contains(word) }) else {
            return nil
        }
        self = shape
    }

    /// Whether nothing is written on it, as in Mermaid.
    var isWordless: Bool {
        switch self {
        case .start, .stop, .junction, .summary, .fork, .collate, .link: true
        default: false
        }
    }

    /// Whether its outline is a circle.
    var isRound: Bool { [.start, .stop, .junction, .summary].contains(self) }

    /// How far below the middle its words stand, for a node of this height.
    func shift(ofWordsIn height: Double) -> Double {
        switch self {
        case .extract: height * 0.2
        case .manualFile: height * -0.2
        default: 0
        }
    }
}

extension NodeSize {
    /// How large a node of a named shape is.
    init(_ shape: NamedShape, around text: LabelText) {
        let (inner, outer) = (text.width + 28, text.height + 20)
        switch shape {
        case .start: self.init(width: 16, height: 16)
        case .stop, .junction: self.init(width: 18, height: 18)
        case .summary: self.init(width: 40, height: 40)
        case .fork: self.init(width: 70, height: 10)
        case .collate: self.init(width: 36, height: 44)
        case .link: self.init(width: 34, height: 50)
        case .extract, .manualFile: self.init(width: text.width * 2.2 + 24, height: text.height + 50)
        case .cloud, .bang: self.init(width: text.width * 1.35 + 44, height: text.height * 1.35 + 36)
        case .text: self.init(width: text.width + 12, height: text.height + 12)
        case .delay, .display: self.init(width: inner + outer * 0.8, height: outer)
        case .document, .taggedDocument, .linedDocument, .paperTape: self.init(width: inner + 10, height: outer + 20)
        case .documents: self.init(width: inner + 20, height: outer + 30)
        case .processes: self.init(width: inner + 10, height: outer + 10)
        case .disk: self.init(width: inner, height: outer + 26)
        default: self.init(width: inner + 20, height: outer + 8)
        }
    }
}

extension NodeOutline {
    /// How far from the middle a named shape's outline lies towards `direction`, `shift` beside the middle.
    func reach(of shape: NamedShape, towards direction: Flowchart.Direction, at shift: Double) -> Double {
        let (w, h) = (size.width / 2, size.height / 2)
        let isVertical = direction == .down || direction == .up
        if shape.isRound {
            let part = min(1, abs(shift) / (isVertical ? w : h))
            return (isVertical ? h : w) * (1 - part * part).squareRoot()
        }
        guard shape == .extract || shape == .manualFile else { return isVertical ? h : w }
        let points = shape == .extract ? Flowchart.Direction.up : .down
        if isVertical { return direction == points ? h - 2 * h * min(1, abs(shift) / w) : h }
        // From 0 at the point to 1 at the base.
        let part = ((shape == .extract ? shift : -shift) + h) / (2 * h)
        return w * min(1, max(0, part))
    }
}
