import SwiftSyntax

/// A cell's code, read as Swift.
public struct CellSource {
    /// The number that diagnostics give to a cell's first line.
    public static let firstLine = 2

    let code: String
    let tree: SourceFileSyntax

    /// Parses a cell's code, or takes the tree of code that was parsed before.
    public init(_ code: String) {
        self.code = code
        tree = ParsedCode.tree(of: code)
    }

    /// The cell's imports, as source: later cells see what an earlier one imported, as in one file.
    public var imports: [String] {
        tree.statements.compactMap { $0.item.as(ImportDeclSyntax.self)?.trimmedDescription }
    }

    /// Whether the cell's own statements wait for something asynchronous.
    public var awaits: Bool {
        let finder = AwaitFinder(viewMode: .sourceAccurate)
        finder.walk(tree)
        return finder.found
    }

    /// Whether the cell names the type `InlineArray`, or writes it as `[count of Element]`.
    public var namesInlineArray: Bool {
        let finder = InlineArrayFinder(viewMode: .sourceAccurate)
        finder.walk(tree)
        return finder.found
    }

    /// Whether the code is one expression that has a value.
    public var isOneExpression: Bool { tree.statements.count == 1 && lastExpression != nil }

    /// The cell's code without its imports, its last expression handed to `function`.
    public func withoutImports(showing function: String) -> String {
        var bytes = Array(code.utf8)
        if let (expression, _) = lastExpression {
            bytes.insert(contentsOf: ")".utf8, at: expression.endPositionBeforeTrailingTrivia.utf8Offset)
            bytes.insert(contentsOf: "\(function)(".utf8, at: expression.positionAfterSkippingLeadingTrivia.utf8Offset)
        }
        for item in tree.statements.reversed() where item.item.is(ImportDeclSyntax.self) {
            let start = item.positionAfterSkippingLeadingTrivia.utf8Offset
            bytes.removeSubrange(start..<item.endPositionBeforeTrailingTrivia.utf8Offset)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The cell's last statement, where it is an expression with a value to show.
    var lastExpression: (expression: ExprSyntax, semicolon: Int?)? {
        guard let item = tree.statements.last, let expression = item.item.as(ExprSyntax.self),
            CellSource.hasValue(expression), !tree.hasError
        else { return nil }
        return (expression, item.semicolon?.positionAfterSkippingLeadingTrivia.utf8Offset)
    }

    static func hasValue(_ expression: ExprSyntax) -> Bool {
        switch expression.kind {
        case .ifExpr, .switchExpr, .macroExpansionExpr: return false
        case .sequenceExpr:
            let elements = expression.cast(SequenceExprSyntax.self).elements
            return !elements.contains { $0.is(AssignmentExprSyntax.self) || isAssignmentOperator($0) }
        case .functionCallExpr:
            let callee = expression.cast(FunctionCallExprSyntax.self).calledExpression.trimmedDescription
            return !["fatalError", "preconditionFailure", "exit", "abort"].contains(callee)
        default: return true
        }
    }

    private static func isAssignmentOperator(_ expression: ExprSyntax) -> Bool {
        guard let name = expression.as(BinaryOperatorExprSyntax.self)?.operator.text else { return false }
        // Comparisons, of numbers and of SIMD vectors, end in the same character.
        let comparisons = ["==", "!=", "<=", ">=", "===", "!==", "~=", ".==", ".!=", ".<=", ".>="]
        return name.hasSuffix("=") && !comparisons.contains(name)
    }
}

private final class InlineArrayFinder: SyntaxVisitor {
    private(set) var found = false

    override func visit(_ node: TokenSyntax) -> SyntaxVisitorContinueKind {
        found = found || node.tokenKind == .identifier("InlineArray")
        return .skipChildren
    }
    override func visit(_ node: InlineArrayTypeSyntax) -> SyntaxVisitorContinueKind {
        found = true
        return .skipChildren
    }
}

/// Looks for what makes a cell's own statements asynchronous: not what stands in its functions, types and closures.
private final class AwaitFinder: SyntaxVisitor {
    private(set) var found = false

    private func find(_ isFound: Bool) -> SyntaxVisitorContinueKind {
        found = found || isFound
        return found ? .skipChildren : .visitChildren
    }

    override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind { find(true) }
    override func visit(_ node: ForStmtSyntax) -> SyntaxVisitorContinueKind { find(node.awaitKeyword != nil) }
    override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
        find(node.modifiers.contains { $0.name.tokenKind == .keyword(.async) })
    }
    override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: MemberBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}
