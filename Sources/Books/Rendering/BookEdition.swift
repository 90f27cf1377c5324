import Comparison
package import Engine
package import Notebook
package import Publishing

/// An edition of a book, with the values that are given to its parameters.
package struct BookEdition {
    package let book: Book
    package let installation: Installation
    package let name: String
    package let settings: [String: String]
    let references: BookReferences
    package let bibliography: Bibliography
    /// `nil` where the book has no file of claims.
    package let claims: BookClaims?

    package var store: Store { Store(book) }

    /// - Throws: `UsageError` where the book has no such edition or no such parameter.
    package init(_ name: String, of book: Book, settings: [String: String], installation: Installation) throws {
        self.book = book
        self.installation = installation
        self.name = name
        self.settings = settings
        references = BookReferences(of: book)
        (bibliography, claims) = try references.read()
        try checkRequest(
            edition: name, settings: settings,
            matters: book.notebookPaths.compactMap { path in
                guard let text = try? book.notebookText(path) else { return nil }
                return Notebook.parsed(text, name: Book.name(of: path), path: path).notebook.frontMatter
            })
    }

    /// Where the published pages will stand; `nil` where nobody says.
    package var address: String? { get throws { try references.frame().address } }

    /// All that a run of the notebook at `path` depends on.
    ///
    /// - Parameter fresh: what notebooks have written that were run just now, by their names.
    package func plan(_ path: String, fresh: [String: [Record.Output]] = [:]) throws -> Plan {
        let text = try book.notebookText(path)
        let notebook = try Notebook(parsing: text, name: Book.name(of: path), path: path)
        let folder = book.output / PagesFolder.name(edition: name, settings: settings)
        return try Plan(
            notebook, edition: name, settings: settings, book: book, installation: installation,
            others: OtherOutputs(of: folder, store: store, fresh: fresh))
    }

    /// The record that is kept of a run of `plan`, where there is one and it is as the notebook expects.
    package func record(of plan: Plan) -> Record? {
        store.record(for: plan).map { judged($0, of: plan.notebook) }?.unlessFailed
    }

    /// A record with what is wrong with it beyond its run: outputs that are not as expected, claims that nobody knows.
    func judged(_ record: Record, of notebook: Notebook) -> Record {
        record.judged(by: notebook).checkingClaims(of: notebook, known: claims)
    }

    /// The book's notebooks, as pages refer to them.
    package func outline() throws -> [OutlineEntry] {
        let renderer = try renderer(force: false)
        return book.notebookPaths.map { NotebookSource($0, renderer: renderer).outline }
    }

    /// The same with pages that will stand at `address`, whatever the book's file says.
    package func standing(at address: String) -> BookEdition {
        BookEdition(self, references: BookReferences(of: book, standingAt: address))
    }

    private init(_ other: BookEdition, references: BookReferences) {
        (book, installation, name, settings) = (other.book, other.installation, other.name, other.settings)
        (bibliography, claims) = (other.bibliography, other.claims)
        self.references = references
    }

    package func renderer(force: Bool) throws -> BookRenderer {
        BookRenderer(
            book: book, installation: installation, output: book.output, edition: name, settings: settings,
            references: references, force: force)
    }

    /// Brings the page of the notebook at `path` up to date.
    ///
    /// - Parameter force: whether it is run even where nothing has changed.
    /// - Throws: `NotebookFailed` where the notebook fails, among others.
    package func render(_ path: String, force: Bool) async throws {
        let renderer = try renderer(force: force)
        let sources = book.notebookPaths.map { NotebookSource($0, renderer: renderer) }
        let outline = PageState.digest(of: sources.map(\.outline))
        let isUpToDate = sources.contains { $0.path == path && $0.isUpToDate(outline: outline, renderer: renderer) }
        if isUpToDate && !force { return }
        if try await renderer.render([path], wholeBook: false) { throw NotebookFailed() }
    }
}

extension Record {
    fileprivate var unlessFailed: Record? { failed ? nil : self }
}
