/// What a book says of itself, in the file `book.yml` beside its notebooks.
public struct BookConfiguration: Sendable, Hashable {
    /// The heading of the book's front page.
    public var title: String?
    /// A sentence or two below it.
    public var abstract: String?
    /// A figure of a notebook that the front page shows: `08-the-verdicts#fig-verdicts`.
    public var figure: Figure?
    /// The text that the book checks.
    public var source: Source?
    /// What the front page tells first.
    public var highlights: [Highlight] = []
    /// The notebook that shows how often the rules err by which claims are decided.
    public var errorsOfRules: String?
    /// Which cells' code is folded away, unless a notebook or a cell says.
    public var codeFold = CodeFold.setup
    /// Whether typed quotation marks, dashes and dots become signs of print, unless a notebook says.
    public var smart = true
    /// How works are cited.
    public var citations = CitationStyle.authorYear
    /// How large the store of compiled cells, records and pictures may grow, in bytes.
    public var cacheLimit = 2_000_000_000
    /// What its cells may do beyond what all cells may.
    public var permissions = BookPermissions()
    /// The languages that it can be read in, that of its notebooks first.
    public var languages: [Language] = [.english]
    /// Where in the file they stand.
    var languagesPosition = SourcePosition(line: 1)
    /// Where the published pages will stand, such as `https://example.org/book`.
    public var address: String?
    /// Colours and text face of its pages, in place of kdbook's.
    public var theme: BookTheme?
    /// The Swift packages that its cells can import.
    public var packages: [BookPackage] = []

    /// Where a figure is found.
    public struct Figure: Sendable, Hashable {
        /// The notebook that shows the figure, by name.
        public var notebook: String
        /// Of its cell.
        public var label: String

        /// A figure by its notebook and its cell's label.
        public init(notebook: String, label: String) {
            self.notebook = notebook
            self.label = label
        }
    }

    /// The configuration of a book without `book.yml`.
    public init() {}

    /// Languages whose folder would be that of a notebook's page.
    public func problems(withPages names: [String]) -> [Diagnostic] {
        translations.filter { names.contains($0.tag) }.map { language in
            let message = "a notebook is called `\(language.tag)`, as the folder of that language's pages is: rename it"
            return Diagnostic(.error, at: languagesPosition, message)
        }
    }

    /// The languages that its pages are translated to.
    public var translations: [Language] { Array(languages.dropFirst()) }

    private enum Name: String, EntryName {
        case title, abstract, citations, figure, source, highlights, languages, packages, permissions, address, smart,
            theme
        case errorsOfRules = "errors-of-rules"
        case cacheLimit = "cache-limit"
        case codeFold = "code-fold"
    }

    /// The file's name.
    public static let fileName = "book.yml"

    /// Reads the file's content.
    ///
    /// - Parameter path: the file as messages are to name it.
    /// - Throws: everything that is wrong, in one error.
    public init(parsing text: String, path: String) throws(NotebookError) {
        var result = BookConfiguration()
        var nested: [Diagnostic] = []
        let diagnostics = YAMLValue.readMapping(
            text, firstLine: 1, column: 1, what: "entry"
        ) { (name: Name, value) throws(YAMLValue.Mismatch) in
            switch name {
            case .title: result.title = try value.string
            case .abstract: result.abstract = try value.string
            case .figure: result.figure = try Figure(value)
            case .source: result.source = try Source(value, &nested)
            case .highlights:
                for value in try value.list { result.highlights.append(try Highlight(value, &nested)) }
            case .errorsOfRules: result.errorsOfRules = try value.string
            case .codeFold: result.codeFold = try value.codeFold
            case .smart: result.smart = try value.bool
            case .citations: result.citations = try value.citationStyle
            case .cacheLimit: result.cacheLimit = try value.bytes
            case .languages: (result.languages, result.languagesPosition) = (try value.languages, value.position)
            case .packages: result.packages = try BookPackage.list(value)
            case .address: result.address = try value.webAddress
            case .theme: result.theme = try BookTheme(value, &nested)
            case .permissions: result.permissions = try BookPermissions(value, &nested)
            }
        }
        let all = diagnostics + nested
        guard all.isEmpty else { throw NotebookError(path: path, diagnostics: all) }
        self = result
    }
}

extension YAMLValue {
    fileprivate var webAddress: String {
        get throws(Mismatch) {
            let text = try string
            guard BookConfiguration.isWebAddress(text) else {
                throw mismatch("where the published pages will stand, such as https://example.org/book")
            }
            return text
        }
    }
}

extension BookConfiguration {
    /// Whether pages can be published at it: nothing in it ends an attribute, or asks for more than a place.
    public static func isWebAddress(_ text: String) -> Bool {
        text.wholeMatch(of: /https?:\/\/[^\s<>"?#]+/) != nil
    }
}

extension BookConfiguration.Figure {
    init(_ value: YAMLValue) throws(YAMLValue.Mismatch) {
        let parts = try value.string.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw YAMLValue.Mismatch(
                expected: "a notebook and a figure, such as 08-the-verdicts#fig-verdicts", found: try value.string,
                position: value.position)
        }
        self.init(notebook: parts[0], label: parts[1])
    }
}
