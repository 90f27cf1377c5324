import SwiftSyntax

extension SourceFileSyntax {
    /// The functions, initializers, subscripts and computed properties in which a type is declared, outermost ones only.
    var functionsWithLocalTypes: [DeclSyntax] {
        let finder = LocalTypeFinder(viewMode: .sourceAccurate)
        finder.walk(self)
        return finder.found
    }
}

private final class LocalTypeFinder: SyntaxVisitor {
    private(set) var found: [DeclSyntax] = []

    override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind { enter(Syntax(node)) }
    override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind { enter(Syntax(node)) }
    override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind { enter(Syntax(node)) }
    override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind { enter(Syntax(node)) }

    private func enter(_ type: Syntax) -> SyntaxVisitorContinueKind {
        var outermost: DeclSyntax?
        for node in sequence(first: type, next: \.parent) {
            guard let declaration = node.as(DeclSyntax.self), node.id != type.id else { continue }
            switch declaration.kind {
            case .functionDecl, .initializerDecl, .subscriptDecl: outermost = declaration
            case .variableDecl: if declaration.cast(VariableDeclSyntax.self).isComputed { outermost = declaration }
            default: break
            }
        }
        if let outermost, !found.contains(where: { $0.id == outermost.id }) { found.append(outermost) }
        return .visitChildren
    }
}

extension VariableDeclSyntax {
    fileprivate var isComputed: Bool { bindings.contains { $0.accessorBlock != nil } }
}
