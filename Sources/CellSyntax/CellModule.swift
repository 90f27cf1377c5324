public import Notebook
import SwiftSyntax

/// What the rest of a notebook's program means for one of its cells.
public struct ProgramContext {
    /// The name that diagnostics will carry.
    public var file: String
    /// How many lines the cells before have; 0 where no cell asks for the number of a line.
    public var linesBefore = 0
    /// What earlier cells declare.
    public var earlier = EarlierDeclarations()
    /// The constants that a later cell gives their value.
    public var unsetConstants: Set<String> = []
    /// Whether this is the program's end, and an earlier cell or this one wants something done there.
    public var runsDeferred = false

    /// A cell without others before or behind it.
    public init(file: String) { self.file = file }
}

/// A cell's code as a module's.
public struct CellModule {
    /// The module's source.
    public let text: String
    /// What the compiler finds further to the right than it is.
    public let displacements: [Displacement]
    /// What is wrong with the cell as a part of the program, in its own lines.
    public let problems: [Diagnostic]
    /// What the cell declares, and those before it.
    public let declarations: EarlierDeclarations
}

/// The functions that a cell's module calls, under names that no author chooses.
public enum CellSupport {
    /// The C module whose function keeps a cell's statements to the cell's module; see `CStatements.h`.
    public static let statementsModule = "CStatements"
    /// Keeps a cell's statements to its module.
    public static let ownStatements = ["@_spiOnly import \(statementsModule)", "_kdbookStatements()"]
    static let show = "_kdbookShow"
    static let end = "_kdbookEndCell"
    static let atEnd = "_kdbookAtEnd"
    static let runDeferred = "_kdbookRunDeferred"
    static let caller = "_kdbookCaller"
    static let requireSendable = "_kdbookRequireSendable"
    /// The function that takes the value of an inline expression.
    public static let showInline = "_kdbookShowInline"
    /// The call that ends a cell which waits for something.
    public static let awaitEnd = "await \(end)()"
}

extension CellSource {
    /// The cell's code as a module's: what it means as part of one file, said so that it holds in a module of its own.
    ///
    /// Every token keeps its line, which counts from ``firstLine`` and the lines before, and its column but for what the
    /// result's displacements tell.
    ///
    /// - Declarations are visible in later cells, which are the rest of the same file (``AccessRewriter``).
    /// - Variables at the top can be used in functions: `nonisolated(unsafe)`, as no two cells run at a time. A constant that
    ///   gets its value in a later cell is a variable here (``FirstValues``).
    /// - What is imported, later cells see.
    /// - The last expression is handed to `show`. A cell that waits for something hands over to the kernel and never
    ///   returns from it: what Swift does behind the end of such code is to end the process.
    /// - What is deferred at the top waits for the notebook's last cell.
    /// - Places in the source are those of one file (``SourcePlaces``).
    public func module(in program: ProgramContext) -> CellModule {
        var edits = CellEdits(
            code: code, file: program.file, firstLine: CellSource.firstLine + program.linesBefore)
        // What does not parse is left as it is, for the compiler to say so.
        guard !tree.hasError else {
            return CellModule(
                text: edits.result.text, displacements: [], problems: [], declarations: program.earlier)
        }
        let earlier = program.earlier
        let access = AccessRewriter(
            tree, internals: earlier.internalWrappers, initializing: earlier.initializingProtocols)
        let implying = protocolsImplyingSendable(earlier.sendableProtocols)
        let sendable = statedSendable(of: earlier.types, implying: implying)
        write(access, to: &edits)
        writeImports(earlier.imports, to: &edits)
        writeVariables(program, to: &edits)
        writePlaces(program, to: &edits)
        for stated in sendable { edits.insert(stated.words, at: stated.offset) }
        writeDeferred(to: &edits)
        writeLastExpression(to: &edits)
        let (text, displacements) = edits.result
        let behind = sendable.flatMap { check(of: $0, program) } + ends(in: program)
        var declarations = earlier
        declarations.imports.formUnion(imports)
        declarations.internalWrappers = access.internals
        declarations.sendableProtocols = implying
        declarations.initializingProtocols = access.initializing.names
        declarations.types.merge(typesAtTop) { first, _ in first }
        return CellModule(
            text: text + (behind.isEmpty ? "" : "\n" + behind.joined(separator: "\n") + "\n"),
            displacements: displacements,
            problems: sendable.compactMap { stated in
                earlier.types[stated.type]?.obstacleToSendable.map { Diagnostic(.error, at: stated.position, $0) }
            },
            declarations: declarations)
    }

    /// The `defer` statements at the cell's top.
    private var deferred: [DeferStmtSyntax] { tree.statements.compactMap { $0.item.as(DeferStmtSyntax.self) } }

    /// Whether the cell wants something done at the program's end.
    public var defersAtTop: Bool { !deferred.isEmpty }

    /// How many lines the code has.
    public var lineCount: Int {
        code.utf8.count { $0 == UInt8(ascii: "\n") } + (code.utf8.last == UInt8(ascii: "\n") ? 0 : 1)
    }

    private func write(_ access: AccessRewriter, to edits: inout CellEdits) {
        for range in access.blanks { edits.blank(range) }
        for function in tree.functionsWithLocalTypes {
            // The optimiser of later cells would take in the function's body, whose types it cannot name.
            edits.put(
                "@_semantics(\"optimize.no.crossmodule\")",
                before: function.positionAfterSkippingLeadingTrivia.utf8Offset)
        }
        for (declaration, access) in access.grants {
            let first = declaration.firstTokenBehindAttributes
            let start = first.positionAfterSkippingLeadingTrivia.utf8Offset
            if first.id == declaration.firstToken(viewMode: .sourceAccurate)?.id {
                edits.put(access, before: start)
            } else if first.leadingTrivia.containsNewline,
                let attribute = first.previousToken(viewMode: .sourceAccurate)
            {
                edits.insert(" " + access, at: attribute.endPositionBeforeTrailingTrivia.utf8Offset)
            } else {
                edits.insert(access + " ", at: start)
            }
        }
        for (text, end) in access.initializers { edits.insert(text, at: end) }
    }

    private func writeImports(_ imported: Set<String>, to edits: inout CellEdits) {
        for case let item in tree.statements.compactMap({ $0.item.as(ImportDeclSyntax.self) }) {
            let start = item.positionAfterSkippingLeadingTrivia.utf8Offset
            if imported.contains(item.trimmedDescription) {
                // Once more by name, a library would be as near as the cells that hide some of its names.
                edits.blank(start..<item.endPositionBeforeTrailingTrivia.utf8Offset)
            } else if item.attributes.isEmpty {
                edits.put("@_exported", before: start)
            }
        }
    }

    private func writeVariables(_ program: ProgramContext, to edits: inout CellEdits) {
        let finder = SharedVariableFinder(viewMode: .sourceAccurate)
        finder.walk(tree)
        for variable in finder.found {
            let words = variable.isStored ? "nonisolated(unsafe)" : "nonisolated"
            edits.put(words, before: variable.positionAfterSkippingLeadingTrivia.utf8Offset)
        }
        for variable in tree.statements.declarations.compactMap({ $0.as(VariableDeclSyntax.self) }) {
            let names = variable.bindings.compactMap { $0.pattern.as(IdentifierPatternSyntax.self)?.identifier.text }
            guard variable.bindingSpecifier.tokenKind == .keyword(.let), !program.unsetConstants.isDisjoint(with: names)
            else { continue }
            let start = variable.bindingSpecifier.positionAfterSkippingLeadingTrivia.utf8Offset
            edits.replace(start..<start + "let".utf8.count, by: "var")
        }
    }

    private func writePlaces(_ program: ProgramContext, to edits: inout CellEdits) {
        let places = SourcePlaces(tree, linesBefore: program.linesBefore, caller: CellSupport.caller)
        for (range, words) in places.replacements { edits.replace(range, by: words) }
        for (offset, words) in places.prologues { edits.insert(words, at: offset) }
    }

    private func writeDeferred(to edits: inout CellEdits) {
        for deferred in deferred {
            let start = deferred.positionAfterSkippingLeadingTrivia.utf8Offset
            edits.blank(start..<deferred.deferKeyword.endPositionBeforeTrailingTrivia.utf8Offset)
            edits.put("\(CellSupport.atEnd)(", before: start)
            edits.put(")", behind: deferred.endPositionBeforeTrailingTrivia.utf8Offset)
        }
    }

    private func writeLastExpression(to edits: inout CellEdits) {
        guard let (expression, semicolon) = lastExpression else { return }
        // On a line of its own, as it will be, a semicolon is an error.
        if let semicolon { edits.blank(semicolon..<semicolon + 1) }
        edits.put("\(CellSupport.show)(", before: expression.positionAfterSkippingLeadingTrivia.utf8Offset)
        edits.put(")", behind: expression.endPositionBeforeTrailingTrivia.utf8Offset)
    }

    /// The calls that end the cell, behind the author's code.
    private func ends(in program: ProgramContext) -> [String] {
        let calls =
            (program.runsDeferred ? ["\(CellSupport.runDeferred)()"] : []) + (awaits ? [CellSupport.awaitEnd] : [])
        // No line of the author's: what the compiler says of it is for nobody.
        return calls.isEmpty ? [] : ["#sourceLocation(file: \"end\", line: 1)"] + calls
    }

    /// Code that Swift compiles only where the properties of the type are `Sendable`, too.
    private func check(of stated: StatedSendable, _ program: ProgramContext) -> [String] {
        guard !stated.hasConditions, let properties = program.earlier.types[stated.type]?.properties,
            !properties.isEmpty
        else { return [] }
        let line = CellSource.firstLine + program.linesBefore + stated.position.line - 1
        let calls = properties.map { "\(CellSupport.requireSendable)(self.\($0))" }
        return [
            "#sourceLocation(file: \"\(program.file)\", line: \(line))",
            "extension \(stated.type) { private func _checkSendable() { \(calls.joined(separator: "; ")) } }",
        ]
    }
}

extension DeclSyntax {
    fileprivate var firstTokenBehindAttributes: TokenSyntax {
        let first = firstToken(viewMode: .sourceAccurate)
        guard let attributes = asProtocol((any WithAttributesSyntax).self)?.attributes, !attributes.isEmpty,
            let token = attributes.lastToken(viewMode: .sourceAccurate)?.nextToken(viewMode: .sourceAccurate)
        else { return first ?? .endOfFileToken() }
        return token
    }
}

extension Trivia {
    fileprivate var containsNewline: Bool { contains { $0.isNewline } }
}
