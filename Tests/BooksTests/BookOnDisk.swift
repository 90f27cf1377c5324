import Foundation
import Notebook
import Publishing

@testable import Books
@testable import Engine

/// A book in a folder of its own, with an installation that can plan runs but carry out none: what is tested is what is
/// written beside a page, and what is made of it later.
final class BookOnDisk {
    let book: Book
    private var installation: Installation
    private var isSandboxed = true
    private var settings: [String: String] = [:]
    private let folder: URL

    init(_ files: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("kdbook-books-\(UUID().uuidString)")
        book = Book(root: folder.appendingPathComponent("book").path)
        let runtime = RootedPath(root: folder.path) / "installation/lib/kdbook"
        for name in ["runtime.sha256", "engine.sha256", "tool.sha256", "cflags"] {
            try (runtime / name).write(Array(name.utf8))
        }
        try book.folder.createFolder()
        installation = try Installation(prefix: folder.path + "/installation", cache: book.store)
        for (path, text) in files { try write(text, to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to path: String) throws { try (book.folder / path).write(Array(text.utf8)) }

    func remove(_ path: String) { (book.folder / path).removeFile() }

    func replaceTool() { installation.toolDigest = "another" }

    func replaceEngine() { installation.engineDigest = "another" }

    func leaveSandbox() { isSandboxed = false }

    func set(_ parameter: String, to value: String) { settings[parameter] = value }

    /// As a command that begins now would see the book.
    var renderer: BookRenderer {
        BookRenderer(
            book: book, installation: installation, output: book.output, edition: BookRenderer.defaultEdition,
            settings: settings, references: BookReferences(of: book), force: false, isSandboxed: isSandboxed)
    }

    /// The notebooks as they are now.
    func sources() -> [NotebookSource] { book.notebookPaths.map { NotebookSource($0, renderer: renderer) } }

    /// Writes the pages of notebooks without cells: nothing has to be run for them.
    func writePages() throws {
        let renderer = renderer
        try renderer.store.prepare()
        let sources = sources()
        for source in sources {
            let notebook = source.parsed().notebook
            let plan = try Plan(
                notebook, edition: renderer.edition, settings: settings, book: book, installation: installation,
                sandbox: renderer.sandbox(of: source.name))
            let record = Record(
                notebook: notebook.name, edition: renderer.edition, parameters: [:], inputs: plan.inputs, cells: [])
            let page = NotebookRenderer(
                book: renderer, source: source, outline: sources.map(\.outline),
                share: try ThreadShare(in: renderer.store.workshop))
            let attached = AttachedFiles(of: notebook, in: book)
            try PageFolder(of: page, notebook, plan: plan, record: record, attached: attached).write()
        }
    }

    /// The names of the notebooks whose pages are what rendering would write again.
    func upToDate() -> Set<String> {
        let (renderer, sources) = (renderer, sources())
        let outline = PageState.digest(of: sources.map(\.outline))
        return Set(sources.filter { $0.isUpToDate(outline: outline, renderer: renderer) }.map(\.name))
    }
}
