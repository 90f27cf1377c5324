/// A notebook: front matter, then prose and cells, each with the lines of the source it stands on.
public struct Notebook: Sendable {
    /// The file's name without its ending; names the page's folder.
    public let name: String
    /// The file as messages name it, relative to the book's folder.
    public let path: String
    /// The whole file as it was read, with what it includes.
    public let text: String
    /// The notebook's settings; the defaults where the file has no front matter.
    public let frontMatter: FrontMatter
    /// The blocks in order; their lines cover the file without gap or overlap.
    public let blocks: [Block]
    /// The values in the midst of prose, in order.
    public let inlineValues: [InlineValue]
    /// The values on record that its prose shows, in order.
    public let recordedValues: [RecordedValue]
    /// Where each line comes from; empty where all are the file's own.
    let origins: [LineOrigin]
    /// The text below the front matter as Markdown, in which cells are fences.
    public let markdown: MarkdownDocument
    /// How many lines of the notebook stand above ``markdown``.
    let linesBefore: Int
    /// How its prose shows typed signs; as they are typed unless ``showing(_:)`` says otherwise.
    public internal(set) var typography = Typography.typed

    /// What the notebook is called: its front matter's title, else the first-level heading that it begins with, else its
    /// name.
    public var title: String {
        if let title = frontMatter.title { return title }
        guard let first = markdown.root.children.first, first.isTitle else { return name }
        return first.plainText
    }

    /// The lines of the notebook that a node of ``markdown`` stands on.
    public func lines(of node: MarkdownNode) -> Range<Int> {
        node.lines.lowerBound + linesBefore..<node.lines.upperBound + linesBefore
    }

    /// The cells in order.
    public var cells: [Cell] {
        blocks.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
    }
}

/// A stretch of whole lines of a notebook.
public enum Block: Sendable, Hashable {
    /// The YAML at the top, fences included.
    case frontMatter(lines: Range<Int>)
    /// Markdown that is not run.
    case prose(lines: Range<Int>)
    /// A fence of Swift that is run.
    case cell(Cell)

    /// The lines of the source, counted from 1.
    public var lines: Range<Int> {
        switch self {
        case .frontMatter(let lines), .prose(let lines): lines
        case .cell(let cell): cell.lines
        }
    }
}

/// A fence of Swift that is run.
public struct Cell: Sendable, Hashable {
    /// Place among the notebook's cells, counted from 1.
    public let number: Int
    /// All lines of the fence, the opening and closing one included, counted from 1.
    public let lines: Range<Int>
    /// The line that ``code`` starts on.
    public let codeLine: Int
    /// What is run: the fence's content below its option lines.
    public let code: String
    /// The settings of the cell's `//|` lines; the defaults where it has none.
    public let options: CellOptions
    /// The option lines, as they stand above the code.
    public let optionLines: String
    /// How many bytes stand before each line of ``code`` in the notebook: indentation, and the marks of quotations. Empty
    /// where there are none.
    let margins: [Int]

    /// What the cell is called in messages: its label, else its number.
    public var title: String { options.label ?? "cell \(number)" }
}

/// The text of a parsed notebook: what was parsed, byte for byte.
public func text(of notebook: Notebook) -> String {
    let source = SourceLines(notebook.text)
    return notebook.blocks.map { source.text($0.lines) }.joined()
}

extension Notebook {
    /// What cells may read in an edition, as it is written, and where: the front matter's inputs, or the edition's in their place,
    /// and those of cells.
    public func declaredInputs(in edition: String) -> [(path: String, position: SourcePosition)] {
        let version = frontMatter.editions[edition]
        let position = version?.inputs == nil ? frontMatter.inputsPosition : version?.inputsPosition
        let ofAll = (version?.inputs ?? frontMatter.inputs).map {
            (path: $0, position: position ?? frontMatter.inputsPosition)
        }
        return ofAll
            + cells.flatMap { cell in
                cell.options.inputs.map { (path: $0, position: SourcePosition(line: cell.lines.lowerBound)) }
            }
    }

    /// What the front matter and the cells that are run declare to write, in order.
    public var declaredOutputs: [DeclaredOutput] {
        frontMatter.outputs + cells.filter(\.options.eval).flatMap(\.options.outputs)
    }

    /// Outputs that are declared twice.
    var repeatedOutputs: [Diagnostic] {
        var known: Set<String> = []
        return declaredOutputs.filter { !known.insert($0.name).inserted }.map { output in
            Diagnostic(
                .error, at: output.position, "the output `\(output.name)` is declared twice; keep one of the two")
        }
    }
}

extension Notebook {
    /// The notebook with its prose's signs as its book shows them, unless it says itself.
    public func showing(_ typography: Typography) -> Notebook {
        var notebook = self
        notebook.typography = typography
        if let isSmart = frontMatter.smart { notebook.typography.isSmart = isSmart }
        return notebook
    }
}
