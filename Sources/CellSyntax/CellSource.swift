import SwiftSyntax

/// A cell's code, read as Swift.
public struct CellSource {
    /// The number that diagnostics give to a cell's first line.
    public static let firstLine = 2

    private let code: String
    private let tree: SourceFileSyntax

    public init(_ code: String) {
        self.code = code
        tree = ParsedCode.tree(of: code)
    }

    /// The cell's imports, as source: later cells see what an earlier one imported, as in one file.
    public var imports: [String] {
        tree.statements.compactMap { $0.item.as(ImportDeclSyntax.self)?.trimmedDescription }
    }

    /// The cell's code with its last expression handed to the page.
    ///
    /// Every token keeps its column, and its line counts from ``firstLine``: the call is written on a line of its
    /// own, to which `#sourceLocation` gives the number before. (Inside the call it would not be allowed, and no line
    /// may have the number 0; so the first line has the number 2.)
    ///
    /// - Parameters:
    ///   - file: the name that diagnostics will carry.
    ///   - function: what is called with the last expression's value.
    public func showingLastExpression(file: String, function: String) -> String {
        let location = { (line: Int) in "#sourceLocation(file: \"\(file)\", line: \(line))\n" }
        let first = CellSource.firstLine
        guard let (expression, semicolon) = lastExpression else { return location(first) + code }
        let start = expression.positionAfterSkippingLeadingTrivia.utf8Offset
        let end = expression.endPositionBeforeTrailingTrivia.utf8Offset
        var bytes = Array(code.utf8)
        // On a line of its own, as it will be, a semicolon is an error.
        if let semicolon { bytes[semicolon] = UInt8(ascii: " ") }
        let lineStart = (bytes[..<start].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        let line = bytes[..<start].count { $0 == UInt8(ascii: "\n") } + first
        let lastLine = line + bytes[start..<end].count { $0 == UInt8(ascii: "\n") }
        let text = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
        return location(first) + text(0..<start) + "\n" + location(line - 1) + "\(function)(\n"
            + String(repeating: " ", count: start - lineStart) + text(start..<end) + "\n)\n"
            + location(lastLine) + text(end..<bytes.count)
    }

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
    private var lastExpression: (expression: ExprSyntax, semicolon: Int?)? {
        guard let item = tree.statements.last, let expression = item.item.as(ExprSyntax.self),
            CellSource.hasValue(expression), !tree.hasError
        else { return nil }
        return (expression, item.semicolon?.positionAfterSkippingLeadingTrivia.utf8Offset)
    }

    private static func hasValue(_ expression: ExprSyntax) -> Bool {
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
