public import Notebook

/// A notebook as the book's other pages refer to it.
public struct OutlineEntry: Codable, Hashable, Sendable {
    /// The notebook's name, which is also that of its page's folder.
    public var name: String
    /// What it is called, as text.
    public var title: String
    /// The same as markup.
    public var titleMarkup: String
    /// Markdown.
    public var abstract: String?
    /// The commands that formulas in it may use.
    public var macros: String?
    /// How the signs of its abstract stand on pages.
    public var typography = Typography.typed
    /// What other pages can refer to on this one.
    public var labels: [Label]

    /// An entry whose title is plain text.
    public init(name: String, title: String, abstract: String?, labels: [Label] = []) {
        self.name = name
        self.title = title
        titleMarkup = escaped(title)
        self.abstract = abstract
        self.labels = labels
    }

    /// All of it as text, to compare by.
    public var text: String {
        let labels = labels.map {
            [$0.name, $0.number.map(String.init) ?? "", $0.titleMarkup ?? $0.title ?? ""].joined(separator: "\t")
        }
        return
            ([name, titleMarkup, abstract ?? "", macros ?? "", typography.isSmart ? typography.language : ""] + labels)
            .joined(separator: "\u{0}")
    }
}
