import CellSyntax
import Notebook

/// Where the compiler's places in a module lie in the cell's own text.
struct SourceMap: Equatable, Sendable {
    /// How many lines the compiler counts before the cell's first.
    var linesBefore = 0
    var displacements: [Displacement] = []

    /// The place in the cell of what the compiler finds at `line` and `column`.
    func position(line: Int, column: Int) -> SourcePosition {
        SourcePosition(
            line: max(1, line - linesBefore - CellSource.firstLine + 1),
            column: max(1, displacements.ownColumn(of: column, line: line)))
    }
}
