/// Draws a flowchart in Mermaid's notation as an SVG element to stand in a page.
///
/// Colours come from the page's style: nodes are of class `node`, edges `edge`, tips `tip`, labels of edges `label`.
/// - Throws: what is wrong with `source`.
public func flowchartSVG(mermaid source: String) throws(DiagramError) -> String {
    let chart = try Flowchart(mermaid: source)
    let layout = FlowchartLayout(chart)
    // Half a thick line, and what a tip of an edge reaches over.
    let margin = 4.0
    let (width, height) = (layout.width + 2 * margin, layout.height + 2 * margin)
    let content =
        layout.edges.map(line).joined() + layout.nodes.map(node).joined() + layout.edges.compactMap(label).joined()
    return """
        <svg class="flowchart" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="\(escaped(chart.alternativeText))" \
        width="\(number(width))" height="\(number(height))" \
        viewBox="\(number(-margin)) \(number(-margin)) \(number(width)) \(number(height))" \
        font-size="\(number(LabelText.fontSize))">
        \(content)</svg>
        """
}

private func node(_ placed: FlowchartLayout.PlacedNode) -> String {
    "<g class=\"node\">\(outline(placed))\(text(placed.text, at: placed.centre))</g>\n"
}

private func outline(_ node: FlowchartLayout.PlacedNode) -> String {
    let (w, h) = (node.width / 2, node.height / 2)
    let (x, y) = (node.centre.x, node.centre.y)
    func rectangle(radius: Double) -> String {
        "<rect x=\"\(number(x - w))\" y=\"\(number(y - h))\" width=\"\(number(2 * w))\" height=\"\(number(2 * h))\""
            + (radius == 0 ? "/>" : " rx=\"\(number(radius))\"/>")
    }
    func polygon(_ corners: (Double, Double)...) -> String {
        "<path d=\"M" + corners.map { "\(number(x + $0.0)) \(number(y + $0.1))" }.joined(separator: "L") + "Z\"/>"
    }
    let slant = h * 0.6
    switch node.node.shape {
    case .rectangle: return rectangle(radius: 0)
    case .rounded: return rectangle(radius: 8)
    case .stadium: return rectangle(radius: h)
    case .subroutine:
        let bars = [x - w + 7, x + w - 7].map { "M\(number($0)) \(number(y - h))V\(number(y + h))" }.joined()
        return rectangle(radius: 0) + "<path d=\"\(bars)\"/>"
    case .circle: return "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(w))\"/>"
    case .diamond: return polygon((0, -h), (w, 0), (0, h), (-w, 0))
    case .hexagon: return polygon((slant - w, -h), (w - slant, -h), (w, 0), (w - slant, h), (slant - w, h), (-w, 0))
    case .flag: return polygon((-w, -h), (w, -h), (w, h), (-w, h), (14 - w, 0))
    case .leaningRight: return polygon((slant - w, -h), (w, -h), (w - slant, h), (-w, h))
    case .leaningLeft: return polygon((-w, -h), (w - slant, -h), (w, h), (slant - w, h))
    case .narrowTop: return polygon((slant - w, -h), (w - slant, -h), (w, h), (-w, h))
    case .narrowBottom: return polygon((-w, -h), (w, -h), (w - slant, h), (slant - w, h))
    case .cylinder:
        let (rx, ry, top) = (number(w), "7", number(y - h + 7))
        let body = "M\(number(x - w)) \(top)V\(number(y + h - 7))a\(rx) \(ry) 0 0 0 \(number(2 * w)) 0V\(top)"
        return "<path d=\"\(body)a\(rx) \(ry) 0 0 0 \(number(-2 * w)) 0a\(rx) \(ry) 0 0 0 \(number(2 * w)) 0\"/>"
    }
}

private func line(_ placed: FlowchartLayout.PlacedEdge) -> String {
    if placed.edge.line == .invisible { return "" }
    let curve = placed.curve
    let tips =
        tip(placed.edge.head, at: curve[curve.count - 1], from: curve[curve.count - 2])
        + tip(placed.edge.tail, at: curve[0], from: curve[1])
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
    return "<path class=\"\(style)\" d=\"\(path)\"/>\(tips)\n"
}

/// The end of an edge that comes from the direction of `before`.
private func tip(_ tip: Flowchart.Tip, at end: FlowchartLayout.Point, from before: FlowchartLayout.Point) -> String {
    let (dx, dy) = (end.x - before.x, end.y - before.y)
    let length = max((dx * dx + dy * dy).squareRoot(), 1e-9)
    let (ux, uy) = (dx / length, dy / length)
    func point(_ back: Double, _ aside: Double) -> String {
        pair(FlowchartLayout.Point(x: end.x - back * ux - aside * uy, y: end.y - back * uy + aside * ux))
    }
    switch tip {
    case .none: return ""
    case .arrow: return "<path class=\"tip\" d=\"M\(point(0, 0))L\(point(9, 4.5))L\(point(9, -4.5))Z\"/>"
    case .circle:
        return "<circle class=\"tip\" cx=\"\(number(end.x - 4.5 * ux))\" cy=\"\(number(end.y - 4.5 * uy))\" r=\"4.5\"/>"
    case .cross:
        return "<path class=\"edge thick\" d=\"M\(point(3, 5))L\(point(12, -5))M\(point(3, -5))L\(point(12, 5))\"/>"
    }
}

private func label(_ placed: FlowchartLayout.PlacedEdge) -> String? {
    placed.label.map { label in
        let (w, h) = (label.text.width / 2 + 3, label.text.height / 2)
        let ground =
            "<rect x=\"\(number(label.centre.x - w))\" y=\"\(number(label.centre.y - h))\" "
            + "width=\"\(number(2 * w))\" height=\"\(number(2 * h))\"/>"
        return "<g class=\"label\">\(ground)\(text(label.text, at: label.centre))</g>\n"
    }
}

private func text(_ label: LabelText, at centre: FlowchartLayout.Point) -> String {
    let first = centre.y - Double(label.lines.count - 1) / 2 * LabelText.lineHeight
    return label.lines.enumerated().map { index, line in
        // Letters sit above their baseline by about a third of the font's size more than below.
        let baseline = first + Double(index) * LabelText.lineHeight + LabelText.fontSize * 0.35
        return
            "<text x=\"\(number(centre.x))\" y=\"\(number(baseline))\" text-anchor=\"middle\">\(escaped(line))</text>"
    }.joined()
}

private func pair(_ point: FlowchartLayout.Point) -> String { "\(number(point.x)) \(number(point.y))" }

/// A length to a tenth of a pixel.
private func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let whole = abs(tenths) / 10
    let rest = abs(tenths) % 10
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
}

private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;").replacing("\n", with: " ")
}
