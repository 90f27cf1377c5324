public import Notebook
import SwiftSyntax

/// A variable or constant of a cell's top that gets its first value later, maybe in another cell.
public struct UnsetVariable: Equatable, Sendable {
    /// The variable's name.
    public let name: String
    /// Whether it is declared with `let`.
    public let isConstant: Bool

    /// A variable without a value.
    public init(name: String, isConstant: Bool) {
        self.name = name
        self.isConstant = isConstant
    }
}

/// What becomes of variables without a value in a cell: Swift checks that within one file only.
public struct FirstValues: Sendable {
    /// The variables that still have none, in the order they were declared.
    public private(set) var unset: [UnsetVariable]
    /// The constants that have got theirs from a statement of their own.
    public private(set) var settled: Set<String>
    /// Where one is used before it has a value, and where a constant is given a second one.
    public private(set) var problems: [Diagnostic] = []
    private let places: SourceLocationConverter

    /// Follows the statements at a cell's top.
    ///
    /// - Parameters:
    ///   - unset: the variables of earlier cells that have no value yet.
    ///   - settled: the constants of earlier cells that have theirs from a statement of its own.
    public init(_ cell: CellSource, unset: [UnsetVariable], settled: Set<String>) {
        self.unset = unset
        self.settled = settled
        places = SourceLocationConverter(fileName: "", tree: cell.tree)
        let old = Set(unset.map(\.name))
        guard !cell.tree.hasError, !old.isEmpty || !settled.isEmpty || !cell.variablesWithoutValue.isEmpty else {
            return
        }
        self.unset += cell.variablesWithoutValue
        var flow = Flow(open: Set(self.unset.map(\.name)))
        walk(cell.tree.statements, &flow)
        // Within a cell the compiler checks by itself.
        let known = old.union(settled)
        problems = problems.filter { problem in known.contains { problem.message.hasPrefix("`\($0)` ") } }
        let constants = Set(self.unset.filter(\.isConstant).map(\.name))
        self.settled.formUnion(constants.subtracting(flow.open))
        self.unset.removeAll { !flow.open.contains($0.name) }
    }

    /// What is known at a place.
    private struct Flow {
        /// The variables that may have no value here.
        var open: Set<String>
        /// The names that stand for something else here.
        var hidden: Set<String> = []
        /// Whether no statement behind this place is reached.
        var ends = false
    }

    private mutating func walk(_ items: CodeBlockItemListSyntax, _ flow: inout Flow) {
        for item in items { walk(Syntax(item.item), &flow) }
    }

    /// Walks a block, in which names may be declared anew.
    private mutating func walk(_ block: CodeBlockSyntax, _ flow: inout Flow, hiding names: [String] = []) {
        let hidden = flow.hidden
        flow.hidden.formUnion(names)
        flow.hidden.formUnion(block.statements.flatMap { boundNames(in: Syntax($0.item), deep: false) })
        walk(block.statements, &flow)
        flow.hidden = hidden
    }

    private mutating func walk(_ node: Syntax, _ flow: inout Flow) {
        switch node.kind {
        case .expressionStmt: walk(Syntax(node.cast(ExpressionStmtSyntax.self).expression), &flow)
        case .ifExpr: walkIf(node.cast(IfExprSyntax.self), &flow)
        case .switchExpr: walkSwitch(node.cast(SwitchExprSyntax.self), &flow)
        case .doStmt: walkDo(node.cast(DoStmtSyntax.self), &flow)
        case .tryExpr: walk(Syntax(node.cast(TryExprSyntax.self).expression), &flow)
        case .awaitExpr: walk(Syntax(node.cast(AwaitExprSyntax.self).expression), &flow)
        case .sequenceExpr: walkSequence(node.cast(SequenceExprSyntax.self), &flow)
        case .repeatStmt:
            walk(node.cast(RepeatStmtSyntax.self).body, &flow)
            read(Syntax(node.cast(RepeatStmtSyntax.self).condition), flow)
        case .forStmt:
            let loop = node.cast(ForStmtSyntax.self)
            read(Syntax(loop.sequence), flow)
            var inner = flow
            walk(loop.body, &inner, hiding: boundNames(in: Syntax(loop.pattern), deep: true))
        case .whileStmt:
            read(Syntax(node.cast(WhileStmtSyntax.self).conditions), flow)
            var inner = flow
            walk(node.cast(WhileStmtSyntax.self).body, &inner)
        case .guardStmt: read(Syntax(node.cast(GuardStmtSyntax.self).conditions), flow)
        case .throwStmt, .returnStmt, .breakStmt, .continueStmt:
            read(node, flow)
            flow.ends = true
        case .structDecl, .classDecl, .enumDecl, .actorDecl, .protocolDecl, .extensionDecl, .typeAliasDecl: break
        default:
            read(node, flow)
            if let call = node.as(FunctionCallExprSyntax.self), call.neverReturns { flow.ends = true }
        }
    }

    private mutating func walkSequence(_ sequence: SequenceExprSyntax, _ flow: inout Flow) {
        let elements = Array(sequence.elements)
        guard elements.count > 2, elements[1].is(AssignmentExprSyntax.self) else {
            return read(Syntax(sequence), flow)
        }
        for element in elements.dropFirst(2) { read(Syntax(element), flow) }
        let targets = elements[0].as(TupleExprSyntax.self)?.elements.map(\.expression) ?? [elements[0]]
        for target in targets {
            guard let name = target.as(DeclReferenceExprSyntax.self)?.baseName.text, !flow.hidden.contains(name) else {
                read(Syntax(target), flow)
                continue
            }
            if settled.contains(name) { setTwice(name, at: target) }
            flow.open.remove(name)
        }
    }

    private mutating func walkIf(_ node: IfExprSyntax, _ flow: inout Flow) {
        read(Syntax(node.conditions), flow)
        var branches: [Flow] = [flow]
        walk(node.body, &branches[0], hiding: boundNames(in: Syntax(node.conditions), deep: true))
        branches.append(flow)
        if case .ifExpr(let other) = node.elseBody { walkIf(other, &branches[1]) }
        if case .codeBlock(let block) = node.elseBody { walk(block, &branches[1]) }
        join(branches, &flow)
    }

    private mutating func walkSwitch(_ node: SwitchExprSyntax, _ flow: inout Flow) {
        read(Syntax(node.subject), flow)
        var branches: [Flow] = []
        for case .switchCase(let item) in node.cases {
            var branch = flow
            branch.hidden.formUnion(boundNames(in: Syntax(item.label), deep: true))
            walk(item.statements, &branch)
            branch.hidden = flow.hidden
            branches.append(branch)
        }
        join(branches, &flow)
    }

    private mutating func walkDo(_ node: DoStmtSyntax, _ flow: inout Flow) {
        var branches: [Flow] = [flow]
        walk(node.body, &branches[0])
        for clause in node.catchClauses {
            var branch = flow
            walk(clause.body, &branch, hiding: ["error"] + boundNames(in: Syntax(clause.catchItems), deep: true))
            branches.append(branch)
        }
        join(branches, &flow)
    }

    /// A variable has a value where it has one on every way here.
    private func join(_ branches: [Flow], _ flow: inout Flow) {
        let arriving = branches.filter { !$0.ends }
        flow.ends = arriving.isEmpty
        flow.open = arriving.reduce(into: []) { $0.formUnion($1.open) }
    }

    /// Notes what `node` uses that has no value, and the constants that it sets.
    private mutating func read(_ node: Syntax, _ flow: Flow) {
        let finder = ReferenceFinder(flow.open.subtracting(flow.hidden), settled.subtracting(flow.hidden))
        finder.walk(node)
        for reference in finder.used {
            let message =
                "`\(reference.text)` is used before it has a value; a cell above must give it one"
            report(message, at: reference)
        }
        for reference in finder.set { setTwice(reference.text, at: reference) }
    }

    private mutating func setTwice(_ name: String, at node: some SyntaxProtocol) {
        report("`\(name)` is a constant that has its value already; `var` would let it get another", at: node)
    }

    private mutating func report(_ message: String, at node: some SyntaxProtocol) {
        let place = places.location(for: node.positionAfterSkippingLeadingTrivia)
        problems.append(Diagnostic(.error, at: SourcePosition(line: place.line, column: place.column), message))
    }

    /// The names that are bound in `node`.
    private func boundNames(in node: Syntax, deep: Bool) -> [String] {
        guard deep || node.is(VariableDeclSyntax.self) else { return [] }
        return node.tokens(viewMode: .sourceAccurate).filter {
            $0.parent?.is(IdentifierPatternSyntax.self) == true
        }.map(\.text)
    }
}

extension CellSource {
    /// The variables at the cell's top that are declared with a type and without a value.
    var variablesWithoutValue: [UnsetVariable] {
        tree.statements.declarations.compactMap { $0.as(VariableDeclSyntax.self) }.flatMap { variable in
            let isConstant = variable.bindingSpecifier.tokenKind == .keyword(.let)
            return variable.bindings.compactMap { binding -> UnsetVariable? in
                guard binding.initializer == nil, binding.accessorBlock == nil, variable.attributes.isEmpty,
                    variable.modifiers.allSatisfy({ $0.name.text != "lazy" && $0.name.text != "async" }),
                    let type = binding.typeAnnotation?.type, isConstant || !type.isOptional,
                    let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text
                else { return nil }
                return UnsetVariable(name: name, isConstant: isConstant)
            }
        }
    }
}

extension TypeSyntax {
    var isOptional: Bool {
        self.is(OptionalTypeSyntax.self) || self.is(ImplicitlyUnwrappedOptionalTypeSyntax.self)
            || self.as(IdentifierTypeSyntax.self)?.name.text == "Optional"
    }
}

extension FunctionCallExprSyntax {
    fileprivate var neverReturns: Bool {
        ["fatalError", "preconditionFailure", "exit", "abort"].contains(calledExpression.trimmedDescription)
    }
}

/// Finds uses of names, outside of types and of what names them anew.
private final class ReferenceFinder: SyntaxVisitor {
    private let open: Set<String>
    private let settled: Set<String>
    private(set) var used: [TokenSyntax] = []
    private(set) var set: [TokenSyntax] = []

    init(_ open: Set<String>, _ settled: Set<String>) {
        self.open = open
        self.settled = settled
        super.init(viewMode: .sourceAccurate)
    }

    override func visit(_ node: MemberBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { descend(Syntax(node)) }
    override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { descend(Syntax(node)) }

    /// A function that has parameters or variables of these names means those.
    private func descend(_ node: Syntax) -> SyntaxVisitorContinueKind {
        let names = open.union(settled)
        let declares = node.tokens(viewMode: .sourceAccurate).contains { token in
            guard names.contains(token.text), let parent = token.parent else { return false }
            return parent.is(IdentifierPatternSyntax.self) || parent.is(FunctionParameterSyntax.self)
                || parent.is(ClosureParameterSyntax.self) || parent.is(ClosureShorthandParameterSyntax.self)
                || parent.is(ClosureCaptureSyntax.self)
        }
        return declares ? .skipChildren : .visitChildren
    }

    override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
        let isMember = node.parent?.as(MemberAccessExprSyntax.self)?.declName.id == node.id
        guard !isMember else { return .skipChildren }
        if open.contains(node.baseName.text) { used.append(node.baseName) }
        if settled.contains(node.baseName.text) && node.isTarget { set.append(node.baseName) }
        return .skipChildren
    }
}

extension DeclReferenceExprSyntax {
    /// Whether it is assigned to.
    fileprivate var isTarget: Bool {
        if parent?.is(InOutExprSyntax.self) == true { return true }
        guard let elements = parent?.as(ExprListSyntax.self).map(Array.init), elements.count > 1,
            elements[0].id == id
        else { return false }
        let symbol = elements[1].as(BinaryOperatorExprSyntax.self)?.operator.text ?? ""
        return elements[1].is(AssignmentExprSyntax.self)
            || ["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="].contains(symbol)
    }
}
