import Yams

/// How a book asks to be cited, in `CITATION.cff` beside its folder of notebooks: its people, its licence, its version.
///
/// The format is the Citation File Format 1.2. What it has beyond this is for others and is passed over.
public struct CitationFile: Sendable, Hashable {
    /// Somebody who wrote the book: a person, or an entity with a name of its own.
    public struct Author: Sendable, Hashable {
        /// The full name: given names, particle, family name and suffix, or an entity's own name.
        public var name: String
        /// `false` for an entity, such as a laboratory.
        public var isPerson: Bool
        /// An address that stands for them: `https://orcid.org/…`, or a website's.
        public var address: String?
        /// The institution that the person belongs to, by name.
        public var affiliation: String?

        /// An author by name; only the name is needed.
        public init(name: String, isPerson: Bool = true, address: String? = nil, affiliation: String? = nil) {
            self.name = name
            self.isPerson = isPerson
            self.address = address
            self.affiliation = affiliation
        }
    }

    /// The title by which the book asks to be cited.
    public var title: String?
    /// The people and entities, in the file's order.
    public var authors: [Author] = []
    /// When this version came out: `2026-11-28`.
    public var released: String?
    /// Without `https://doi.org/` before it.
    public var doi: String?
    /// The book's address: the file's `url`.
    public var address: String?
    /// By SPDX's identifier, such as `Apache-2.0`.
    public var licence: String?
    /// The book's own version, as text.
    public var version: String?
    /// The book's abstract in plain text.
    public var abstract: String?

    /// A citation in which everything is left out.
    public init() {}

    /// The file's name, as the Citation File Format prescribes it.
    public static let fileName = "CITATION.cff"

    /// Reads the file's content.
    ///
    /// - Throws: what is wrong with it, at its line.
    public init(parsing text: String, path: String) throws(NotebookError) {
        func error(_ position: SourcePosition, _ message: String) -> NotebookError {
            NotebookError(path: path, diagnostics: [Diagnostic(.error, at: position, message)])
        }
        if let (place, message) = YAMLBounds.problem(in: text) { throw error(place, message) }
        guard let root = try? Yams.compose(yaml: text), root.mapping != nil else {
            throw error(SourcePosition(line: 1), "it is no Citation File Format: expected `cff-version`, `authors` …")
        }
        do throws(YAMLValue.Mismatch) {
            try read(YAMLValue(node: root, position: SourcePosition(line: root.mark?.line ?? 1)))
        } catch {
            throw NotebookError(path: path, diagnostics: [error.diagnostic])
        }
    }

    private mutating func read(_ root: YAMLValue) throws(YAMLValue.Mismatch) {
        for (name, value) in try root.members {
            switch name {
            case "authors": for author in try value.list { authors.append(try Author(author)) }
            // Where there is a choice of licences, the format has a list.
            case "license": licence = value.node.scalar == nil ? try value.list.first?.string : try value.string
            case "title": title = try value.string
            case "date-released": released = try value.string
            case "doi": doi = try value.string
            case "url": address = try value.string
            case "version": version = try value.string
            case "abstract": abstract = try value.string
            default: break
            }
        }
        if let licence, licence.wholeMatch(of: /[A-Za-z0-9.+-]+/) == nil {
            throw root.mismatch("an SPDX identifier as `license`, such as Apache-2.0")
        }
    }
}

extension CitationFile.Author {
    fileprivate init(_ value: YAMLValue) throws(YAMLValue.Mismatch) {
        var words: [String: String] = [:]
        for (name, value) in try value.members where value.node.scalar != nil { words[name] = try value.string }
        let parts = ["given-names", "name-particle", "family-names", "name-suffix"].compactMap { words[$0] }
        guard let name = words["name"] ?? (parts.isEmpty ? nil : parts.joined(separator: " ")) else {
            throw value.mismatch("`given-names` and `family-names` of a person, or the `name` of an entity")
        }
        let address = (words["orcid"] ?? words["website"]).flatMap { $0.hasPrefix("https://") ? $0 : nil }
        self.init(
            name: name, isPerson: words["name"] == nil, address: address, affiliation: words["affiliation"])
    }
}
