/// A flowchart's nodes, edges and labels, each with its place on the page. Lengths are in CSS pixels.
struct FlowchartLayout {
    struct PlacedNode {
        let node: Flowchart.Node
        let text: LabelText
        let centre: PagePoint
        let width, height: Double
    }

    struct PlacedEdge {
        let edge: Flowchart.Edge
        /// Start, then two control points and an end for each piece of a curve.
        let curve: [PagePoint]
        let label: (text: LabelText, centre: PagePoint)?
    }

    /// In the order of the chart's: boxes lie under what they hold.
    let nodes: [PlacedNode]
    let edges: [PlacedEdge]
    let width, height: Double

    /// Lays `chart` out: ranks along its direction, boxes around what they hold, edges as curves that pass no node but their own.
    init(_ chart: Flowchart) {
        let sizes = FlowchartSizes(chart)
        let whole = BoxLayout(sizes, box: nil, direction: chart.direction)
        var drawing = FlowchartDrawing()
        whole.place(in: &drawing, at: PagePoint(x: 0, y: 0))
        let nodes = chart.nodes.indices.map { index in
            let size = drawing.sizes[index] ?? sizes.nodes[index]
            return PlacedNode(
                node: chart.nodes[index], text: sizes.texts[index],
                centre: drawing.centres[index] ?? PagePoint(x: 0, y: 0), width: size.width, height: size.height)
        }
        self.nodes = nodes
        edges = chart.edges.indices.compactMap { index -> PlacedEdge? in
            let (edge, text) = (chart.edges[index], sizes.labels[index])
            if edge.from == edge.to { return Self.loop(index, around: nodes[edge.from], sizes) }
            guard let (curve, centre) = drawing.curve(of: index) else { return nil }
            return PlacedEdge(
                edge: edge, curve: curve, label: text.flatMap { text in centre.map { (text: text, centre: $0) } })
        }
        (width, height) = (whole.width, whole.height)
    }

    private static func loop(_ index: Int, around node: PlacedNode, _ sizes: FlowchartSizes) -> PlacedEdge {
        let edge = sizes.chart.edges[index]
        let inside = sizes.loops(at: edge.from).prefix { $0 != index }
        let start = inside.reduce(0) { $0 + FlowchartSizes.loopWidth + (sizes.labels[$1]?.width ?? 0) }
        let side = node.centre.x + node.width / 2
        let reach = min(node.height / 4, 12)
        // A curve comes to three quarters of the way to its control points.
        let far = side + (start + FlowchartSizes.loopWidth * 0.75) / 0.75
        let outline = NodeOutline(shape: node.node.shape, size: NodeSize(width: node.width, height: node.height))
        func end(_ shift: Double) -> PagePoint {
            PagePoint(x: node.centre.x + outline.reach(towards: .right, at: shift), y: node.centre.y + shift)
        }
        let curve = [
            end(-reach), PagePoint(x: far, y: node.centre.y - 2.2 * reach),
            PagePoint(x: far, y: node.centre.y + 2.2 * reach),
            end(reach),
        ]
        let labelled = sizes.labels[index].map {
            (text: $0, centre: PagePoint(x: side + start + FlowchartSizes.loopWidth + $0.width / 2, y: node.centre.y))
        }
        return PlacedEdge(edge: edge, curve: curve, label: labelled)
    }
}
