import Console
import Engine
import Notebook

extension NotebookRun {
    /// Runs the cells and shows on the terminal how far they are.
    ///
    /// - Parameter compiled: told of each cell that was not in the store.
    func record(
        of notebook: Notebook, showing line: ProgressBoard.Line, compiled: @escaping @Sendable () -> Void = {}
    ) async throws(EngineError) -> Record {
        try await record(report: notebook.showing(line, compiled: compiled))
    }
}

extension Notebook {
    /// Shows on the terminal how far a run is.
    ///
    /// - Parameter compiled: told of each cell that was not in the store.
    func showing(
        _ line: ProgressBoard.Line, compiled: @escaping @Sendable () -> Void
    ) -> @Sendable (RunEvent) -> Void {
        let count = cells.count
        line.show("compiling")
        return { event in
            switch event {
            case .compiled(let cell): if cell != nil { compiled() }
            case .began(let cell): line.show("cell \(cell.number)/\(count) \(cell.options.label ?? "")")
            case .progress(let cell, let text):
                line.show("cell \(cell.number)/\(count) \(cell.options.label ?? "") \(text)")
            // Only where a part of an experiment is asked for does a notebook end before its end.
            case .halted, .noted, .shown, .ended: break
            }
        }
    }
}
