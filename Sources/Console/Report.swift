package import Notebook

/// What is to be said of one notebook, in order, all in one go.
package struct Report: Sendable {
    enum Line: Hashable, Sendable {
        /// A result, for standard output.
        case result(String)
        /// Something that is wrong, for standard error.
        case complaint(String)
    }

    private(set) var lines: [Line] = []
    /// Whether the notebook did other than expected.
    package var failed = false
    /// Whether it is about a state of the notebook that has gone by.
    package var isSuperseded = false

    package init() {}

    /// Says a result. What cells gave may be in it, so that no control character gets to the terminal.
    package mutating func say(_ text: String) { lines.append(.result(text)) }
    package mutating func complain(_ text: String) { lines.append(.complaint(text)) }

    /// Tells what the compiler warned of and what went wrong in a run, at the notebook's lines.
    package mutating func tell(_ record: Record, of notebook: Notebook) {
        if record.failed { failed = true }
        for (value, result) in zip(notebook.inlineValues, record.values ?? []) {
            for diagnostic in result.diagnostics {
                complain(notebook.located(notebook.placed(diagnostic, of: value)).rendered(file: notebook.path))
            }
        }
        for (cell, result) in zip(notebook.cells, record.cells) where result.status == .failed || !cell.options.error {
            for diagnostic in result.diagnostics {
                complain(notebook.located(notebook.placed(diagnostic, of: cell)).rendered(file: notebook.path))
            }
        }
    }

    /// Tells what is wrong with a notebook's prose.
    package mutating func tell(_ problems: [Diagnostic], of notebook: Notebook) {
        for problem in problems { complain(notebook.located(problem).rendered(file: notebook.path)) }
        if problems.contains(where: { $0.severity == .error }) { failed = true }
    }

    /// Complains of what kept the notebook from its page.
    package mutating func fail(_ text: String) {
        complain(text)
        failed = true
    }
}
