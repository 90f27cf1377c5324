public import Notebook
import Foundation
import Wire

/// The folder of a book: its notebooks, its data, what it renders to.
public struct Book: Sendable {
    /// The book's folder, absolute.
    public let root: String

    /// A book in the absolute folder `root`; nothing is read.
    public init(root: String) { self.root = root }

    /// A path of the book, absolute.
    public func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : root + "/" + path }

    /// The book's folder as the root of paths that follow no link out of it.
    public var folder: RootedPath { RootedPath(root: root) }
    /// The folder of the notebooks.
    public static let notebookFolder = "Notebooks"
    /// What the tool keeps between runs; safe to delete.
    public var store: RootedPath { folder / ".kdbook" }
    /// Where pages go when nothing else is asked for.
    public var output: RootedPath { folder / "Output" }

    /// The book that `folder` lies in: the nearest folder upwards that has notebooks. No other book stands in for it.
    public static func containing(_ folder: String) throws(RequestError) -> Book {
        var root = folder
        while !Files.isFolder(root + "/" + notebookFolder) {
            let parent = (root as NSString).deletingLastPathComponent
            guard parent != root else {
                throw RequestError(
                    "kdbook",
                    cause: "\(folder) lies in no book: there is no folder `\(notebookFolder)` in it or above; "
                        + "`kdbook init` makes a book here")
            }
            root = parent
        }
        return Book(root: root)
    }

    /// What the book says of itself; nothing where it has no `book.yml`.
    public func configuration() throws -> BookConfiguration {
        let path = Book.notebookFolder + "/" + BookConfiguration.fileName
        guard let text = try text(of: path) else { return BookConfiguration() }
        let configuration = try BookConfiguration(parsing: text, path: path)
        let names = notebookPaths.map(Book.name(of:))
        let problems = configuration.permissions.problems(knowing: names) + configuration.problems(withPages: names)
        guard problems.isEmpty else { throw NotebookError(path: path, diagnostics: problems) }
        return configuration
    }

    /// What cells may, as far as the book's configuration can be read.
    public var permissions: BookPermissions { (try? configuration().permissions) ?? BookPermissions() }

    /// The works that the book cites; none where it has neither `references.bib` nor `references.json`.
    public func bibliography() throws -> Bibliography {
        for name in [Bibliography.fileName, Bibliography.jsonFileName] {
            let path = Book.notebookFolder + "/" + name
            if let text = try text(of: path) { return try Bibliography(parsing: text, path: path) }
        }
        return Bibliography()
    }

    /// The claims that the book is about; `nil` where it has no file of them.
    public func claims() throws -> BookClaims? {
        let path = Book.notebookFolder + "/" + BookClaims.fileName
        guard let text = try text(of: path) else { return nil }
        return try BookClaims(parsing: text, path: path)
    }

    /// The rules that the book laid down before its runs; none where it has no folder of them.
    public func rules() throws -> BookRules {
        let folder = try resolved(Preregistration.folder)
        var files: [String: [UInt8]] = [:]
        for name in folder.entries where name.hasSuffix(".json") && !name.hasPrefix(".") {
            let path = "\(Preregistration.folder)/\(name)"
            files[path] = try withFile(path) { (file) throws(EngineError) in try file.read() }
        }
        return try BookRules(parsing: files)
    }

    /// The SHA-256 of a file beside the notebooks; empty where there is none.
    public func digest(of file: String) -> String {
        (try? withFile(Book.notebookFolder + "/" + file) { (file) throws(EngineError) in try file.digest() })?
            .description ?? ""
    }

    /// The paths of all notebooks, relative to the root, in the order of their names.
    public var notebookPaths: [String] {
        ((try? resolved(Book.notebookFolder)) ?? folder / Book.notebookFolder).entries
            .filter {
                $0.hasSuffix(".md") && !$0.hasPrefix(".") && !$0.hasPrefix(NotebookText.prefix)
                    && Language.parts(of: Book.name(of: $0)) == nil
            }
            .map { Book.notebookFolder + "/" + $0 }
    }

    /// The notebook a user means by `word`: its path, its file's name, its name without the ending, or the
    /// beginning of its name where only one begins so.
    public func notebookPath(for word: String) throws(RequestError) -> String {
        let relative = word.hasPrefix(root + "/") ? String(word.dropFirst(root.count + 1)) : word
        let paths = notebookPaths
        let candidates = [relative, Book.notebookFolder + "/" + relative, Book.notebookFolder + "/" + relative + ".md"]
        if let path = candidates.first(where: paths.contains) { return path }
        let names = paths.map(Book.name(of:))
        let starting = paths.filter { Book.name(of: $0).hasPrefix(relative) }
        if !relative.isEmpty, starting.count == 1 { return starting[0] }
        if let misplaced = misplacedNotebooks.first(where: { candidates.contains($0) }) {
            throw Book.misplaced(misplaced)
        }
        let near = nearestName(to: Book.name(of: relative), in: names)
        throw RequestError(
            word,
            cause: "cannot be found: there is no such notebook"
                + (near.map { "; did you mean `\($0)`?" } ?? "; `kdbook list` names them"))
    }

    /// The paths of all notebooks, for a command that is about the whole book.
    ///
    /// - Throws: where a file looks like a notebook and would be passed over.
    public func wholeBook() throws(RequestError) -> [String] {
        if let path = misplacedNotebooks.first { throw Book.misplaced(path) }
        return notebookPaths
    }

    /// Markdown files in folders of the notebooks' folder, which are no notebooks; a folder may have a `README.md`.
    private var misplacedNotebooks: [String] {
        let folder = (try? resolved(Book.notebookFolder)) ?? folder / Book.notebookFolder
        func markdown(in folder: RootedPath, _ path: String) -> [String] {
            folder.contents.filter { !$0.name.hasPrefix(".") }.sorted { $0.name < $1.name }.flatMap { entry in
                let path = "\(path)/\(entry.name)"
                if entry.kind == .folder { return markdown(in: folder / entry.name, path) }
                return entry.name.hasSuffix(".md") && entry.name != "README.md" ? [path] : []
            }
        }
        let folders = folder.contents.filter { $0.kind == .folder && !$0.name.hasPrefix(".") }.map(\.name).sorted()
        return folders.flatMap { markdown(in: folder / $0, "\(Book.notebookFolder)/\($0)") }
    }

    private static func misplaced(_ path: String) -> RequestError {
        let place = "\(notebookFolder)/\((path as NSString).lastPathComponent)"
        return RequestError(
            path, cause: "a notebook lies in \(notebookFolder) itself, not in a folder of it; move it to \(place)")
    }

    /// A notebook's name: its file's without the ending.
    public static func name(of path: String) -> String {
        ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    }
}
