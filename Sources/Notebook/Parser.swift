import CCMarkGFM

extension Notebook {
    /// Parses a notebook.
    ///
    /// CommonMark decides what is a fence (version 0.29 with GitHub's extensions); each fence whose language is Swift is a
    /// cell, also in lists and quotations. A fence of Swift in a footnote is an error.
    ///
    /// - Parameters:
    ///   - text: the file's content.
    ///   - name: the file's name without its ending.
    ///   - path: the file as messages are to name it.
    /// - Throws: everything that is wrong, in one error.
    public init(parsing text: String, name: String, path: String) throws(NotebookError) {
        try self.init(parsing: NotebookText(text), name: name, path: path)
    }

    /// Parses a notebook with what it includes.
    ///
    /// - Throws: everything that is wrong, in one error.
    public init(parsing text: NotebookText, name: String, path: String) throws(NotebookError) {
        let parsed = Notebook.parsed(text, name: name, path: path)
        guard parsed.diagnostics.isEmpty else {
            throw NotebookError(parsed.notebook, parsed.diagnostics.sorted { $0.position < $1.position })
        }
        self = parsed.notebook
    }

    /// Parses a notebook whatever is wrong with it.
    ///
    /// - Parameter given: stands for what the text's own front matter says.
    static func parsed(
        _ whole: NotebookText, name: String, path: String, frontMatter given: FrontMatter?
    ) -> (notebook: Notebook, diagnostics: [Diagnostic]) {
        let text = whole.text
        let source = SourceLines(text)
        var diagnostics = whole.problems
        var blocks: [Block] = []
        var frontMatter = given ?? FrontMatter()
        var linesBefore = 0
        if let lines = source.frontMatterLines(&diagnostics) {
            let yaml = source.text(lines.lowerBound + 1..<lines.upperBound - 1)
            if given == nil {
                let (parsed, problems) = FrontMatter.parse(yaml: yaml, firstLine: lines.lowerBound + 1)
                frontMatter = parsed
                diagnostics += problems
            }
            blocks.append(.frontMatter(lines: lines))
            linesBefore = lines.upperBound - 1
        }
        let end = source.lines.count + 1
        let body = linesBefore + 1 >= end ? "" : source.text(linesBefore + 1..<end)
        let document = MarkdownDocument(body)
        if let problem = document.problem { diagnostics.append(problem.moved(by: linesBefore)) }
        blocks += proseAndCells(document, source, linesBefore: linesBefore, &diagnostics)
        let cells = blocks.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
        let finder = InlineValueFinder(
            in: document, linesBefore: linesBefore, source: source, cells: cells,
            editions: Set(frontMatter.editions.keys))
        let captions = cells.captionValues
        let notebook = Notebook(
            name: name, path: path, text: text, frontMatter: frontMatter, blocks: blocks,
            inlineValues: InlineValue.numbered(finder.values + captions.values),
            recordedValues: finder.recordedValues, origins: whole.origins, markdown: document,
            linesBefore: linesBefore)
        let problems =
            lostCells(document, linesBefore: linesBefore) + doubleLabels(cells) + unlabelledCaptions(cells)
            + finder.problems + captions.problems + frontMatter.misplacedValues + notebook.valuesInTitle
            + notebook.repeatedOutputs
        return (notebook, diagnostics + problems)
    }

    /// The blocks below the front matter, whose Markdown is `document`.
    private static func proseAndCells(
        _ document: MarkdownDocument, _ source: SourceLines, linesBefore: Int, _ diagnostics: inout [Diagnostic]
    ) -> [Block] {
        var blocks: [Block] = []
        var next = linesBefore + 1
        for (index, fence) in SwiftFence.all(in: document, source, linesBefore: linesBefore).enumerated() {
            if fence.lines.lowerBound > next { blocks.append(.prose(lines: next..<fence.lines.lowerBound)) }
            let (cell, problems) = Cell.parse(number: index + 1, fence: fence, source: source)
            blocks.append(.cell(cell))
            diagnostics += problems
            next = fence.lines.upperBound
        }
        if next <= source.lines.count { blocks.append(.prose(lines: next..<source.lines.count + 1)) }
        return blocks
    }

    /// Parses a notebook whatever is wrong with it.
    public static func parsed(
        _ text: String, name: String, path: String
    ) -> (notebook: Notebook, diagnostics: [Diagnostic]) {
        parsed(NotebookText(text), name: name, path: path)
    }

    /// Parses a notebook with what it includes, whatever is wrong with it.
    public static func parsed(
        _ text: NotebookText, name: String, path: String
    ) -> (notebook: Notebook, diagnostics: [Diagnostic]) {
        parsed(text, name: name, path: path, frontMatter: nil)
    }

    static func parsed(
        _ text: String, name: String, path: String, frontMatter: FrontMatter?
    ) -> (notebook: Notebook, diagnostics: [Diagnostic]) {
        parsed(NotebookText(text), name: name, path: path, frontMatter: frontMatter)
    }

    /// Fences that look like cells and are none: those in footnotes, and those of a language that is a letter off.
    private static func lostCells(_ document: MarkdownDocument, linesBefore: Int) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        func visit(_ node: MarkdownNode, isInFootnote: Bool) {
            if node.type == CMARK_NODE_CODE_BLOCK {
                let position = SourcePosition(line: node.lines.lowerBound + linesBefore)
                if isInFootnote, node.isSwiftFence {
                    let message =
                        "a cell cannot stand in a footnote, which the page shows elsewhere: put it where it is to run; "
                        + "code that is not to run is a fence of `text`"
                    problems.append(Diagnostic(.error, at: position, message))
                } else if !node.isSwiftFence, isNearlySwift(node) {
                    let message =
                        "the language `\(node.fenceWord)` is not known, and the fence looks like a cell: write `swift`"
                    problems.append(Diagnostic(.error, at: position, message))
                }
            }
            let isFootnote = node.type == CMARK_NODE_FOOTNOTE_DEFINITION
            for child in node.children { visit(child, isInFootnote: isInFootnote || isFootnote) }
        }
        visit(document.root, isInFootnote: false)
        return problems
    }

    private static func isNearlySwift(_ node: MarkdownNode) -> Bool {
        let word = node.fenceWord.lowercased().filter { $0.isLetter || $0.isNumber }
        let isExchanged = word != "swift" && word.sorted() == "swift".sorted()
        return isExchanged || editDistance(String(word.prefix(10)), "swift") == 1
            || word.isEmpty && node.literal.hasPrefix("//|")
    }

    /// A title names the notebook before anything has run.
    private var valuesInTitle: [Diagnostic] {
        guard frontMatter.title == nil else { return [] }
        let marked = [
            (InlineValue.mark, "an inline value", inlineValues.map(\.position)),
            (RecordedValue.mark, "a value on record", recordedValues.map(\.position)),
        ]
        return marked.compactMap { mark, words, positions in
            guard title.contains(mark), let position = positions.first else { return nil }
            let message = "a title cannot hold \(words); give the notebook a `title` in its front matter"
            return Diagnostic(.error, at: position, message)
        }
    }

    /// A caption needs a label: readers and other cells refer to a figure by it, and it decides the number.
    private static func unlabelledCaptions(_ cells: [Cell]) -> [Diagnostic] {
        cells.flatMap { cell in
            [("fig-cap", cell.options.figureCaption, "fig-"), ("tbl-cap", cell.options.tableCaption, "tbl-")]
                .compactMap { option, caption, prefix in
                    guard caption != nil, cell.options.label?.hasPrefix(prefix) != true else { return nil }
                    return Diagnostic(
                        .error, at: SourcePosition(line: cell.lines.lowerBound + 1),
                        "a cell with `\(option)` needs a label that starts with `\(prefix)`, such as `label: \(prefix)loss`"
                    )
                }
        }
    }

    private static func doubleLabels(_ cells: [Cell]) -> [Diagnostic] {
        var places: [String: Int] = [:]
        return cells.compactMap { cell in
            guard let label = cell.options.label else { return nil }
            guard let earlier = places[label] else {
                places[label] = cell.lines.lowerBound
                return nil
            }
            return Diagnostic(
                .error, at: SourcePosition(line: cell.lines.lowerBound + 1),
                "the label `\(label)` is taken by the cell on line \(earlier)")
        }
    }
}

extension Substring {
    var trimmingTrailingSpace: Substring {
        var rest = self
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
