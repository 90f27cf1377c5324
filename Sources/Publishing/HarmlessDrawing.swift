/// Whether an SVG file only draws: a browser that opens it by itself then runs and loads nothing.
///
/// It is read as XML is: what could be read in another way, such as entities of its own, is refused.
enum HarmlessDrawing {
    private static let mostBytes = 5_000_000
    private static let elements: Set<Substring> = [
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath",
        "defs", "marker", "title", "desc", "metadata", "linearGradient", "radialGradient", "stop", "clipPath", "mask",
        "pattern", "symbol", "use", "image", "switch", "style", "filter", "feBlend", "feColorMatrix", "feComposite",
        "feComponentTransfer", "feFuncR", "feFuncG", "feFuncB", "feFuncA", "feFlood", "feGaussianBlur", "feMerge",
        "feMergeNode", "feOffset", "feTile", "feTurbulence", "feMorphology", "feDropShadow",
    ]
    /// The names by which drawing programs add notes of their own, in namespaces that no browser knows.
    private static let notes: Set<Substring> = ["rdf", "cc", "dc", "sodipodi", "inkscape", "serif", "sketch"]
    private static let namespace = "http://www.w3.org/2000/svg"

    /// Why the file cannot be shown; `nil` where it can.
    static func problem(in text: String) -> String? {
        guard text.utf8.count <= mostBytes else { return "an SVG file may have 5 MB; make a PNG file of it" }
        var rest = text[...]
        var isInStyle = false
        while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
            if isInStyle, let problem = problem(inStyle: rest[..<start]) { return problem }
            rest = rest[start...]
            guard let piece = Piece(rest) else { return "its markup cannot be read near `\(rest.prefix(30))`" }
            switch piece.kind {
            case .skipped: break
            case .data: if isInStyle, let problem = problem(inStyle: piece.text) { return problem }
            case .refused(let what): return "an SVG file on a page has no \(what)"
            case .closing: isInStyle = false
            case .opening(let name, let attributes):
                if let problem = problem(with: name, attributes) { return problem }
                isInStyle = name == "style" && !piece.text.hasSuffix("/>")
            }
            rest = rest[piece.text.endIndex...]
        }
        return nil
    }

    private static func problem(with name: Substring, _ attributes: [(name: Substring, value: Substring)]) -> String? {
        let parts = name.split(separator: ":")
        let isNote = parts.count == 2 && notes.contains(parts[0])
        guard isNote || parts.count == 1 && elements.contains(name) else {
            return "an SVG file on a page only draws: it may not have the element `\(name)`"
        }
        for (attribute, value) in attributes {
            if let problem = problem(with: attribute, value) { return problem }
        }
        return nil
    }

    private static func problem(with attribute: Substring, _ value: Substring) -> String? {
        let parts = attribute.split(separator: ":")
        let local = parts.last ?? attribute
        if attribute == "xmlns" {
            return value == namespace ? nil : "an SVG file on a page has no elements of other languages"
        }
        if attribute.hasPrefix("xmlns:") {
            // A name for notes must not stand for what browsers know.
            let isKnown = value == namespace || value.contains("xhtml") || value.contains("&")
            return notes.contains(local) && isKnown ? "an SVG file on a page has no `\(attribute)` for `\(value)`" : nil
        }
        if local.lowercased().hasPrefix("on") {
            return "an SVG file on a page runs nothing: it may not have `\(attribute)`"
        }
        if parts.count == 2 && notes.contains(parts[0]) || ["id", "class", "aria-label"].contains(attribute) {
            return nil
        }
        if local == "href" || local == "src" {
            let isInside =
                value.hasPrefix("#") || value.hasPrefix("data:image/png;") || value.hasPrefix("data:image/jpeg;")
            return isInside ? nil : "an SVG file on a page loads nothing: `\(value.prefix(60))` lies outside of it"
        }
        return problem(inStyle: value)
    }

    /// What a style or another value may not say.
    private static func problem(inStyle style: Substring) -> String? {
        let text = style.lowercased()
        let loads = text.matches(of: /url\(\s*(?:"|'|&quot;)?(.?)/).contains { $0.1 != "#" }
        // An escape could be any of these in disguise.
        let isDisguised = text.contains("&#") || text.contains("\\")
        guard loads || isDisguised || text.contains("@import") || text.contains("javascript:") else { return nil }
        return "an SVG file on a page loads nothing: its styles may not name what lies outside of it"
    }
}

/// What begins at a `<` of XML.
private struct Piece {
    enum Kind {
        case opening(Substring, [(name: Substring, value: Substring)])
        case closing
        /// A comment, or the declaration of XML.
        case skipped
        /// Text in which nothing is markup.
        case data
        case refused(String)
    }

    let kind: Kind
    let text: Substring

    init?(_ rest: Substring) {
        func upTo(_ end: String) -> Substring? { rest.firstRange(of: end).map { rest[..<$0.upperBound] } }
        if rest.hasPrefix("<!--") {
            guard let text = upTo("-->") else { return nil }
            (kind, self.text) = (.skipped, text)
        } else if rest.hasPrefix("<![CDATA[") {
            guard let text = upTo("]]>") else { return nil }
            (kind, self.text) = (.data, text)
        } else if rest.hasPrefix("<?") {
            guard let text = upTo("?>") else { return nil }
            let isDeclaration = text.hasPrefix("<?xml ")
            let encoding = text.firstMatch(of: /encoding\s*=\s*["']([^"']*)/)?.1.lowercased()
            let isRead = isDeclaration && ["utf-8", "us-ascii", nil].contains(encoding)
            (kind, self.text) = (isRead ? .skipped : .refused("`\(text.prefix(40))`"), text)
        } else if rest.hasPrefix("<!") {
            guard let text = upTo(">") else { return nil }
            let isPlain = text.hasPrefix("<!DOCTYPE") && !text.contains("[")
            (kind, self.text) = (isPlain ? .skipped : .refused("declarations of its own"), text)
        } else if let tag = rest.prefixMatch(of: Piece.closing) {
            (kind, text) = (.closing, tag.0)
        } else if let tag = rest.prefixMatch(of: Piece.opening) {
            let attributes = tag.2.matches(of: /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/)
            (kind, text) = (.opening(tag.1, attributes.map { ($0.1, $0.2 ?? $0.3 ?? "") }), tag.0)
        } else {
            return nil
        }
    }

    private static var closing: Regex<Substring> { /<\/[A-Za-z][\w:.-]*\s*>/ }
    private static var opening: Regex<(Substring, Substring, Substring)> {
        /<([A-Za-z][\w:.-]*)((?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/.matchingSemantics(
            .unicodeScalar)
    }
}
