/// What a flowchart says of looks, until all nodes and edges are known.
struct FlowchartLooks {
    /// `classDef`: the look of each class.
    var definitions: [String: Look] = [:]
    /// `class` and `:::`: the classes of each node, by its name.
    var classes: [String: [String]] = [:]
    /// `style`: a node's own look.
    var own: [Int: Look] = [:]
    /// `linkStyle`.
    var everyEdge = Look()
    var edges: [Int: Look] = [:]

    /// Gives each node and edge its look: its class's, and over that its own.
    func apply(to chart: inout Flowchart, _ indices: [String: Int]) {
        for (name, index) in indices {
            let isBox = chart.nodes[index].shape == .box
            let words = (isBox ? [] : ["default"]) + (classes[name] ?? [])
            let look = words.compactMap { definitions[$0] }.reduce(Look()) { $0.under($1) }
            chart.nodes[index].look = look.under(own[index] ?? Look())
        }
        for index in chart.edges.indices { chart.edges[index].look = everyEdge.under(edges[index] ?? Look()) }
    }
}

extension FlowchartParser {
    /// `classDef a,b fill:#eee,stroke:#333`.
    mutating func classDefinition() throws(DiagramError) {
        scanner.skipSpaces()
        let names = try names()
        let look = try look(over: Look())
        for name in names { looks.definitions[name] = (looks.definitions[name] ?? Look()).under(look) }
    }

    /// `class A,B name`.
    mutating func classStatement() throws(DiagramError) {
        scanner.skipSpaces()
        let nodes = try names()
        scanner.skipSpaces()
        let classes = try names()
        for node in nodes { looks.classes[node, default: []] += classes }
        try endOfStatement()
    }

    /// `style A fill:#eee`.
    mutating func styleStatement() throws(DiagramError) {
        scanner.skipSpaces()
        let place = scanner
        let name = scanner.takeName()
        guard !name.isEmpty else { throw place.error("expected a node's name before `\(scanner.rest)`") }
        let index = try node(named: name, at: place)
        looks.own[index] = try look(over: looks.own[index] ?? Look())
    }

    /// `linkStyle 0,1 stroke:red` or `linkStyle default …`.
    mutating func linkStyleStatement() throws(DiagramError) {
        scanner.skipSpaces()
        let place = scanner
        var numbers: [Int] = []
        if !scanner.take("default") {
            repeat {
                scanner.skipSpaces()
                let place = scanner
                guard let number = Int(scanner.takeWord()), chart.edges.indices.contains(number) else {
                    throw place.error(
                        "expected the number of an edge that stands before this line; the first is 0, and there are \(chart.edges.count)"
                    )
                }
                numbers.append(number)
            } while scanner.take(",")
        }
        guard scanner.isAtSpace else { throw place.error("expected numbers of edges, or `default`") }
        scanner.skipSpaces()
        if scanner.take("interpolate") {
            scanner.skipSpaces()
            _ = scanner.takeWord()
            if scanner.isAtEndOfStatement { return }
        }
        let look = try look(over: Look())
        if numbers.isEmpty { looks.everyEdge = looks.everyEdge.under(look) }
        for number in numbers { looks.edges[number] = (looks.edges[number] ?? Look()).under(look) }
    }

    /// `fill:#eee,stroke-dasharray: 5 5`, up to the end of the statement.
    private mutating func look(over look: Look) throws(DiagramError) -> Look {
        var look = look
        repeat {
            scanner.skipSpaces()
            let place = scanner
            let text = scanner.takeText { ",;".contains($0) || $0.isNewline }
            let parts = text.split(separator: ":", maxSplits: 1).map { $0.trimmingSpaces }
            let hasBrackets = text.contains { "(){}[]\"".contains($0) }
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !hasBrackets else {
                throw place.error("expected `property:value` here, such as `fill:#eee`; values have no brackets")
            }
            do throws(LookError) {
                try look.set(parts[0].lowercased(), parts[1].lowercased())
            } catch {
                throw place.error(error.message)
            }
        } while scanner.take(",") && !scanner.isAtEndOfStatement
        return look
    }
}
