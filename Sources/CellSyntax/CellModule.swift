import SwiftSyntax

extension CellSource {
    /// The cell's code as a module's: what it means as part of one file, said so that it holds in a module of its own.
    ///
    /// Every token keeps its column, and its line counts from ``firstLine``.
    ///
    /// - What is `private` to the file is visible in later cells, which are the rest of that file.
    /// - Variables at the top can be used in functions: `nonisolated(unsafe)`, as no two cells run at a time.
    /// - What is imported, later cells see.
    /// - Members by which a type from elsewhere conforms to a protocol from elsewhere are `public`, as the compiler
    ///   asks of them where both come from other modules.
    /// - The last expression is handed to `show`. A cell that waits for something hands over to `end` and never
    ///   returns from it: what Swift does behind the end of such code is to end the process.
    ///
    /// - Parameters:
    ///   - file: the name that diagnostics will carry.
    ///   - show: what is called with the last expression's value.
    ///   - end: what is awaited at the end of a cell that awaits something itself.
    ///   - imported: the imports of earlier cells, which hold here, too.
    public func module(file: String, show: String, end: String, imported: Set<String> = []) -> String {
        var edits = CellEdits(code: code, file: file)
        // What does not parse is left as it is, for the compiler to say so.
        guard !tree.hasError else { return edits.text }
        let access = AccessRewriter(tree)
        for range in access.blanks { edits.blank(range) }
        for offset in access.publics { edits.put("public", before: offset) }
        for item in tree.statements {
            guard let item = item.item.as(ImportDeclSyntax.self) else { continue }
            let start = item.positionAfterSkippingLeadingTrivia.utf8Offset
            if imported.contains(item.trimmedDescription) {
                // Once more by name, a library would be as near as the cells that hide some of its names.
                edits.blank(start..<item.endPositionBeforeTrailingTrivia.utf8Offset)
            } else if item.attributes.isEmpty {
                edits.put("@_exported", before: start)
            }
        }
        for (offset, isolation) in isolations { edits.put(isolation, before: offset) }
        if let (expression, semicolon) = lastExpression {
            // On a line of its own, as it will be, a semicolon is an error.
            if let semicolon { edits.blank(semicolon..<semicolon + 1) }
            edits.put("\(show)(", before: expression.positionAfterSkippingLeadingTrivia.utf8Offset)
            edits.put(")", behind: expression.endPositionBeforeTrailingTrivia.utf8Offset)
        }
        return edits.text + (awaits ? "\nawait \(end)()\n" : "")
    }

    /// Where a variable that all of the program shares needs to be said to be safe, and the words that say so.
    private var isolations: [(offset: Int, words: String)] {
        let finder = SharedVariableFinder(viewMode: .sourceAccurate)
        finder.walk(tree)
        return finder.found.map { variable in
            (
                variable.positionAfterSkippingLeadingTrivia.utf8Offset,
                variable.isStored ? "nonisolated(unsafe)" : "nonisolated"
            )
        }
    }
}

/// Changes to a cell's code that leave every other token its line and its column.
private struct CellEdits {
    private let code: [UInt8]
    private let file: String
    private var edits: [(offset: Int, edit: Edit)] = []

    private enum Edit {
        case blank(end: Int)
        case before(String)
        case behind(String)
    }

    init(code: String, file: String) {
        self.code = Array(code.utf8)
        self.file = file
    }

    /// Replaces a stretch without line endings by spaces.
    mutating func blank(_ range: Range<Int>) { edits.append((range.lowerBound, .blank(end: range.upperBound))) }

    /// Puts `words` before the declaration or statement at `offset`.
    mutating func put(_ words: String, before offset: Int) {
        for index in edits.indices where edits[index].offset == offset {
            guard case .before(let others) = edits[index].edit else { continue }
            edits[index].edit = .before(others + " " + words)
            return
        }
        edits.append((offset, .before(words)))
    }

    /// Puts `words` behind what ends at `offset`.
    mutating func put(_ words: String, behind offset: Int) { edits.append((offset, .behind(words))) }

    var text: String {
        var result = location(CellSource.firstLine)
        var done = 0
        func copy(to end: Int) {
            result += String(decoding: code[done..<max(done, end)], as: UTF8.self)
            done = max(done, end)
        }
        // In the order they were made where several stand at one place.
        for (_, item) in edits.enumerated().sorted(by: { ($0.1.offset, $0.0) < ($1.1.offset, $1.0) }) {
            copy(to: item.offset)
            let line = CellSource.firstLine + code[..<item.offset].count { $0 == UInt8(ascii: "\n") }
            switch item.edit {
            case .blank(let end):
                result += String(repeating: " ", count: end - item.offset)
                done = end
            case .before(let words):
                // The directive gives the words the line before, so that what stands behind them is on its own; among
                // the arguments of a call no directive may stand.
                let start = (code[..<item.offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
                let column = max(done, item.offset) - start
                result += "\n" + location(line - 1) + words + "\n" + String(repeating: " ", count: column)
            case .behind(let words):
                result += "\n" + words + "\n" + location(line)
            }
        }
        copy(to: code.count)
        return result
    }

    private func location(_ line: Int) -> String { "#sourceLocation(file: \"\(file)\", line: \(line))\n" }
}

/// Finds the variables that the whole program shares: those at the top, and the static ones.
private final class SharedVariableFinder: SyntaxVisitor {
    private(set) var found: [VariableDeclSyntax] = []

    override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
        // Swift keeps `lazy` from what is lazy anyway, and an attribute may isolate what it stands at.
        let spoken: Set<String> = ["nonisolated", "async", "lazy", "class", "override"]
        let modifiers = node.modifiers.map(\.name.text)
        let isShared = node.isAtTop || modifiers.contains("static") && node.isStored && !node.isInAnnotatedType
        if isShared && node.attributes.isEmpty && spoken.isDisjoint(with: modifiers) { found.append(node) }
        return .visitChildren
    }
}

extension VariableDeclSyntax {
    /// Whether there is memory behind it, rather than a getter.
    fileprivate var isStored: Bool {
        bindings.allSatisfy { binding in
            guard let accessors = binding.accessorBlock?.accessors else { return true }
            guard case .accessors(let list) = accessors else { return false }
            return list.allSatisfy { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
        }
    }

    fileprivate var isAtTop: Bool {
        var node = parent
        while let ancestor = node {
            switch ancestor.kind {
            case .sourceFile: return true
            case .codeBlockItem, .codeBlockItemList, .ifConfigClause, .ifConfigClauseList, .ifConfigDecl:
                node = ancestor.parent
            default: return false
            }
        }
        return false
    }

    /// Whether the type it belongs to has attributes, such as `@MainActor`.
    fileprivate var isInAnnotatedType: Bool {
        var node = parent
        while let ancestor = node {
            if let group = ancestor.asProtocol((any DeclGroupSyntax).self) { return !group.attributes.isEmpty }
            node = ancestor.parent
        }
        return false
    }
}
