import CellSyntax
import Notebook

/// What the cells before a cell have declared. As in one file, a name stands for one thing in a whole notebook.
struct DeclaredNames {
    private var declarations: [(declaration: Declaration, cell: Int)] = []
    private let constants: Set<String>

    /// - Parameter constants: the names of the notebook's constants.
    init(constants: [String]) { self.constants = Set(constants) }

    /// What `cell` declares that is declared already: each time an error in its own lines, and a note at the first.
    func problems(_ new: [Declaration]) -> [Diagnostic] {
        new.flatMap { declaration -> [Diagnostic] in
            let name = declaration.name
            if constants.contains(name) {
                let message =
                    "`\(name)` is a constant of this notebook"
                    + (name == NotebookConstants.editionName ? ", its edition" : ", a parameter in its front matter")
                    + "; choose another name"
                return [Diagnostic(.error, at: declaration.position, message)]
            }
            guard let (first, cell) = declarations.first(where: { $0.declaration.conflicts(with: declaration) }) else {
                return []
            }
            let message =
                "`\(name)` is declared already, in cell \(cell): the cells of a notebook are one program; "
                + "choose another name"
            return [
                Diagnostic(.error, at: declaration.position, message),
                Diagnostic(.note, at: first.position, "`\(first.name)` is declared here first", cell: cell),
            ]
        }
    }

    mutating func add(_ new: [Declaration], of cell: Int) { declarations += new.map { ($0, cell) } }
}
