import Foundation
public import Notebook

// The files of a book, for reading.
extension Book {
    /// What stands at `path`, from the book's folder: itself, or what it is a link to.
    ///
    /// - Throws: where a link leads out of the book, or to nothing.
    public func resolved(_ path: String) throws(EngineError) -> RootedPath {
        let place = folder / path
        guard place.isBehindLink else { return place }
        guard let target = Book.realPath(place.path), let real = Book.realPath(root) else {
            throw EngineError(.read, file: path, cause: "it is, or lies behind, a link to nothing")
        }
        guard target.hasPrefix(real == "/" ? real : real + "/") else {
            throw EngineError(
                .read, file: path,
                cause: "a link leads out of the book: put a copy of what it stands for in its place "
                    + "(`permissions` in \(Book.notebookFolder)/\(BookConfiguration.fileName) let cells read other files)"
            )
        }
        return RootedPath(root: real) / target.dropFirst(real.count)
    }

    /// Does `body` with the file at `path`, from the book's folder, or with what it is a link to.
    func withFile<Result>(
        _ path: String, _ body: (RootedPath) throws(EngineError) -> Result
    ) throws(EngineError) -> Result {
        do {
            return try body(folder / path)
        } catch {
            // To look for links first would take as long as to read most files.
            let target = try resolved(path)
            guard target != folder / path else { throw error }
            return try body(target)
        }
    }

    /// The text of a notebook, with what it includes.
    ///
    /// - Parameter path: from the book's folder.
    /// - Throws: where it cannot be read, or its name can be no page's.
    public func notebookText(_ path: String) throws(EngineError) -> NotebookText {
        guard PageName.isValid(Book.name(of: path)) else {
            throw EngineError(.read, file: path, cause: "its name is none for a notebook: rename it; \(PageName.rule)")
        }
        do {
            let own = try withFile(path) { (file) throws(EngineError) in try Book.boundedText(of: file) }
            return NotebookText(own, including: included)
        } catch {
            throw EngineError(error.phase, file: path, cause: error.cause)
        }
    }

    /// The text of a file that notebooks include.
    private func included(_ name: String) -> Result<String, IncludeProblem> {
        do throws(EngineError) {
            guard let text = try text(of: "\(Book.notebookFolder)/\(name)") else {
                return .failure(IncludeProblem("there is no such file beside the notebook"))
            }
            return .success(text)
        } catch {
            return .failure(IncludeProblem("it \(error.phase.rawValue): \(error.cause)"))
        }
    }

    /// A file of the book that is to stand beside a page.
    ///
    /// - Parameter path: from the book's folder.
    public func attachment(_ path: String) throws(EngineError) -> [UInt8] {
        let first = path.prefix { $0 != "/" }
        guard first != "Output" else {
            throw EngineError(.read, file: path, cause: "what the tool writes is no file of the book's")
        }
        return try withFile(path) { (file) throws(EngineError) in
            if let size = file.status?.size, size > Book.largestAttachment {
                throw EngineError(
                    .read, file: path,
                    cause: "it has \(size.asBytes), and a file beside a page may have \(Book.largestAttachment.asBytes)"
                )
            }
            return try file.read()
        }
    }

    private static let largestAttachment = 50_000_000

    /// What the user means by an absolute path: on the way below the book's folder no link is followed.
    public func place(named path: String) -> RootedPath {
        guard path.hasPrefix(root + "/"), !path.split(separator: "/").contains("..") else {
            return RootedPath(root: path)
        }
        return folder / path.dropFirst(root.count).split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// As a notebook's inputs would name the place at `path`; of one elsewhere, the whole path.
    public func pathInBook(of path: String) -> String {
        path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
    }

    /// The text of one of the book's own files; `nil` where there is none.
    func text(of path: String) throws(EngineError) -> String? {
        let file = try resolved(path)
        return file.exists ? try Book.boundedText(of: file) : nil
    }

    /// The most bytes that a file of text may have: more is no text that people write.
    private static let longestText = 10_000_000

    private static func boundedText(of file: RootedPath) throws(EngineError) -> String {
        if let size = file.status?.size, size > longestText {
            throw EngineError(
                .read, file: file.path,
                cause: "it has \(size.asBytes), and may have \(longestText.asBytes); split it, "
                    + "or put what is no text into files that cells read as `inputs`")
        }
        return try file.readText()
    }

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
