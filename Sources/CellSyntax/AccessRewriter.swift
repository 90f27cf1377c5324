import SwiftSyntax

/// Finds where a cell's access modifiers mean something else in a module than in one file.
struct AccessRewriter {
    /// Modifiers that hide from other files what later cells may use.
    private(set) var blanks: [Range<Int>] = []
    /// Declarations that must be public.
    private(set) var publics: [Int] = []

    init(_ tree: SourceFileSyntax) {
        let declarations = tree.statements.compactMap { $0.item.as(DeclSyntax.self) }
        let finder = FilePrivateFinder(viewMode: .sourceAccurate)
        finder.walk(tree)
        blanks = finder.found.map(\.span)
        let opened = AccessRewriter.opened(declarations)
        for declaration in declarations {
            guard let group = declaration.asProtocol((any DeclGroupSyntax).self), opened.contains(group.id) else {
                continue
            }
            if !group.is(ExtensionDeclSyntax.self) { open(declaration) }
            if group.is(ProtocolDeclSyntax.self) { continue }
            for member in group.memberBlock.members { open(member.decl) }
        }
    }

    private mutating func open(_ declaration: DeclSyntax) {
        guard let modified = declaration.asProtocol((any WithModifiersSyntax).self),
            !declaration.is(DeinitializerDeclSyntax.self), !declaration.is(EnumCaseDeclSyntax.self),
            !modified.modifiers.contains(where: \.isAccess)
        else { return }
        publics.append(declaration.positionAfterSkippingLeadingTrivia.utf8Offset)
    }

    /// The extensions that give a type from elsewhere a conformance from elsewhere, and the types of the cell that they
    /// name, which must not be less visible, with their own extensions.
    private static func opened(_ declarations: [DeclSyntax]) -> Set<SyntaxIdentifier> {
        var own: [String: any DeclGroupSyntax] = [:]
        for declaration in declarations {
            guard let group = declaration.asProtocol((any DeclGroupSyntax).self),
                let named = declaration.asProtocol((any NamedDeclSyntax).self)
            else { continue }
            own[named.name.text] = group
        }
        var opened: Set<SyntaxIdentifier> = []
        var changed = true
        while changed {
            changed = false
            let isElsewhere = { (name: String) in own[name].map { opened.contains($0.id) } ?? true }
            for case let item in declarations.compactMap({ $0.as(ExtensionDeclSyntax.self) })
            where !opened.contains(item.id) {
                let conformances = item.inheritanceClause?.inheritedTypes.map { baseName($0.type) } ?? []
                guard isElsewhere(baseName(item.extendedType)), conformances.contains(where: isElsewhere) else {
                    continue
                }
                changed = true
                opened.insert(item.id)
                var waiting = [Syntax(item)]
                while let node = waiting.popLast() {
                    for token in node.tokens(viewMode: .sourceAccurate) {
                        guard let group = own[token.text], opened.insert(group.id).inserted else { continue }
                        waiting.append(Syntax(group))
                    }
                }
            }
        }
        return opened
    }

    private static func baseName(_ type: TypeSyntax) -> String {
        type.firstToken(viewMode: .sourceAccurate).map { token in
            ["@", "any"].contains(token.text) ? type.lastToken(viewMode: .sourceAccurate)?.text ?? "" : token.text
        } ?? ""
    }
}

/// Finds the modifiers by which a declaration is visible in its file only.
private final class FilePrivateFinder: SyntaxVisitor {
    private(set) var found: [DeclModifierSyntax] = []

    override func visit(_ node: DeclModifierSyntax) -> SyntaxVisitorContinueKind {
        // At the top, what is private is private to the file.
        let isMember = node.ancestors.contains { $0.is(MemberBlockItemSyntax.self) || $0.is(CodeBlockSyntax.self) }
        if node.name.text == "fileprivate" || node.name.text == "private" && !isMember { found.append(node) }
        return .visitChildren
    }
}

extension DeclModifierSyntax {
    fileprivate var isAccess: Bool {
        detail == nil && ["open", "public", "package", "internal", "fileprivate", "private"].contains(name.text)
    }

    fileprivate var span: Range<Int> {
        positionAfterSkippingLeadingTrivia.utf8Offset..<endPositionBeforeTrailingTrivia.utf8Offset
    }

    fileprivate var ancestors: some Sequence<Syntax> {
        sequence(first: Syntax(self)) { $0.parent }
    }
}
