import Digest

/// The works that a book's prose may cite, from the file `references.bib` beside its notebooks.
public struct Bibliography: Hashable, Sendable {
    /// The entries in the file's order.
    public var entries: [BibliographyEntry] = []

    /// Stands for the file's content.
    public let digest: String

    /// A bibliography without entries.
    public init() { digest = "" }

    /// Reads a file of BibTeX.
    ///
    /// - Parameter path: the file as messages are to name it.
    /// - Throws: everything that is wrong, in one error.
    public init(parsing text: String, path: String) throws(NotebookError) {
        let reader = BibTeXReader(text)
        guard reader.diagnostics.isEmpty else { throw NotebookError(path: path, diagnostics: reader.diagnostics) }
        entries = reader.entries
        digest = SHA256Digest(of: text.utf8).description
    }

    /// The file's name.
    public static let fileName = "references.bib"

    /// The entry with a key.
    public subscript(key: String) -> BibliographyEntry? { entries.first { $0.key == key } }
}

/// One work.
public struct BibliographyEntry: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case article, inproceedings, book, misc, online
    }

    public var kind: Kind
    /// What prose cites it by.
    public var key: String
    /// The authors; of a book without, its editors.
    public var authors: [PersonName]
    /// Whether there are more authors than ``authors`` names.
    public var hasMoreAuthors = false
    public var year: Int
    /// The other fields, such as `title` and `journal`, as plain text, by their lower-case names.
    public var fields: [String: String]

    public var title: String { fields["title"] ?? "" }
}

/// A person, or a body of persons.
public struct PersonName: Hashable, Sendable {
    public var family: String
    /// Empty for a body of persons.
    public var given: String

    public init(family: String, given: String = "") {
        self.family = family
        self.given = given
    }

    /// The first letters of the given names: `Geoffrey E.` is `G. E.`, `Jean-Luc` is `J.-L.`
    public var initials: String {
        given.split(separator: " ").map { name in
            name.split(separator: "-").compactMap { $0.first.map { "\($0)." } }.joined(separator: "-")
        }.joined(separator: "\u{A0}")
    }
}
