/// Draws what changes the room around a formula, or what is drawn over it.
extension MathMLWriter {
    /// White space, struts, bars, and formulas that take up other room than their own.
    func room(_ formula: Formula, _ style: Style) -> String {
        switch formula {
        case .gap(let length):
            element(
                "mspace", length.hasPrefix("-") ? ["style": "margin-left:\(length)"] : ["width": length], children: "")
        case .phantom(let body, let room): phantom(element("mphantom", children: children(of: body, style)), room)
        case .overlap(let body, let overlap): overlapping(children(of: body, style), overlap)
        case .bar(let width, let height, let raised):
            element(
                "mspace",
                [
                    "width": width, "height": height,
                    "style": "background:currentcolor;print-color-adjust:exact"
                        + (raised == "0em" ? "" : ";position:relative;bottom:\(raised)"),
                ], children: "")
        default: ""
        }
    }

    private func phantom(_ drawn: String, _ room: Room) -> String {
        switch room {
        case .all: drawn
        case .width: element("mpadded", ["height": "0", "depth": "0"], children: drawn)
        case .height: element("mpadded", ["width": "0"], children: drawn)
        }
    }

    private func overlapping(_ drawn: String, _ overlap: Overlap) -> String {
        switch overlap {
        case .right: return element("mpadded", ["width": "0"], children: drawn)
        case .left, .both:
            let shift = if case .left = overlap { "-100%" } else { "-50%" }
            return element(
                "mpadded", ["width": "0"],
                children: element("mrow", ["style": "transform:translateX(\(shift))"], children: drawn))
        case .height(let top, let bottom):
            var attributes: [String: String] = [:]
            if top { attributes["height"] = "0" }
            if bottom { attributes["depth"] = "0" }
            return element("mpadded", attributes, children: drawn)
        case .raised(let length): return element("mpadded", ["voffset": length], children: drawn)
        }
    }

    /// A formula with distances at its sides, which only operators have as attributes.
    func apart(_ drawn: String, _ distances: Distances) -> String {
        func space(_ width: Int) -> String {
            width == 0 ? "" : element("mspace", ["width": em(width)], children: "")
        }
        guard distances != Distances() else { return drawn }
        return element("mrow", children: space(distances.left) + drawn + space(distances.right))
    }

    func prescripts(
        _ base: Formula, _ below: Formula?, _ above: Formula?, _ after: [Formula?], _ limits: Limits, _ style: Style,
        _ distances: Distances
    ) -> String {
        func script(_ formula: Formula?) -> String {
            formula.map { drawing(of: $0, style.inScript) } ?? element("mrow", children: "")
        }
        let behind = after.contains { $0 != nil } ? after.map(script).joined() : ""
        let nucleus = drawing(of: base, style, distances)
        return element(
            "mmultiscripts",
            children: nucleus + behind + element("mprescripts", children: "") + script(below) + script(above))
    }

    func decorated(_ body: Formula, _ decoration: Decoration, _ style: Style) -> String {
        let inner = if case .scriptLevel = decoration { style.inScript } else { style }
        let drawn = children(of: body, inner)
        switch decoration {
        case .box: return element("mrow", ["style": "border:1px solid;padding:0.25em"], children: drawn)
        case .rising: return crossed(drawn, ["to top left"])
        case .falling: return crossed(drawn, ["to top right"])
        case .crossed: return crossed(drawn, ["to top left", "to top right"])
        case .struck: return crossed(drawn, ["to top"])
        case .color(let color): return element("mstyle", ["style": "color:\(color)"], children: drawn)
        case .background(let color, let border):
            let edge = border.map { ";border:1px solid \($0)" } ?? ""
            return element(
                "mrow", ["style": "background:\(color);padding:0.2em;print-color-adjust:exact\(edge)"],
                children: drawn)
        case .size(let percent): return element("mstyle", ["mathsize": "\(percent)%"], children: drawn)
        case .scriptLevel(let level):
            return element("mstyle", ["displaystyle": "false", "scriptlevel": String(level)], children: drawn)
        }
    }

    /// Lines across a formula: MathML Core has none, so that they are its background. A gradient's line of equal colour is
    /// at right angles to the gradient.
    private func crossed(_ drawn: String, _ directions: [String]) -> String {
        let line =
            "transparent calc(50% - 0.03em),currentcolor calc(50% - 0.03em),"
            + "currentcolor calc(50% + 0.03em),transparent calc(50% + 0.03em)"
        let lines = directions.map { "linear-gradient(\($0),\(line))" }.joined(separator: ",")
        return element(
            "mrow", ["style": "background:\(lines);print-color-adjust:exact"], children: drawn)
    }
}
