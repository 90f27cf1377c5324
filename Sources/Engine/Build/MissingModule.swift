import Notebook

/// An import that found no module.
struct MissingModule {
    private let name: String
    private let position: SourcePosition

    /// - Returns: `nil` where the error is another.
    init?(_ error: Diagnostic) {
        guard let match = error.message.wholeMatch(of: /no such module '(.+)'/) else { return nil }
        (name, position) = (String(match.1), error.position)
    }

    /// Says which module was meant, or how a cell comes to one.
    ///
    /// - Parameter known: the names of the modules that the cell can import.
    func note(among known: [String]) -> Diagnostic {
        let near = nearestName(to: name, in: known).map { "did you mean `\($0)`?" }
        return Diagnostic(
            .note, at: position,
            near
                ?? "`packages` in Notebooks/book.yml names the packages that cells import from, and the folders of `Sources` are "
                + "modules of the book's own")
    }
}
