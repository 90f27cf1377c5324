/// The elements that a notebook's or a cell's own markup may bring onto a page.
enum HarmlessElements {
    static let void: Set<String> = ["br", "col", "hr", "img", "wbr"]
    static let blocks: Set<String> = [
        "blockquote", "caption", "center", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption",
        "figure",
        "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot",
        "th", "thead", "tr", "ul",
    ]
    static let phrases: Set<String> = Set([
        "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q",
        "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "var", "wbr",
    ]).union(formulas)
    static let formulas: Set<String> = [
        "math", "mfrac", "mi", "mn", "mo", "mover", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup",
        "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
    ]
    static let drawings: Set<String> = [
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs",
        "marker",
        "title", "desc", "lineargradient", "radialgradient", "stop", "clippath",
    ]
    /// What a browser reads as text to its end wherever a drawing has been left, and so must not stand among prose.
    static let texts: Set<String> = ["title", "desc"]
}

/// The attributes that they may have, with the values of which none can act, load, or reach out of its place.
///
/// What an attribute does to the page as a whole (`class`, `id`, `name`, `hidden`, `target`, handlers of events) is in no list.
enum HarmlessAttributes {
    /// The attribute's value as it may stand on the page; `nil` where it may not.
    ///
    /// - Parameter isDrawing: whether the element stands in a drawing or is one.
    static func kept(_ name: String, _ value: String, on element: String, isDrawing: Bool) -> String? {
        switch name {
        case "title", "lang", "aria-label": return value
        case "dir": return word(value, of: ["ltr", "rtl", "auto"])
        case "style": return HarmlessStyle.kept(value)
        default: break
        }
        if isDrawing { return drawing(name, value, on: element) }
        if HarmlessElements.formulas.contains(element) { return formula(name, value, on: element) }
        return text(name, value, on: element)
    }

    private static func text(_ name: String, _ value: String, on element: String) -> String? {
        switch (element, name) {
        case ("a", "href"): return Address.mayBeFollowed(value) ? value : nil
        case ("img", "src"): return Address.mayBeLoaded(value) ? value : nil
        case ("img", "alt"), ("time", "datetime"), ("ins", "datetime"), ("del", "datetime"): return value
        case ("img", "width"), ("img", "height"): return number(value, to: mostPixels)
        case ("details", "open"), ("ol", "reversed"): return ""
        case ("ol", "type"): return word(value, of: ["1", "a", "i"])
        case ("ol", "start"), ("li", "value"): return number(value, to: 1_000_000)
        case ("td", "colspan"), ("th", "colspan"), ("td", "rowspan"), ("th", "rowspan"), ("col", "span"),
            ("colgroup", "span"):
            return number(value, to: 1000)
        case ("th", "scope"): return word(value, of: ["row", "col", "rowgroup", "colgroup"])
        case (_, "align"): return word(value, of: ["left", "center", "right", "justify"])
        case (_, "valign"): return word(value, of: ["top", "middle", "bottom", "baseline"])
        default: return nil
        }
    }

    private static func formula(_ name: String, _ value: String, on element: String) -> String? {
        switch name {
        case "display": word(value, of: ["block", "inline"])
        case "mathvariant": word(value, of: ["normal"])
        case "displaystyle", "stretchy", "fence", "separator", "accent", "accentunder", "largeop", "movablelimits",
            "symmetric":
            word(value, of: ["true", "false"])
        case "columnalign": value.wholeMatch(of: /[a-z ]*/) == nil ? nil : value
        case "columnspan", "rowspan": number(value, to: 1000)
        case "width": element == "mspace" && value.wholeMatch(of: /[0-4]?(\.\d{1,4})?em/) != nil ? value : nil
        default: nil
        }
    }

    private static func drawing(_ name: String, _ value: String, on element: String) -> String? {
        switch name {
        case "id":
            return value.wholeMatch(of: /[\w.-]+/) == nil ? nil : ownName(value)
        case "role": return word(value, of: ["img"])
        case "aria-hidden": return word(value, of: ["true"])
        case "xmlns": return value == "http://www.w3.org/2000/svg" ? value : nil
        case "fill", "stroke", "clip-path", "marker-start", "marker-mid", "marker-end":
            if let match = value.wholeMatch(of: /\s*url\(#([\w.-]+)\)\s*/) { return "url(#\(ownName(match.1)))" }
            return plain(value)
        default: break
        }
        // A drawing paints nothing beside its box, as long as the box itself stays where it is and as large as a page is.
        guard element == "svg" else { return geometry.contains(name) ? plain(value) : nil }
        switch name {
        case "width", "height":
            return value.wholeMatch(of: /\d{1,4}(\.\d*)?(px|em|ex|pt)?|100%|\d\d?%/) == nil ? nil : value
        case "viewbox", "preserveaspectratio", "font-family", "font-size", "font-weight", "text-anchor",
            "fill-rule", "stroke-width", "stroke-linecap", "stroke-linejoin":
            return plain(value)
        default: return nil
        }
    }

    private static let mostPixels = 4000

    private static let geometry: Set<String> = [
        "d", "points", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "fx", "fy", "r", "rx", "ry", "width",
        "height", "viewbox", "preserveaspectratio", "transform", "rotate", "textlength", "lengthadjust", "offset",
        "pathlength", "gradientunits", "gradienttransform", "spreadmethod", "clippathunits", "markerunits",
        "markerwidth",
        "markerheight", "refx", "refy", "orient", "fill-opacity", "fill-rule", "clip-rule", "stroke-width",
        "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-dashoffset",
        "stroke-miterlimit", "stop-color", "stop-opacity", "opacity", "color", "font-family", "font-size", "font-style",
        "font-weight", "text-anchor", "dominant-baseline", "alignment-baseline", "letter-spacing", "text-decoration",
        "vector-effect", "shape-rendering", "text-rendering",
    ]

    /// A name that none of the page's own can be: those have no colon, or one behind another word.
    private static func ownName(_ name: some StringProtocol) -> String { "own:" + name }

    private static func word(_ value: String, of words: Set<String>) -> String? {
        words.contains(value.lowercased()) ? value : nil
    }

    private static func number(_ value: String, to most: Int) -> String? {
        Int(value).map { (0...most).contains($0) } == true ? value : nil
    }

    /// Numbers, words and colours, and functions of them that load nothing.
    private static func plain(_ value: String) -> String? {
        let functions: Set<Substring> = [
            "matrix", "translate", "scale", "rotate", "skewX", "skewY", "rgb", "rgba", "hsl", "hsla", "var",
        ]
        guard value.utf8.allSatisfy({ HarmlessAttributes.isPlain($0) }) else { return nil }
        let called = value.matches(of: /([A-Za-z0-9-]*)\s*\(/).map(\.1)
        return called.allSatisfy(functions.contains) ? value : nil
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: " \t\r\n.,+-%#()/".utf8.contains(byte)
        }
    }
}
