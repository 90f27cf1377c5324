/// What a book says of itself in another language: the file `book.zh.yml` beside `book.yml`.
public struct BookTranslation: Sendable, Hashable {
    /// The book's title in this language; `nil` shows the original.
    public var title: String?
    /// The book's abstract in this language; `nil` shows the original.
    public var abstract: String?
    /// The words about the examined text in this language; `nil` shows the original.
    public var source: BookConfiguration.Source?
    /// What each highlight says, in the order of the book's file.
    public var highlights: [String] = []
    private var highlightsPosition = SourcePosition(line: 1)

    /// A translation that translates nothing.
    public init() {}

    private enum Name: String, EntryName { case title, abstract, source, highlights }

    /// Reads the file's content.
    ///
    /// - Parameters:
    ///   - original: what the book says in its first language.
    ///   - path: the file as messages are to name it.
    /// - Throws: everything that is wrong, in one error.
    public init(parsing text: String, of original: BookConfiguration, path: String) throws(NotebookError) {
        var result = BookTranslation()
        var problems: [Diagnostic] = []
        problems += YAMLValue.readMapping(text, firstLine: 1, column: 1, what: "entry") {
            (name: Name, value) throws(YAMLValue.Mismatch) in
            switch name {
            case .title: result.title = try value.string
            case .abstract: result.abstract = try value.string
            case .source: result.source = try BookConfiguration.Source(value, &problems)
            case .highlights:
                for value in try value.list { result.highlights.append(try value.string) }
                result.highlightsPosition = value.position
            }
        }
        let (given, asked) = (result.highlights.count, original.highlights.count)
        if given > 0, given != asked {
            let message = "\(given) highlights, but `\(BookConfiguration.fileName)` has \(asked): one sentence for each"
            problems.append(Diagnostic(.error, at: result.highlightsPosition, message))
        }
        guard problems.isEmpty else {
            throw NotebookError(path: path, diagnostics: problems.sorted { $0.position < $1.position })
        }
        self = result
    }
}

extension BookConfiguration {
    /// The same in another language, as far as it is translated.
    public func translated(by translation: BookTranslation) -> BookConfiguration {
        var result = self
        result.title = translation.title ?? title
        result.abstract = translation.abstract ?? abstract
        result.source = translation.source ?? source
        for (index, says) in zip(highlights.indices, translation.highlights) { result.highlights[index].says = says }
        return result
    }
}
