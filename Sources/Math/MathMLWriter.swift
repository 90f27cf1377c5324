/// Draws a formula as presentation MathML, in the vocabulary of MathML Core.
struct MathMLWriter {
    /// How a part is set: as in a displayed formula, and as in a subscript.
    struct Style {
        var display: Bool
        var script: Bool

        var inScript: Style { Style(display: false, script: true) }
        /// Numerators and denominators are smaller, except in a displayed formula.
        var inFraction: Style { Style(display: false, script: script || !display) }
    }

    func document(_ formula: Formula, tex: String, display: Bool) -> String {
        let style = Style(display: display, script: false)
        let body = element("mrow", children: children(of: formula, style))
        let annotation = element("annotation", ["encoding": "application/x-tex"], children: escaped(tex))
        return element(
            "math",
            ["xmlns": "http://www.w3.org/1998/Math/MathML", "display": display ? "block" : "inline"],
            children: element("semantics", children: body + annotation))
    }

    // MARK: Rows

    /// The elements of a row, for a parent that makes a row of its children by itself.
    func children(
        of formula: Formula, _ style: Style, after left: AtomClass? = nil, before right: AtomClass? = nil
    ) -> String {
        guard case .row(let items) = formula else {
            return children(of: .row([formula]), style, after: left, before: right)
        }
        let distances = Spacing.distances(in: items, after: left, before: right, script: style.script)
        return zip(items, distances).map { drawing(of: $0, style, $1) }.joined()
    }

    /// One element for one formula.
    func drawing(of formula: Formula, _ style: Style, _ distances: Distances = Distances()) -> String {
        switch formula {
        case .letter(let text, let font): identifier(text, font)
        case .number(let digits, _): element("mn", children: digits)
        case .symbol(let symbol): operatorElement(symbol, style, distances)
        case .function(let name, _): function(name, distances)
        case .text(let words, let textStyle): text(words, textStyle)
        case .space(let width): space(width)
        case .row(let items) where items.count == 1: children(of: formula, style)
        case .row: element("mrow", children: children(of: formula, style))
        case .fraction(let numerator, let denominator, let fractionStyle):
            fraction(numerator, denominator, fractionStyle, style)
        case .root(let radicand, nil): element("msqrt", children: children(of: radicand, style))
        case .root(let radicand, let index?):
            element("mroot", children: drawing(of: radicand, style) + drawing(of: index, style.inScript))
        case .scripts(let base?, let sub, let sup, let limits) where base.isClassed:
            apart(scripts(base, sub, sup, limits, style, Distances()), distances)
        case .scripts(let base, let sub, let sup, let limits):
            scripts(base, sub, sup, limits, style, distances)
        case .accent(let base, let accent): self.accent(base, accent, style)
        case .rule(let base, let isBelow): rule(base, isBelow: isBelow, style)
        case .stack(let base, let over, let under, _):
            scripts(base, under, over, .always, style, distances)
        case .delimited(let open, let segments, let middles, let close):
            delimited(open, segments, middles, close, style)
        case .sizedDelimiter(let delimiter, let tenths, let role):
            sizedDelimiter(delimiter, tenths, role, distances)
        case .table(let table): self.table(table, style)
        case .styled(let body, let display):
            element(
                "mstyle", ["displaystyle": String(display), "scriptlevel": "0"],
                children: children(of: body, Style(display: display, script: false)))
        case .phantom, .overlap, .gap, .bar: room(formula, style)
        case .classed(let body, _, _): apart(element("mrow", children: children(of: body, style)), distances)
        case .prescripts(let base, let below, let above, let after, let limits):
            prescripts(base, below, above, after, limits, style, distances)
        case .decorated(let body, let decoration): decorated(body, decoration, style)
        }
    }

    // MARK: Leaves

    /// A letter, which browsers slant when it is alone; capital Greek letters and ∇ are upright in TeX.
    private func identifier(_ text: String, _ font: Font?) -> String {
        let isUpright =
            font == .upright || font == nil && (text == "∇" || text.unicodeScalars.allSatisfy(isGreekCapital))
        return element("mi", isUpright && text.count == 1 ? ["mathvariant": "normal"] : [:], children: text)
    }

    private func isGreekCapital(_ scalar: Unicode.Scalar) -> Bool {
        ("Α"..."Ω").contains(scalar)
    }

    /// Words; the space around them is kept, which MathML would trim.
    private func text(_ words: String, _ style: TextStyle) -> String {
        let css =
            switch style {
            case .plain: ""
            case .bold: "font-weight:bold"
            case .italic: "font-style:italic"
            case .monospace: "font-family:monospace"
            case .sansSerif: "font-family:sans-serif"
            case .smallCapitals: "font-variant-caps:small-caps"
            }
        var kept = words
        if kept.first == " " { kept = "\u{A0}" + kept.dropFirst() }
        if kept.last == " " { kept = kept.dropLast() + "\u{A0}" }
        return element("mtext", css.isEmpty ? [:] : ["style": css], children: escaped(kept))
    }

    /// White space; what is negative is a margin, since browsers read no negative width.
    private func space(_ width: Int) -> String {
        element("mspace", width < 0 ? ["style": "margin-left:\(em(width))"] : ["width": em(width)], children: "")
    }

    // MARK: Structures

    private func fraction(
        _ numerator: Formula, _ denominator: Formula, _ fraction: FractionStyle, _ style: Style
    ) -> String {
        let outer = fraction.display.map { Style(display: $0, script: false) } ?? style
        let parts = drawing(of: numerator, outer.inFraction) + drawing(of: denominator, outer.inFraction)
        let drawn = element("mfrac", fraction.hasBar ? [:] : ["linethickness": "0"], children: parts)
        guard let display = fraction.display else { return drawn }
        return element("mstyle", ["displaystyle": String(display), "scriptlevel": "0"], children: drawn)
    }

    func scripts(
        _ base: Formula?, _ sub: Formula?, _ sup: Formula?, _ limits: Limits, _ style: Style, _ distances: Distances
    ) -> String {
        let isStacked = limits == .always || limits == .movable && style.display
        let below = isStacked ? "munder" : "msub"
        let above = isStacked ? "mover" : "msup"
        let both = isStacked ? "munderover" : "msubsup"
        let nucleus = drawing(of: base ?? .empty, style, distances)
        let lower = sub.map { drawing(of: $0, style.inScript) }
        let upper = sup.map { drawing(of: $0, style.inScript) }
        switch (lower, upper) {
        case (let lower?, let upper?): return element(both, children: nucleus + lower + upper)
        case (let lower?, nil): return element(below, children: nucleus + lower)
        case (nil, let upper?): return element(above, children: nucleus + upper)
        case (nil, nil): return nucleus
        }
    }

    private func accent(_ base: Formula, _ accent: Accent, _ style: Style) -> String {
        var attributes = Distances().attributes
        attributes["form"] = "postfix"
        attributes["stretchy"] = String(accent.stretches)
        let mark = element("mo", attributes, children: escaped(accent.mark))
        let parts = drawing(of: base, style) + mark
        return accent.isBelow
            ? element("munder", ["accentunder": "true"], children: parts)
            : element("mover", ["accent": "true"], children: parts)
    }

    /// A line by CSS: few fonts have a bar that stretches.
    private func rule(_ base: Formula, isBelow: Bool, _ style: Style) -> String {
        let side = isBelow ? "bottom" : "top"
        return element(
            "mrow", ["style": "border-\(side):0.06em solid;padding-\(side):0.12em"],
            children: children(of: base, style))
    }

    private func delimited(
        _ open: String?, _ segments: [Formula], _ middles: [String], _ close: String?, _ style: Style
    ) -> String {
        var parts = open.map { fence($0, form: "prefix") } ?? ""
        for (index, segment) in segments.enumerated() {
            if index > 0 { parts += fence(middles[index - 1], form: "infix") }
            parts += children(of: segment, style, after: .opening, before: .closing)
        }
        parts += close.map { fence($0, form: "postfix") } ?? ""
        return element("mrow", children: parts)
    }
}
