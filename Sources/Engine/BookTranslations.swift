public import Notebook

/// What of a book is translated.
extension Book {
    /// The text of a notebook's translation; `nil` where there is none.
    public func translationText(of path: String, in language: Language) throws(EngineError) -> String? {
        try text(of: language.path(of: path))
    }

    /// What the book says of itself in a language, as far as it is translated.
    ///
    /// - Throws: what is wrong with the file.
    public func configuration(_ original: BookConfiguration, in language: Language) throws -> BookConfiguration {
        let path = language.path(of: Book.notebookFolder + "/" + BookConfiguration.fileName)
        guard let text = try text(of: path) else { return original }
        return original.translated(by: try BookTranslation(parsing: text, of: original, path: path))
    }

    /// The book's claims in a language, as far as they are translated.
    ///
    /// - Throws: what is wrong with the file.
    public func claims(_ original: BookClaims, in language: Language) throws -> BookClaims {
        let path = language.path(of: Book.notebookFolder + "/" + BookClaims.fileName)
        guard let text = try text(of: path) else { return original }
        return original.translated(by: try ClaimTranslations(parsing: text, of: original, path: path))
    }

    /// The terms for what cells show in a language; none where it has no file of them.
    ///
    /// - Throws: what is wrong with the file.
    public func terms(in language: Language) throws -> Terms {
        let path = language.path(of: Book.notebookFolder + "/" + Terms.fileName)
        guard let text = try text(of: path) else { return Terms() }
        return try Terms(parsing: text, path: path)
    }

    /// The SHA-256 of a file beside the notebooks in a language; empty where there is none.
    public func digest(of file: String, in language: Language) -> String { digest(of: language.path(of: file)) }

    /// The paths of translations, relative to the root, in the order of their names.
    var translationPaths: [String] {
        ((try? resolved(Book.notebookFolder)) ?? folder / Book.notebookFolder).entries
            .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") && Language.parts(of: Book.name(of: $0)) != nil }
            .map { Book.notebookFolder + "/" + $0 }
    }

    /// What is wrong with the names of translations: no notebook beside them, or a language that the book does not name.
    public func misnamedTranslations(_ languages: [Language]) -> [EngineError] {
        let names = notebookPaths.map(Book.name(of:))
        return translationPaths.compactMap { path in
            guard let (original, tag) = Language.parts(of: Book.name(of: path)) else { return nil }
            let cause: String
            if !names.contains(original) {
                cause = "it translates no notebook: there is no `\(original).md` beside it; rename it or remove it"
            } else if !languages.dropFirst().contains(where: { $0.tag == tag }) {
                cause =
                    "the book is not in the language `\(tag)`: write `languages: {en: English, \(tag): NAME}` in "
                    + "\(Book.notebookFolder)/\(BookConfiguration.fileName), the notebooks' own first"
            } else {
                return nil
            }
            return EngineError(.read, file: path, cause: cause)
        }
    }
}
