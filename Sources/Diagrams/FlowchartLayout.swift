/// A flowchart's nodes, edges and labels, each with its place on the page. Lengths are in CSS pixels.
struct FlowchartLayout {
    struct Point: Hashable {
        var x, y: Double
    }

    struct PlacedNode {
        let node: Flowchart.Node
        let text: LabelText
        let centre: Point
        let width, height: Double
    }

    struct PlacedEdge {
        let edge: Flowchart.Edge
        /// Start, then two control points and an end for each piece of a curve.
        let curve: [Point]
        let label: (text: LabelText, centre: Point)?
    }

    let nodes: [PlacedNode]
    let edges: [PlacedEdge]
    let width, height: Double

    private static let loopWidth = 34.0

    /// Lays `chart` out: ranks along its direction, edges as curves that leave and reach nodes at their middles.
    init(_ chart: Flowchart) {
        let axes = Axes(chart.direction)
        let texts = chart.nodes.map { LabelText($0.label) }
        let sizes = zip(chart.nodes, texts).map { NodeSize($0.shape, around: $1) }
        let labels = chart.edges.map { $0.label.map(LabelText.init) }
        let isLoop = chart.edges.map { $0.from == $0.to }
        let plain = chart.edges.indices.filter { !isLoop[$0] }
        // The loops of a node lie around each other at its side, each with its label.
        var loopStarts = Array(repeating: 0.0, count: chart.edges.count)
        var rooms = sizes.map { (width: 0.0, height: $0.height) }
        for (index, edge) in chart.edges.enumerated() where isLoop[index] {
            loopStarts[index] = rooms[edge.from].width
            rooms[edge.from].width += Self.loopWidth + (labels[index]?.width ?? 0)
            rooms[edge.from].height = max(rooms[edge.from].height, labels[index]?.height ?? 0)
        }
        let ranks = RankedLayout(
            nodes: zip(sizes, rooms).map { size, room in
                RankedLayout.Node(
                    extent: axes.extent(width: size.width + 2 * room.width, height: room.height),
                    reach: axes.extent(width: size.width, height: size.height).across / 2)
            },
            edges: plain.map { index in
                RankedLayout.Edge(
                    from: chart.edges[index].from, to: chart.edges[index].to, length: chart.edges[index].length,
                    label: labels[index].map { axes.extent(width: $0.width + 12, height: $0.height + 4) })
            })
        func point(_ place: RankedLayout.Place) -> Point { axes.point(place, depth: ranks.extent.across) }
        let nodes = chart.nodes.indices.map { index in
            PlacedNode(
                node: chart.nodes[index], text: texts[index], centre: point(ranks.nodes[index]),
                width: sizes[index].width, height: sizes[index].height)
        }
        self.nodes = nodes
        let routed = zip(plain, ranks.edges).map { index, route in
            PlacedEdge(
                edge: chart.edges[index], curve: route.curve.map(point),
                label: labels[index].flatMap { text in route.label.map { (text, point($0)) } })
        }
        let loops = chart.edges.indices.filter { isLoop[$0] }.map { index in
            Self.loop(
                chart.edges[index], around: nodes[chart.edges[index].from], from: loopStarts[index],
                label: labels[index])
        }
        edges = routed + loops
        (width, height) = axes.size(ranks.extent)
    }

    private static func loop(
        _ edge: Flowchart.Edge, around node: PlacedNode, from start: Double, label: LabelText?
    ) -> PlacedEdge {
        let side = node.centre.x + node.width / 2
        let reach = min(node.height / 4, 12)
        // A curve comes to three quarters of the way to its control points.
        let far = side + (start + loopWidth * 0.75) / 0.75
        let curve = [
            Point(x: side, y: node.centre.y - reach), Point(x: far, y: node.centre.y - 2.2 * reach),
            Point(x: far, y: node.centre.y + 2.2 * reach), Point(x: side, y: node.centre.y + reach),
        ]
        let labelled = label.map { ($0, Point(x: side + start + loopWidth + $0.width / 2, y: node.centre.y)) }
        return PlacedEdge(edge: edge, curve: curve, label: labelled)
    }
}

/// How large a node is that has room for a text.
private struct NodeSize {
    let width, height: Double

    init(_ shape: Flowchart.Shape, around text: LabelText) {
        let (inner, outer) = (text.width + 28, text.height + 20)
        (width, height) =
            switch shape {
            case .rectangle, .rounded: (inner, outer)
            case .stadium, .subroutine, .flag: (inner + 14, outer)
            case .cylinder: (inner, outer + 16)
            case .hexagon, .leaningRight, .leaningLeft, .narrowTop, .narrowBottom: (inner + outer * 0.7, outer)
            case .circle: (Self.diameter(of: text), Self.diameter(of: text))
            case .diamond: (text.width * 1.5 + 36, text.height * 1.5 + 36)
            }
    }

    private static func diameter(of text: LabelText) -> Double {
        (text.width * text.width + text.height * text.height).squareRoot() + 20
    }
}

/// How the directions of ranks and of edges lie on the page.
private struct Axes {
    private let direction: Flowchart.Direction
    private var isHorizontal: Bool { direction == .right || direction == .left }

    init(_ direction: Flowchart.Direction) { self.direction = direction }

    /// A size as it counts along a rank and across it.
    func extent(width: Double, height: Double) -> RankedLayout.Place {
        isHorizontal ? .init(along: height, across: width) : .init(along: width, across: height)
    }

    /// The opposite of ``extent(width:height:)``.
    func size(_ extent: RankedLayout.Place) -> (width: Double, height: Double) {
        isHorizontal ? (extent.across, extent.along) : (extent.along, extent.across)
    }

    /// The place on the page; `depth` is the whole extent across the ranks.
    func point(_ place: RankedLayout.Place, depth: Double) -> FlowchartLayout.Point {
        switch direction {
        case .down: FlowchartLayout.Point(x: place.along, y: place.across)
        case .up: FlowchartLayout.Point(x: place.along, y: depth - place.across)
        case .right: FlowchartLayout.Point(x: place.across, y: place.along)
        case .left: FlowchartLayout.Point(x: depth - place.across, y: place.along)
        }
    }
}
