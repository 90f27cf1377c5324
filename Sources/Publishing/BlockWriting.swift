import CCMarkGFM
import Notebook

// Blocks that CommonMark has not: callouts and tabs.
extension ProseWriter {
    /// What a line `::: …` gives.
    mutating func directive(_ directive: Directive) -> String {
        let before = calloutTitle()
        switch directive {
        case .callout(let kind, let title):
            open.blocks.append(.callout)
            open.untitled = title == nil ? kind : nil
            return before + raw[raw.count - 1].opened(own: "div", kind.opening)
                + (title.map { kind.heading(escaped($0)) } ?? "")
        case .tabset:
            open.tabsets += 1
            open.blocks.append(.tabs(number: open.tabsets, level: nil))
            return before + raw[raw.count - 1].opened(own: "div", "<div class=\"tabset\">\n")
        case .end:
            guard open.blocks.popLast() != nil else { return before }
            return before + raw[raw.count - 1].closed(own: "div") + "\n"
        }
    }

    /// The title of a callout that has none of its own, where its first block begins.
    mutating func calloutTitle() -> String {
        defer { open.untitled = nil }
        return open.untitled.map { $0.heading(nil) } ?? ""
    }

    /// What a heading becomes that is a callout's title or a tab's; `nil` for any other.
    mutating func headingOfBlock(_ node: MarkdownNode, label: String?) -> String? {
        if let kind = open.untitled {
            open.untitled = nil
            return kind.heading(HeadingText(inlines(node)).title)
        }
        let level = Int(cmark_node_get_heading_level(node.pointer))
        guard case .tabs(let number, let known)? = open.blocks.last, known == nil || known == level else { return nil }
        open.blocks[open.blocks.count - 1] = .tabs(number: number, level: level)
        let before = known == nil ? "" : raw[raw.count - 1].closed(own: "details")
        let summary = element("summary", HeadingText(inlines(node)).title)
        let isOpen = known == nil ? " open" : ""
        let id = label.map { " id=\"\(escaped($0))\"" } ?? ""
        return before + raw[raw.count - 1].opened(own: "details", "<details name=\"tabset-\(number)\"\(id)\(isOpen)>")
            + summary + "\n"
    }

    /// A quotation, or the callout that GitHub makes of one that begins with `[!NOTE]`.
    mutating func quotation(_ node: MarkdownNode) -> String {
        guard let alert = node.alert, case .success(let kind) = alert.kind else {
            return element("blockquote", "\n" + blocks(node)) + "\n"
        }
        raw.append(RawMarkup())
        defer { raw.removeLast() }
        var html = kind.heading(alert.title.map { escaped($0) })
        for (index, child) in node.children.enumerated() {
            if index == 0 {
                let rest = inlines(child, from: alert.length)
                if !rest.isEmpty { html += element("p", rest) + "\n" }
            } else {
                html += block(child)
            }
        }
        return kind.opening + html + closing() + "</div>\n"
    }
}

extension MarkdownNode {
    /// The kind and the title of a quotation that begins as an alert does, and how many nodes of its first paragraph say so.
    var alert: (kind: Result<Callout, DirectiveError>, title: String?, length: Int)? {
        guard typeName == "block_quote", let first = children.first, first.typeName == "paragraph" else { return nil }
        let nodes = first.children
        let length = nodes.firstIndex { ["softbreak", "linebreak"].contains($0.typeName) } ?? nodes.count
        guard let alert = Callout.alert(nodes[..<length].map(\.plainText).joined()) else { return nil }
        return (alert.kind, alert.title, min(length + 1, nodes.count))
    }
}

// Definitions and line blocks, which pandoc knows.
extension ProseWriter {
    /// A paragraph that is a term with definitions, a definition, or lines to be kept; `nil` for any other.
    mutating func notedParagraph(_ node: MarkdownNode) -> String? {
        let lines = node.textLines
        if node.isLineBlock {
            let shown = lines.map { inlines($0, without: 2) }
            return element("div", ["class": "line-block"], shown.joined(separator: "<br>\n")) + "\n"
        }
        if node.isDefinition {
            guard node.previous?.typeName == "paragraph" else { return nil }
            return definitions(lines[...], of: node)
        }
        let terms = lines.prefix { $0.first?.isDefinitionMark == false }
        let isTerm = node.next?.isDefinition == true && terms.count == lines.count
        guard terms.count == 1, lines.count > 1 || isTerm, isTerm || lines[1].first?.isDefinitionMark == true else {
            return nil
        }
        let term = element("dt", inlines(lines[0], without: 0))
        return "<dl>\n" + term + "\n" + (isTerm ? "" : definitions(lines.dropFirst(), of: node))
    }

    private mutating func definitions(_ lines: ArraySlice<[MarkdownNode]>, of node: MarkdownNode) -> String {
        var html = ""
        for line in lines {
            if line.first?.isDefinitionMark == true {
                html += (html.isEmpty ? "" : "</dd>\n") + "<dd>" + inlines(line, without: 1)
            } else {
                html += "\n" + inlines(line, without: 0)
            }
        }
        return html + "</dd>\n" + (node.next?.isDefinition == true ? "" : "</dl>\n")
    }

    /// - Parameter without: how many characters the first node's text loses, and the blanks behind them.
    private mutating func inlines(_ nodes: [MarkdownNode], without: Int) -> String {
        var html = ""
        raw.append(RawMarkup())
        for (index, node) in nodes.enumerated() {
            if index == 0, without > 0 {
                let rest = node.literal.dropFirst(without)
                // A line block keeps its indentation, a definition does not.
                let blanks = rest.prefix { $0 == " " }
                let kept = without == 2 ? String(repeating: "\u{A0}", count: blanks.count) : ""
                html += text(kept + rest.dropFirst(blanks.count))
            } else {
                html += inline(node)
            }
        }
        html += closing()
        raw.removeLast()
        return html
    }
}

extension MarkdownNode {
    /// What a paragraph has on each of its lines.
    var textLines: [[MarkdownNode]] {
        children.split(omittingEmptySubsequences: false) { ["softbreak", "linebreak"].contains($0.typeName) }.map(
            Array.init)
    }

    /// Whether this is a paragraph whose lines all begin with a bar.
    var isLineBlock: Bool {
        guard typeName == "paragraph", children.first?.literalStart("| ") == true else { return false }
        let lines = textLines
        return lines.count > 1 && lines.allSatisfy { $0.first?.literalStart("| ") == true }
    }

    func literalStart(_ start: String) -> Bool { typeName == "text" && literal.hasPrefix(start) }

    var isDefinitionMark: Bool { literalStart(": ") || literalStart(":\t") }

    /// Whether this is a paragraph that begins as a definition does.
    var isDefinition: Bool { typeName == "paragraph" && children.first?.isDefinitionMark == true }
}
