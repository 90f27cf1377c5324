import CellSyntax
public import Notebook

/// A notebook as one Swift program: its imports, its constants, and the cells that are run, in order.
///
/// Cells that are to fail are left out. The last expression of each cell is shown as on its page.
public func tangled(_ notebook: Notebook, edition: String) -> String {
    var imports = ["import Foundation", "import KDBook"]
    var body: [String] = []
    func addValues(behind number: Int) {
        for value in notebook.inlineValues where value.cellsAbove == number {
            body.append("// \(notebook.path):\(value.position.line) in the text\nshow(\(value.expression))\n")
        }
    }
    addValues(behind: 0)
    for cell in notebook.cells {
        defer { addValues(behind: cell.number) }
        guard cell.options.eval && !cell.options.error else { continue }
        let source = CellSource(cell.code)
        for name in source.imports where !imports.contains(name) { imports.append(name) }
        body.append("// \(notebook.path):\(cell.codeLine) \(cell.title)\n" + source.withoutImports(showing: "show"))
    }
    let version = notebook.frontMatter.editions[edition]
    let parameters = notebook.frontMatter.parameters.map { parameter in
        version?.parameters.first { $0.name == parameter.name } ?? parameter
    }
    return imports.joined(separator: "\n") + "\n\n" + Plan.constants(edition: edition, parameters: parameters) + "\n"
        + body.joined(separator: "\n")
}
