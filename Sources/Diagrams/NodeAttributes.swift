/// What stands behind a node's name as `@{ shape: diamond, label: "Is it?" }`. Source: the Mermaid documentation, "Expanded Node
/// Shapes in Mermaid Flowcharts (v11.3.0+)".
struct NodeAttributes {
    private(set) var shape: Flowchart.Shape?
    private(set) var label: DiagramLabel?

    /// Reads them where the scanner stands before some; `nil` elsewhere.
    init?(_ scanner: inout DiagramScanner) throws(DiagramError) {
        let start = scanner
        guard scanner.take("@{") else { return nil }
        scanner.skipBlanks()
        while !scanner.take("}") {
            let place = scanner
            let name = scanner.takeName()
            scanner.skipSpaces()
            guard !name.isEmpty, scanner.take(":") else {
                throw scanner.isAtEnd
                    ? start.error("`@{` is never closed: `}` is missing") : place.error("expected `name: value` here")
            }
            try set(name, Self.value(&scanner, start), place)
            scanner.skipBlanks()
            if scanner.take(",") { scanner.skipBlanks() }
        }
    }

    private static func value(_ scanner: inout DiagramScanner, _ start: DiagramScanner) throws(DiagramError) -> String {
        scanner.skipSpaces()
        let place = scanner
        for mark in ["\"", "'"] where scanner.take(mark) {
            guard let text = scanner.takeText(until: [mark], acrossLines: true) else {
                throw place.error("this quotation is never closed")
            }
            _ = scanner.take(mark)
            return text
        }
        let text = scanner.takeText { ",}".contains($0) || $0.isNewline }
        guard !scanner.isAtEnd else { throw start.error("`@{` is never closed: `}` is missing") }
        return String(text[...].trimmingSpaces)
    }

    private mutating func set(_ name: String, _ value: String, _ place: DiagramScanner) throws(DiagramError) {
        switch name {
        case "shape":
            guard let known = Flowchart.Shape(mermaid: value) else {
                throw place.error("there is no shape `\(value)` here; there are \(Flowchart.Shape.names)")
            }
            shape = known
        case "label": label = DiagramLabel(mermaid: value)
        case "icon", "img":
            throw place.error("`\(name)` is not supported: a node here has a shape and a label")
        // Mermaid leaves aside what it does not know, too.
        default: break
        }
    }
}

extension Flowchart.Shape {
    /// The words that stand for each shape, the shortest first.
    private static let words: [(shape: Flowchart.Shape, words: [String])] = [
        (.rectangle, ["rect", "proc", "process", "rectangle"]), (.rounded, ["rounded", "event"]),
        (.stadium, ["stadium", "pill", "terminal"]),
        (.subroutine, ["fr-rect", "subproc", "framed-rectangle", "subprocess", "subroutine"]),
        (.cylinder, ["cyl", "db", "cylinder", "database"]), (.circle, ["circle", "circ"]), (.flag, ["odd"]),
        (.doubleCircle, ["dbl-circ", "double-circle"]), (.ellipse, ["ellipse"]),
        (.diamond, ["diam", "decision", "diamond", "question"]), (.hexagon, ["hex", "hexagon", "prepare"]),
        (.leaningRight, ["lean-r", "in-out", "lean-right"]), (.leaningLeft, ["lean-l", "lean-left", "out-in"]),
        (.narrowTop, ["trap-b", "priority", "trapezoid", "trapezoid-bottom"]),
        (.narrowBottom, ["trap-t", "inv-trapezoid", "manual", "trapezoid-top"]),
    ]

    static let names = (words.compactMap(\.words.first) + NamedShape.allCases.map(\.rawValue)).joined(separator: ", ")

    init?(mermaid word: String) {
        let known =
            Self.words.first { $0.words.contains(word) }?.shape ?? NamedShape(mermaid: word).map(Flowchart.Shape.named)
        guard let known else { return nil }
        self = known
    }
}

extension DiagramScanner {
    /// Skips spaces and the ends of lines.
    mutating func skipBlanks() {
        skipSpaces()
        while takeLineEnd() { skipSpaces() }
    }
}
