import Notebook
import SwiftParser
@_spi(RawSyntax) import SwiftSyntax
import Synchronization

/// Code read as Swift, once: a cell is parsed to be compiled, and again to be coloured.
///
/// Code that is out of bounds, or that the parser does not come to an end with, is read as none.
enum ParsedCode {
    /// How long the parser may take, in seconds: some thousand times as long as for a cell that fills a page.
    private static let patience = 20.0
    /// How deep what the parser reads may be nested, in its own count: the same however the tool was built.
    private static let deepestNesting = 256
    /// How deep the tree may be, so that what walks over it has room.
    private static let deepestTree = 1500
    /// Code of so few bytes has no deeper tree.
    private static let shortCode = 1000

    /// A watched notebook gives a text more with each edit.
    private static let known = Mutex(RecentValues<String, SourceFileSyntax>(limit: 256))
    private static let obstacles = Mutex<[String: String]>([:])

    static func tree(of code: String) -> SourceFileSyntax {
        if let tree = known.withLock({ $0[code] }) { return tree }
        let tree = parsed(code)
        known.withLock { $0[code] = tree }
        return tree
    }

    /// Why `code` was not read; `nil` where it was, or nobody has asked for its tree.
    static func obstacle(to code: String) -> String? { obstacles.withLock { $0[code] } }

    private static func parsed(_ code: String) -> SourceFileSyntax {
        var obstacle = CodeBounds.problem(in: code)?.message
        if obstacle == nil {
            let tree = withDeadline(seconds: patience) {
                var parser = Parser(code, maximumNestingLevel: deepestNesting)
                return SourceFileSyntax.parse(from: &parser)
            }
            if let tree, code.utf8.count <= shortCode || depth(of: tree.raw) <= deepestTree { return tree }
            obstacle =
                tree == nil
                ? "this cell takes too long to read as Swift: split it, and give names to the parts of long expressions"
                : "an expression of this cell is a chain of too many parts: give names to some of them"
        }
        obstacles.withLock { $0[code] = obstacle }
        return Parser.parse(source: "")
    }

    private static func depth(of root: RawSyntax) -> Int {
        var deepest = 0
        var waiting = [(node: root, depth: 1)]
        while let (node, depth) = waiting.popLast() {
            deepest = max(deepest, depth)
            guard let children = node.layoutView?.children else { continue }
            for case let child? in children { waiting.append((child, depth + 1)) }
        }
        return deepest
    }
}

/// Why `code`, whose tree was asked for, could not be read as Swift, so that nothing is known of it; `nil` where it was read.
public func obstacle(toReading code: String) -> String? { ParsedCode.obstacle(to: code) }
