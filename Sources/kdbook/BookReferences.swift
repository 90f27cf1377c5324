import Engine
import Notebook
import Synchronization

/// What all notebooks of a book may refer to, read when it is first asked for: where nothing has changed, nothing is.
final class BookReferences: Sendable {
    private let book: Book
    private let known: Mutex<(bibliography: Bibliography, claims: BookClaims?)?> = Mutex(nil)

    init(of book: Book) { self.book = book }

    /// The works that can be cited, and the claims that can be decided; `nil` where the book has no file of claims.
    ///
    /// - Throws: what is wrong with their files.
    func read() throws -> (bibliography: Bibliography, claims: BookClaims?) {
        try known.withLock { known in
            if let known { return known }
            let read = (bibliography: try book.bibliography(), claims: try book.claims())
            for warning in read.bibliography.warnings {
                Terminal.warnOnce("not readable, and an error where it is cited: " + warning)
            }
            known = read
            return read
        }
    }
}
