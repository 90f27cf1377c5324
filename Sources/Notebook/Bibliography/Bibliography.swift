import Digest

/// The works that a book's prose may cite, from the file `references.bib` or `references.json` beside its notebooks.
public struct Bibliography: Hashable, Sendable {
    /// The entries that can be read, in the file's order.
    public private(set) var entries: [BibliographyEntry] = []

    /// Why an entry cannot be read, with its place, by keys: an error where the work is cited.
    public private(set) var unreadable: [String: String] = [:]

    /// What to warn of: which entries cannot be read, and where; of more than a hundred, how many more there are.
    public private(set) var warnings: [String] = []

    /// How its works are cited.
    public var style = CitationStyle.authorYear

    /// Stands for the file's content.
    public let digest: String

    private var indices: [String: Int] = [:]
    private static let mostWarnings = 100

    /// A bibliography without entries.
    public init() { digest = "" }

    /// Reads a file of BibTeX or BibLaTeX; or of CSL-JSON, where the path ends so.
    ///
    /// - Parameter path: the file as messages are to name it.
    /// - Throws: what is wrong with a file of which nothing can be read.
    public init(parsing text: String, path: String) throws(NotebookError) {
        digest = SHA256Digest(of: text.utf8).description
        if path.hasSuffix(".json") {
            entries = try CSLReader.entries(text, path: path)
        } else {
            let reader = BibTeXReader(text)
            entries = reader.entries
            warnings = reader.failures.prefix(Bibliography.mostWarnings).map { _, failure in
                Diagnostic(.warning, at: failure.position, failure.message).rendered(file: path)
            }
            let rest = reader.failures.count - warnings.count
            if rest > 0 { warnings.append("\(path): warning: \(rest) more entries cannot be read") }
            for case (let key?, let failure) in reader.failures {
                unreadable[key] = "\(path):\(failure.position.line): \(failure.message)"
            }
        }
        indices = Dictionary(entries.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The file's name.
    public static let fileName = "references.bib"
    /// The name of a file in CSL-JSON, which is read where there is none in BibTeX.
    public static let jsonFileName = "references.json"

    /// The entry with a key.
    public subscript(key: String) -> BibliographyEntry? { indices[key].map { entries[$0] } }
}

/// One work.
public struct BibliographyEntry: Hashable, Sendable {
    /// How a work is shown in the list of references.
    public enum Kind: String, Sendable, CaseIterable {
        case article, inproceedings, incollection, book, thesis, report, misc, online
    }

    /// The kind of publication, which decides how the reference is set.
    public var kind: Kind
    /// What prose cites it by.
    public var key: String
    /// The authors; of a work without, its editors.
    public var authors: [PersonName]
    /// Whether there are more authors than ``authors`` names.
    public var hasMoreAuthors = false
    /// The year in which it appeared, where it is known.
    public var year: Int?
    /// The other fields, such as `title` and `journal`, as plain text, by their lower-case names. A formula in a title stands
    /// between ``formulaMarks``.
    public var fields: [String: String]

    /// The field `title`; empty where the entry has none.
    public var title: String { fields["title"] ?? "" }

    /// Characters for private use that stand around a formula's TeX.
    public static let formulaMarks: (open: Character, close: Character) = ("\u{E002}", "\u{E003}")
}

/// A person, or a body of persons.
public struct PersonName: Hashable, Sendable {
    /// The family name, with its particle; the whole name for a body of persons.
    public var family: String
    /// Empty for a body of persons.
    public var given: String
    /// Such as Jr. or III.
    public var suffix: String

    /// A name in its parts; a body of persons has the family name alone.
    public init(family: String, given: String = "", suffix: String = "") {
        self.family = family
        self.given = given
        self.suffix = suffix
    }

    /// The first letters of the given names: `Geoffrey E.` is `G. E.`, `Jean-Luc` is `J.-L.`
    public var initials: String {
        given.split { " .\u{A0}".contains($0) }.map { name in
            name.split(separator: "-").compactMap { $0.first.map { "\($0)." } }.joined(separator: "-")
        }.joined(separator: "\u{A0}")
    }
}
