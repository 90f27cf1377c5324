import Engine
import Notebook
import Synchronization

/// The claims and the terms of a book in another language, read when they are first asked for: where nothing has changed,
/// nothing is.
final class TranslatedWords: Sendable {
    private let book: Book
    private let references: BookReferences
    private let language: Language
    private let known: Mutex<(claims: BookClaims?, terms: Terms)?> = Mutex(nil)

    init(of book: Book, _ references: BookReferences, in language: Language) {
        self.book = book
        self.references = references
        self.language = language
    }

    /// - Throws: what is wrong with their files.
    func read() throws -> (claims: BookClaims?, terms: Terms) {
        try known.withLock { known in
            if let known { return known }
            let claims = try references.read().claims.map { try book.claims($0, in: language) }
            let read = (claims: claims, terms: try book.terms(in: language))
            known = read
            return read
        }
    }
}
