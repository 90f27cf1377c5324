import SwiftSyntax

/// Finds what must be said of a cell's declarations so that they mean in a module what they mean in one file.
///
/// All that later cells may use is `package`. What is not (as `internal` is in a module that is imported for testing) can be
/// seen, too; but the compiler then loses overrides: where B overrides a method of A and C inherits from B, each in a module
/// of its own, C gets A's method, because B's module cannot see A's (Swift 6.3, `SILVTableVisitor`). It can see what is
/// `package`, which private members may be used in default arguments of, and of which `Sendable` is inferred, as is not so
/// for what is `public`.
struct AccessRewriter {
    /// Modifiers that mean another access in one file.
    private(set) var blanks: [Range<Int>] = []
    /// The access that declarations are given.
    private(set) var grants: [(declaration: DeclSyntax, access: String)] = []
    /// Initializers that must be written out, each with the place of the brace that ends its type.
    private(set) var initializers: [(text: String, end: Int)] = []
    /// Property wrappers that stay as visible as they are: those of earlier cells, and the cell's own.
    private(set) var internals: Set<String>
    /// The protocols that ask for an initializer.
    let initializing: InitializingProtocols

    /// - Parameters:
    ///   - internals: the property wrappers of earlier cells that stayed as they were.
    ///   - initializing: the protocols of earlier cells that ask for an initializer.
    init(_ tree: SourceFileSyntax, internals: Set<String> = [], initializing: Set<String> = []) {
        self.internals = internals
        let declarations = tree.statements.declarations
        let all = declarations.flatMap(\.withMembers)
        let opened = OpenedTypes.find(declarations)
        self.initializing = InitializingProtocols(declarations, earlier: initializing)
        for type in self.initializing.structures(in: all) {
            guard let initializer = MemberwiseInitializer(of: type), initializer.moved.isEmpty else { continue }
            initializers.append(type.memberBlock.ending(with: initializer.text))
        }
        for case let wrapper in all.compactMap({ $0.as(StructDeclSyntax.self) }) where wrapper.hasHiddenInit {
            if let initializer = MemberwiseInitializer(of: wrapper) {
                blanks += initializer.moved.map(\.span)
                initializers.append(wrapper.memberBlock.ending(with: initializer.text))
            } else {
                self.internals.insert(wrapper.name.text)
            }
        }
        for case let type in all.compactMap({ $0.as(ClassDeclSyntax.self) })
        where ImplicitInitializer.isGiven(to: type) {
            initializers.append(type.memberBlock.ending(with: ImplicitInitializer.text))
        }
        for declaration in declarations { visit(declaration, opened: opened, isMember: false) }
    }

    private mutating func visit(_ declaration: DeclSyntax, opened: Set<SyntaxIdentifier>, isMember: Bool) {
        if let condition = declaration.as(IfConfigDeclSyntax.self) {
            for member in condition.declarations { visit(member, opened: opened, isMember: isMember) }
            return
        }
        let group = declaration.asProtocol((any DeclGroupSyntax).self)
        let isOpened = group.map { opened.contains($0.id) } ?? false
        grant(isOpened ? "public" : "package", to: declaration, isMember: isMember)
        guard let group, !declaration.is(ProtocolDeclSyntax.self) else { return }
        // The access of an extension is that of its members.
        if declaration.is(ExtensionDeclSyntax.self), group.modifiers.contains(where: \.isLasting) { return }
        for member in group.memberBlock.members.flattened {
            if isOpened { grant("public", to: member, isMember: true) }
            visit(member, opened: opened, isMember: true)
        }
    }

    private mutating func grant(_ access: String, to declaration: DeclSyntax, isMember: Bool) {
        guard let modified = declaration.asProtocol((any WithModifiersSyntax).self) else { return }
        for modifier in modified.modifiers where modifier.isFilePrivate(isMember: isMember) {
            blanks.append(modifier.span)
        }
        guard declaration.hasAccess, !grants.contains(where: { $0.declaration.id == declaration.id }),
            !modified.modifiers.contains(where: { $0.isAccess && !$0.isFilePrivate(isMember: isMember) }),
            !isInternal(declaration)
        else { return }
        grants.append((declaration, access))
    }

    /// Whether it is a property wrapper whose initializer is Swift's, for its module only, or is wrapped in one.
    private func isInternal(_ declaration: DeclSyntax) -> Bool {
        if let type = declaration.as(StructDeclSyntax.self), type.attributes.names.contains("propertyWrapper") {
            return internals.contains(type.name.text)
        }
        guard let variable = declaration.as(VariableDeclSyntax.self) else { return false }
        return !internals.isDisjoint(with: variable.attributes.names)
    }
}

/// Finds the declarations that must be public.
private enum OpenedTypes {
    /// The extensions that give a type from elsewhere a conformance from elsewhere, and the types of the cell that they
    /// name, which must not be less visible, with their own extensions.
    static func find(_ declarations: [DeclSyntax]) -> Set<SyntaxIdentifier> {
        var own: [String: any DeclGroupSyntax] = [:]
        for declaration in declarations {
            guard let group = declaration.asProtocol((any DeclGroupSyntax).self),
                let named = declaration.asProtocol((any NamedDeclSyntax).self)
            else { continue }
            own[named.name.text] = group
        }
        var opened: Set<SyntaxIdentifier> = []
        let isElsewhere = { (name: String) in own[name].map { opened.contains($0.id) } ?? true }
        let extensions = declarations.compactMap { $0.as(ExtensionDeclSyntax.self) }
        var changed = true
        while changed {
            changed = false
            for item in extensions where !opened.contains(item.id) && isElsewhere(baseName(item.extendedType)) {
                let conformances = item.inheritanceClause?.inheritedTypes.map { baseName($0.type) } ?? []
                // An extension of the protocol may have what the conformance asks for.
                let givesDefaults = !opened.isEmpty && conformances.isEmpty
                guard conformances.contains(where: isElsewhere) || givesDefaults else { continue }
                changed = true
                open(item, own, &opened)
            }
        }
        return opened
    }

    /// Opens `item` and the types of `own` that it names.
    private static func open(
        _ item: ExtensionDeclSyntax, _ own: [String: any DeclGroupSyntax], _ opened: inout Set<SyntaxIdentifier>
    ) {
        opened.insert(item.id)
        var waiting = [Syntax(item)]
        while let node = waiting.popLast() {
            for token in node.tokens(viewMode: .sourceAccurate) {
                guard let group = own[token.text], opened.insert(group.id).inserted else { continue }
                waiting.append(Syntax(group))
            }
        }
    }

    private static func baseName(_ type: TypeSyntax) -> String {
        type.firstToken(viewMode: .sourceAccurate).map { token in
            ["@", "any"].contains(token.text) ? type.lastToken(viewMode: .sourceAccurate)?.text ?? "" : token.text
        } ?? ""
    }
}

extension StructDeclSyntax {
    /// Whether it is a property wrapper without an initializer of its own.
    fileprivate var hasHiddenInit: Bool {
        attributes.names.contains("propertyWrapper")
            && !memberBlock.members.contains { $0.decl.is(InitializerDeclSyntax.self) }
    }
}

extension DeclSyntax {
    /// The declaration and all that is declared in it, at any depth, but for what stands in functions.
    fileprivate var withMembers: [DeclSyntax] {
        if let condition = self.as(IfConfigDeclSyntax.self) { return condition.declarations.flatMap(\.withMembers) }
        let members = asProtocol((any DeclGroupSyntax).self)?.memberBlock.members.map(\.decl) ?? []
        return [self] + members.flatMap(\.withMembers)
    }

    /// Whether a declaration of its kind can be said to be visible.
    fileprivate var hasAccess: Bool {
        switch kind {
        case .classDecl, .structDecl, .enumDecl, .actorDecl, .protocolDecl, .typeAliasDecl, .functionDecl,
            .variableDecl,
            .initializerDecl, .subscriptDecl:
            true
        default: false
        }
    }
}

extension DeclModifierSyntax {
    fileprivate var isAccess: Bool {
        detail == nil && ["open", "public", "package", "internal", "fileprivate", "private"].contains(name.text)
    }

    /// Whether it gives more than a file's own access.
    fileprivate var isLasting: Bool { isAccess && ["public", "package"].contains(name.text) }

    /// Whether it gives the access that all of one file has. At the top, what is private is private to the file.
    fileprivate func isFilePrivate(isMember: Bool) -> Bool {
        switch name.text {
        case "fileprivate": true
        case "private": !isMember
        case "internal": detail == nil
        default: false
        }
    }

}

extension SyntaxProtocol {
    fileprivate var span: Range<Int> {
        positionAfterSkippingLeadingTrivia.utf8Offset..<endPositionBeforeTrailingTrivia.utf8Offset
    }
}

extension MemberBlockSyntax {
    /// `member` as the last of the members, and the place of the brace behind it.
    fileprivate func ending(with member: String) -> (text: String, end: Int) {
        let isOnNewLine = rightBrace.leadingTrivia.contains { $0.isNewline }
        let separator = members.isEmpty || isOnNewLine ? "" : "; "
        return ("\(separator)\(member) ", rightBrace.positionAfterSkippingLeadingTrivia.utf8Offset)
    }
}

extension AttributeListSyntax {
    /// The attributes' names.
    var names: Set<String> {
        Set(
            compactMap {
                $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription.split(separator: "<").first.map(
                    String.init)
            })
    }
}

extension CodeBlockItemListSyntax {
    var declarations: [DeclSyntax] { compactMap { $0.item.as(DeclSyntax.self) } }
}

extension IfConfigDeclSyntax {
    /// The declarations of all its clauses.
    var declarations: [DeclSyntax] {
        clauses.flatMap { clause -> [DeclSyntax] in
            switch clause.elements {
            case .statements(let items): items.declarations
            case .decls(let members): members.map(\.decl)
            default: []
            }
        }
    }
}

extension MemberBlockItemListSyntax {
    /// The members, those under conditions included.
    fileprivate var flattened: [DeclSyntax] {
        flatMap { member in member.decl.as(IfConfigDeclSyntax.self)?.declarations ?? [member.decl] }
    }
}
