import Engine
import Foundation

/// The book and the installation that a command works with.
struct Environment {
    let book: Book
    let installation: Installation

    init() throws {
        book = try Environment.findBook()
        installation = try Environment.installation(cache: book.store)
    }

    /// The installation that this program belongs to.
    ///
    /// - Parameter cache: a folder where the compiler's version is kept.
    static func installation(cache: RootedPath) throws(EngineError) -> Installation {
        try Installation(prefix: prefix(), cache: cache)
    }

    /// The book around the current folder.
    static func findBook() throws(RequestError) -> Book {
        try Book.containing(FileManager.default.currentDirectoryPath)
    }

    /// This program's path.
    static var program: String {
        Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? CommandLine.arguments[0]
    }

    /// The folder above `bin/kdbook`.
    private static func prefix() -> String {
        ((program as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
    }
}
