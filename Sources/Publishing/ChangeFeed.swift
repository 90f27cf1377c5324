/// What changed in a book from one publication to the next, for readers of feeds: Atom (RFC 4287).
public struct ChangeFeed: Codable, Hashable, Sendable {
    /// What became of one chapter in one publication.
    public struct Entry: Codable, Hashable, Sendable {
        /// Stands for the change: the same one has the same.
        public var id: String
        /// The chapter's title.
        public var title: String
        /// The page's path, from the site's folder.
        public var page: String
        /// When the book was committed that has it, in ISO 8601.
        public var date: String
        /// What changed, a sentence each.
        public var lines: [String]

        /// What became of the chapter `title`, on `page`, at `date`.
        public init(id: String, title: String, page: String, date: String, lines: [String]) {
            (self.id, self.title, self.page, self.date, self.lines) = (id, title, page, date, lines)
        }
    }

    /// The newest first.
    public private(set) var entries: [Entry]

    /// A feed of `entries`, the newest first.
    public init(entries: [Entry] = []) { self.entries = entries }

    /// Its name, in the site's folder.
    public static let fileName = "feed.xml"

    /// How many entries it keeps.
    private static let most = 60

    /// Adds what is new, before what was known.
    public mutating func add(_ new: [Entry]) {
        let known = Set(entries.map(\.id))
        entries = Array((new.filter { !known.contains($0.id) } + entries).prefix(ChangeFeed.most))
    }

    /// - Parameters:
    ///   - site: where it will stand, such as `https://example.org/book`.
    ///   - author: who speaks: a feed without one is not valid.
    ///   - date: of a feed without entries.
    public func xml(site: String, title: String, author: String, date: String) -> String {
        let root = site.hasSuffix("/") ? site : site + "/"
        let head = [
            element("title", escaped(title)), element("id", escaped(root)),
            openTag("link", ["rel": "self", "href": root + ChangeFeed.fileName]).closedAsXML,
            openTag("link", ["href": root]).closedAsXML,
            element("updated", entries.first?.date ?? date),
            element("author", element("name", escaped(author))),
            element("generator", "kdbook"),
        ]
        let all = head + entries.map { $0.xml(root) }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
            + all.joined(separator: "\n") + "\n</feed>\n"
    }
}

extension ChangeFeed.Entry {
    fileprivate func xml(_ root: String) -> String {
        let content = lines.map { element("li", escaped($0)) }.joined()
        return element(
            "entry",
            "\n"
                + [
                    element("title", escaped(title)), element("id", escaped(root + "#" + id)),
                    openTag("link", ["href": root + page]).closedAsXML, element("updated", escaped(date)),
                    element("content", ["type": "html"], escaped(element("ul", content))),
                ].joined(separator: "\n") + "\n")
    }
}

extension String {
    /// An opening tag as XML has an element without content.
    fileprivate var closedAsXML: String { dropLast() + "/>" }
}
