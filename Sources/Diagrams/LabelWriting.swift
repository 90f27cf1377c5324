/// Writes labels as SVG.
struct LabelWriting {
    let formula: (String) -> String?

    /// A box's title in its upper left corner, where few edges pass.
    func title(of box: FlowchartLayout.PlacedNode) -> String {
        let (left, top) = (box.centre.x - box.width / 2 + 10, box.centre.y - box.height / 2 + 5)
        let centre = PagePoint(x: left + box.text.width / 2, y: top + box.text.height / 2)
        return "<g class=\"title\">\(text(box.text, at: centre, box.node.look))</g>\n"
    }

    func label(_ placed: FlowchartLayout.PlacedEdge) -> String? {
        guard placed.edge.line != .invisible else { return nil }
        return placed.label.map { label in
            let (w, h) = (label.text.width / 2 + 3, label.text.height / 2)
            let ground =
                "<rect x=\"\(number(label.centre.x - w))\" y=\"\(number(label.centre.y - h))\" "
                + "width=\"\(number(2 * w))\" height=\"\(number(2 * h))\"/>"
            let look = placed.edge.look
            return "<g class=\"label\">\(ground)\(text(label.text, at: label.centre, look.words))</g>\n"
        }
    }

    func text(_ label: LabelText, at centre: PagePoint, _ look: Look) -> String {
        if label.hasFormulas { return markup(label, at: centre, look) }
        let style = look.letters
        var top = centre.y - label.height / 2
        return label.lines.map { line in
            let middle = top + LabelText.height(line) / 2
            top += LabelText.height(line)
            // Letters sit above their baseline by about a third of the font's size more than below.
            let baseline = number(middle + LabelText.fontSize * 0.35)
            let words = line.map { piece in Self.tagged(escaped(piece.text), piece, "tspan") }.joined()
            return "<text\(style) x=\"\(number(centre.x))\" y=\"\(baseline)\" text-anchor=\"middle\">\(words)</text>"
        }.joined()
    }

    /// Formulas are MathML, which stands in a picture as markup of its own.
    private func markup(_ label: LabelText, at centre: PagePoint, _ look: Look) -> String {
        let (w, h) = (label.width + 8, label.height + 4)
        let lines = label.lines.map { line in
            line.map { piece in
                piece.isFormula
                    ? formula(piece.text) ?? "<code>\(escaped(piece.text))</code>"
                    : Self.tagged(escaped(piece.text), piece, "span")
            }.joined()
        }
        return
            "<foreignObject x=\"\(number(centre.x - w / 2))\" y=\"\(number(centre.y - h / 2))\" width=\"\(number(w))\" "
            + "height=\"\(number(h))\"><div xmlns=\"http://www.w3.org/1999/xhtml\" class=\"formula\"\(look.letters)>"
            + "<div>\(lines.joined(separator: "<br/>"))</div></div></foreignObject>"
    }

    private static func tagged(_ text: String, _ piece: DiagramLabel.Piece, _ name: String) -> String {
        let styles = [piece.isBold ? "font-weight:bold" : nil, piece.isSlanted ? "font-style:italic" : nil]
            .compactMap(\.self)
        return styles.isEmpty ? text : "<\(name) style=\"\(styles.joined(separator: ";"))\">\(text)</\(name)>"
    }
}

extension Look {
    /// The style of an outline. A line can be told from the page, whatever its colour.
    var outline: String {
        var properties: [String] = []
        if isHollow { properties.append("fill:none") }
        if let fill { properties.append("fill:\(fill.css)") }
        if let stroke { properties.append("stroke:\(stroke.css(on: DiagramColor.paper, atLeast: 1.8))") }
        return style(properties + strokes)
    }

    /// The style of an edge's line.
    var line: String {
        style((stroke.map { ["stroke:\($0.css(on: DiagramColor.paper, atLeast: 3))"] } ?? []) + strokes)
    }

    /// The style of an edge's tip.
    var tip: String { style(stroke.map { ["fill:\($0.css(on: DiagramColor.paper, atLeast: 3))"] } ?? []) }

    /// The style of words on the look's own ground, where they can always be read.
    var letters: String {
        var properties: [String] = []
        if let ground {
            let ink = (ink ?? .black).readable(on: ground, atLeast: 4.5)
            properties = ["fill:\(ink.css)", "color:\(ink.css)"]
        } else if let ink {
            let css = ink.css(on: isHollow ? DiagramColor.paper : DiagramColor.panel, atLeast: 4.5)
            properties = ["fill:\(css)", "color:\(css)"]
        }
        if isBold { properties.append("font-weight:bold") }
        if isSlanted { properties.append("font-style:italic") }
        return style(properties)
    }

    /// The look of words beside an edge: its `fill` is none of theirs.
    var words: Look {
        var look = self
        look.forgetFill()
        return look
    }

    private var strokes: [String] {
        let width = strokeWidth.map { "stroke-width:\(number($0))" }
        let dash = dashes.isEmpty ? nil : "stroke-dasharray:" + dashes.map(number).joined(separator: " ")
        return [width, dash].compactMap(\.self)
    }

    private func style(_ properties: [String]) -> String {
        properties.isEmpty ? "" : " style=\"\(properties.joined(separator: ";"))\""
    }
}
