public import Notebook

/// What a book says of all its pages.
public struct BookFrame: Hashable, Sendable {
    /// Markdown; `nil` where pages bear no book's title.
    public var title: String?
    /// Which code is folded, unless a notebook or a cell says.
    public var codeFold: CodeFold

    public init(title: String? = nil, codeFold: CodeFold = .setup) {
        self.title = title
        self.codeFold = codeFold
    }
}
