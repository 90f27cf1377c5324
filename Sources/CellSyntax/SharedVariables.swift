import SwiftSyntax

/// Finds the variables that the whole program shares: those at the top, and the static ones.
final class SharedVariableFinder: SyntaxVisitor {
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
    var isStored: Bool {
        bindings.allSatisfy { binding in
            guard let accessors = binding.accessorBlock?.accessors else { return true }
            guard case .accessors(let list) = accessors else { return false }
            return list.allSatisfy { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
        }
    }

    var isAtTop: Bool {
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
