import Console
import Digest
package import Engine
import Foundation
import Notebook
import Publishing

/// Brings the pages of a book up to date.
package struct BookRenderer: Sendable {
    package static let defaultEdition = "default"

    let book: Book
    let installation: Installation
    /// The folder that holds a folder for each edition.
    let output: RootedPath
    package let edition: String
    package let settings: [String: String]
    let references: BookReferences
    let force: Bool
    /// How many notebooks run side by side.
    let jobs: Int
    /// Whether cells are held to what the book permits them.
    let isSandboxed: Bool
    /// Where experiments find the results of runs that are done, and keep those of others.
    let results: String?

    package init(
        book: Book, installation: Installation, output: RootedPath, edition: String, settings: [String: String],
        references: BookReferences, force: Bool, jobs: Int = 1, isSandboxed: Bool = true, results: String? = nil
    ) {
        self.book = book
        self.installation = installation
        self.output = output
        self.edition = edition
        self.settings = settings
        self.references = references
        self.force = force
        self.jobs = jobs
        self.isSandboxed = isSandboxed
        self.results = results
    }

    package var store: Store { Store(book) }
    /// Where the pages go.
    package var folder: RootedPath { output / PagesFolder.name(edition: edition, settings: settings) }
    /// Where it is kept what the pages in this output folder were made from.
    var stateFolder: RootedPath { book.store / "pages/\(SHA256Digest(of: folder.path.utf8).short)" }

    /// What the notebooks have written, by the records beside their pages.
    package var outputs: OtherOutputs { OtherOutputs(of: folder, store: store) }

    /// The same, with what the book's own files say now.
    func readAnew() -> BookRenderer {
        BookRenderer(
            book: book, installation: installation, output: output, edition: edition, settings: settings,
            references: BookReferences(of: book, standingAt: references.otherAddress), force: force, jobs: jobs,
            isSandboxed: isSandboxed, results: results)
    }

    /// What the cells of the notebook `name` can reach.
    func sandbox(of name: String) -> Sandbox {
        isSandboxed ? .on(references.permissions.granted(to: name)) : .off
    }
}
