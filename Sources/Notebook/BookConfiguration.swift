/// What a book says of itself, in the file `book.yml` beside its notebooks.
public struct BookConfiguration: Sendable, Hashable {
    /// The heading of the book's front page.
    public var title: String?
    /// A sentence or two below it.
    public var abstract: String?
    /// How large the store of compiled cells, records and pictures may grow, in bytes.
    public var cacheLimit = 2_000_000_000
    /// What its cells may do beyond what all cells may.
    public var permissions = Permissions()

    public init() {}

    private enum Name: String, EntryName {
        case title, abstract, permissions
        case cacheLimit = "cache-limit"
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
            case .cacheLimit: result.cacheLimit = try value.bytes
            case .permissions: result.permissions = try Permissions(value, &nested)
            }
        }
        let all = diagnostics + nested
        guard all.isEmpty else { throw NotebookError(path: path, diagnostics: all) }
        self = result
    }
}
