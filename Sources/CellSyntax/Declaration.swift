public import Notebook
import SwiftSyntax

/// A name that a cell declares at its top, or in a type or an extension there: all that a later cell could declare again.
public struct Declaration: Sendable {
    /// What tells declarations of the same name apart.
    fileprivate enum Kind: Hashable {
        case variable
        case type
        /// The types that it takes and gives, as they are written.
        case function(signature: String, takesNothing: Bool)
        /// An operator or a precedence group: names of their own kind.
        case other(String)
    }

    /// The name as Swift writes it: `f(_:)`, `Point.area`.
    public let name: String
    /// The place of the declared name in the cell.
    public let position: SourcePosition
    /// The lines of the cell it stands on.
    public let lines: ClosedRange<Int>
    fileprivate let kind: Kind
    /// The type it belongs to, with what distinguishes an extension, and the name without labels.
    fileprivate let place: String

    /// Whether it is `name`, with or without its labels.
    public func isCalled(_ name: String) -> Bool {
        self.name == name || self.name.prefix { $0 != "(" } == name
    }

    /// Whether `name` is its name, or the last part of it, without a function's labels.
    public func endsIn(_ name: String) -> Bool {
        self.name.prefix { $0 != "(" }.split(separator: ".").last.map { $0 == name } ?? false
    }

    /// Whether Swift has no room for both in one file.
    public func conflicts(with other: Declaration) -> Bool {
        guard place == other.place else { return false }
        switch (kind, other.kind) {
        case (.function(let one, _), .function(let two, _)): return one == two
        case (.function(_, let takesNothing), .variable), (.variable, .function(_, let takesNothing)):
            return takesNothing
        case (.other(let one), .other(let two)): return one == two
        case (.other, _), (_, .other): return false
        default: return true
        }
    }
}

extension CellSource {
    /// What the cell declares for the cells after it, in the order it stands there.
    public var declarations: [Declaration] {
        var reader = DeclarationReader(SourceLocationConverter(fileName: "", tree: tree))
        for item in tree.statements { if let item = item.item.as(DeclSyntax.self) { reader.read(item, in: Scope()) } }
        return reader.found
    }

    /// What the cell names for itself only: by `guard` and `async let` at its top.
    public var namesOfItsOwn: Set<String> {
        var names: Set<String> = []
        for item in tree.statements {
            var patterns: [PatternSyntax] = []
            if let item = item.item.as(GuardStmtSyntax.self) {
                patterns = item.conditions.compactMap { $0.condition.as(OptionalBindingConditionSyntax.self)?.pattern }
                patterns += item.conditions.compactMap { $0.condition.as(MatchingPatternConditionSyntax.self)?.pattern }
            } else if let item = item.item.as(VariableDeclSyntax.self),
                item.modifiers.contains(where: { $0.name.text == "async" })
            {
                patterns = item.bindings.map(\.pattern)
            }
            for token in patterns.flatMap({ $0.tokens(viewMode: .sourceAccurate) }) {
                if token.parent?.is(IdentifierPatternSyntax.self) == true { names.insert(token.text) }
            }
        }
        return names
    }

    /// The function that the code at `position` belongs to, as Swift writes its name; `nil` at the cell's top.
    public func function(at position: SourcePosition) -> String? {
        let finder = FunctionFinder(position, SourceLocationConverter(fileName: "", tree: tree))
        finder.walk(tree)
        return finder.found
    }
}

/// Where a declaration stands: the type's name, and what an extension asks of the type's parameters.
private struct Scope {
    var type = ""
    var conditions = ""

    func inside(_ name: String, where clause: GenericWhereClauseSyntax? = nil) -> Scope {
        Scope(type: type.isEmpty ? name : "\(type).\(name)", conditions: conditions + (clause.map(written) ?? ""))
    }
}

/// Source without spaces and comments.
private func written(_ node: some SyntaxProtocol) -> String {
    node.tokens(viewMode: .sourceAccurate).map(\.text).joined(separator: " ")
}

private struct DeclarationReader {
    let places: SourceLocationConverter
    private(set) var found: [Declaration] = []

    init(_ places: SourceLocationConverter) { self.places = places }

    mutating func read(_ declaration: DeclSyntax, in scope: Scope) {
        if let group = declaration.asProtocol((any DeclGroupSyntax).self) {
            return read(group, of: declaration, in: scope)
        }
        switch declaration.kind {
        case .variableDecl: variable(declaration.cast(VariableDeclSyntax.self), scope)
        case .functionDecl:
            let function = declaration.cast(FunctionDeclSyntax.self)
            callable(
                declaration, function.name, function.signature, function.genericParameterClause,
                function.genericWhereClause, scope)
        case .initializerDecl:
            let function = declaration.cast(InitializerDeclSyntax.self)
            callable(
                declaration, function.initKeyword, function.signature, function.genericParameterClause,
                function.genericWhereClause, scope)
        case .typeAliasDecl:
            add(declaration, declaration.cast(TypeAliasDeclSyntax.self).name, .type, scope)
        case .enumCaseDecl:
            for element in declaration.cast(EnumCaseDeclSyntax.self).elements {
                add(declaration, element.name, .variable, scope, isStatic: true)
            }
        case .operatorDecl:
            let item = declaration.cast(OperatorDeclSyntax.self)
            add(declaration, item.name, .other("\(item.fixitySpecifier.text) operator"), scope)
        case .precedenceGroupDecl:
            add(declaration, declaration.cast(PrecedenceGroupDeclSyntax.self).name, .other("precedence group"), scope)
        case .ifConfigDecl:
            for clause in declaration.cast(IfConfigDeclSyntax.self).clauses {
                guard case .statements(let items)? = clause.elements else { continue }
                // One of them is compiled; which, the compiler knows.
                let before = found
                for item in items { if let item = item.item.as(DeclSyntax.self) { read(item, in: scope) } }
                if clause.poundKeyword.tokenKind != .poundIf { found = before }
            }
        default: break
        }
    }

    private mutating func read(_ group: any DeclGroupSyntax, of declaration: DeclSyntax, in scope: Scope) {
        var inner = scope
        if let item = declaration.as(ExtensionDeclSyntax.self) {
            inner = scope.inside(item.extendedType.trimmedDescription, where: item.genericWhereClause)
        } else if let named = declaration.asProtocol((any NamedDeclSyntax).self) {
            add(declaration, named.name, .type, scope)
            inner = scope.inside(named.name.text)
            // What a protocol asks for is given again by those that extend it.
            if declaration.is(ProtocolDeclSyntax.self) { return }
        }
        for member in group.memberBlock.members { read(member.decl, in: inner) }
    }

    private mutating func variable(_ declaration: VariableDeclSyntax, _ scope: Scope) {
        // `async let` names a task of its own cell.
        guard !declaration.modifiers.contains(where: { $0.name.text == "async" }) else { return }
        for binding in declaration.bindings {
            for token in binding.pattern.tokens(viewMode: .sourceAccurate) {
                guard case .identifier = token.tokenKind, token.parent?.is(IdentifierPatternSyntax.self) == true else {
                    continue
                }
                add(DeclSyntax(declaration), token, .variable, scope)
            }
        }
    }

    private mutating func callable(
        _ declaration: DeclSyntax, _ name: TokenSyntax, _ signature: FunctionSignatureSyntax,
        _ generics: GenericParameterClauseSyntax?, _ conditions: GenericWhereClauseSyntax?, _ scope: Scope
    ) {
        let parameters = signature.parameterClause.parameters
        let labels = parameters.map { "\($0.firstName.text):" }
        let types = zip(labels, parameters).map { "\($0)\(written($1.type))\($1.ellipsis?.text ?? "")" }
        let effects = signature.effectSpecifiers?.asyncSpecifier.map { _ in "async" } ?? ""
        let parts = [
            generics.map(written) ?? "", types.joined(separator: ","), effects,
            signature.returnClause.map { written($0.type) } ?? "", conditions.map(written) ?? "",
        ]
        add(
            declaration, name,
            .function(signature: parts.joined(separator: "|"), takesNothing: parameters.isEmpty), scope,
            suffix: "(\(labels.joined()))")
    }

    private mutating func add(
        _ declaration: DeclSyntax, _ name: TokenSyntax, _ kind: Declaration.Kind, _ scope: Scope, suffix: String = "",
        isStatic: Bool = false
    ) {
        let modifiers = declaration.asProtocol((any WithModifiersSyntax).self)?.modifiers.map(\.name.text) ?? []
        let isOfType = isStatic || modifiers.contains("static") || modifiers.contains("class")
        let plain = name.identifier?.name ?? name.text
        let place = places.location(for: name.positionAfterSkippingLeadingTrivia)
        let first = places.location(for: declaration.positionAfterSkippingLeadingTrivia).line
        let last = places.location(for: declaration.endPositionBeforeTrailingTrivia).line
        found.append(
            Declaration(
                name: scope.inside(plain).type + suffix,
                position: SourcePosition(line: place.line, column: place.column), lines: first...max(first, last),
                kind: kind,
                place: [scope.type, scope.conditions, isOfType ? "type" : "", plain].joined(separator: "\n")))
    }
}

/// Finds the innermost function around a place.
private final class FunctionFinder: SyntaxVisitor {
    private let position: SourcePosition
    private let places: SourceLocationConverter
    private(set) var found: String?

    init(_ position: SourcePosition, _ places: SourceLocationConverter) {
        self.position = position
        self.places = places
        super.init(viewMode: .sourceAccurate)
    }

    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
        enter(node, node.name.text, node.signature.parameterClause)
    }
    override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
        enter(node, "init", node.signature.parameterClause)
    }
    override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind {
        enter(node, "subscript", node.parameterClause)
    }
    override func visit(_ node: PatternBindingSyntax) -> SyntaxVisitorContinueKind {
        guard node.accessorBlock != nil else { return .visitChildren }
        return enter(node, node.pattern.trimmedDescription, nil)
    }

    private func enter(_ node: some SyntaxProtocol, _ name: String, _ parameters: FunctionParameterClauseSyntax?)
        -> SyntaxVisitorContinueKind
    {
        let start = places.location(for: node.positionAfterSkippingLeadingTrivia)
        let end = places.location(for: node.endPositionBeforeTrailingTrivia)
        let place = (position.line, position.column)
        guard (start.line, start.column) <= place, place < (end.line, end.column) else { return .skipChildren }
        let labels = parameters?.parameters.map { "\($0.firstName.text):" }.joined()
        found = name + (labels.map { "(\($0))" } ?? "")
        return .visitChildren
    }
}
