extension FlowchartParser {
    static let mostEdges = 400
    /// How many ranks an edge may reach over.
    static let longestEdge = 20

    /// An edge between nodes that are still to be named.
    struct Link {
        var line: Flowchart.Line
        var tail: Flowchart.Tip
        var head = Flowchart.Tip.none
        var length = 1
        var label: DiagramLabel?
    }

    mutating func add(_ link: Link, _ from: Int, _ to: Int) throws(DiagramError) {
        guard chart.edges.count < Self.mostEdges else {
            throw scanner.error("a flowchart has at most \(Self.mostEdges) edges")
        }
        guard link.length <= Self.longestEdge else {
            throw scanner.error("an edge reaches over at most \(Self.longestEdge) ranks: make its line shorter")
        }
        edgePlaces.append(scanner)
        chart.edges.append(
            Flowchart.Edge(
                from: from, to: to, label: link.label, line: link.line, tail: link.tail, head: link.head,
                length: link.length))
    }

    mutating func link() throws(DiagramError) -> Link? {
        let before = scanner
        edgeName()
        let start = scanner
        let tail = tailTip()
        guard var link = stroke(tail: tail, start: start) else {
            scanner = before
            return nil
        }
        if link.length == 0 { try inlineLabel(&link, start: start) }
        scanner.skipSpaces()
        let bar = scanner
        if scanner.take("|") {
            guard link.label == nil else { throw bar.error("this edge has a label already") }
            link.label = try label(until: ["|"]) { _ in bar.error("the edge's label is never closed: `|` is missing") }
            _ = scanner.take("|")
        }
        if link.line == .invisible { link.label = nil }
        return link
    }

    /// `e1@` before an edge is its name.
    private mutating func edgeName() {
        let start = scanner
        let name = scanner.takeName()
        if !name.isEmpty, scanner.take("@"), !scanner.isAt("{"), !scanner.isAt("\"") {
            edgeNames.insert(name)
        } else {
            scanner = start
        }
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
        func unclosed() -> DiagramError { start.error("this edge has no end: close it with `\(rest)>`") }
        scanner.skipBlanks()
        let place = scanner
        let text = scanner.isAt("\"") ? try quotation() : scanner.takeText(until: [rest], acrossLines: true)
        guard let text else { throw unclosed() }
        scanner.skipBlanks()
        guard scanner.isAt(rest) else { throw unclosed() }
        link.label = try label(text, at: place)
        let sign = link.line == .thick ? "=" : link.line == .dotted ? "." : "-"
        let count = scanner.takeRun(of: sign)
        if link.line == .dotted { _ = scanner.take("-") }
        link.head = headTip()
        link.length = link.line == .dotted ? count : max(1, count - (link.head == .none ? 2 : 1))
    }
}
