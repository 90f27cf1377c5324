import Engine
import Foundation

/// The book and the installation that a command works with.
struct Environment {
    let book: Book
    let installation: Installation

    init() throws {
        book = try Environment.findBook()
        installation = try Installation(prefix: Environment.prefix(), cache: book.store)
    }

    /// The book around the current folder.
    static func findBook() throws(RequestError) -> Book {
        try Book.containing(FileManager.default.currentDirectoryPath)
    }

    /// The folder above `bin/kdbook`.
    private static func prefix() -> String {
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? CommandLine.arguments[0]
        return ((program as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
    }
}
