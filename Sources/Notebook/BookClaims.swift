public import Wire

/// The claims that a book is about, in the file `claims.yml` beside its notebooks.
public struct BookClaims: Sendable, Hashable {
    /// One of them.
    public struct Entry: Sendable, Hashable {
        /// Letters, digits and hyphens: `C13`.
        public var id: String
        /// What is said, paraphrased.
        public var says: String
        /// What is known of it, in short.
        public var known: String?
        /// The edition whose verdict is the claim's, where the book says which: the one on real data.
        public var edition: String?
        /// Which experiments decide it: `E2`.
        public var experiments: [String] = []
        /// Where it is a claim about literature: each work, and whether it is as named.
        public var references: [Reference] = []
        /// Where in the file it stands.
        public var position: SourcePosition

        /// What the references decide; `nil` where there are none.
        public var verdictOfReferences: Verdict? {
            references.isEmpty ? nil : references.allSatisfy(\.isRight) ? .supported : .refuted
        }
    }

    /// A work that is cited, looked up.
    public struct Reference: Sendable, Hashable {
        /// The citation as the examined text gives it.
        public var cites: String
        /// The result of looking it up: which work it is, and what it really says.
        public var finds: String
        /// Whether the work exists as cited and says what it is cited for.
        public var isRight: Bool
    }

    /// In the file's order.
    public var entries: [Entry] = []

    private enum Name: String, EntryName { case claims }

    /// The file's name.
    public static let fileName = "claims.yml"

    /// The entry with this id; `nil` where the book has none.
    public subscript(id: String) -> Entry? { entries.first { $0.id == id } }

    /// Reads the file's content.
    ///
    /// - Parameter path: the file as messages are to name it.
    /// - Throws: everything that is wrong, in one error.
    public init(parsing text: String, path: String) throws(NotebookError) {
        var entries: [Entry] = []
        var problems: [Diagnostic] = []
        problems += YAMLValue.readMapping(text, firstLine: 1, column: 1, what: "entry") {
            (_: Name, value) throws(YAMLValue.Mismatch) in
            for (id, value) in try value.members {
                if id.wholeMatch(of: /[A-Za-z][A-Za-z0-9-]*/) == nil {
                    let message = "`\(id)` is no id of a claim: expected letters and digits, such as C13"
                    problems.append(Diagnostic(.error, at: value.position, message))
                }
                do throws(YAMLValue.Mismatch) {
                    entries.append(try Entry(id: id, value))
                } catch {
                    problems.append(error.problem(with: "claim \(id)"))
                }
            }
        }
        guard problems.isEmpty else {
            throw NotebookError(path: path, diagnostics: problems.sorted { $0.position < $1.position })
        }
        self.entries = entries
    }
}

extension BookClaims.Entry {
    private enum Name: String, EntryName { case says, known, edition, experiments, references }

    fileprivate init(id: String, _ value: YAMLValue) throws(YAMLValue.Mismatch) {
        self.init(id: id, says: "", position: value.position)
        for (name, value) in try value.members(Name.self) {
            switch name {
            case .says: says = try value.string
            case .known: known = try value.string
            case .edition: edition = try value.string
            case .experiments:
                for value in try value.list { experiments.append(try value.string) }
            case .references:
                for value in try value.list { references.append(try BookClaims.Reference(value)) }
            }
        }
        if says.isEmpty { throw YAMLValue.Mismatch(expected: "what it `says`", found: "", position: value.position) }
    }
}

extension BookClaims.Reference {
    private enum Name: String, EntryName { case cites, finds, right }

    fileprivate init(_ value: YAMLValue) throws(YAMLValue.Mismatch) {
        var (cites, finds, isRight): (String?, String?, Bool?) = (nil, nil, nil)
        for (name, value) in try value.members(Name.self) {
            switch name {
            case .cites: cites = try value.string
            case .finds: finds = try value.string
            case .right: isRight = try value.bool
            }
        }
        guard let cites, let finds, let isRight else {
            throw YAMLValue.Mismatch(
                expected: "what a reference `cites`, what one `finds`, and whether it is `right`", found: "",
                position: value.position)
        }
        self.init(cites: cites, finds: finds, isRight: isRight)
    }
}

extension YAMLValue.Mismatch {
    fileprivate func problem(with what: String) -> Diagnostic {
        let found = found.isEmpty ? "" : ", found `\(found)`"
        return Diagnostic(.error, at: position, "\(what): expected \(expected)\(found)")
    }
}
