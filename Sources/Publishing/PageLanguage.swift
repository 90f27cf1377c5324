public import Notebook
import Foundation

/// The language of a page: what its shell says, and where the same page stands in others.
public struct PageLanguage: Sendable {
    /// The page's own.
    public var language: Language
    /// All languages of the book, the first that of its notebooks.
    public var all: [Language]
    /// What the book calls the shell's words in this language.
    public var terms: Terms
    /// Whether the prose has not been translated and stands in the book's first language.
    public var isUntranslated = false
    /// The digests of pictures that the page has itself, drawn with words of its language.
    public var ownPictures: Set<String> = []

    /// A page in `language`, in a book that has the languages `all`.
    public init(_ language: Language = .english, of all: [Language] = [], terms: Terms = Terms()) {
        self.language = language
        self.all = all
        self.terms = terms
    }

    /// The first language of a book.
    public init(of book: BookFrame) { self.init(book.languages.first ?? .english, of: book.languages) }

    /// That of the page that is being written. Each writer of a page's parts asks for its words.
    @TaskLocal static var current = PageLanguage()

    /// Has `body` write in this language.
    public func whileWriting<Result>(_ body: () throws -> Result) rethrows -> Result {
        try PageLanguage.$current.withValue(self, operation: body)
    }

    /// The folder of pages in `language`, from that of the edition's pages; empty for the first language.
    private func folder(of language: Language) -> String { language == all.first ? "" : language.tag + "/" }

    /// The folder of this language's pages, from that of the edition's pages.
    var folder: String { folder(of: language) }

    /// The way from the folder of this language's pages to that of another's.
    private func way(to other: Language) -> String {
        other == language ? "" : (language == all.first ? "" : "../") + folder(of: other)
    }

    /// The way from a notebook's page to the folder of a picture: its own, or that of the page in the first language.
    func folder(ofPicture digest: String, on notebook: String) -> String {
        all.isEmpty || language == all.first || ownPictures.contains(digest) ? "" : "../../\(notebook)/"
    }

    /// The way from a notebook's page to the folder of what the notebook wrote: it lies beside the page in the first language.
    func folder(ofOutputsOn notebook: String) -> String {
        all.isEmpty || language == all.first ? "" : "../../\(notebook)/"
    }

    /// Links for a page's head: the same page in each language.
    ///
    /// - Parameters:
    ///   - root: the way from the page to the folder of this language's pages.
    ///   - path: the page's, from there.
    func alternates(root: String, path: String) -> String {
        guard all.count > 1 else { return "" }
        return all.map { other in
            openTag(
                "link", ["rel": "alternate", "hreflang": other.tag, "href": root + way(to: other) + path]) + "\n"
        }.joined()
    }

    /// Links at a page's top that lead to it in the other languages.
    func links(root: String, path: String) -> String {
        guard all.count > 1 else { return "" }
        return element(
            "nav", ["class": "languages", "aria-label": translated("Language")],
            all.filter { $0 != language }.map { other in
                element(
                    "a",
                    ["href": root + way(to: other) + path, "hreflang": other.tag, "lang": other.tag],
                    escaped(other.name))
            }.joined(separator: " "))
    }

    /// The words that the page's script says, where they are not English.
    var scriptWords: String {
        guard language.tag != "en" || terms != Terms() else { return "" }
        let words = PageLanguage.ofScript.compactMap { word in self.words(for: word).map { (word, $0) } }
        let object = Dictionary(words, uniquingKeysWith: { first, _ in first })
        return (try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys))
            .map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// What the script says, as `page.js` and `figures.js` write it.
    static let ofScript = [
        "Show code", "Hide code", "Copy", "Copied", "Not copied", "1 section", "# sections",
        "Nothing on these pages has all of this.", "The first # of #", "The arrow keys lead from value to value.",
    ]

    /// What stands for English words of the shell; `nil` where nothing does.
    func words(for english: String) -> String? {
        if let known = terms.translation(of: english) { return known }
        return isChinese ? PageLanguage.chinese.translation(of: english) : nil
    }

    var isChinese: Bool { language.tag.prefix { $0 != "-" } == "zh" }
}

/// Words of the shell in the language of the page that is being written.
func translated(_ english: String) -> String { PageLanguage.current.words(for: english) ?? english }
