/// What a flowchart's nodes and labels take, and which of them lie in which box.
struct FlowchartSizes {
    let chart: Flowchart
    let texts: [LabelText]
    /// The sizes of nodes; a box's is that of its title.
    let nodes: [NodeSize]
    let labels: [LabelText?]
    /// The nodes in each box; under `nil` those in none.
    let members: [Int?: [Int]]
    /// For each node, itself and the boxes around it, from the outermost.
    private let paths: [[Int]]

    static let loopWidth = 34.0

    init(_ chart: Flowchart) {
        self.chart = chart
        texts = chart.nodes.map { LabelText($0.label) }
        nodes = zip(chart.nodes, texts).map { NodeSize($0.shape, around: $1) }
        labels = chart.edges.map { $0.label.map { LabelText($0) } }
        members = Dictionary(grouping: chart.nodes.indices) { chart.nodes[$0].parent }
        paths = chart.nodes.indices.map { chart.boxes(around: $0).reversed() + [$0] }
    }

    /// Whether `box` is `node`, or around it.
    func holds(_ box: Int, _ node: Int) -> Bool { paths[node].contains(box) }

    func isBox(_ node: Int) -> Bool { chart.nodes[node].shape == .box }

    /// The innermost box that holds both ends of an edge, or `nil`.
    func home(of edge: Int) -> Int? {
        let ends = chart.edges[edge]
        return zip(paths[ends.from].dropLast(), paths[ends.to].dropLast()).filter { $0 == $1 }.last?.0
    }

    /// That of the members of `box` which holds `node`, or is it.
    func member(of box: Int?, holding node: Int) -> Int? {
        guard let box else { return paths[node].first }
        guard let place = paths[node].firstIndex(of: box), place + 1 < paths[node].count else { return nil }
        return paths[node][place + 1]
    }

    /// The edges from `node` to itself.
    func loops(at node: Int) -> [Int] {
        chart.edges.indices.filter { chart.edges[$0].from == node && chart.edges[$0].to == node }
    }

    /// The room at a node's side that its loops take: they lie around each other, each with its label.
    func loopRoom(at node: Int) -> (width: Double, height: Double) {
        loops(at: node).reduce((0, 0)) { room, edge in
            (room.0 + Self.loopWidth + (labels[edge]?.width ?? 0), max(room.1, labels[edge]?.height ?? 0))
        }
    }
}
