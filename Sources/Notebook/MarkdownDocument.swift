public import CCMarkGFM
import Synchronization

/// A parsed CommonMark document; it owns the tree its nodes point into. Nothing changes the tree once it is there, so threads
/// may share it.
public final class MarkdownDocument: @unchecked Sendable {
    private let document: OpaquePointer
    /// Why the document is empty in spite of its text: the text is out of bounds, or was not read to its end in time.
    public let problem: Diagnostic?

    /// How long the text may take, in seconds, where it is so long that it may take long.
    private static let patience = 20.0
    private static let shortText = 20_000

    /// Parses `text` with GitHub's tables, strike-through, automatic links and task lists, and with footnotes.
    ///
    /// - Parameter typography: how typed quotation marks, dashes and dots stand in the tree.
    public init(_ text: String, _ typography: Typography = .typed) {
        var problem = MarkdownBounds.problem(in: text)
        var tree: Tree?
        if problem == nil {
            tree = MarkdownDocument.tree(of: text)
            problem =
                tree.map { MarkdownBounds.problem(in: $0.root) }
                ?? Diagnostic(
                    .error, at: SourcePosition(line: 1),
                    "this prose takes too long to read as Markdown; split it, or close what it opens: brackets, markup, backticks"
                )
        }
        self.problem = problem
        if problem != nil, let tree { cmark_node_free(tree.root) }
        document = (problem == nil ? tree : nil)?.root ?? cmark_node_new(CMARK_NODE_DOCUMENT)
        guard problem == nil, typography.isSmart, PrintedSigns.mayChange(text),
            let printed = MarkdownDocument.tree(of: text, CMARK_OPT_SMART)
        else { return }
        PrintedSigns(typography).replace(in: document, asIn: printed.root)
        cmark_node_free(printed.root)
    }

    /// Parses `text` once no other text is being parsed; `nil` where it does not come to its end in time.
    ///
    /// cmark-gfm (0.29.0.gfm.6 of Debian, and later ones) keeps the characters that its extensions look for in one table of the
    /// process. Each parse fills the table and empties it at its end, so another at the same time would overlook a `~~`.
    private static func tree(of text: String, _ options: Int32 = 0) -> Tree? {
        if text.utf8.count <= shortText, let tree = parsing.withLockIfAvailable({ _ in Tree(text, options) }) {
            return tree
        }
        return withDeadline(seconds: patience) { parsing.withLock { _ in Tree(text, options) } }
    }
    private static let parsing = Mutex(())

    /// A tree that has no owner yet. Not checked: the thread that makes it hands it on and forgets it.
    private struct Tree: @unchecked Sendable {
        let root: OpaquePointer

        init(_ text: String, _ options: Int32) {
            cmark_gfm_core_extensions_ensure_registered()
            let parser = cmark_parser_new(
                CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8 | options)
            for name in ["table", "strikethrough", "autolink", "tasklist"] {
                if let known = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, known) }
            }
            var text = text
            text.withUTF8 { buffer in
                buffer.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
            }
            root = cmark_parser_finish(parser)
            cmark_parser_free(parser)
        }
    }

    deinit { cmark_node_free(document) }

    /// The document's node.
    public var root: MarkdownNode { MarkdownNode(pointer: document, document: self) }
}

/// A node of a ``MarkdownDocument``; the document lives as long as any of its nodes, and threads may share both.
public struct MarkdownNode: @unchecked Sendable {
    /// The node in cmark-gfm's own terms, for its functions; it is valid as long as this value lives.
    public let pointer: OpaquePointer
    fileprivate let document: MarkdownDocument

    /// The type by cmark-gfm's constants; for the types of extensions use the name.
    public var type: cmark_node_type { cmark_node_get_type(pointer) }

    /// The name of the node's type. The extensions' types have no constant, and footnotes no name in the library.
    public var typeName: String {
        switch type {
        case CMARK_NODE_FOOTNOTE_DEFINITION: "footnote_definition"
        case CMARK_NODE_FOOTNOTE_REFERENCE: "footnote_reference"
        default: String(cString: cmark_node_get_type_string(pointer))
        }
    }

    /// The text of a code, text or HTML node.
    public var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }

    /// The lines the node stands on, counted from 1.
    public var lines: Range<Int> {
        let first = max(1, Int(cmark_node_get_start_line(pointer)))
        return first..<max(first, Int(cmark_node_get_end_line(pointer))) + 1
    }

    /// The column the node starts at, counted from 1 in bytes.
    public var column: Int { max(1, Int(cmark_node_get_start_column(pointer))) }

    /// What stands behind a fence's opening; empty for other nodes.
    public var fenceInfo: String { cmark_node_get_fence_info(pointer).map { String(cString: $0) } ?? "" }

    /// The first word of ``fenceInfo``.
    public var fenceWord: String { String(fenceInfo.prefix { $0 != " " && $0 != "\t" }) }

    /// Whether this is a fence of Swift, however its language is written: `swift`, `Swift`, `{swift}`, `{code-cell} swift`.
    public var isSwiftFence: Bool {
        guard type == CMARK_NODE_CODE_BLOCK else { return false }
        let info = fenceInfo.lowercased()
        return info.prefixMatch(of: /\{?\s*(?:code-cell\}?\s*|\.)?swift(?:[\s},:]|$)/) != nil
    }

    /// Whether this is a heading of the first level.
    public var isTitle: Bool { type == CMARK_NODE_HEADING && cmark_node_get_heading_level(pointer) == 1 }

    /// The text of the node and all in it.
    public var plainText: String {
        switch typeName {
        case "text", "code": literal
        case "softbreak", "linebreak": " "
        default: children.map(\.plainText).joined()
        }
    }

    /// The node behind this one under the same parent.
    public var next: MarkdownNode? {
        cmark_node_next(pointer).map { MarkdownNode(pointer: $0, document: document) }
    }

    /// The node before this one under the same parent.
    public var previous: MarkdownNode? {
        cmark_node_previous(pointer).map { MarkdownNode(pointer: $0, document: document) }
    }

    /// The nodes directly below this one, in order.
    public var children: [MarkdownNode] {
        var children: [MarkdownNode] = []
        var next = cmark_node_first_child(pointer)
        while let child = next {
            children.append(MarkdownNode(pointer: child, document: document))
            next = cmark_node_next(child)
        }
        return children
    }
}
