extension Flowchart {
    /// Reads a flowchart in Mermaid's notation: `graph` or `flowchart`, a direction, then nodes and edges.
    ///
    /// Nodes of all of Mermaid's bracketed shapes, also by name (`A@{ shape: diamond }`), edges of its three lines and four tips with
    /// labels in both of their forms, links that are not drawn (`~~~`), chains (`A --> B --> C`), groups (`A & B --> C`), quoted labels, `<br>` and comments are understood.
    /// Subgraphs, styles and links are not: they are errors, as is anything else that is not understood.
    /// Source: the Mermaid documentation, "Flowcharts - Basic Syntax".
    /// - Throws: the first thing that is wrong.
    public init(mermaid source: String) throws(DiagramError) {
        var parser = FlowchartParser(source)
        self = try parser.parse()
    }
}

/// Reads statements into a flowchart, by recursive descent over characters.
private struct FlowchartParser {
    private static let mostNodes = 200
    private static let mostEdges = 400
    /// How many ranks an edge may reach over.
    private static let longestEdge = 20

    private var scanner: DiagramScanner
    private var chart = Flowchart(direction: .down)
    private var indices: [String: Int] = [:]

    init(_ source: String) { scanner = DiagramScanner(source) }

    mutating func parse() throws(DiagramError) -> Flowchart {
        scanner.skipEmptyStatements()
        try header()
        scanner.skipEmptyStatements()
        while !scanner.isAtEnd {
            try statement()
            scanner.skipEmptyStatements()
        }
        guard !chart.nodes.isEmpty else { throw scanner.error("the flowchart has no nodes") }
        return chart
    }

    private mutating func header() throws(DiagramError) {
        let start = scanner
        let word = scanner.takeWord()
        guard word == "graph" || word == "flowchart" else {
            throw start.error(
                "only flowcharts can be drawn here: start with `graph` or `flowchart` and a direction, such as `graph TD`"
            )
        }
        scanner.skipSpaces()
        let place = scanner
        switch scanner.takeWord() {
        case "TD", "TB", "": chart.direction = .down
        case "BT": chart.direction = .up
        case "LR": chart.direction = .right
        case "RL": chart.direction = .left
        case let other: throw place.error("the direction is one of TD, TB, BT, LR and RL, not `\(other)`")
        }
        try endOfStatement()
    }

    private static let unsupported: Set = [
        "subgraph", "end", "style", "classDef", "class", "linkStyle", "click", "direction", "accTitle", "accDescr",
    ]

    private mutating func statement() throws(DiagramError) {
        let start = scanner
        if Self.unsupported.contains(scanner.takeWord()) {
            scanner = start
            throw start.error("`\(scanner.takeWord())` is not supported: a flowchart here has nodes and edges")
        }
        scanner = start
        var group = try nodes()
        scanner.skipSpaces()
        while let link = try link() {
            scanner.skipSpaces()
            let next = try nodes()
            for from in group {
                for to in next { try add(link, from, to) }
            }
            group = next
            scanner.skipSpaces()
        }
        try endOfStatement()
    }

    private func endOfStatement() throws(DiagramError) {
        guard scanner.isAtEndOfStatement else {
            throw scanner.error("expected an edge such as `-->`, or the end of the line, before `\(scanner.rest)`")
        }
    }

    private mutating func add(_ link: Link, _ from: Int, _ to: Int) throws(DiagramError) {
        guard chart.edges.count < Self.mostEdges else {
            throw scanner.error("a flowchart has at most \(Self.mostEdges) edges")
        }
        guard link.length <= Self.longestEdge else {
            throw scanner.error("an edge reaches over at most \(Self.longestEdge) ranks: make its line shorter")
        }
        chart.edges.append(
            Flowchart.Edge(
                from: from, to: to, label: link.label, line: link.line, tail: link.tail, head: link.head,
                length: link.length))
    }

    // MARK: Nodes

    /// `A & B["label"] & C`: the nodes' indices.
    private mutating func nodes() throws(DiagramError) -> [Int] {
        var group = [try node()]
        while true {
            let end = scanner
            scanner.skipSpaces()
            guard scanner.take("&") else {
                scanner = end
                return group
            }
            scanner.skipSpaces()
            group.append(try node())
        }
    }

    private mutating func node() throws(DiagramError) -> Int {
        let start = scanner
        let name = scanner.takeName()
        guard !name.isEmpty else {
            throw scanner.error(
                scanner.isAtEndOfStatement
                    ? "a node is missing here" : "expected a node's name before `\(scanner.rest)`")
        }
        let index = indices[name] ?? chart.nodes.count
        if index == chart.nodes.count {
            guard index < Self.mostNodes else { throw start.error("a flowchart has at most \(Self.mostNodes) nodes") }
            indices[name] = index
            chart.nodes.append(Flowchart.Node(name: name, label: name, shape: .rectangle))
        }
        if let (shape, label) = try shape() {
            chart.nodes[index].shape = shape
            chart.nodes[index].label = label
        }
        if let attributes = try NodeAttributes(&scanner) {
            chart.nodes[index].shape = attributes.shape ?? chart.nodes[index].shape
            chart.nodes[index].label = attributes.label ?? chart.nodes[index].label
        }
        return index
    }

    /// Brackets, longest first: what opens a label, what closes it, and the shape they stand for.
    private static let brackets: [(opening: String, closings: [(String, Flowchart.Shape)])] = [
        ("([", [("])", .stadium)]), ("[[", [("]]", .subroutine)]), ("[(", [(")]", .cylinder)]),
        ("((", [("))", .circle)]), ("{{", [("}}", .hexagon)]),
        ("[/", [("/]", .leaningRight), ("\\]", .narrowTop)]), ("[\\", [("\\]", .leaningLeft), ("/]", .narrowBottom)]),
        ("[", [("]", .rectangle)]), ("(", [(")", .rounded)]), ("{", [("}", .diamond)]), (">", [("]", .flag)]),
    ]

    private mutating func shape() throws(DiagramError) -> (Flowchart.Shape, String)? {
        let start = scanner
        for (opening, closings) in Self.brackets where scanner.take(opening) {
            let text = try label(until: closings.map(\.0)) {
                start.error("`\(opening)` is never closed: `\($0)` is missing")
            }
            for (closing, shape) in closings where scanner.take(closing) { return (shape, text) }
        }
        return nil
    }

    // MARK: Edges

    private struct Link {
        var line: Flowchart.Line
        var tail: Flowchart.Tip
        var head = Flowchart.Tip.none
        var length = 1
        var label: String?
    }

    private mutating func link() throws(DiagramError) -> Link? {
        let start = scanner
        let tail = tailTip()
        guard var link = stroke(tail: tail, start: start) else {
            scanner = start
            return nil
        }
        if link.length == 0 { try inlineLabel(&link, start: start) }
        scanner.skipSpaces()
        let bar = scanner
        if link.line != .invisible, scanner.take("|") {
            guard link.label == nil else { throw bar.error("this edge has a label already") }
            link.label = try label(until: ["|"]) { _ in bar.error("the edge's label is never closed: `|` is missing") }
            _ = scanner.take("|")
        }
        return link
    }

    private mutating func tailTip() -> Flowchart.Tip {
        for (sign, tip) in [("<", Flowchart.Tip.arrow), ("o", .circle), ("x", .cross)] {
            for line in ["--", "==", "-."] where scanner.isAt(sign + line) {
                _ = scanner.take(sign)
                return tip
            }
        }
        return .none
    }

    /// The line of an edge and its head; of length 0 where a label stands inside the line.
    private mutating func stroke(tail: Flowchart.Tip, start: DiagramScanner) -> Link? {
        for (sign, line) in [("-", Flowchart.Line.plain), ("=", .thick)] where scanner.isAt(sign + sign) {
            let count = scanner.takeRun(of: sign)
            let head = headTip()
            // An open line is one sign longer than one with a tip.
            return Link(line: line, tail: tail, head: head, length: count - (head == .none ? 2 : 1))
        }
        if scanner.isAt("~~~") {
            return Link(line: .invisible, tail: .none, length: scanner.takeRun(of: "~") - 2)
        }
        guard scanner.take("-.") else { return nil }
        let dots = 1 + scanner.takeRun(of: ".")
        guard scanner.take("-") else { return Link(line: .dotted, tail: tail, length: 0) }
        return Link(line: .dotted, tail: tail, head: headTip(), length: dots)
    }

    private mutating func headTip() -> Flowchart.Tip {
        if scanner.take(">") { return .arrow }
        for (sign, tip) in [("o", Flowchart.Tip.circle), ("x", .cross)] where scanner.isAt(sign) {
            // `---open` is a line to a node whose name begins with an o.
            var after = scanner
            _ = after.take(sign)
            guard after.isAtSpace || after.isAt("|") else { continue }
            scanner = after
            return tip
        }
        return .none
    }

    /// The label and the rest of `-- label -->`.
    private mutating func inlineLabel(_ link: inout Link, start: DiagramScanner) throws(DiagramError) {
        let rest = link.line == .dotted ? ".-" : link.line == .thick ? "==" : "--"
        link.label = try label(until: [rest]) { _ in
            start.error("this edge has no end: close it with `\(rest)>`")
        }
        let sign = link.line == .thick ? "=" : link.line == .dotted ? "." : "-"
        let count = scanner.takeRun(of: sign)
        if link.line == .dotted { _ = scanner.take("-") }
        link.head = headTip()
        link.length = link.line == .dotted ? count : max(1, count - (link.head == .none ? 2 : 1))
    }

    // MARK: Labels

    /// A label, in quotes or up to one of `closings`, which stay to be taken.
    private mutating func label(
        until closings: [String], unclosed: (String) -> DiagramError
    ) throws(DiagramError) -> String {
        scanner.skipSpaces()
        let start = scanner
        var text = ""
        if scanner.take("\"") {
            guard let quoted = scanner.takeText(until: ["\""], acrossLines: true) else {
                throw start.error("this quotation is never closed")
            }
            _ = scanner.take("\"")
            text = quoted
            scanner.skipSpaces()
            guard closings.contains(where: scanner.isAt) else {
                throw scanner.isAtEndOfStatement
                    ? unclosed(closings[0]) : scanner.error("expected `\(closings[0])` after the quotation")
            }
        } else {
            guard let plain = scanner.takeText(until: closings, acrossLines: false) else { throw unclosed(closings[0]) }
            text = plain
        }
        return writtenLabel(text)
    }
}

/// A label as it is to be read: line breaks and character entities written out.
func writtenLabel(_ text: String) -> String {
    let lines = text.replacing(/<br\s*\/?>|\\n/.ignoresCase(), with: "\n")
        .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .map { $0.trimmingSpaces }
    return lines.joined(separator: "\n").replacing(/#(\w+);/) { match in
        let name = String(match.1)
        let named = ["quot": "\"", "amp": "&", "lt": "<", "gt": ">", "nbsp": "\u{A0}"]
        return named[name] ?? UInt32(name).flatMap(Unicode.Scalar.init).map { String(Character($0)) }
            ?? String(match.0)
    }
}
