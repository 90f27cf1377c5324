import SwiftSyntax

extension CellSource {
    /// The protocols that extensions at the cell's top state, by the extended type.
    public var conformancesOfExtensions: [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for item in tree.statements.declarations.compactMap({ $0.as(ExtensionDeclSyntax.self) }) {
            let names = item.inheritanceClause?.inheritedTypes.map(\.type.trimmedDescription) ?? []
            found[item.extendedType.trimmedDescription, default: []].formUnion(names)
        }
        return found
    }

    /// Whether an extension of `type` stands in the cell, or a function at its top takes or gives it.
    public func mentionsInSignatures(_ type: String) -> Bool {
        tree.statements.declarations.contains { declaration in
            if let item = declaration.as(ExtensionDeclSyntax.self) {
                return item.extendedType.trimmedDescription == type
            }
            guard let function = declaration.as(FunctionDeclSyntax.self) else { return false }
            return function.signature.tokens(viewMode: .sourceAccurate).contains { $0.text == type }
        }
    }
}
