public import Notebook

/// What a book says of all its pages; encoded, it is all of that and nothing that leaves the pages as they are.
public struct BookFrame: Hashable, Sendable, Encodable {
    /// Markdown; `nil` where pages bear no book's title.
    public var title: String?
    /// Which code is folded, unless a notebook or a cell says.
    public var codeFold: CodeFold
    /// Whether typed quotation marks, dashes and dots become signs of print.
    public var isSmart: Bool

    /// The languages of the book, that of its notebooks first.
    public var languages: [Language]

    /// Where the published pages will stand, where the book says so.
    public var address: String?
    /// Colours and text face of the pages, in place of kdbook's.
    public var theme: BookTheme?

    /// The frame of a book; one that says nothing is in English and folds set-up code.
    public init(
        title: String? = nil, codeFold: CodeFold = .setup, isSmart: Bool = true, languages: [Language] = [.english],
        address: String? = nil, theme: BookTheme? = nil
    ) {
        self.isSmart = isSmart
        self.title = title
        self.languages = languages
        self.codeFold = codeFold
        self.address = address
        self.theme = theme
    }

    /// How typed signs stand on the page that is being written.
    var typography: Typography { Typography(language: PageLanguage.current.language.tag, isSmart: isSmart) }
}
