extension Flowchart {
    /// Reads a flowchart in Mermaid's notation: `graph` or `flowchart`, a direction, then nodes, boxes and edges.
    ///
    /// Nodes of all of Mermaid's bracketed shapes, also by name (`A@{ shape: diamond }`), edges of its three lines and four tips with
    /// labels in both of their forms, links that are not drawn (`~~~`), chains (`A --> B --> C`), groups (`A & B --> C`), subgraphs in each
    /// other with directions of their own, `classDef`, `class`, `:::`, `style` and `linkStyle`, quoted labels with Markdown, formulas and
    /// entities are understood, and comments on lines of their own. Links and icons are not: they are errors, as is what Mermaid refuses.
    /// Source: the Mermaid documentation, "Flowcharts - Basic Syntax".
    /// - Throws: the first thing that is wrong.
    public init(mermaid source: String) throws(DiagramError) {
        var parser = FlowchartParser(source)
        self = try parser.parse()
    }
}

/// Reads statements into a flowchart, by recursive descent over characters.
struct FlowchartParser {
    static let mostNodes = 200

    var scanner: DiagramScanner
    var chart = Flowchart(direction: .down)
    var indices: [String: Int] = [:]
    /// The boxes that are open, the innermost last.
    var open: [OpenBox] = []
    /// Where each edge stands, and what names edges have.
    var edgePlaces: [DiagramScanner] = []
    var edgeNames: Set<String> = []
    var looks = FlowchartLooks()

    init(_ source: String) { scanner = DiagramScanner(source) }

    mutating func parse() throws(DiagramError) -> Flowchart {
        frontMatter()
        scanner.skipEmptyStatements()
        try header()
        scanner.skipEmptyStatements()
        while !scanner.isAtEnd {
            try statement()
            scanner.skipEmptyStatements()
        }
        try closeAll()
        looks.apply(to: &chart, indices)
        guard !chart.nodes.isEmpty else { throw scanner.error("the flowchart has no nodes") }
        return chart
    }

    /// Skips front matter, of which only the title is of use here.
    private mutating func frontMatter() {
        let start = scanner
        scanner.skipEmptyStatements()
        guard scanner.takeLine()[...].trimmingSpaces == "---" else {
            scanner = start
            return
        }
        while scanner.takeLineEnd() {
            let line = scanner.takeLine()
            if line.hasPrefix("title:") { chart.title = String(line.dropFirst(6)[...].trimmingSpaces) }
            if line[...].trimmingSpaces == "---" { return }
        }
        scanner = start
    }

    private mutating func header() throws(DiagramError) {
        let start = scanner
        let word = scanner.takeWord()
        guard word == "graph" || word == "flowchart" else {
            throw start.error(
                "only flowcharts can be drawn here: start with `graph` or `flowchart` and a direction, such as `graph TD`"
            )
        }
        _ = scanner.take("-elk")
        scanner.skipSpaces()
        let place = scanner
        let direction = scanner.takeDirection()
        guard direction.isEmpty || Flowchart.Direction(mermaid: direction) != nil else {
            throw place.error("the direction is one of TD, TB, BT, LR and RL, not `\(direction)`")
        }
        chart.direction = Flowchart.Direction(mermaid: direction) ?? .down
        try endOfStatement()
    }

    private mutating func statement() throws(DiagramError) {
        let start = scanner
        let word = scanner.takeName()
        switch word {
        case "subgraph": try openBox(start)
        case "end": try closeBox(start)
        case "direction" where scanner.isAt(" "): try direction()
        case "accTitle", "accDescr": try accessibleText(word)
        case "classDef": try classDefinition()
        case "class": try classStatement()
        case "style": try styleStatement()
        case "linkStyle": try linkStyleStatement()
        case "click", "href":
            throw start.error("`\(word)` is not supported: a flowchart here has no links; put them into the prose")
        case _ where edgeNames.contains(word) && scanner.isAt("@{"):
            _ = scanner.takeText(until: ["}"], acrossLines: true)
            _ = scanner.take("}")
            try endOfStatement()
        default:
            scanner = start
            try chain()
        }
    }

    /// `A --> B & C --> D`.
    private mutating func chain() throws(DiagramError) {
        var group = try nodes()
        scanner.skipSpaces()
        while let link = try link() {
            scanner.skipBlanks()
            let next = try nodes()
            for from in group {
                for to in next { try add(link, from, to) }
            }
            group = next
            scanner.skipSpaces()
        }
        try endOfStatement()
    }

    func endOfStatement() throws(DiagramError) {
        guard scanner.isAtEndOfStatement else {
            let comment = scanner.isAt("%%") ? "; a comment stands on a line of its own" : ""
            throw scanner.error(
                "expected an edge such as `-->`, or the end of the line, before `\(scanner.rest)`\(comment)")
        }
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
        guard name != "end" else { throw start.error("`end` closes a subgraph: call the node `End`") }
        let index = try node(named: name, at: start)
        if let (shape, label) = try shape() {
            if chart.nodes[index].shape != .box { chart.nodes[index].shape = shape }
            chart.nodes[index].label = label
        }
        if scanner.take(":::") {
            let place = scanner
            let word = scanner.takeName()
            guard !word.isEmpty else { throw place.error("a name is missing here") }
            looks.classes[name, default: []].append(word)
        }
        if let attributes = try NodeAttributes(&scanner) {
            if chart.nodes[index].shape != .box {
                chart.nodes[index].shape = attributes.shape ?? chart.nodes[index].shape
            }
            chart.nodes[index].label = attributes.label ?? chart.nodes[index].label
        }
        return index
    }

    /// The index of the node `name`, which is new or known; it belongs to the boxes that are open.
    mutating func node(named name: String, at start: DiagramScanner) throws(DiagramError) -> Int {
        let index = indices[name] ?? chart.nodes.count
        if index == chart.nodes.count {
            guard index < Self.mostNodes else { throw start.error("a flowchart has at most \(Self.mostNodes) nodes") }
            indices[name] = index
            chart.nodes.append(
                Flowchart.Node(name: name, label: DiagramLabel(stringLiteral: name), shape: .rectangle))
        }
        if !open.isEmpty { open[open.count - 1].members.append(index) }
        return index
    }

    /// `a,b`: names with commas between them.
    mutating func names() throws(DiagramError) -> [String] {
        var names: [String] = []
        repeat {
            let place = scanner
            let name = scanner.takeName()
            guard !name.isEmpty else { throw place.error("a name is missing here") }
            names.append(name)
        } while scanner.take(",")
        return names
    }

    /// Brackets, longest first: what opens a label, what closes it, and the shape they stand for.
    private static let brackets: [(opening: String, closings: [(String, Flowchart.Shape)])] = [
        ("(((", [(")))", .doubleCircle)]), ("(-", [("-)", .ellipse)]),
        ("([", [("])", .stadium)]), ("[[", [("]]", .subroutine)]), ("[(", [(")]", .cylinder)]),
        ("((", [("))", .circle)]), ("{{", [("}}", .hexagon)]),
        ("[/", [("/]", .leaningRight), ("\\]", .narrowTop)]), ("[\\", [("\\]", .leaningLeft), ("/]", .narrowBottom)]),
        ("[", [("]", .rectangle)]), ("(", [(")", .rounded)]), ("{", [("}", .diamond)]), (">", [("]", .flag)]),
    ]

    private mutating func shape() throws(DiagramError) -> (Flowchart.Shape, DiagramLabel)? {
        let start = scanner
        for (opening, closings) in Self.brackets where scanner.take(opening) {
            let text = try label(until: closings.map(\.0)) {
                start.error("`\(opening)` is never closed: `\($0)` is missing")
            }
            for (closing, shape) in closings where scanner.take(closing) { return (shape, text) }
        }
        return nil
    }
}

extension Flowchart.Direction {
    init?(mermaid word: String) {
        switch word {
        case "TD", "TB", "v": self = .down
        case "BT", "^": self = .up
        case "LR", ">": self = .right
        case "RL", "<": self = .left
        default: return nil
        }
    }
}

extension DiagramScanner {
    /// A word, or one of the signs that Mermaid has for directions.
    fileprivate mutating func takeDirection() -> String {
        ["^", ">", "<"].first { take($0) } ?? takeWord()
    }
}
