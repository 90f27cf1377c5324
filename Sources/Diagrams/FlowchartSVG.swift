/// Draws a flowchart in Mermaid's notation as an SVG element to stand in a page.
///
/// Colours come from the page's style, unless the author chose others: nodes are of class `node`, boxes `box`, edges `edge`, tips `tip`,
/// labels of edges `label`. Every word can be read on its ground by day and by night, whatever colours the author chose.
/// - Parameter formula: a formula's markup, given its TeX; `nil` where it cannot be set.
/// - Throws: what is wrong with `source`.
public func flowchartSVG(
    mermaid source: String, formula: @escaping (String) -> String? = { _ in nil }
) throws(DiagramError) -> String {
    let chart = try Flowchart(mermaid: source)
    let layout = FlowchartLayout(chart)
    // Half a thick line, and what a tip of an edge reaches over.
    let margin = 4.0
    let (width, height) = (layout.width + 2 * margin, layout.height + 2 * margin)
    // A box is opened before those that lie in it.
    let boxes = layout.nodes.indices.filter { layout.nodes[$0].node.shape == .box }
        .sorted { (chart.boxes(around: $0).count, $0) < (chart.boxes(around: $1).count, $1) }
    let writing = LabelWriting(formula: formula)
    var content = boxes.map { box(layout.nodes[$0]) }.joined()
    content += layout.edges.map(line).joined()
    content += boxes.map { writing.title(of: layout.nodes[$0]) }.joined()
    content += layout.nodes.filter { $0.node.shape != .box }.map { node($0, writing) }.joined()
    content += layout.edges.compactMap(writing.label).joined()
    return """
        <svg class="flowchart" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="\(escaped(chart.alternativeText))" \
        width="\(number(width))" height="\(number(height))" \
        viewBox="\(number(-margin)) \(number(-margin)) \(number(width)) \(number(height))" \
        font-size="\(number(LabelText.fontSize))">
        \(content)</svg>
        """
}

private func node(_ placed: FlowchartLayout.PlacedNode, _ writing: LabelWriting) -> String {
    let outline = NodeShape(placed).markup(style: placed.node.look.outline)
    var centre = placed.centre
    if case .named(let shape) = placed.node.shape {
        if shape.isWordless { return "<g class=\"node\">\(outline)</g>\n" }
        centre.y += shape.shift(ofWordsIn: placed.height)
    }
    return "<g class=\"node\">\(outline)\(writing.text(placed.text, at: centre, placed.node.look))</g>\n"
}

private func box(_ placed: FlowchartLayout.PlacedNode) -> String {
    "<g class=\"box\">\(NodeShape(placed).markup(style: placed.node.look.outline))</g>\n"
}

private func line(_ placed: FlowchartLayout.PlacedEdge) -> String {
    if placed.edge.line == .invisible { return "" }
    let curve = placed.curve
    let look = placed.edge.look
    let tips =
        tip(placed.edge.head, at: curve[curve.count - 1], from: curve[curve.count - 2], look)
        + tip(placed.edge.tail, at: curve[0], from: curve[1], look)
    var path = "M\(pair(curve[0]))"
    for piece in stride(from: 1, to: curve.count - 2, by: 3) {
        path += "C\(pair(curve[piece])) \(pair(curve[piece + 1])) \(pair(curve[piece + 2]))"
    }
    let style =
        switch placed.edge.line {
        case .plain, .invisible: "edge"
        case .dotted: "edge dotted"
        case .thick: "edge thick"
        }
    return "<path class=\"\(style)\"\(look.line) d=\"\(path)\"/>\(tips)\n"
}

/// The end of an edge that comes from the direction of `before`.
private func tip(
    _ tip: Flowchart.Tip, at end: PagePoint, from before: PagePoint, _ look: Look
) -> String {
    let (dx, dy) = (end.x - before.x, end.y - before.y)
    let length = max((dx * dx + dy * dy).squareRoot(), 1e-9)
    let (ux, uy) = (dx / length, dy / length)
    func point(_ back: Double, _ aside: Double) -> String {
        pair(PagePoint(x: end.x - back * ux - aside * uy, y: end.y - back * uy + aside * ux))
    }
    switch tip {
    case .none: return ""
    case .arrow:
        return "<path class=\"tip\"\(look.tip) d=\"M\(point(0, 0))L\(point(9, 4.5))L\(point(9, -4.5))Z\"/>"
    case .circle:
        let (x, y) = (number(end.x - 4.5 * ux), number(end.y - 4.5 * uy))
        return "<circle class=\"tip\"\(look.tip) cx=\"\(x)\" cy=\"\(y)\" r=\"4.5\"/>"
    case .cross:
        let path = "M\(point(3, 5))L\(point(12, -5))M\(point(3, -5))L\(point(12, 5))"
        return "<path class=\"edge thick\"\(look.line) d=\"\(path)\"/>"
    }
}
