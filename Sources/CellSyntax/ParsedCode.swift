import SwiftParser
import SwiftSyntax
import Synchronization

/// Code read as Swift, once: a cell is parsed to be compiled, and again to be coloured.
enum ParsedCode {
    private static let known = Mutex<[String: SourceFileSyntax]>([:])

    static func tree(of code: String) -> SourceFileSyntax {
        if let tree = known.withLock({ $0[code] }) { return tree }
        let tree = Parser.parse(source: code)
        known.withLock { $0[code] = tree }
        return tree
    }
}
