/// How a book introduces itself on its front page, beyond its title and abstract.
extension BookConfiguration {
    /// The text that the book checks.
    public struct Source: Sendable, Hashable {
        /// The text's own title.
        public var title: String
        /// The authors, as one line; `nil` leaves them out of the front page.
        public var authors: String?
        /// Where, and when.
        public var published: String?
        /// What it claims, in a sentence or two of Markdown.
        public var says: String?

        /// A source, of which the title alone is needed.
        public init(title: String, authors: String? = nil, published: String? = nil, says: String? = nil) {
            self.title = title
            self.authors = authors
            self.published = published
            self.says = says
        }
    }

    /// A finding that the front page tells first.
    public struct Highlight: Sendable, Hashable {
        /// What decides it.
        public enum Evidence: Sendable, Hashable {
            /// The claim's verdict and numbers stand beside.
            case claim(String)
            /// What has a label on a notebook's page.
            case place(Figure)
        }

        /// In a sentence or two of Markdown.
        public var says: String
        /// The place in the book that supports the statement.
        public var evidence: Evidence
        /// Where in the file it stands.
        public var position: SourcePosition

        /// A highlight; `position` is for messages about it.
        public init(says: String, evidence: Evidence, position: SourcePosition = SourcePosition(line: 1)) {
            self.says = says
            self.evidence = evidence
            self.position = position
        }
    }
}

extension BookConfiguration.Source {
    private enum Name: String, EntryName { case title, authors, published, says }

    init(_ value: YAMLValue, _ diagnostics: inout [Diagnostic]) throws(YAMLValue.Mismatch) {
        var title: String?
        var result = Self(title: "")
        for (name, value) in try value.members(Name.self, what: "entry of a source", &diagnostics) {
            switch name {
            case .title: title = try value.string
            case .authors: result.authors = try value.string
            case .published: result.published = try value.string
            case .says: result.says = try value.string
            }
        }
        guard let title else { throw value.mismatch("the source's `title`") }
        result.title = title
        self = result
    }
}

extension BookConfiguration.Highlight {
    private enum Name: String, EntryName { case says, claim, at }

    init(_ value: YAMLValue, _ diagnostics: inout [Diagnostic]) throws(YAMLValue.Mismatch) {
        var says: String?
        var evidence: [Evidence] = []
        for (name, value) in try value.members(Name.self, what: "entry of a highlight", &diagnostics) {
            switch name {
            case .says: says = try value.string
            case .claim: evidence.append(.claim(try value.string))
            case .at: evidence.append(.place(try BookConfiguration.Figure(value)))
            }
        }
        guard let says else { throw value.mismatch("`says`, the finding in a sentence") }
        guard evidence.count == 1, let evidence = evidence.first else {
            throw value.mismatch("either `claim`, such as C12, or `at`, such as 04-students#fig-errors")
        }
        self.init(says: says, evidence: evidence, position: value.position)
    }
}

extension BookConfiguration {
    /// What its highlights name that is not there.
    ///
    /// - Parameters:
    ///   - claims: the ids of the claims that the book is about.
    ///   - labels: what can be referred to, by notebook.
    public func problems(claims: [String], labels: [String: [String]]) -> [Diagnostic] {
        highlights.compactMap { highlight in
            let message: String
            switch highlight.evidence {
            case .claim(let id):
                guard !claims.contains(id) else { return nil }
                message = "`\(BookClaims.fileName)` has no claim `\(id)`; \(suggestion(for: id, in: claims))"
            case .place(let place):
                guard let known = labels[place.notebook] else {
                    let near = suggestion(for: place.notebook, in: Array(labels.keys))
                    message = "there is no notebook `\(place.notebook)`; \(near)"
                    break
                }
                guard !known.contains(place.label) else { return nil }
                let near = suggestion(for: place.label, in: known)
                message = "`\(place.notebook)` has no label `\(place.label)`; \(near)"
            }
            return Diagnostic(.error, at: highlight.position, message)
        }
    }
}
