import CCMarkGFM
import Notebook

/// Writes Markdown as HTML.
struct ProseWriter {
    /// What references such as `@fig-loss` stand for: the link's text, by label.
    let references: [String: String]
    private let formulas: Formulas
    /// The headings so far, for the table of contents.
    private(set) var headings: [Heading] = []
    private var anchors: Set<String>
    private var footnotes = 0
    private var footnoteReferences: Set<String> = []

    struct Heading {
        let level: Int
        let anchor: String
        let markup: String
    }

    init(references: [String: String], formulas: Formulas) {
        self.references = references
        anchors = Set(references.keys)
        self.formulas = formulas
    }

    /// The HTML of a block and all in it.
    mutating func block(_ node: MarkdownNode) -> String {
        switch node.typeName {
        case "paragraph": return isTight(node) ? inlines(node) : element("p", inlines(node)) + "\n"
        case "heading": return heading(node)
        case "block_quote": return element("blockquote", "\n" + blocks(node)) + "\n"
        case "list": return list(node)
        case "item": return element("li", blocks(node)) + "\n"
        case "tasklist": return taskItem(node)
        case "code_block": return codeBlock(node)
        case "html_block": return node.literal
        case "thematic_break": return "<hr>\n"
        case "table": return table(node)
        case "footnote_definition": return footnote(node)
        default: return inline(node)
        }
    }

    private mutating func blocks(_ node: MarkdownNode) -> String {
        var html = ""
        for child in node.children { html += block(child) }
        return html
    }

    private mutating func heading(_ node: MarkdownNode) -> String {
        // The page's title is its only first-level heading.
        let level = max(2, Int(cmark_node_get_heading_level(node.pointer)))
        let anchor = uniqueAnchor(plainText(node))
        let markup = inlines(node)
        headings.append(Heading(level: level, anchor: anchor, markup: markup))
        let link = element("a", ["class": "anchor", "href": "#" + anchor, "aria-label": "Link to this section"], "#")
        return element("h\(level)", ["id": anchor], markup + " " + link) + "\n"
    }

    private mutating func uniqueAnchor(_ text: String) -> String {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        let base = words.isEmpty ? "section" : words.joined(separator: "-")
        var anchor = base
        var count = 1
        while !anchors.insert(anchor).inserted {
            count += 1
            anchor = "\(base)-\(count)"
        }
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
        return element("li", ["class": "task"], "<input type=\"checkbox\" disabled\(checked)> " + blocks(node)) + "\n"
    }

    private func codeBlock(_ node: MarkdownNode) -> String {
        if node.fenceWord == DiagramFence.word { return DiagramFence.html(node.literal) }
        let code = node.fenceWord == "swift" ? highlighted(node.literal) : escaped(node.literal)
        return element("pre", element("code", code)) + "\n"
    }

    private mutating func table(_ node: MarkdownNode) -> String {
        let columns = Int(cmark_gfm_extensions_get_table_columns(node.pointer))
        let alignments = cmark_gfm_extensions_get_table_alignments(node.pointer)
        var head = ""
        var body = ""
        for row in node.children {
            let isHeader = cmark_gfm_extensions_get_table_row_is_header(row.pointer) != 0
            var cells = ""
            for (column, cell) in row.children.enumerated() {
                let alignment = column < columns ? alignments?[column] ?? 0 : 0
                let name = alignment == UInt8(ascii: "r") ? "right" : alignment == UInt8(ascii: "c") ? "center" : ""
                cells += element(isHeader ? "th" : "td", ["class": name], inlines(cell))
            }
            if isHeader { head += element("tr", cells) } else { body += element("tr", cells) + "\n" }
        }
        return element(
            "div", ["class": "table"], element("table", element("thead", head) + element("tbody", body))) + "\n"
    }

    /// A footnote; they stand at the document's end, in the order of their numbers.
    private mutating func footnote(_ node: MarkdownNode) -> String {
        footnotes += 1
        let back = element("a", ["href": "#fnref:\(footnotes)", "aria-label": "Back to the text"], "↩")
        return element(
            "div", ["class": "footnote", "id": "fn:\(footnotes)"], "<sup>\(footnotes)</sup> " + blocks(node) + back)
            + "\n"
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
    mutating func inlines(_ node: MarkdownNode) -> String {
        var html = ""
        for child in node.children { html += inline(child) }
        return html
    }

    private mutating func inline(_ node: MarkdownNode) -> String {
        switch node.typeName {
        case "text": return text(node.literal)
        case "softbreak": return "\n"
        case "linebreak": return "<br>\n"
        case "code": return element("code", escaped(node.literal))
        case "html_inline": return node.literal
        case "emph": return element("em", inlines(node))
        case "strong": return element("strong", inlines(node))
        case "strikethrough": return element("del", inlines(node))
        case "link": return element("a", ["href": target(node)], inlines(node))
        case "image": return openTag("img", ["src": target(node), "alt": plainText(node)])
        case "footnote_reference":
            let number = node.literal
            let isFirst = footnoteReferences.insert(number).inserted
            let link = element("a", ["href": "#fn:" + number], escaped(number))
            return element("sup", ["id": isFirst ? "fnref:" + number : ""], link)
        default: return inlines(node)
        }
    }

    /// Text, with its formulas written out.
    private func text(_ text: String) -> String {
        var html = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: Formulas.placeholder) {
            html += linked(rest[..<match.range.lowerBound])
            html += Int(match.1).map(formulas.markup) ?? ""
            rest = rest[match.range.upperBound...]
        }
        return html + linked(rest)
    }

    /// Text, with references to figures and tables made links.
    private func linked(_ text: Substring) -> String {
        var html = ""
        var rest = text
        while let match = rest.firstMatch(of: CrossReference.pattern) {
            html += escaped(rest[..<match.range.lowerBound])
            let label = String(match.1)
            let name = references[label] ?? label
            html += element("a", ["class": "reference", "href": "#" + label], escaped(name))
            rest = rest[match.range.upperBound...]
        }
        return html + escaped(rest)
    }

    private func target(_ node: MarkdownNode) -> String {
        let url = cmark_node_get_url(node.pointer).map { String(cString: $0) } ?? ""
        // Browsers drop these before they look at the scheme.
        let plain = url.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
        let start = plain.prefix { !":/?#".unicodeScalars.contains($0) }
        let hasScheme = plain.dropFirst(start.count).first == ":"
        // A page must not run anything that a notebook's text brings along.
        let allowed = ["http", "https", "mailto"]
        return !hasScheme || allowed.contains(start.map(String.init).joined().lowercased()) ? url : ""
    }

    /// The text of a node, its formulas as TeX.
    private func plainText(_ node: MarkdownNode) -> String {
        node.plainText.replacing(Formulas.placeholder) { Int($0.1).map(formulas.tex) ?? "" }
    }
}
