/// A line of Markdown beside the prose: a title, an abstract, a caption.
public struct ShortText: Sendable, Hashable {
    /// The text on one line.
    public let text: String
    /// Where it begins in the notebook.
    public let position: SourcePosition

    /// - Parameter text: what was written; where it breaks its line, a blank stands in the break's place.
    public init(_ text: String, at position: SourcePosition = SourcePosition(line: 1)) {
        self.text = text.contains(where: \.isNewline) ? String(text.map { $0.isNewline ? " " : $0 }) : text
        self.position = position
    }

    /// The inline values in it, as of a text that `cellsAbove` cells stand above, and what is wrong with them.
    func values(cellsAbove: Int) -> (values: [InlineValue], problems: [Diagnostic]) {
        guard text.contains("`" + InlineValue.mark) else { return ([], []) }
        let finder = InlineValueFinder(
            in: MarkdownDocument(text), linesBefore: 0, source: SourceLines(text), cells: [])
        func placed(_ place: SourcePosition) -> SourcePosition {
            SourcePosition(line: position.line, column: position.column + place.column - 1)
        }
        let values = finder.values.map { value in
            InlineValue(
                number: value.number, expression: value.expression, position: placed(value.position),
                expressionPosition: placed(value.expressionPosition), length: value.length, cellsAbove: cellsAbove)
        }
        return (values, finder.problems.map { Diagnostic($0.severity, at: placed($0.position), $0.message) })
    }
}

extension FrontMatter {
    /// The title as text with its place, for reading its Markdown.
    public var titleText: ShortText? { title.map { ShortText($0, at: titlePosition) } }
    /// The abstract as text with its place, for reading its Markdown.
    public var abstractText: ShortText? { abstract.map { ShortText($0, at: abstractPosition) } }

    /// Titles and abstracts stand on other pages, which are made without a run.
    var misplacedValues: [Diagnostic] {
        [("title", titleText), ("abstract", abstractText)].compactMap { name, text in
            guard let text, text.text.contains("`" + InlineValue.mark) || text.text.contains(RecordedValue.opening)
            else { return nil }
            let message =
                "the \(name) cannot hold an inline value, because other pages show it before anything has run; "
                + "put the value into the prose"
            return Diagnostic(.error, at: text.position, message)
        }
    }
}

extension CellOptions {
    /// The captions of the cell's figures, in order.
    public var figureCaptionTexts: [ShortText] {
        let first = figureCaption.map { PlacedText($0, at: figureCaptionPosition) }
        return ([first].compactMap(\.self) + furtherFigureCaptions).map { ShortText($0.text, at: $0.position) }
    }

    /// The table's caption as text with its place, for reading its Markdown.
    public var tableCaptionText: ShortText? { tableCaption.map { ShortText($0, at: tableCaptionPosition) } }
}

extension [Cell] {
    /// The inline values in the captions, each evaluated behind its cell.
    var captionValues: (values: [InlineValue], problems: [Diagnostic]) {
        var values: [InlineValue] = []
        var problems: [Diagnostic] = []
        for cell in self {
            for caption in cell.options.figureCaptionTexts + [cell.options.tableCaptionText].compactMap(\.self) {
                if caption.text.contains(RecordedValue.opening) {
                    let message = "a caption cannot hold a value on record; its cell has the value itself: `{swift} …`"
                    problems.append(Diagnostic(.error, at: caption.position, message))
                }
                let found = caption.values(cellsAbove: cell.number)
                values += found.values
                problems += found.problems
            }
        }
        return (values, problems)
    }
}
