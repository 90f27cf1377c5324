import Foundation
import Notebook

/// The versions that a book's packages were resolved to, in a file beside `book.yml` that belongs under version control.
struct PackageLock: Codable, Hashable, Sendable {
    /// A package, or one that it depends on.
    struct Pin: Codable, Hashable, Sendable {
        let identity: String
        let url: String
        let version: String
        let revision: String
        /// Stands for all files of that revision.
        let content: String
    }

    /// What `book.yml` asked for.
    let requested: [String]
    /// In the order of their identities.
    let pins: [Pin]

    static let path = Book.notebookFolder + "/packages.lock"

    /// The lock of a book; `nil` where it has none.
    static func read(in book: Book) throws(EngineError) -> PackageLock? {
        guard let text = try book.text(of: path) else { return nil }
        guard let lock = try? StableJSON.decode(PackageLock.self, from: Array(text.utf8)) else {
            throw EngineError(.read, file: path, cause: "it is no lock of packages; \(cure)")
        }
        return lock
    }

    static let cure = "`kdbook packages update` writes it anew"

    /// - Throws: where `book.yml` asks for something else than was resolved.
    func checkFits(_ packages: [BookPackage]) throws(EngineError) {
        if let package = packages.first(where: { !requested.contains($0.request) }) {
            throw package.error(.resolve, "\(PackageLock.path) was made for other packages; \(PackageLock.cure)")
        }
        guard requested.count == packages.count else {
            throw EngineError(
                .resolve, file: BookPackage.file,
                cause: "\(PackageLock.path) has packages that are not asked for any more; \(PackageLock.cure)")
        }
    }
}

extension BookPackage {
    static let file = Book.notebookFolder + "/" + BookConfiguration.fileName

    /// What is asked for, but for the products.
    var request: String {
        switch source {
        case .repository(let url, .exact(let version)): "\(url) exact \(version)"
        case .repository(let url, .from(let version)): "\(url) from \(version)"
        case .folder(let path): path
        }
    }

    /// An error at the package's place in `book.yml`.
    func error(_ phase: EngineError.Phase, _ cause: String) -> EngineError {
        EngineError(phase, file: "\(BookPackage.file):\(position.line):\(position.column)", cause: cause)
    }
}
