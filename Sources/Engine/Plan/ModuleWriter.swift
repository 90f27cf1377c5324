import CellSyntax
import Notebook

/// Writes a notebook's cells as modules that together mean what the cells mean as one file.
///
/// Each module hands on the one before it, and the first hands on the libraries. So a name that a cell declares hides
/// the same name of a library from all cells after it, as in one file. What a cell declares without saying `public` can
/// be seen only in modules that are imported by name for testing; for that alone, each module declares a marker.
struct ModuleWriter {
    /// The source of the first module: the notebook's constants.
    let constants: String
    private let program: ProgramShape
    private var before: [(cell: Int, privateMembers: [String: PrivateMembers])] = []
    private var declarations = EarlierDeclarations(imports: ["import Foundation", "import KDBook"])
    private var names: DeclaredNames
    private var namesInlineArray = false
    private var unset: [UnsetVariable] = []
    private var settled: Set<String> = []
    private var lines = 0

    init(parameters: [Parameter], edition: String, program: ProgramShape) {
        let lines = NotebookConstants.source(edition: edition, parameters: parameters).split(separator: "\n")
        constants =
            (["@_exported import Foundation", "@_exported import KDBook"]
            // Later cells see which constants there are, not their values: another value compiles no cell again.
            + CellSupport.ownStatements + lines.map { "nonisolated(unsafe) public \($0)" })
            .joined(separator: "\n") + "\n"
        names = DeclaredNames(constants: [NotebookConstants.editionName] + parameters.map(\.name))
        self.program = program
    }

    static func module(ofCell number: Int) -> String { "Cell\(number)" }

    private static func marker(ofCell number: Int) -> String { "_Cell\(number)" }

    /// The next cell's module, and what is wrong with the cell as a part of the notebook.
    mutating func add(_ cell: Cell) -> WrittenModule {
        let syntax = CellSource(cell.code)
        let named = syntax.declarations
        let values = FirstValues(syntax, unset: unset, settled: settled)
        let module = syntax.module(in: context(of: cell, values))
        let problems = names.problems(named) + values.problems + module.problems
        let source = """
            \(prelude(for: syntax))
            \(CellSupport.ownStatements.joined(separator: "\n"))
            enum \(ModuleWriter.marker(ofCell: cell.number)) {}
            \(module.text)
            """
        let linesBefore = lines
        let flags = flags(for: syntax)
        // What is to fail leaves nothing behind.
        if !cell.options.error {
            names.add(named, of: cell.number)
            before.append((cell.number, syntax.privateMembers))
            declarations = module.declarations
            namesInlineArray = namesInlineArray || syntax.namesInlineArray
            unset = values.unset
            settled = values.settled
            if program.countsLines { lines += syntax.lineCount }
        }
        return WrittenModule(
            source: source, flags: flags, problems: problems,
            places: SourceMap(linesBefore: linesBefore, displacements: module.displacements))
    }

    /// What the compiler is told for a cell, and for it alone. A type that holds an inline array can be used by any later cell,
    /// whatever its name.
    func flags(for syntax: CellSource) -> [String] {
        namesInlineArray || syntax.namesInlineArray ? Installation.flagsOfInlineArrays : []
    }

    private func context(of cell: Cell, _ values: FirstValues) -> ProgramContext {
        var context = ProgramContext(file: CompilationUnit.fileName(ofUnit: cell.number))
        context.linesBefore = lines
        context.earlier = declarations
        context.unsetConstants = Set(values.unset.filter(\.isConstant).map(\.name))
        context.runsDeferred = program.cellThatRunsDeferred == cell.number
        return context
    }

    /// The imports by which a cell sees all that came before it.
    func prelude(for syntax: CellSource) -> String {
        guard let last = before.last else { return "@_exported import \(NotebookConstants.module)" }
        return before.map { cell, privateMembers in
            let module = ModuleWriter.module(ofCell: cell)
            let attribute =
                syntax.extensionsUse(privateMembers) ? "@_private(sourceFile: \"\(module).swift\")" : "@testable"
            return cell == last.cell
                ? "@_exported \(attribute) import \(module)"
                : "\(attribute) import enum \(module).\(ModuleWriter.marker(ofCell: cell))"
        }.joined(separator: "\n")
    }
}

/// What the cells of a notebook are as one program.
struct ProgramShape {
    /// Whether a cell asks for the number of a line, which then counts from the program's first.
    let countsLines: Bool
    /// The cell at whose end is done what cells deferred to the program's end; `nil` where none did.
    let cellThatRunsDeferred: Int?

    init(_ cells: [Cell]) {
        let run = cells.filter { $0.options.eval && !$0.options.error }
        // Most notebooks have neither word in them, and need not be read for it.
        countsLines = run.contains { $0.code.contains("#line") && CellSource($0.code).asksForLines }
        let defers = run.contains { $0.code.contains("defer") && CellSource($0.code).defersAtTop }
        cellThatRunsDeferred = defers ? run.last?.number : nil
    }
}

/// A cell's module.
struct WrittenModule {
    let source: String
    /// What the compiler is told for it alone.
    let flags: [String]
    /// In the cell's own lines.
    let problems: [Diagnostic]
    let places: SourceMap
}
