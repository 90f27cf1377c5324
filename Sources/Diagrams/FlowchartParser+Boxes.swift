/// A subgraph whose `end` has not been read.
struct OpenBox {
    let box: Int
    /// Where it was opened.
    let place: DiagramScanner
    /// What was named inside.
    var members: [Int] = []
}

extension FlowchartParser {
    private static let deepest = 12

    /// `subgraph name [Title]`, `subgraph Title of words` or `subgraph "Title"`.
    mutating func openBox(_ start: DiagramScanner) throws(DiagramError) {
        guard open.count < Self.deepest else {
            throw start.error("subgraphs lie in each other \(Self.deepest) deep at most")
        }
        scanner.skipSpaces()
        let place = scanner
        guard !scanner.isAtEndOfStatement else { throw place.error("a subgraph needs a name or a title") }
        let isQuoted = scanner.isAt("\"")
        let written = isQuoted ? try quotation() : scanner.takeText { "[](){}\";:".contains($0) || $0.isNewline }
        let name = String(written[...].trimmingSpaces)
        scanner.skipSpaces()
        var title = try label(name, at: place)
        if scanner.take("[") {
            title = try label(until: ["]"]) { _ in place.error("`[` is never closed: `]` is missing") }
            _ = scanner.take("]")
        }
        try endOfStatement()
        // A title of several words names nothing: two boxes may have the same.
        let isName = !name.contains(where: \.isWhitespace)
        let box = try node(named: isName ? name : "\(name) \(chart.nodes.count)", at: place)
        chart.nodes[box].shape = .box
        chart.nodes[box].label = title
        open.append(OpenBox(box: box, place: start))
    }

    /// `end`: what was named in the box and lies in no other is held by it.
    mutating func closeBox(_ start: DiagramScanner) throws(DiagramError) {
        guard let closed = open.popLast() else { throw start.error("`end` closes a subgraph, and none is open") }
        for member in closed.members where member != closed.box && chart.nodes[member].parent == nil {
            // What holds the box already cannot lie in it.
            if !chart.boxes(around: closed.box).contains(member), !open.contains(where: { $0.box == member }) {
                chart.nodes[member].parent = closed.box
            }
        }
        try endOfStatement()
    }

    /// `direction LR` in a box. Outside of one it says nothing, as in Mermaid.
    mutating func direction() throws(DiagramError) {
        scanner.skipSpaces()
        let place = scanner
        let word = scanner.takeWord()
        guard let direction = Flowchart.Direction(mermaid: word) else {
            throw place.error("the direction is one of TD, TB, BT, LR and RL, not `\(word)`")
        }
        if let box = open.last?.box { chart.nodes[box].direction = direction }
        try endOfStatement()
    }

    /// Holds what was read to what can be drawn.
    mutating func closeAll() throws(DiagramError) {
        if let unclosed = open.last {
            throw unclosed.place.error("this subgraph is never closed: `end` is missing")
        }
        for (edge, place) in zip(chart.edges, edgePlaces) {
            let ends = [(edge.from, edge.to), (edge.to, edge.from)]
            if let (box, _) = ends.first(where: { chart.boxes(around: $0.1).contains($0.0) }) {
                throw place.error(
                    "an edge cannot lead between the subgraph `\(chart.nodes[box].name)` and what it holds")
            }
        }
        let full = Set(chart.nodes.compactMap(\.parent))
        for index in chart.nodes.indices where chart.nodes[index].shape == .box && !full.contains(index) {
            chart.nodes[index].shape = .rectangle
        }
    }

    /// `accTitle: …`, `accDescr: …` or `accDescr { … }`.
    mutating func accessibleText(_ word: String) throws(DiagramError) {
        scanner.skipSpaces()
        let place = scanner
        var text: String?
        if scanner.take(":") {
            text = scanner.takeLine()
        } else if word == "accDescr", scanner.take("{") {
            text = scanner.takeText(until: ["}"], acrossLines: true)
            _ = scanner.take("}")
        }
        guard let text else { throw place.error("`\(word)` needs a colon and words") }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if word == "accTitle" { chart.title = words } else { chart.summary = words }
        try endOfStatement()
    }
}
