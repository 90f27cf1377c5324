public import Notebook

/// What a book says of all its pages.
public struct BookFrame: Hashable, Sendable {
    /// Markdown; `nil` where pages bear no book's title.
    public var title: String?
    /// Which code is folded, unless a notebook or a cell says.
    public var codeFold: CodeFold

    /// The languages of the book, that of its notebooks first.
    public var languages: [Language]

    /// The frame of a book; one that says nothing is in English and folds set-up code.
    public init(title: String? = nil, codeFold: CodeFold = .setup, languages: [Language] = [.english]) {
        self.title = title
        self.languages = languages
        self.codeFold = codeFold
    }
}
