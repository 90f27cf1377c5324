import Console
package import Engine
import Foundation
import Notebook
import Publishing
import Synchronization

/// What all notebooks of a book may refer to, read when it is first asked for: where nothing has changed, nothing is.
package final class BookReferences: Sendable {
    private let book: Book
    private let known: Mutex<(bibliography: Bibliography, claims: BookClaims?)?> = Mutex(nil)

    private let knownDigests: Mutex<[String: String]> = Mutex([:])

    private let knownConfiguration: Mutex<BookConfiguration?> = Mutex(nil)

    /// Where the pages will stand, where that is not what the book's file says.
    let otherAddress: String?

    package init(of book: Book, standingAt address: String? = nil) {
        self.book = book
        otherAddress = address
    }

    /// What stands for a file beside the notebooks, as it was when it was first asked for; empty where there is none.
    func digest(of file: String) -> String {
        knownDigests.withLock { known in
            if let digest = known[file] { return digest }
            let digest = book.digest(of: file)
            known[file] = digest
            return digest
        }
    }

    /// What the book says of itself.
    ///
    /// - Throws: what is wrong with its file.
    func configuration() throws -> BookConfiguration {
        try knownConfiguration.withLock { known in
            if let known { return known }
            let read = try book.configuration()
            known = read
            return read
        }
    }

    /// What the book says of all its pages.
    ///
    /// - Throws: what is wrong with its file.
    func frame() throws -> BookFrame {
        let configuration = try configuration()
        let problems = configuration.themeProblems
        guard problems.isEmpty else {
            throw NotebookError(path: "\(Book.notebookFolder)/\(BookConfiguration.fileName)", diagnostics: problems)
        }
        return BookFrame(
            title: configuration.title, codeFold: configuration.codeFold, isSmart: configuration.smart,
            languages: configuration.languages, address: otherAddress ?? configuration.address,
            theme: configuration.theme)
    }

    /// How typed signs stand on pages in a language, the book's first unless one is named, as far as the book's file can be read.
    func typography(in language: Language? = nil) -> Typography {
        let configuration = (try? configuration()) ?? BookConfiguration()
        return Typography(
            language: (language ?? configuration.languages.first ?? .english).tag, isSmart: configuration.smart)
    }

    /// What cells may, as far as the book's file can be read.
    var permissions: BookPermissions { (try? configuration().permissions) ?? BookPermissions() }

    /// The works that can be cited, and the claims that can be decided; `nil` where the book has no file of claims.
    ///
    /// - Throws: what is wrong with their files.
    func read() throws -> (bibliography: Bibliography, claims: BookClaims?) {
        try known.withLock { known in
            if let known { return known }
            var read = (bibliography: try book.bibliography(), claims: try book.claims())
            read.bibliography.style = try configuration().citations
            for warning in read.bibliography.warnings {
                Terminal.warnOnce("not readable, and an error where it is cited: " + warning)
            }
            known = read
            return read
        }
    }
}

extension Book {
    /// How the book asks to be cited; `nil` where it does not say.
    ///
    /// - Throws: what is wrong with its file.
    func citation() throws -> CitationFile? {
        guard folder.entries.contains(CitationFile.fileName) else { return nil }
        let text = String(decoding: try content(of: CitationFile.fileName), as: UTF8.self)
        return try CitationFile(parsing: text, path: CitationFile.fileName)
    }

    /// What the book is called; where it does not say, as its folder is.
    func title(_ configuration: BookConfiguration) -> String {
        configuration.title ?? (root as NSString).lastPathComponent
    }
}
