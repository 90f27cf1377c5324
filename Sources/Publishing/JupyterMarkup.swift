import Notebook

/// The markup in a notebook's prose as a Jupyter notebook may have it: what a page would not show, or not so, is not in there
/// either. Jupyter itself looks through markup only as long as a notebook is not trusted, and its exporters do not.
///
/// The blocks of Markdown that have such markup are replaced by the same lines with other markup.
struct JupyterMarkup {
    private var blocks: [Int: (lines: Range<Int>, text: String)] = [:]

    init(_ document: MarkdownDocument, _ source: SourceLines) { visit(document.root, source) }

    /// The lines of a block that begins at `line`, and what is to stand there; `nil` where all is as it may be.
    func replacement(at line: Int) -> (lines: Range<Int>, text: String)? { blocks[line] }

    private mutating func visit(_ node: MarkdownNode, _ source: SourceLines) {
        if node.typeName == "html_block" {
            replace(node, [node.literal], inLine: false, source)
        } else {
            let markup = JupyterMarkup.markup(in: node)
            if !markup.isEmpty { replace(node, markup, inLine: true, source) }
            for child in node.children where !JupyterMarkup.isInline(child) { visit(child, source) }
        }
    }

    /// The author's tags in the text of a block, in order.
    private static func markup(in node: MarkdownNode) -> [String] {
        node.children.filter(isInline).flatMap { child in
            child.typeName == "html_inline" ? [child.literal] : markup(in: child)
        }
    }

    private static func isInline(_ node: MarkdownNode) -> Bool {
        switch node.typeName {
        case "text", "softbreak", "linebreak", "code", "html_inline", "emph", "strong", "strikethrough", "link",
            "image",
            "footnote_reference":
            true
        default: false
        }
    }

    private mutating func replace(_ node: MarkdownNode, _ markup: [String], inLine: Bool, _ source: SourceLines) {
        var raw = RawMarkup()
        // What is left out leaves a mark, or what stands on its two sides could be a tag.
        let filtered = markup.map { tag in
            let harmless = raw.filtered(tag, inLine: inLine)
            // A tag that closes nothing here does no harm there.
            return !harmless.allSatisfy(\.isWhitespace) ? harmless : tag.hasPrefix("</") ? tag : "<!-- -->"
        }
        guard filtered != markup else { return }
        let start = blocks.values.first { $0.lines.contains(node.lines.lowerBound) }?.lines ?? node.lines
        var text = blocks[start.lowerBound]?.text ?? source.text(start)
        if text.hasSuffix("\n") { text.removeLast() }
        var done: Set<String> = []
        for (old, new) in zip(markup, filtered) where old != new && done.insert(old).inserted {
            // Where a quotation's marks stand within a tag, it is not found as it is; then no tag of the block is one.
            let trimmed = old.hasSuffix("\n") ? String(old.dropLast()) : old
            text =
                text.contains(trimmed)
                ? text.replacing(trimmed, with: new.hasSuffix("\n") ? String(new.dropLast()) : new)
                : text.replacing("<", with: "&lt;")
        }
        blocks[start.lowerBound] = (start, text)
    }
}
