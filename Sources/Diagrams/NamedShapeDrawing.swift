/// Draws the outlines of named shapes.
struct NamedShapeDrawing {
    private let shape: NamedShape
    private let x, y, w, h: Double
    /// An attribute of the outline's elements.
    private let style: String

    private static let cut = 10.0
    private static let wave = 6.0

    /// - Parameters:
    ///   - width, height: of the whole node, whose middle is `centre`.
    ///   - style: the attribute `style`, or nothing.
    init(_ shape: NamedShape, at centre: PagePoint, width: Double, height: Double, style: String) {
        (self.shape, x, y, w, h, self.style) = (shape, centre.x, centre.y, width / 2, height / 2, style)
    }

    var markup: String {
        switch shape {
        case .card: polygon([(cut - w, -h), (w, -h), (w, h), (-w, h), (-w, cut - h)])
        case .linedProcess: rectangle + lines([[(cut - w, -h), (cut - w, h)]])
        case .dividedProcess: rectangle + lines([[(-w, cut - h), (w, cut - h)]])
        case .internalStorage: rectangle + lines([[(cut - w, -h), (cut - w, h)], [(-w, cut - h), (w, cut - h)]])
        case .processes: stacked { self.polygon($0) }
        case .taggedProcess: rectangle + lines([[(w - 2 * cut, h), (w, h - 2 * cut)]])
        case .manualInput: polygon([(-w, cut - h), (w, -h), (w, h), (-w, h)])
        case .loopLimit:
            polygon([(1.6 * cut - w, -h), (w - 1.6 * cut, -h), (w, cut - h), (w, h), (-w, h), (-w, cut - h)])
        case .storedData:
            path(
                "M\(at(cut - w, -h))L\(at(w, -h))Q\(at(w - 2 * cut, 0)) \(at(w, h))L\(at(cut - w, h))Q\(at(-w - cut, 0)) \(at(cut - w, -h))Z"
            )
        case .delay: path("M\(at(-w, -h))L\(at(w - h, -h))A\(radii(h)) 0 0 1 \(at(w - h, h))L\(at(-w, h))Z")
        case .display:
            path("M\(at(-w, 0))L\(at(h - w, -h))L\(at(w - h, -h))A\(radii(h)) 0 0 1 \(at(w - h, h))L\(at(h - w, h))Z")
        case .document: document
        case .linedDocument: document + lines([[(cut - w, -h), (cut - w, h - Self.wave)]])
        case .documents: sheet(cut - w, -h, w, h - cut) + sheet(-w, cut - h, w - cut, h)
        case .taggedDocument: document + lines([[(w - 2 * cut, h - 2 * Self.wave), (w, h - 3 * cut)]])
        case .paperTape:
            path(
                "M\(at(-w, Self.wave - h))\(wave(at: Self.wave - h, from: -w, to: w))L\(at(w, h - Self.wave))\(wave(at: h - Self.wave, from: w, to: -w))Z"
            )
        case .directAccess:
            path(
                "M\(at(w - 7, -h))L\(at(7 - w, -h))a7 \(number(h)) 0 0 0 0 \(number(2 * h))L\(at(w - 7, h))a7 \(number(h)) 0 0 0 0 \(number(-2 * h))a7 \(number(h)) 0 0 0 0 \(number(2 * h))"
            )
        case .disk: disk
        case .extract: polygon([(0, -h), (w, h), (-w, h)])
        case .manualFile: polygon([(-w, -h), (w, -h), (0, h)])
        case .comment: brace(-1)
        case .commentRight: brace(1)
        case .commentBoth: brace(-1) + brace(1)
        case .text: ""
        case .cloud: cloud
        case .bang: bang
        case .start, .junction: solid(circle(w))
        case .stop: path(circle(w)) + solid(circle(w - 5))
        case .summary:
            path(circle(w))
                + lines([[(-w * 0.7, -h * 0.7), (w * 0.7, h * 0.7)], [(w * 0.7, -h * 0.7), (-w * 0.7, h * 0.7)]])
        case .fork: solid("M\(at(-w, -h))H\(number(x + w))V\(number(y + h))H\(number(x - w))Z")
        case .collate: polygon([(-w, -h), (w, -h), (-w, h), (w, h)])
        case .link: polygon([(w * 0.3, -h), (-w, h * 0.1), (w * 0.1, 0), (-w * 0.3, h), (w, -h * 0.1), (-w * 0.1, 0)])
        }
    }

    private var cut: Double { Self.cut }

    // MARK: Pieces

    private func at(_ dx: Double, _ dy: Double) -> String { pair(PagePoint(x: x + dx, y: y + dy)) }
    private func radii(_ radius: Double) -> String { "\(number(radius)) \(number(radius))" }
    private func path(_ data: String) -> String { "<path\(style) d=\"\(data)\"/>" }
    private var rectangle: String { polygon([(-w, -h), (w, -h), (w, h), (-w, h)]) }

    private func polygon(_ corners: [(Double, Double)]) -> String {
        path("M" + corners.map { at($0.0, $0.1) }.joined(separator: "L") + "Z")
    }

    /// Lines that bound nothing: in a group, because what stands right in a node is filled.
    private func lines(_ lines: [[(Double, Double)]]) -> String {
        unfilled(lines.map { "M" + $0.map { at($0.0, $0.1) }.joined(separator: "L") }.joined())
    }

    private func unfilled(_ data: String) -> String { "<g\(style)><path fill=\"none\" d=\"\(data)\"/></g>" }

    /// An area in the colour of lines.
    private func solid(_ data: String) -> String { "<g\(style)><path class=\"tip\" d=\"\(data)\"/></g>" }

    private func circle(_ radius: Double) -> String {
        let way = "a\(radii(radius)) 0 0 1 \(number(2 * radius)) 0a\(radii(radius)) 0 0 1 \(number(-2 * radius)) 0"
        return "M\(at(-radius, 0))\(way)Z"
    }

    /// A wave at the height `dy`, from where the path has come to.
    private func wave(at dy: Double, from start: Double, to end: Double) -> String {
        let (half, depth) = ((end - start) / 4, 2 * Self.wave)
        let sign = start < end ? 1.0 : -1.0
        return
            "Q\(at(start + half, dy - sign * depth)) \(at((start + end) / 2, dy))Q\(at(end - half, dy + sign * depth)) \(at(end, dy))"
    }

    /// A sheet whose lower edge is a wave.
    private func sheet(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> String {
        let edge = bottom - Self.wave
        let sides = [(left, edge), (left, top), (right, top), (right, edge)].map { at($0.0, $0.1) }
        return path("M\(sides.joined(separator: "L"))\(wave(at: edge, from: right, to: left))Z")
    }

    private var document: String { sheet(-w, -h, w, h) }

    /// Two of an outline, the one behind above and to the right.
    private func stacked(_ outline: ([(Double, Double)]) -> String) -> String {
        let gap = 8.0
        return outline([(gap - w, -h), (w, -h), (w, h - gap), (gap - w, h - gap)])
            + outline([(-w, gap - h), (w - gap, gap - h), (w - gap, h), (-w, h)])
    }

    private var disk: String {
        let (rx, ry) = (number(w), "7")
        let (top, back) = (number(y - h + 7), "a\(rx) \(ry) 0 0 0 \(number(-2 * w)) 0")
        let forth = "a\(rx) \(ry) 0 0 0 \(number(2 * w)) 0"
        let body = "M\(number(x - w)) \(top)V\(number(y + h - 7))\(forth)V\(top)\(back)\(forth)"
        return path(body) + unfilled("M\(at(-w, 17 - h))\(forth)")
    }

    /// A curly bracket at the side `side`.
    private func brace(_ side: Double) -> String {
        let (inner, outer) = (side * (w - 8), side * w)
        let middle = side * (w - 4)
        return unfilled(
            "M\(at(inner, -h))Q\(at(middle, -h)) \(at(middle, 6 - h))V\(number(y - 5))Q\(at(middle, 0)) \(at(outer, 0))"
                + "Q\(at(middle, 0)) \(at(middle, 5))V\(number(y + h - 6))Q\(at(middle, h)) \(at(inner, h))")
    }

    private var cloud: String {
        let around = [
            (-0.7, -0.62), (0.0, -0.85), (0.7, -0.62), (0.9, 0.0), (0.7, 0.62), (0.0, 0.85), (-0.7, 0.62), (-0.9, 0.0),
        ]
        var data = "M\(at(around[7].0 * w, around[7].1 * h))"
        for (dx, dy) in around { data += "A\(number(w * 0.4)) \(number(h * 0.45)) 0 0 1 \(at(dx * w, dy * h))" }
        return path(data + "Z")
    }

    /// A star of many points around an ellipse.
    private var bang: String {
        let around = [
            (0.0, -1.0), (0.22, -0.72), (0.6, -0.92), (0.62, -0.58), (1.0, -0.5), (0.8, -0.12), (1.0, 0.2),
            (0.72, 0.38),
            (0.8, 0.82), (0.42, 0.7), (0.2, 1.0), (-0.05, 0.76), (-0.4, 0.98), (-0.5, 0.66), (-0.9, 0.74),
            (-0.76, 0.32),
            (-1.0, 0.05), (-0.78, -0.2), (-0.94, -0.6), (-0.58, -0.6), (-0.5, -0.94), (-0.2, -0.74),
        ]
        return polygon(around.map { ($0.0 * w, $0.1 * h) })
    }
}
