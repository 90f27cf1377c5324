import SwiftSyntax

/// The initializer that Swift gives to a structure, written out.
///
/// Swift writes it as visible to the module only, and then refuses a property wrapper that others can see.
struct MemberwiseInitializer {
    /// The initializer's text, with the access `package`.
    let text: String
    /// The values of properties that stand in the initializer instead, with their equals signs: they are computed only where
    /// no other is given.
    private(set) var moved: [InitializerClauseSyntax] = []

    /// - Returns: `nil` where the structure has one of its own, or a property does not tell its type.
    init?(of structure: StructDeclSyntax) {
        var parameters: [String] = []
        var assignments: [String] = []
        for member in structure.memberBlock.members {
            if member.decl.is(InitializerDeclSyntax.self) { return nil }
            if member.decl.is(IfConfigDeclSyntax.self) { return nil }
            guard let variable = member.decl.as(VariableDeclSyntax.self), variable.isStored, !variable.isOfType else {
                continue
            }
            guard variable.attributes.isEmpty, variable.modifiers.isEmpty else { return nil }
            let isConstant = variable.bindingSpecifier.tokenKind == .keyword(.let)
            for binding in variable.bindings {
                if isConstant && binding.initializer != nil { continue }
                guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text,
                    let type = binding.typeAnnotation?.type
                else { return nil }
                let value = binding.initializer?.value.trimmedDescription
                // A literal may be made twice.
                if let initializer = binding.initializer, !initializer.value.isLiteral { moved.append(initializer) }
                let escaping = type.is(FunctionTypeSyntax.self) ? "@escaping " : ""
                let standard = value ?? (type.is(OptionalTypeSyntax.self) ? "nil" : nil)
                parameters.append("\(name): \(escaping)\(type.trimmedDescription)\(standard.map { " = \($0)" } ?? "")")
                assignments.append("self.\(name) = \(name)")
            }
        }
        text = "package init(\(parameters.joined(separator: ", "))) { \(assignments.joined(separator: "; ")) }"
    }
}

extension VariableDeclSyntax {
    /// Whether it belongs to the type rather than to its values.
    var isOfType: Bool { modifiers.contains { ["static", "class"].contains($0.name.text) } }
}

extension ExprSyntax {
    fileprivate var isLiteral: Bool {
        [.integerLiteralExpr, .floatLiteralExpr, .booleanLiteralExpr, .nilLiteralExpr].contains(kind)
    }
}

/// Protocols that ask for an initializer, which may be one that Swift writes.
struct InitializingProtocols {
    private(set) var names: Set<String>

    /// - Parameter earlier: the protocols of earlier cells that do.
    init(_ declarations: [DeclSyntax], earlier: Set<String>) {
        names = earlier.union([
            "OptionSet", "RawRepresentable", "SetAlgebra", "LosslessStringConvertible", "StringInterpolationProtocol",
            "ExpressibleByIntegerLiteral", "ExpressibleByFloatLiteral", "ExpressibleByStringLiteral",
            "ExpressibleByBooleanLiteral", "ExpressibleByArrayLiteral", "ExpressibleByDictionaryLiteral",
        ])
        for case let item in declarations.compactMap({ $0.as(ProtocolDeclSyntax.self) }) {
            let asks = item.memberBlock.members.contains { $0.decl.is(InitializerDeclSyntax.self) }
            if asks || names.containsAny(of: item.inheritanceClause) { names.insert(item.name.text) }
        }
    }

    /// The structures among `declarations` that conform to one of them, and have no initializer of their own.
    func structures(in declarations: [DeclSyntax]) -> [StructDeclSyntax] {
        let extended = declarations.compactMap { $0.as(ExtensionDeclSyntax.self) }.filter {
            names.containsAny(of: $0.inheritanceClause)
        }.compactMap { $0.extendedType.lastToken(viewMode: .sourceAccurate)?.text }
        return declarations.compactMap { $0.as(StructDeclSyntax.self) }.filter { type in
            (names.containsAny(of: type.inheritanceClause) || extended.contains(type.name.text))
                && type.inheritanceClause?.inheritedTypes.contains { $0.type.is(SuppressedTypeSyntax.self) } != true
        }
    }
}

extension Set<String> {
    fileprivate func containsAny(of clause: InheritanceClauseSyntax?) -> Bool {
        clause?.inheritedTypes.contains { contains($0.type.trimmedDescription) } == true
    }
}

/// The initializer without parameters that Swift gives to a class, written out.
///
/// Swift writes it as visible to the module only; an override of it would be lost like that of any other member
/// (``AccessRewriter``).
enum ImplicitInitializer {
    static let text = "package init() {}"

    /// Whether Swift gives `type` one, as far as can be told: a class that inherits may have another's.
    static func isGiven(to type: ClassDeclSyntax) -> Bool {
        guard type.inheritanceClause == nil, !type.modifiers.contains(where: { $0.name.text == "final" }) else {
            return false
        }
        return type.memberBlock.members.allSatisfy { member in
            switch member.decl.kind {
            case .ifConfigDecl, .macroExpansionDecl: false
            case .initializerDecl:
                member.decl.cast(InitializerDeclSyntax.self).modifiers.contains { $0.name.text == "convenience" }
            case .variableDecl: member.decl.cast(VariableDeclSyntax.self).hasValue
            default: true
            }
        }
    }
}

extension VariableDeclSyntax {
    /// Whether it is computed, or begins with a value.
    fileprivate var hasValue: Bool {
        if !isStored || isOfType { return true }
        let isVariable = bindingSpecifier.tokenKind == .keyword(.var)
        return bindings.allSatisfy { binding in
            binding.initializer != nil
                || isVariable && attributes.isEmpty && binding.typeAnnotation?.type.isOptional == true
        }
    }
}
