/// Lets through of markup that a notebook or a cell brings along what can neither run, nor load, nor lead away by itself.
///
/// Elements that are not known as harmless stand on the page as text; attributes that could act are dropped. What is
/// opened is closed, and what closes nothing is dropped, so that the page around it stays whole. The page's
/// Content-Security-Policy stands behind this.
struct RawMarkup {
    private var open: [String] = []
    /// How many elements may be open; what would open more stands on the page as text.
    private static let mostOpen = 200

    /// The markup of which nothing acts. What it opens stays open until it is closed here or by ``closing()``.
    ///
    /// - Parameter inLine: whether it stands in a paragraph, where no block can.
    mutating func filtered(_ markup: String, inLine: Bool = false) -> String {
        var html = ""
        var rest = markup[...]
        var ends = TagEnds(of: markup)
        while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
            html += rest[..<start]
            rest = rest[start...]
            let end = ends.next()
            if rest.hasPrefix("<!") || rest.hasPrefix("<?") {
                let end = rest.firstRange(of: rest.hasPrefix("<!--") ? "-->" : ">")?.upperBound
                ends.skip(in: rest[..<(end ?? rest.endIndex)])
                rest = rest[(end ?? rest.endIndex)...]
            } else if let end, let tag = rest[..<end].wholeMatch(of: RawMarkup.tag) {
                html +=
                    tag.closing.isEmpty
                    ? opened(tag.name, tag.attributes, tag.0, inLine: inLine) : closed(tag.name, tag.0)
                ends.skip(in: tag.0)
                rest = rest[end...]
            } else {
                html += "&lt;"
                rest = Substring(rest.utf8.dropFirst())
            }
        }
        // What follows a paragraph of the author's are blocks of the page.
        return html + rest + (inLine ? "" : closingParagraph())
    }

    private mutating func closingParagraph() -> String {
        guard let index = open.lastIndex(where: { $0 == "p" || $0 == "P" }) else { return "" }
        defer { open.removeSubrange(index...) }
        return open[index...].reversed().map { "</\($0)>" }.joined()
    }

    /// The tags that close what is still open.
    mutating func closing() -> String {
        defer { open = [] }
        return open.reversed().map { "</\($0)>" }.joined()
    }

    private static var tag: Regex<(Substring, closing: Substring, name: Substring, attributes: Substring)> {
        /<(?<closing>\/?)(?<name>[A-Za-z][A-Za-z0-9]*)(?<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>/
    }

    private mutating func opened(
        _ name: Substring, _ attributes: Substring, _ tag: Substring, inLine: Bool
    ) -> String {
        let known = name.lowercased()
        let isDrawing = open.contains("svg") || known == "svg"
        let isBlock = !isDrawing && Elements.blocks.contains(known)
        let isKnown = isDrawing ? Elements.drawing.contains(known) : isBlock || Elements.phrases.contains(known)
        guard isKnown, !(isBlock && inLine), open.count < RawMarkup.mostOpen else { return escaped(tag) }
        let harmless = kept(attributes, of: known)
        if known == "img" && !harmless.contains(" src=") { return "" }
        let before = isBlock ? closingParagraph() : ""
        let isEmpty = Elements.void.contains(known) || isDrawing && attributes.hasSuffix("/")
        if !isEmpty { open.append(String(name)) }
        return before + "<" + name + harmless + (isEmpty && isDrawing ? "/>" : ">")
    }

    private mutating func closed(_ name: Substring, _ tag: Substring) -> String {
        guard let index = open.lastIndex(where: { $0.lowercased() == name.lowercased() }) else {
            let known = name.lowercased()
            let isKnown = [Elements.blocks, Elements.phrases, Elements.drawing].contains { $0.contains(known) }
            return isKnown ? "" : escaped(tag)
        }
        defer { open.removeSubrange(index...) }
        return open[index...].reversed().map { "</\($0)>" }.joined()
    }

    private func kept(_ attributes: Substring, of element: String) -> String {
        let attribute = /([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/
        var names: Set<String> = []
        return attributes.matches(of: attribute).compactMap { match in
            let name = match.1.lowercased()
            let value = match.2 ?? match.3 ?? match.4 ?? ""
            guard names.insert(name).inserted, isHarmless(name, value, on: element) else { return nil }
            let quoted = value.replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
            return " \(match.1)=\"\(quoted)\""
        }.joined()
    }

    private func isHarmless(_ name: String, _ value: Substring, on element: String) -> Bool {
        if name.hasPrefix("on") { return false }
        switch name {
        case "href": return element == "a" && Address.mayBeFollowed(value)
        case "src": return element == "img" && Address.mayBeLoaded(value)
        case "srcset", "action", "formaction", "ping", "poster", "background", "data", "cite", "longdesc", "target",
            "download", "xlink:href", "is", "slot", "autofocus", "contenteditable", "popover", "http-equiv", "loading":
            return false
        default: return true
        }
    }

    /// The elements that can stand on a page.
    private enum Elements {
        static let void: Set<String> = ["br", "col", "hr", "img", "wbr"]
        static let blocks: Set<String> = [
            "blockquote", "caption", "center", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption",
            "figure", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary", "table",
            "tbody",
            "td", "tfoot", "th", "thead", "tr", "ul",
        ]
        static let phrases: Set<String> = [
            "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark",
            "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "var",
            "wbr", "math", "mfrac", "mi", "mn", "mo", "mover", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub",
            "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
        ]
        static let drawing: Set<String> = [
            "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs",
            "marker", "title", "desc", "lineargradient", "radialgradient", "stop", "clippath",
        ]
    }
}

/// Which addresses may stand on a page.
enum Address {
    /// Whether a reader may be led to `address` by a click: to pages, to mail, but not to a script.
    static func mayBeFollowed(_ address: some StringProtocol) -> Bool {
        let scheme = scheme(of: address)
        return scheme == nil || ["http", "https", "mailto"].contains(scheme)
    }

    /// Whether a page may load `address` by itself: what lies beside it, or in the page; nothing from a network.
    static func mayBeLoaded(_ address: some StringProtocol) -> Bool {
        let plain = plain(address)
        return scheme(of: address) == nil
            ? !plain.hasPrefix("//") && !plain.hasPrefix("\\") : plain.hasPrefix("data:image/")
    }

    /// What stands before the address's first colon, as browsers see it; `nil` for a relative one.
    private static func scheme(of address: some StringProtocol) -> String? {
        let plain = plain(address)
        let start = plain.prefix { !":/?#".contains($0) }
        // A character reference there can only be a disguise.
        if start.contains("&") { return "" }
        return plain.dropFirst(start.count).first == ":" ? start.lowercased() : nil
    }

    /// Browsers drop these before they look at the scheme.
    private static func plain(_ address: some StringProtocol) -> String {
        String(String.UnicodeScalarView(address.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }))
    }
}
