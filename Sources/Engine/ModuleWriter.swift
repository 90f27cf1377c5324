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
    private var before: [(cell: Int, syntax: CellSource)] = []
    private var imports: Set<String> = ["import Foundation", "import KDBook"]
    private var names: DeclaredNames

    init(parameters: [Parameter], edition: String) {
        let lines = Plan.constants(edition: edition, parameters: parameters).split(separator: "\n")
        constants =
            (["@_exported import Foundation", "@_exported import KDBook"]
            + lines.map { "nonisolated(unsafe) public \($0)" })
            .joined(separator: "\n") + "\n"
        names = DeclaredNames(constants: [Plan.editionName] + parameters.map(\.name))
    }

    static func module(ofCell number: Int) -> String { "Cell\(number)" }

    private static func marker(ofCell number: Int) -> String { "_Cell\(number)" }

    /// The source of the next cell's module, and what it declares that was declared before.
    mutating func add(_ cell: Cell) -> (source: String, problems: [Diagnostic]) {
        let syntax = CellSource(cell.code)
        let declarations = syntax.declarations
        let problems = names.problems(declarations)
        let body = syntax.module(
            file: CompilationUnit.fileName(ofUnit: cell.number), show: "KDBook.show", end: "KDBook.endCell",
            imported: imports)
        let source = """
            \(prelude(for: syntax))
            enum \(ModuleWriter.marker(ofCell: cell.number)) {}
            \(body)
            """
        // What is to fail leaves nothing behind.
        if !cell.options.error {
            names.add(declarations, of: cell.number)
            imports.formUnion(syntax.imports)
            before.append((cell.number, syntax))
        }
        return (source, problems)
    }

    /// The imports by which a cell sees all that came before it.
    func prelude(for syntax: CellSource) -> String {
        let extended = syntax.extendedTypes
        guard let last = before.last else { return "@_exported import \(Plan.parametersModule)" }
        return before.map { cell, earlier in
            let module = ModuleWriter.module(ofCell: cell)
            let sharesPrivate = !extended.isDisjoint(with: earlier.typesWithPrivateMembers)
            let attribute = sharesPrivate ? "@_private(sourceFile: \"\(module).swift\")" : "@testable"
            return cell == last.cell
                ? "@_exported \(attribute) import \(module)"
                : "\(attribute) import enum \(module).\(ModuleWriter.marker(ofCell: cell))"
        }.joined(separator: "\n")
    }
}
