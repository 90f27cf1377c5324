/// Lets through of markup that a notebook or a cell brings along what can neither run, nor load, nor lead away by itself.
///
/// Elements that are not known as harmless stand on the page as text; attributes and declarations of styles that are not are
/// dropped. What is opened is closed, and what closes nothing is dropped, so that the page around it stays whole. The
/// page's Content-Security-Policy stands behind this.
struct RawMarkup {
    private var open: [Opened] = []

    private struct Opened {
        /// As it was written, and in small letters.
        let name, known: String
        /// Whether what a cell gave may stand within it: nothing that changes how it looks, or hides it.
        let mayHoldCells: Bool
    }

    /// How many elements may be open; what would open more stands on the page as text.
    private static let mostOpen = 200

    /// The markup of which nothing acts. What it opens stays open until it is closed here or by ``closing()``.
    ///
    /// - Parameter inLine: whether it stands in a paragraph, where no block can.
    mutating func filtered(_ markup: String, inLine: Bool = false) -> String {
        var html = ""
        for piece in RawMarkup.pieces(of: markup) {
            switch piece {
            case .text(let text): html += text
            case .bracket: html += "&lt;"
            case .tag(let tag):
                html +=
                    tag.closing.isEmpty
                    ? opened(tag.name, tag.attributes, tag.whole, inLine: inLine) : closed(tag.name, tag.whole)
            }
        }
        // What follows a paragraph of the author's are blocks of the page.
        return html + (inLine ? "" : closingParagraph())
    }

    /// The first address, as written, that an `img` or `a` of the markup shows or leads to and that `isMeant`.
    static func address(
        in markup: String, where isMeant: (Substring) -> Bool
    ) -> (element: String, address: Substring)? {
        for case .tag(let tag) in pieces(of: markup) where tag.closing.isEmpty {
            let element = tag.name.lowercased()
            guard element == "img" || element == "a" else { continue }
            for attribute in tag.attributes.matches(of: RawMarkup.attribute) {
                let name = attribute.1.lowercased()
                guard name == "src" || name == "href" else { continue }
                let address = attribute.2 ?? attribute.3 ?? attribute.4 ?? ""
                if isMeant(address) { return (element, address) }
            }
        }
        return nil
    }

    private enum Piece {
        case text(Substring)
        case tag(Tag)
        /// A `<` that begins no tag.
        case bracket
    }

    private struct Tag {
        let whole, closing, name, attributes: Substring
    }

    /// What markup is made of, in order, without comments and declarations; in time in proportion to its length.
    private static func pieces(of markup: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = markup[...]
        var ends = TagEnds(of: markup)
        while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
            pieces.append(.text(rest[..<start]))
            rest = rest[start...]
            let end = ends.next()
            if rest.hasPrefix("<!") || rest.hasPrefix("<?") {
                let end = rest.firstRange(of: rest.hasPrefix("<!--") ? "-->" : ">")?.upperBound
                ends.skip(in: rest[..<(end ?? rest.endIndex)])
                rest = rest[(end ?? rest.endIndex)...]
            } else if let end, let tag = rest[..<end].wholeMatch(of: RawMarkup.tag) {
                pieces.append(
                    .tag(Tag(whole: tag.0, closing: tag.closing, name: tag.name, attributes: tag.attributes)))
                ends.skip(in: tag.0)
                rest = rest[end...]
            } else {
                pieces.append(.bracket)
                rest = Substring(rest.utf8.dropFirst())
            }
        }
        return pieces + [.text(rest)]
    }

    /// Whether what comes next stands within an element that was opened.
    var isOpen: Bool { !open.isEmpty }

    /// Opens an element of the page's own that the author's markup may close.
    mutating func opened(own name: String, _ tag: String) -> String {
        let before = closingParagraph()
        open.append(Opened(name: name, known: name, mayHoldCells: true))
        return before + tag
    }

    /// Closes the last such element, and all in it; nothing where none is open.
    mutating func closed(own name: String) -> String {
        open.lastIndex { $0.known == name }.map { closing(from: $0) } ?? ""
    }

    private mutating func closingParagraph() -> String {
        open.lastIndex { $0.known == "p" }.map { closing(from: $0) } ?? ""
    }

    /// The tags that close what is still open.
    mutating func closing() -> String { closing(from: 0) }

    /// The tags that close a drawing and all in it; blocks of prose cannot stand in one.
    mutating func closingDrawing() -> String {
        open.firstIndex { $0.known == "svg" }.map { closing(from: $0) } ?? ""
    }

    /// The tags that close what may not stand around what a cell gave.
    mutating func closingAroundCell() -> String {
        open.firstIndex { !$0.mayHoldCells }.map { closing(from: $0) } ?? ""
    }

    private mutating func closing(from index: Int) -> String {
        defer { open.removeSubrange(index...) }
        return open[index...].reversed().map { "</\($0.name)>" }.joined()
    }

    private static var tag: Regex<(Substring, closing: Substring, name: Substring, attributes: Substring)> {
        /<(?<closing>\/?)(?<name>[A-Za-z][A-Za-z0-9]*)(?<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>/
    }

    private static var attribute: Regex<(Substring, Substring, Substring?, Substring?, Substring?)> {
        /([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/
    }

    private mutating func opened(
        _ name: Substring, _ attributes: Substring, _ tag: Substring, inLine: Bool
    ) -> String {
        let known = name.lowercased()
        let isDrawing = known == "svg" || open.contains { $0.known == "svg" }
        let isBlock = !isDrawing && HarmlessElements.blocks.contains(known)
        let isKnown =
            isDrawing
            ? HarmlessElements.drawings.contains(known) && !(inLine && HarmlessElements.texts.contains(known))
            : isBlock || HarmlessElements.phrases.contains(known)
        guard isKnown, !(isBlock && inLine), open.count < RawMarkup.mostOpen else { return escaped(tag) }
        let harmless = kept(attributes, of: known, isDrawing: isDrawing)
        if known == "img" && !harmless.contains(" src=") { return "" }
        let before = isBlock ? closingParagraph() : ""
        let isEmpty = HarmlessElements.void.contains(known) || isDrawing && attributes.hasSuffix("/")
        if !isEmpty {
            let mayHoldCells = isBlock && known != "p" && known != "pre" && !harmless.contains(" style=")
            open.append(Opened(name: String(name), known: known, mayHoldCells: mayHoldCells))
        }
        return before + "<" + name + harmless + (isEmpty && isDrawing ? "/>" : ">")
    }

    private mutating func closed(_ name: Substring, _ tag: Substring) -> String {
        let known = name.lowercased()
        if let index = open.lastIndex(where: { $0.known == known }) { return closing(from: index) }
        let lists = [HarmlessElements.blocks, HarmlessElements.phrases, HarmlessElements.drawings]
        return lists.contains { $0.contains(known) } ? "" : escaped(tag)
    }

    private func kept(_ attributes: Substring, of element: String, isDrawing: Bool) -> String {
        var names: Set<String> = []
        return attributes.matches(of: RawMarkup.attribute).compactMap { match in
            let name = match.1.lowercased()
            let value = String(match.2 ?? match.3 ?? match.4 ?? "")
            guard names.insert(name).inserted,
                let kept = HarmlessAttributes.kept(name, value, on: element, isDrawing: isDrawing)
            else { return nil }
            let quoted = kept.replacing("\"", with: "&quot;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            return " \(match.1)=\"\(quoted)\""
        }.joined()
    }
}
