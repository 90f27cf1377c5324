extension Notebook {
    /// A diagnostic of `cell`'s record, placed in the notebook's own lines.
    public func placed(_ diagnostic: Diagnostic, of cell: Cell) -> Diagnostic {
        let place = diagnostic.cell.flatMap { number in cells.first { $0.number == number } } ?? cell
        return place.placed(diagnostic)
    }
}

extension Notebook {
    /// Where a line lies: the file as messages name it, and the line there.
    public func place(ofLine line: Int) -> (path: String, line: Int) {
        guard origins.indices.contains(line - 1) else { return (path, line) }
        let origin = origins[line - 1]
        return (origin.file.map(path(ofIncluded:)) ?? path, origin.line)
    }

    /// The files that it includes, as messages name them.
    public var includedPaths: [String] {
        var names: [String] = []
        for case let name? in origins.map(\.file) where names.last != name { names.append(name) }
        return Set(names).sorted().map(path(ofIncluded:))
    }

    /// The diagnostic at its place in the file that it is about.
    public func located(_ diagnostic: Diagnostic) -> Diagnostic {
        var located = diagnostic
        if let file = diagnostic.file {
            if !file.contains("/") { located.file = path(ofIncluded: file) }
        } else {
            let (file, line) = place(ofLine: diagnostic.position.line)
            located.position.line = line
            if file != path { located.file = file }
        }
        return located
    }

    private func path(ofIncluded name: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast().map { $0 + "/" }.joined() + name
    }
}

extension NotebookError {
    /// What is wrong with `notebook`, each at its place in the file that it is about.
    public init(_ notebook: Notebook, _ diagnostics: [Diagnostic]) {
        self.init(path: notebook.path, diagnostics: diagnostics.map(notebook.located))
    }
}
