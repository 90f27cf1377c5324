/// The claims of a book in another language: the file `claims.zh.yml` beside `claims.yml`.
public struct ClaimTranslations: Sendable, Hashable {
    /// One of them.
    public struct Entry: Sendable, Hashable {
        /// The claim's statement in this language; `nil` shows the original.
        public var says: String?
        /// The state of knowledge in this language; `nil` shows the original.
        public var known: String?
        /// What is found of each work that is cited, in order.
        public var finds: [String] = []
        /// How each work is cited, in order.
        public var cites: [String] = []
    }

    private var entries: [String: Entry] = [:]

    /// No translations: every claim is shown in the original.
    public init() {}

    private enum Name: String, EntryName { case claims }

    /// Reads the file's content.
    ///
    /// - Parameters:
    ///   - original: the claims in the book's first language.
    ///   - path: the file as messages are to name it.
    /// - Throws: everything that is wrong, in one error.
    public init(parsing text: String, of original: BookClaims, path: String) throws(NotebookError) {
        var entries: [String: Entry] = [:]
        var problems: [Diagnostic] = []
        problems += YAMLValue.readMapping(text, firstLine: 1, column: 1, what: "entry") {
            (_: Name, value) throws(YAMLValue.Mismatch) in
            for (id, value) in try value.members {
                guard let claim = original[id] else {
                    let message =
                        "`\(BookClaims.fileName)` has no claim `\(id)`; \(suggestion(for: id, in: original.entries.map(\.id)))"
                    problems.append(Diagnostic(.error, at: value.position, message))
                    continue
                }
                entries[id] = try Entry(value, of: claim, &problems)
            }
        }
        guard problems.isEmpty else {
            throw NotebookError(path: path, diagnostics: problems.sorted { $0.position < $1.position })
        }
        self.entries = entries
    }

    /// The translation of the claim with this id; `nil` where there is none.
    public subscript(id: String) -> Entry? { entries[id] }
}

extension ClaimTranslations.Entry {
    private enum Part: String, EntryName { case says, known, finds, cites }

    fileprivate init(
        _ value: YAMLValue, of claim: BookClaims.Entry, _ problems: inout [Diagnostic]
    ) throws(YAMLValue.Mismatch) {
        self.init()
        for (part, value) in try value.members(Part.self, what: "entry of a claim", &problems) {
            switch part {
            case .says: says = try value.string
            case .known: known = try value.string
            case .finds: finds = try Self.texts(value, of: claim)
            case .cites: cites = try Self.texts(value, of: claim)
            }
        }
    }

    private static func texts(_ value: YAMLValue, of claim: BookClaims.Entry) throws(YAMLValue.Mismatch) -> [String] {
        var texts: [String] = []
        for value in try value.list { texts.append(try value.string) }
        guard texts.count == claim.references.count else {
            throw value.mismatch("as many texts as \(claim.id) has references, \(claim.references.count)")
        }
        return texts
    }
}

extension BookClaims {
    /// The same in another language, as far as they are translated.
    public func translated(by translations: ClaimTranslations) -> BookClaims {
        var result = self
        for (index, entry) in entries.enumerated() {
            guard let words = translations[entry.id] else { continue }
            result.entries[index].says = words.says ?? entry.says
            result.entries[index].known = words.known ?? entry.known
            for place in zip(words.finds.indices, entry.references.indices).map(\.1) {
                result.entries[index].references[place].finds = words.finds[place]
            }
            for place in zip(words.cites.indices, entry.references.indices).map(\.1) {
                result.entries[index].references[place].cites = words.cites[place]
            }
        }
        return result
    }
}
