/// A node's outline as SVG draws it.
struct NodeShape {
    private let shape: Flowchart.Shape
    private let x, y, w, h, slant: Double

    init(_ node: FlowchartLayout.PlacedNode) {
        (shape, x, y) = (node.node.shape, node.centre.x, node.centre.y)
        (w, h) = (node.width / 2, node.height / 2)
        slant = NodeSize(width: node.width, height: node.height).slant
    }

    /// The elements, each with the attribute `style`.
    func markup(style: String) -> String {
        switch shape {
        case .named(let shape):
            NamedShapeDrawing(shape, at: PagePoint(x: x, y: y), width: 2 * w, height: 2 * h, style: style).markup
        case .rectangle: rectangle(style)
        case .rounded: rectangle(style, radius: 8)
        case .box: rectangle(style, radius: 4)
        case .stadium: rectangle(style, radius: h)
        case .subroutine: rectangle(style) + path(style, bars)
        case .circle: circle(style, radius: w)
        case .doubleCircle: circle(style, radius: w) + circle(style, radius: w - 4)
        case .ellipse:
            "<ellipse\(style) cx=\"\(number(x))\" cy=\"\(number(y))\" rx=\"\(number(w))\" ry=\"\(number(h))\"/>"
        case .cylinder: path(style, cylinder)
        default: path(style, polygon)
        }
    }

    private var polygon: String {
        "M" + corners.map { "\(number(x + $0.0)) \(number(y + $0.1))" }.joined(separator: "L") + "Z"
    }

    private var corners: [(Double, Double)] {
        switch shape {
        case .diamond: [(0, -h), (w, 0), (0, h), (-w, 0)]
        case .hexagon: [(slant - w, -h), (w - slant, -h), (w, 0), (w - slant, h), (slant - w, h), (-w, 0)]
        case .flag: [(-w, -h), (w, -h), (w, h), (-w, h), (NodeSize.notch - w, 0)]
        case .leaningRight: [(slant - w, -h), (w, -h), (w - slant, h), (-w, h)]
        case .leaningLeft: [(-w, -h), (w - slant, -h), (w, h), (slant - w, h)]
        case .narrowTop: [(slant - w, -h), (w - slant, -h), (w, h), (-w, h)]
        case .narrowBottom: [(-w, -h), (w, -h), (w - slant, h), (slant - w, h)]
        default: []
        }
    }

    private var bars: String {
        [x - w + 7, x + w - 7].map { "M\(number($0)) \(number(y - h))V\(number(y + h))" }.joined()
    }

    private var cylinder: String {
        let (rx, ry, top) = (number(w), number(NodeSize.lid), number(y - h + NodeSize.lid))
        let body = "M\(number(x - w)) \(top)V\(number(y + h - 7))a\(rx) \(ry) 0 0 0 \(number(2 * w)) 0V\(top)"
        return "\(body)a\(rx) \(ry) 0 0 0 \(number(-2 * w)) 0a\(rx) \(ry) 0 0 0 \(number(2 * w)) 0"
    }

    private func path(_ style: String, _ data: String) -> String { "<path\(style) d=\"\(data)\"/>" }

    private func circle(_ style: String, radius: Double) -> String {
        "<circle\(style) cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"/>"
    }

    private func rectangle(_ style: String, radius: Double = 0) -> String {
        "<rect\(style) x=\"\(number(x - w))\" y=\"\(number(y - h))\" width=\"\(number(2 * w))\" height=\"\(number(2 * h))\""
            + (radius == 0 ? "/>" : " rx=\"\(number(radius))\"/>")
    }
}
