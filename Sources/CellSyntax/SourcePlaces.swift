import SwiftSyntax

/// Finds where a cell asks for its place in the source, and what it is told in one file.
///
/// The file is `main.swift` of the module `main`, and the function at the top is `main`, whatever the cell's module is called.
/// A function's default argument is told by its callers; what theirs is in modules, the function itself sets right.
struct SourcePlaces {
    /// The stretches that are replaced.
    private(set) var replacements: [(range: Range<Int>, by: String)] = []
    /// Words that are put behind the brace that opens a function.
    private(set) var prologues: [(offset: Int, words: String)] = []

    /// - Parameters:
    ///   - linesBefore: how many lines the cells before have.
    ///   - caller: the function that says how one file would call the function that called.
    init(_ tree: SourceFileSyntax, linesBefore: Int, caller: String) {
        let finder = PlaceFinder(viewMode: .sourceAccurate)
        finder.walk(tree)
        let lines = SourceLocationConverter(fileName: "", tree: tree)
        for place in finder.found {
            let start = place.positionAfterSkippingLeadingTrivia
            let range = start.utf8Offset..<place.endPositionBeforeTrailingTrivia.utf8Offset
            let parameter = place.defaultedParameter
            switch place.macroName.text {
            case "file", "fileID": replacements.append((range, "\"main/main.swift\""))
            case "filePath": replacements.append((range, "\"main.swift\""))
            case "line" where parameter == nil:
                replacements.append((range, String(lines.location(for: start).line + linesBefore)))
            case "function" where parameter == nil && place.isAtTop:
                replacements.append((range, "\"main\""))
            case "line": addPrologue(parameter) { "\($0) - \(CellSource.firstLine - 1)" }
            case "function" where parameter?.type.trimmedDescription == "String":
                addPrologue(parameter) { "\(caller)(\($0))" }
            default: break
            }
        }
    }

    private mutating func addPrologue(_ parameter: FunctionParameterSyntax?, _ value: (String) -> String) {
        guard let parameter, let (body, returns) = parameter.functionBody else { return }
        let name = (parameter.secondName ?? parameter.firstName).text
        let offset = body.leftBrace.endPositionBeforeTrailingTrivia.utf8Offset
        let words = " let \(name) = \(value(name));"
        if let index = prologues.firstIndex(where: { $0.offset == offset }) {
            prologues[index].words = words + prologues[index].words
            return
        }
        // A body that is one expression returns it; behind other statements it must say so.
        let isExpression =
            returns && body.statements.count == 1 && body.statements.first?.item.is(ExprSyntax.self) == true
        prologues.append((offset, words + (isExpression ? " return" : "")))
    }
}

extension CellSource {
    /// Whether the cell's code asks for the number of a line.
    public var asksForLines: Bool {
        let finder = PlaceFinder(viewMode: .sourceAccurate)
        finder.walk(tree)
        return finder.found.contains { $0.macroName.text == "line" }
    }
}

private final class PlaceFinder: SyntaxVisitor {
    private(set) var found: [MacroExpansionExprSyntax] = []

    override func visit(_ node: MacroExpansionExprSyntax) -> SyntaxVisitorContinueKind {
        if ["file", "fileID", "filePath", "line", "function"].contains(node.macroName.text) && node.arguments.isEmpty {
            found.append(node)
        }
        return .visitChildren
    }
}

extension MacroExpansionExprSyntax {
    /// The parameter whose default argument it is.
    fileprivate var defaultedParameter: FunctionParameterSyntax? {
        parent?.as(InitializerClauseSyntax.self)?.parent?.as(FunctionParameterSyntax.self)
    }

    /// Whether it stands in no function and no type; closures at the top are part of the top.
    fileprivate var isAtTop: Bool {
        !sequence(first: Syntax(self), next: \.parent).contains { node in
            switch node.kind {
            case .functionDecl, .initializerDecl, .deinitializerDecl, .subscriptDecl, .accessorBlock, .memberBlock: true
            default: false
            }
        }
    }
}

extension FunctionParameterSyntax {
    /// The body of the function that it is a parameter of, and whether that returns a value.
    fileprivate var functionBody: (body: CodeBlockSyntax, returns: Bool)? {
        for node in sequence(first: Syntax(self), next: \.parent) {
            if let function = node.as(FunctionDeclSyntax.self) {
                return function.body.map { ($0, function.signature.returnClause != nil) }
            }
            if let initializer = node.as(InitializerDeclSyntax.self) { return initializer.body.map { ($0, false) } }
        }
        return nil
    }
}
