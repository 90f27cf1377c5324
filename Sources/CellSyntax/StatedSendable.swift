import Notebook
import SwiftSyntax

/// What a cell says of a type of an earlier cell: that its values may be sent to other threads.
///
/// Swift checks that only in the file that declares the type. In a module of its own it must be `@unchecked`, and what Swift
/// would have checked is asked for by code of ours.
struct StatedSendable {
    /// The type's name.
    let type: String
    /// Where `words` must stand for Swift not to check by itself.
    let offset: Int
    let words: String
    let position: SourcePosition
    /// Whether it holds for some of a generic type's parameters only.
    let hasConditions: Bool
}

extension CellSource {
    /// The extensions that state `Sendable` of a type of an earlier cell, or a protocol that implies it.
    ///
    /// - Parameter implying: the notebook's own protocols that do.
    func statedSendable(of types: [String: EarlierType], implying: Set<String>) -> [StatedSendable] {
        let places = SourceLocationConverter(fileName: "", tree: tree)
        return tree.statements.declarations.compactMap { $0.as(ExtensionDeclSyntax.self) }.compactMap { item in
            let name = item.extendedType.trimmedDescription
            guard types[name] != nil, let inherited = item.inheritanceClause?.inheritedTypes else { return nil }
            let stated = inherited.first { $0.type.trimmedDescription == "Sendable" }
            let implied = inherited.first { $0.isImplyingSendable(implying) }
            guard let found = stated ?? implied else { return nil }
            let start = found.positionAfterSkippingLeadingTrivia
            let place = places.location(for: start)
            return StatedSendable(
                type: name, offset: start.utf8Offset, words: stated == nil ? "@unchecked Sendable, " : "@unchecked ",
                position: SourcePosition(line: place.line, column: place.column),
                hasConditions: item.genericWhereClause != nil)
        }
    }

    /// The protocols that the cell declares at its top that imply `Sendable`, and those of earlier cells.
    func protocolsImplyingSendable(_ earlier: Set<String>) -> Set<String> {
        tree.statements.declarations.compactMap { $0.as(ProtocolDeclSyntax.self) }.reduce(into: earlier) {
            found, item in
            let inherited = item.inheritanceClause?.inheritedTypes
            let implies = inherited?.contains {
                $0.type.trimmedDescription == "Sendable" || $0.isImplyingSendable(found)
            }
            if implies == true { found.insert(item.name.text) }
        }
    }

    /// The types that the cell declares at its top, by name.
    var typesAtTop: [String: EarlierType] {
        Dictionary(
            tree.statements.declarations.compactMap { declaration in
                guard let group = declaration.asProtocol((any DeclGroupSyntax).self),
                    let named = declaration.asProtocol((any NamedDeclSyntax).self)
                else { return nil }
                let type = EarlierType(
                    properties: group.sendableProperties, obstacleToSendable: group.obstacleToSendable)
                return (named.name.text, type)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of the types that the cell declares at its top.
    public var typeNames: Set<String> { Set(typesAtTop.keys) }
}

extension InheritedTypeSyntax {
    /// Whether it is a protocol of the library that refines `Sendable`, or one of `own`.
    fileprivate func isImplyingSendable(_ own: Set<String>) -> Bool {
        let name = type.trimmedDescription
        return own.contains(name)
            || ["Error", "LocalizedError", "CustomNSError", "RecoverableError", "CodingKey"].contains(name)
    }
}

extension DeclGroupSyntax {
    /// The stored properties of its values, by name; `nil` where it is generic.
    fileprivate var sendableProperties: [String]? {
        let generics: GenericParameterClauseSyntax? =
            self.as(ClassDeclSyntax.self)?.genericParameterClause
            ?? self.as(StructDeclSyntax.self)?.genericParameterClause
        guard generics == nil else { return nil }
        return storedProperties.flatMap {
            $0.bindings.compactMap { $0.pattern.as(IdentifierPatternSyntax.self)?.identifier.text }
        }
    }

    private var storedProperties: [VariableDeclSyntax] {
        memberBlock.members.compactMap { $0.decl.as(VariableDeclSyntax.self) }.filter { $0.isStored && !$0.isOfType }
    }

    /// Why the type cannot be `Sendable`, as Swift says it.
    fileprivate var obstacleToSendable: String? {
        guard let type = self.as(ClassDeclSyntax.self) else { return nil }
        let name = type.name.text
        guard type.modifiers.contains(where: { $0.name.text == "final" }) else {
            return "non-final class '\(name)' cannot conform to the 'Sendable' protocol"
        }
        let mutable = storedProperties.first { $0.bindingSpecifier.tokenKind == .keyword(.var) }
        return mutable.map { property in
            "stored property '\(property.bindings.first?.pattern.trimmedDescription ?? "")' of "
                + "'Sendable'-conforming class '\(name)' is mutable"
        }
    }
}
