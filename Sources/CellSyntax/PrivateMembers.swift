import SwiftSyntax

/// What a type keeps to itself and its extensions in the same file.
public struct PrivateMembers: Equatable, Sendable {
    /// The names of the `private` members.
    public internal(set) var names: Set<String> = []
    /// Whether there are initializers, subscripts or operators among them, which are used without these names.
    public internal(set) var haveNameless = false

    /// Whether the code of an extension can mean one of them.
    func areUsed(in code: some SyntaxProtocol) -> Bool {
        haveNameless || code.tokens(viewMode: .sourceAccurate).contains { names.contains($0.plainName) }
    }
}

extension CellSource {
    /// The private members of the types that are declared or extended here, by the type's full name.
    public var privateMembers: [String: PrivateMembers] {
        let finder = PrivateMemberFinder(viewMode: .sourceAccurate)
        finder.walk(tree)
        return finder.found
    }

    /// Whether an extension here uses private members of an earlier cell's types.
    public func extensionsUse(_ members: [String: PrivateMembers]) -> Bool {
        tree.statements.contains { item in
            guard let item = item.item.as(ExtensionDeclSyntax.self) else { return false }
            return members[item.extendedType.fullName]?.areUsed(in: item.memberBlock) == true
        }
    }
}

private final class PrivateMemberFinder: SyntaxVisitor {
    private(set) var found: [String: PrivateMembers] = [:]

    override func visit(_ node: DeclModifierSyntax) -> SyntaxVisitorContinueKind {
        guard node.name.text == "private", let member = node.enclosingDeclaration,
            member.parent?.is(MemberBlockItemSyntax.self) == true
        else { return .skipChildren }
        let types = sequence(first: Syntax(member), next: \.parent).dropFirst().compactMap(\.nameOfType)
        // Extensions of the types around may use it, too.
        for count in types.indices {
            let type = types[count...].reversed().joined(separator: ".")
            found[type, default: PrivateMembers()].add(member)
        }
        return .skipChildren
    }
}

extension PrivateMembers {
    fileprivate mutating func add(_ declaration: DeclSyntax) {
        if let variable = declaration.as(VariableDeclSyntax.self) {
            names.formUnion(
                variable.bindings.flatMap { $0.pattern.tokens(viewMode: .sourceAccurate) }.map(\.plainName))
        } else if let function = declaration.as(FunctionDeclSyntax.self), case .identifier = function.name.tokenKind {
            names.insert(function.name.plainName)
        } else if !declaration.is(FunctionDeclSyntax.self),
            let named = declaration.asProtocol((any NamedDeclSyntax).self)
        {
            names.insert(named.name.plainName)
        } else {
            haveNameless = true
        }
    }
}

extension Syntax {
    /// The name of the type that is declared or extended here; `nil` where none is.
    fileprivate var nameOfType: String? {
        if let item = self.as(ExtensionDeclSyntax.self) { return item.extendedType.fullName }
        guard asProtocol((any DeclGroupSyntax).self) != nil else { return nil }
        return asProtocol((any NamedDeclSyntax).self)?.name.text
    }
}

extension TokenSyntax {
    /// A name without the marks that some names are written in.
    fileprivate var plainName: String { identifier?.name ?? text }
}

extension DeclModifierSyntax {
    fileprivate var enclosingDeclaration: DeclSyntax? { parent?.parent?.as(DeclSyntax.self) }
}

extension TypeSyntax {
    /// The name of the type with those around it, without arguments.
    fileprivate var fullName: String {
        if let member = self.as(MemberTypeSyntax.self) { return "\(member.baseType.fullName).\(member.name.text)" }
        return self.as(IdentifierTypeSyntax.self)?.name.text ?? trimmedDescription
    }
}
