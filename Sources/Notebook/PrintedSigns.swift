import CCMarkGFM

/// Puts signs of print in the place of typed ones in a tree of Markdown: quotation marks of a language, apostrophes, dashes, dots.
///
/// cmark-gfm can do so for English only. Here it tells which signs are typed ones of prose, and neither escaped nor code, markup or an
/// address: it reads the text a second time with English signs of print, and the two trees are compared.
struct PrintedSigns {
    private let marks: Typography.Marks

    init(_ typography: Typography) { marks = typography.marks }

    /// Whether a text may have a sign that changes.
    static func mayChange(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
            || text.contains("--") || text.contains("...")
    }

    /// Changes the tree at `plain`, as that of the same text at `printed` tells.
    func replace(in plain: OpaquePointer, asIn printed: OpaquePointer) {
        guard let child = cmark_node_first_child(plain) else { return }
        guard PrintedSigns.isInline(child) else {
            for (child, other) in PrintedSigns.children(of: plain, printed) { replace(in: child, asIn: other) }
            return
        }
        var line = PrintedLine()
        line.append(plain, printed)
        line.decide(marks)
        line.write()
    }

    fileprivate static func isInline(_ node: OpaquePointer) -> Bool {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT, CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE,
            CMARK_NODE_EMPH, CMARK_NODE_STRONG, CMARK_NODE_LINK, CMARK_NODE_IMAGE, CMARK_NODE_FOOTNOTE_REFERENCE:
            true
        default: String(cString: cmark_node_get_type_string(node)) == "strikethrough"
        }
    }

    /// The children of two nodes, as far as they are of the same types.
    fileprivate static func children(
        of a: OpaquePointer, _ b: OpaquePointer
    ) -> [(OpaquePointer, OpaquePointer)] {
        var pairs: [(OpaquePointer, OpaquePointer)] = []
        var (next, other) = (cmark_node_first_child(a), cmark_node_first_child(b))
        while let child = next, let twin = other, cmark_node_get_type(child) == cmark_node_get_type(twin) {
            pairs.append((child, twin))
            (next, other) = (cmark_node_next(child), cmark_node_next(twin))
        }
        return pairs
    }
}

/// All that stands in a paragraph, a heading or a table's cell, sign by sign.
private struct PrintedLine {
    /// A character of a text, or what stands for something else in the line.
    private struct Sign {
        let scalar: Unicode.Scalar
        /// The text that it belongs to; `nil` for a character that only stands for something else.
        let node: Int?
        /// What is written in its place.
        var shown: String?
        let isTyped: Bool

        var isQuotation: Bool { isTyped && (scalar == "\"" || scalar == "'") }
    }

    private var signs: [Sign] = []
    /// What stands before and behind each sign. Of marks in a row the outer neighbours decide: `"'a'"`.
    private var neighbours: [(before: Neighbour, after: Neighbour)] = []
    private var nodes: [OpaquePointer] = []

    /// What stands for code, a formula or the like, beside which a quotation mark is set as beside a word.
    private static let word: Unicode.Scalar = "x"

    mutating func append(_ plain: OpaquePointer, _ printed: OpaquePointer) {
        var isBehindPicture = false
        for (node, twin) in PrintedSigns.children(of: plain, printed) {
            switch cmark_node_get_type(node) {
            case CMARK_NODE_TEXT: append(text: node, twin, isBehindPicture: isBehindPicture)
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: stand(" ")
            case CMARK_NODE_CODE: stand(PrintedLine.word)
            case CMARK_NODE_HTML_INLINE, CMARK_NODE_FOOTNOTE_REFERENCE: break
            default: append(node, twin)
            }
            isBehindPicture = cmark_node_get_type(node) == CMARK_NODE_IMAGE
        }
    }

    private mutating func stand(_ scalar: Unicode.Scalar) {
        signs.append(Sign(scalar: scalar, node: nil, isTyped: false))
    }

    private mutating func append(text node: OpaquePointer, _ twin: OpaquePointer, isBehindPicture: Bool) {
        let plain = PrintedLine.scalars(node)
        // What stands in braces there are the picture's attributes.
        let untouched = isBehindPicture && plain.first == "{" ? (plain.firstIndex(of: "}") ?? 0) : 0
        let number = nodes.count
        nodes.append(node)
        var found: [Sign] = []
        var next = 0
        for other in PrintedLine.scalars(twin) {
            guard next < plain.count else { return appendAsTyped(plain, number) }
            let length = PrintedLine.length(of: other, for: plain[next...])
            guard length > 0 else { return appendAsTyped(plain, number) }
            let isTyped = plain[next] != other && next >= untouched
            let dashOrDots = isTyped && length > 1 ? String(other) : nil
            for place in next..<next + length {
                let shown = dashOrDots.map { place == next ? $0 : "" }
                found.append(Sign(scalar: plain[place], node: number, shown: shown, isTyped: isTyped))
            }
            next += length
        }
        guard next == plain.count else { return appendAsTyped(plain, number) }
        signs += found
    }

    private mutating func appendAsTyped(_ plain: [Unicode.Scalar], _ number: Int) {
        signs += plain.map { Sign(scalar: $0, node: number, isTyped: false) }
    }

    /// How many of the typed characters a printed one stands for; 0 where it stands for none.
    private static func length(of printed: Unicode.Scalar, for typed: ArraySlice<Unicode.Scalar>) -> Int {
        if typed.first == printed { return 1 }
        return switch (typed.first, printed) {
        case ("\"", "“"), ("\"", "”"), ("'", "‘"), ("'", "’"): 1
        case ("-", "–") where typed.starts(with: ["-", "-"]): 2
        case ("-", "—") where typed.starts(with: ["-", "-", "-"]): 3
        case (".", "…") where typed.starts(with: [".", ".", "."]): 3
        default: 0
        }
    }

    private static func scalars(_ node: OpaquePointer) -> [Unicode.Scalar] {
        cmark_node_get_literal(node).map { Array(String(cString: $0).unicodeScalars) } ?? []
    }

    // MARK: Which way quotation marks look

    /// Gives each typed quotation mark and apostrophe its sign.
    mutating func decide(_ marks: Typography.Marks) {
        findNeighbours()
        var isOpen = (double: false, single: false)
        // Whether a single mark may close a quotation lies ahead, so the last one is known beforehand.
        let lastSingle = signs.indices.last { signs[$0].isQuotation && signs[$0].scalar == "'" && mayClose(at: $0) }
        for place in signs.indices where signs[place].isQuotation {
            if signs[place].scalar == "\"" {
                guard let opens = opens(at: place, isOpen: isOpen.double) else { continue }
                signs[place].shown = opens ? marks.double.opening : marks.double.closing
                isOpen.double = opens
            } else {
                guard let looksOpening = opens(at: place, isOpen: isOpen.single) else { continue }
                let opens = looksOpening && place < lastSingle ?? 0
                let closes = !opens && isOpen.single && mayClose(at: place)
                signs[place].shown = opens ? marks.single.opening : closes ? marks.single.closing : "’"
                isOpen.single = opens || isOpen.single && !closes
            }
        }
    }

    /// Whether a mark looks as if it opened a quotation; `nil` where it stands alone between blanks, and says nothing.
    private func opens(at place: Int, isOpen: Bool) -> Bool? {
        let (before, after) = neighbours[place]
        switch (before.isBlank, after.isBlank) {
        case (true, true): return nil
        case (true, false): return true
        case (false, true): return false
        case (false, false): break
        }
        if before.opens { return true }
        if after.closes { return false }
        // Scripts without spaces, and marks between signs, leave only that one opens and the next closes.
        if before.isWord, after.isWord, !before.isWide, !after.isWide {
            // As in `l'"art"`.
            return !isOpen && signs[place - 1].isQuotation
        }
        return !isOpen
    }

    /// Whether a single mark may be the end of a quotation, rather than one within a word.
    private func mayClose(at place: Int) -> Bool {
        let (before, after) = neighbours[place]
        return !before.isBlank && !before.opens && (!after.isWord || after.isWide)
    }

    private mutating func findNeighbours() {
        neighbours = Array(repeating: (Neighbour(scalar: nil), Neighbour(scalar: nil)), count: signs.count)
        var before: Unicode.Scalar?
        for place in signs.indices {
            neighbours[place].before = Neighbour(scalar: before)
            if !signs[place].isQuotation { before = signs[place].scalar }
        }
        var after: Unicode.Scalar?
        for place in signs.indices.reversed() {
            neighbours[place].after = Neighbour(scalar: after)
            if !signs[place].isQuotation { after = signs[place].scalar }
        }
    }

    /// Writes what was decided into the tree.
    func write() {
        var texts: [Int: String] = [:]
        var changed: Set<Int> = []
        for sign in signs {
            guard let node = sign.node else { continue }
            if sign.shown != nil { changed.insert(node) }
            texts[node, default: ""] += sign.shown ?? String(sign.scalar)
        }
        for node in changed { cmark_node_set_literal(nodes[node], texts[node]) }
    }
}

/// What stands beside a mark; nothing at the ends of a line.
private struct Neighbour {
    let scalar: Unicode.Scalar?

    /// Also where the mark is that stands before a title.
    var isBlank: Bool { scalar.map { $0.properties.isWhitespace || $0 == "\u{2E31}" } ?? true }
    /// Formulas and values stand between characters of private use.
    var isWord: Bool {
        guard let properties = scalar?.properties else { return false }
        return properties.isAlphabetic || properties.numericType != nil || properties.generalCategory == .privateUse
    }
    /// Whether it is of a script that has no blanks between words.
    var isWide: Bool {
        scalar.map { (0x3000...0x9FFF).contains($0.value) || (0x20000...0x3FFFF).contains($0.value) } ?? false
    }
    var opens: Bool {
        switch scalar?.properties.generalCategory {
        case .openPunctuation, .initialPunctuation, .dashPunctuation: true
        default: scalar == "/" || scalar == "="
        }
    }
    var closes: Bool {
        switch scalar?.properties.generalCategory {
        case .closePunctuation, .finalPunctuation: true
        default: scalar.map { ".,;:!?。，；：！？、".unicodeScalars.contains($0) } ?? false
        }
    }
}
