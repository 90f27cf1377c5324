import CCMarkGFM
import Math
import Notebook

/// Writes Markdown as HTML.
struct ProseWriter {
    private let references: References
    var insertions: Insertions
    /// What the inline values gave, in order.
    private let values: [ValueRecord]
    /// What they gave at other settings of the page's controls.
    private let variants: PageVariants
    /// The notebook's cells with what they gave; where there are none, fences of Swift are code.
    private let cells: WovenCells?
    /// The book's files that the prose shows or leads to.
    private let files: AttachedFiles
    /// How equations are called, such as `(1)`, by their labels.
    private let equations: [String: String]
    /// The same without parentheses, also by labels as TeX has them.
    private let equationNumbers: [String: String]
    private(set) var citations: Citations
    /// The headings so far, for the table of contents.
    private(set) var headings: [Heading] = []
    /// The levels, as they are written, of the headings that the present place is below.
    private var openSections: [Int] = []
    private var anchors: Set<String>
    /// How often each text has been made an anchor of, so that the next number is known.
    private var anchorCounts: [String: Int] = [:]
    private var footnotes = 0
    private var footnoteReferences: Set<Int> = []
    var linkDepth = 0
    /// Whether a title, an abstract or a caption is being written, which holds no pictures.
    var isInSnippet = false
    /// What stands for a value that is not known here; its expression where there is nothing.
    var unknownValue: String?
    /// What the page's own sections are called, by their labels, as markup without links.
    var sectionTitles: [String: String] = [:]
    /// The author's own markup, of each block within another.
    var raw = [RawMarkup()]
    /// The blocks that directives have opened.
    var open = OpenBlocks()

    struct Heading {
        let level: Int
        let anchor: String
        let markup: String
    }

    init(
        references: References, insertions: Insertions, bibliography: Bibliography, values: [ValueRecord] = [],
        variants: PageVariants = PageVariants(),
        cells: WovenCells? = nil, files: AttachedFiles = AttachedFiles()
    ) {
        self.values = values
        self.variants = variants
        self.cells = cells
        self.files = files
        self.references = references
        self.insertions = insertions
        citations = Citations(bibliography)
        anchors = Set(references.own.map(\.name))
        equations = Dictionary(
            references.own.compactMap { label in
                (label.tag ?? label.number.map { "(\($0))" }).map { (label.name, $0) }
            }, uniquingKeysWith: { a, _ in a })
        var numbers: [String: String] = [:]
        for (name, number) in equations where name.hasPrefix("eq-") {
            let bare = String(number.drop { $0 == "(" }.prefix { $0 != ")" })
            for name in [name, "eq:" + name.dropFirst(3), String(name.dropFirst(3))] { numbers[name] = bare }
        }
        equationNumbers = numbers
    }

    /// Whether the next block stands within an element of the author's that is open.
    var isWithinOpenElement: Bool { raw[raw.count - 1].isOpen }

    /// The HTML of a block and all in it.
    mutating func block(_ node: MarkdownNode) -> String {
        // Footnotes stand elsewhere.
        let goesOn = node.typeName == "html_block" || node.typeName == "footnote_definition"
        let around = cells?.stand(in: node) == true ? raw[raw.count - 1].closingAroundCell() : ""
        let title = node.typeName == "heading" || node.typeName == "html_block" ? "" : calloutTitle()
        return around + title + (goesOn ? "" : raw[raw.count - 1].closingDrawing()) + own(node)
    }

    private mutating func own(_ node: MarkdownNode) -> String {
        switch node.typeName {
        case "paragraph":
            if let picture = ProsePicture(node, insertions), let image = node.children.first {
                return figure(picture, image)
            }
            return notedParagraph(node) ?? (isTight(node) ? inlines(node) : element("p", inlines(node)) + "\n")
        case "heading": return heading(node)
        case "block_quote": return quotation(node)
        case "list": return list(node)
        case "item": return element("li", blocks(node)) + "\n"
        case "tasklist": return taskItem(node)
        case "code_block": return codeBlock(node)
        case "html_block":
            if let directive = insertions.directive(node.literal) { return self.directive(directive) }
            return raw[raw.count - 1].filtered(node.literal)
        case "thematic_break": return "<hr>\n"
        case "table": return table(node)
        case "footnote_definition": return footnote(node)
        default: return inline(node)
        }
    }

    mutating func blocks(_ node: MarkdownNode) -> String {
        var html = ""
        raw.append(RawMarkup())
        for child in node.children { html += block(child) }
        html += closing()
        raw.removeLast()
        return html
    }

    /// Closes what the author's own markup has opened and not closed.
    mutating func closing() -> String { raw[raw.count - 1].closing() }

    private mutating func heading(_ node: MarkdownNode) -> String {
        let text = HeadingText(insertions.plainText(node.plainText))
        if let heading = headingOfBlock(node, label: text.label) { return heading }
        let own = references.own.first { $0.kind == .section && $0.name == text.label }
        let anchor = own?.name ?? uniqueAnchor(text.title)
        let markup = HeadingText(inlines(node)).title
        return heading(level: level(of: node), anchor: anchor, markup: markup)
    }

    private mutating func heading(level: Int, anchor: String, markup: String) -> String {
        headings.append(Heading(level: level, anchor: anchor, markup: markup))
        let link = element(
            "a", ["class": "anchor", "href": "#" + anchor, "aria-label": translated("Link to this section")], "#")
        return element("h\(level)", ["id": anchor], markup + " " + link) + "\n"
    }

    /// The page's title is its only first-level heading, and no level is left out on the way down.
    private mutating func level(of node: MarkdownNode) -> Int {
        let written = max(2, Int(cmark_node_get_heading_level(node.pointer)))
        openSections.removeAll { $0 >= written }
        openSections.append(written)
        return openSections.count + 1
    }

    /// The list of what has been cited, with its heading; empty where nothing was.
    mutating func citedWorks() -> String {
        let list = citations.list
        guard !list.isEmpty else { return "" }
        openSections = []
        return heading(level: 2, anchor: uniqueAnchor("references"), markup: translated("References")) + list
    }

    private mutating func uniqueAnchor(_ text: String) -> String {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        let base = words.isEmpty ? "section" : words.joined(separator: "-")
        var anchor = base
        var count = anchorCounts[base] ?? 1
        while !anchors.insert(anchor).inserted {
            count += 1
            anchor = "\(base)-\(count)"
        }
        anchorCounts[base] = count
        return anchor
    }

    private mutating func list(_ node: MarkdownNode) -> String {
        guard cmark_node_get_list_type(node.pointer) == CMARK_ORDERED_LIST else {
            return element("ul", "\n" + blocks(node)) + "\n"
        }
        let start = cmark_node_get_list_start(node.pointer)
        return element("ol", ["start": start == 1 ? "" : String(start)], "\n" + blocks(node)) + "\n"
    }

    private mutating func taskItem(_ node: MarkdownNode) -> String {
        let checked = cmark_gfm_extensions_get_tasklist_item_checked(node.pointer) ? " checked" : ""
        let box = "<input type=\"checkbox\" disabled\(checked)> "
        guard let first = node.children.first, first.typeName == "paragraph" else {
            return element("li", ["class": "task"], box + blocks(node)) + "\n"
        }
        // The box is called by the words behind it.
        let label = element("label", box + inlines(first))
        raw.append(RawMarkup())
        defer { raw.removeLast() }
        let rest = node.children.dropFirst().map { block($0) }.joined() + closing()
        return element("li", ["class": "task"], (isTight(first) ? label : element("p", label) + "\n") + rest) + "\n"
    }

    private mutating func codeBlock(_ node: MarkdownNode) -> String {
        if let cells, let cell = cells.cell(at: node.lines.lowerBound) {
            return cells.html(cell, captions(of: cell, cells))
        }
        if node.fenceWord == DiagramFence.word { return DiagramFence.html(node.literal) }
        if let index = insertions.fences[node.lines.lowerBound] {
            return element("p", markup(of: insertions.all[index])) + "\n"
        }
        let code = node.isSwiftFence ? highlighted(node.literal) : escaped(node.literal)
        return codeBox(code) + "\n"
    }

    private mutating func table(_ node: MarkdownNode) -> String {
        let columns = Int(cmark_gfm_extensions_get_table_columns(node.pointer))
        let alignments = cmark_gfm_extensions_get_table_alignments(node.pointer)
        // Written in the order of the text, as what was taken out of it comes back in its order.
        let rows = node.children.map { row in
            (
                isHeader: cmark_gfm_extensions_get_table_row_is_header(row.pointer) != 0,
                cells: row.children.map { inlines($0) }
            )
        }
        let bodyRows = rows.filter { !$0.isHeader }.map(\.cells)
        func alignment(_ column: Int) -> UInt8 { column < columns ? alignments?[column] ?? 0 : 0 }
        let decimals = (0..<columns).map { column in
            alignment(column) == UInt8(ascii: "r")
                ? DecimalColumn(bodyRows.map { column < $0.count ? $0[column] : "" }) : nil
        }
        func markup(_ cells: [String], _ name: String, _ place: Int?) -> String {
            let entries = cells.enumerated().map { column, cell in
                let side = alignment(column)
                let padding = place.flatMap { column < columns ? decimals[column]?.padding($0) : nil } ?? ""
                return element(
                    cell.isEmpty ? "td" : name,
                    ["class": side == UInt8(ascii: "r") ? "right" : side == UInt8(ascii: "c") ? "center" : ""],
                    cell + padding)
            }
            return element("tr", entries.joined())
        }
        let head = rows.filter(\.isHeader).map { markup($0.cells, "th", nil) }.joined()
        let body = bodyRows.indices.map { markup(bodyRows[$0], "td", $0) + "\n" }.joined()
        return element(
            "div", ["class": "table"], element("table", element("thead", head) + element("tbody", body))) + "\n"
    }

    /// A footnote; they stand at the document's end, in the order of their numbers.
    private mutating func footnote(_ node: MarkdownNode) -> String {
        footnotes += 1
        let note = Footnote(number: footnotes)
        return note.html(blocks(node))
    }

    private func isTight(_ paragraph: MarkdownNode) -> Bool {
        guard let parent = cmark_node_parent(paragraph.pointer),
            let list = cmark_node_parent(parent), cmark_node_get_type(list) == CMARK_NODE_LIST
        else { return false }
        return cmark_node_get_list_tight(list) != 0
    }
}

// MARK: Inside a paragraph

extension ProseWriter {
    /// The HTML of what a block contains.
    ///
    /// - Parameter first: how many of its nodes are left out.
    mutating func inlines(_ node: MarkdownNode, from first: Int = 0) -> String {
        var html = ""
        raw.append(RawMarkup())
        for child in node.children.dropFirst(first) { html += inline(child) }
        html += closing()
        raw.removeLast()
        return html
    }

    mutating func inline(_ node: MarkdownNode) -> String {
        switch node.typeName {
        case "text": return text(withoutSpacesBetweenWideCharacters(node.literal))
        case "softbreak": return node.isBetweenWideCharacters ? "" : "\n"
        case "linebreak": return "<br>\n"
        case "code": return element("code", escaped(node.literal))
        case "html_inline" where isInSnippet && node.literal.lowercased().hasPrefix("<img"):
            return escaped(node.literal)
        case "html_inline": return raw[raw.count - 1].filtered(node.literal, inLine: true)
        case "emph": return element("em", inlines(node))
        case "strong": return element("strong", inlines(node))
        case "strikethrough": return element("del", inlines(node))
        case "link": return link(node)
        case "image": return image(node)
        case "footnote_reference":
            guard let note = Int(node.literal).map(Footnote.init) else { return escaped(node.literal) }
            return note.mark(isFirst: footnoteReferences.insert(note.number).inserted)
        default: return inlines(node)
        }
    }

    private mutating func link(_ node: MarkdownNode) -> String {
        linkDepth += 1
        defer { linkDepth -= 1 }
        let address = NotebookLink.address(node.address)
        // A page must not run anything that a notebook's text brings along.
        if let file = files.files[address] { return element("a", ["href": file.path], inlines(node)) }
        return element("a", ["href": Address.mayBeFollowed(address) ? address : ""], inlines(node))
    }

    private func image(_ node: MarkdownNode, _ picture: ProsePicture? = nil) -> String {
        let address = node.address
        let text = picture?.alternativeText ?? insertions.plainText(node.plainText)
        guard Address.mayBeLoaded(address), !isInSnippet else { return escaped(text) }
        let file = files.files[address]
        let size = picture?.width == nil ? file?.size : nil
        let width = picture?.width ?? size.map { String($0.width) }
        let attributes = [("width", width), ("height", size.map { String($0.height) })].compactMap { name, value in
            value.map { " \(name)=\"\($0)\"" }
        }
        let source = escaped(file?.path ?? address)
        return "<img src=\"\(source)\" alt=\"\(escaped(text))\"\(attributes.joined())>"
    }

    /// A picture that stands on its own, with its caption below.
    private mutating func figure(_ picture: ProsePicture, _ node: MarkdownNode) -> String {
        let own = references.own.first { $0.kind == .figure && $0.name == picture.label }
        let number = own?.number.map { element("span", ["class": "number"], "Figure \($0).") + " " } ?? ""
        let caption = number + inlines(node)
        return element(
            "figure", ["id": own?.name ?? ""],
            image(node, picture) + (caption.isEmpty ? "" : element("figcaption", caption))) + "\n"
    }

    /// Text, with what was taken out of it.
    mutating func text(_ text: String) -> String {
        var html = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: Insertions.placeholder) {
            html += escaped(rest[..<match.range.lowerBound])
            rest = rest[match.range.upperBound...]
            guard let insertion = insertions[match.1] else { continue }
            let markup = markup(of: insertion)
            // Browsers would break the line between a formula and the full stop behind it.
            let stops = insertion.isFormulaInLine ? rest.prefix { ".,;:!?)]”’".contains($0) } : ""
            html += stops.isEmpty ? markup : element("span", ["class": "kept"], markup + escaped(stops))
            rest = rest.dropFirst(stops.count)
        }
        return html + escaped(rest)
    }

    private mutating func markup(of insertion: Insertion) -> String {
        switch insertion.content {
        case .formula(let formula):
            return formula.markup(
                number: formula.label.flatMap { equations[$0.name] } ?? formula.tag, references: equationNumbers,
                values: values)
        case .reference(let label): return reference(label)
        case .citation(let works, let isParenthetical):
            let parts = works.map { part($0) }
            return citations.markup(of: parts, isParenthetical: isParenthetical, linked: linkDepth == 0)
        case .value(let value):
            let text = value.number <= values.count ? values[value.number - 1].text.map(translated) : nil
            let shown = text.map { text in
                let own = plainMarkup(ofPrinted: text)
                return variants.markup("span", own: own) { record in
                    let others = record.values ?? []
                    return value.number <= others.count ? others[value.number - 1].text.map(plainMarkup) ?? "" : ""
                } ?? own
            }
            return shown ?? unknownValue
                ?? element("code", ["class": "failed"], escaped(value.expression))
        }
    }

    private mutating func part(_ work: Citation) -> Citations.Part {
        let (prefix, suffix) = (work.prefix?.snippet(in: insertions), work.suffix?.snippet(in: insertions))
        return Citations.Part(
            work, prefix: prefix.map { snippet($0) }, suffix: suffix.map { snippet($0) },
            reference: work.isReference ? reference(work.key) : nil)
    }

    private func reference(_ label: String) -> String {
        // One that leads nowhere is told of as a problem of the notebook.
        guard let link = references.link(label, sections: sectionTitles) else { return escaped("@" + label) }
        guard linkDepth == 0 else { return link.markup }
        return element("a", ["class": "reference", "href": link.address], link.markup)
    }
}

extension Formula {
    /// The formula's MathML; its source where it cannot be read, which is told as a problem of the notebook.
    ///
    /// - Parameters:
    ///   - number: what stands at the equation's right.
    ///   - references: how the equations that it refers to are called.
    ///   - values: what the inline values gave.
    fileprivate func markup(number: String?, references: [String: String], values: [ValueRecord]) -> String {
        let typeset = try? Typeset(tex(with: values), display: isDisplayed, macros: macros, numbers: references)
        if typeset?.isEmpty == true { return "" }
        let math = typeset?.mathML ?? element("code", escaped(tex))
        guard isDisplayed else { return math }
        guard let number else { return element("span", ["class": "display"], math) }
        return element(
            "span", ["class": "display numbered", "id": label?.name ?? ""],
            element("span", ["class": "formula"], math) + element("span", ["class": "number"], escaped(number)))
    }
}

extension MarkdownNode {
    /// What a link or picture leads to.
    var address: String { cmark_node_get_url(pointer).map { String(cString: $0) } ?? "" }
}
