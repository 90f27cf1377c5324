import Yams

/// The options of a cell: the lines that start with `//|` at its top, read as YAML.
public struct CellOptions: Sendable, Hashable {
    /// The cell's name; figures and tables are referred to by it (`fig-loss`).
    public var label: String?
    /// Whether the code is shown.
    public var echo = true
    /// Whether the code is run.
    public var eval = true
    /// Whether what the cell shows is on the page.
    public var output = true
    /// Whether anything of the cell is on the page.
    public var include = true
    /// Whether the cell is expected to fail.
    public var error = false
    /// What the message of the expected failure must contain; `nil` is anything.
    public var errorText: String?
    /// Whether the compiler's warnings are shown.
    public var warning = true
    /// The caption below the cell's first figure, in inline Markdown: `fig-cap`.
    public var figureCaption: String?
    /// Where it stands.
    public var figureCaptionPosition = SourcePosition(line: 1)
    /// The captions of the figures behind the first, in order.
    public var furtherFigureCaptions: [PlacedText] = []
    /// A description of the cell's first figure for readers who cannot see it: `fig-alt`.
    public var figureAlternativeText: String?
    /// The descriptions of the figures behind the first, in order.
    public var furtherFigureAlternativeTexts: [String] = []
    /// The caption above the cell's first table, in inline Markdown: `tbl-cap`.
    public var tableCaption: String?
    /// Where it stands.
    public var tableCaptionPosition = SourcePosition(line: 1)
    /// What the cell's output must be, and how near its numbers must come to those on record.
    public var expect: ExpectedOutput?
    /// How long the cell may run, in seconds; `nil` is the notebook's limit.
    public var timeout: Double?
    /// Files, or folders of files, that the cell reads, relative to the book's folder.
    public var inputs: [String] = []
    /// Files that the cell writes, for readers and for other notebooks.
    public var outputs: [DeclaredOutput] = []
    /// Whether the code is folded away; `nil` is as the notebook says.
    public var codeFold: CodeFold?

    /// The options of a cell that states none.
    public init() {}
}

extension CellOptions {
    private enum Name: String, EntryName {
        case label, echo, eval, output, include, error, warning, expect, timeout, inputs, outputs
        case figureCaption = "fig-cap"
        case figureAlternativeText = "fig-alt"
        case tableCaption = "tbl-cap"
        case codeFold = "code-fold"
    }

    /// What options are called.
    public static var names: [String] { Name.all }

    /// Reads `yaml`, whose first line is line `firstLine` of the notebook and starts at column `column`.
    ///
    /// - Returns: the options, and all that is wrong with them.
    static func parse(yaml: String, firstLine: Int, column: Int) -> (CellOptions, [Diagnostic]) {
        var options = CellOptions()
        let diagnostics = YAMLValue.readMapping(
            yaml, firstLine: firstLine, column: column, what: "option"
        ) { (name: Name, value) throws(YAMLValue.Mismatch) in
            try options.set(name, value)
        }
        return (options, diagnostics)
    }

    private mutating func set(_ name: Name, _ value: YAMLValue) throws(YAMLValue.Mismatch) {
        switch name {
        case .label: label = try CellOptions.label(value)
        case .echo: echo = try value.bool
        case .eval: eval = try value.bool
        case .output: output = try value.bool
        case .include: include = try value.bool
        case .error:
            errorText = try value.textBesidesBool
            error = errorText == nil ? try value.bool : true
        case .warning: warning = try value.bool
        case .figureCaption:
            let texts = try value.texts
            (figureCaption, figureCaptionPosition) = (texts[0].text, texts[0].position)
            furtherFigureCaptions = Array(texts.dropFirst())
        case .figureAlternativeText:
            let texts = try value.texts.map(\.text)
            (figureAlternativeText, furtherFigureAlternativeTexts) = (texts[0], Array(texts.dropFirst()))
        case .tableCaption: (tableCaption, tableCaptionPosition) = (try value.string, value.position)
        case .expect: expect = try ExpectedOutput.parse(value)
        case .timeout: timeout = try value.seconds
        case .inputs: inputs = try value.paths
        case .outputs: outputs = try value.outputs
        case .codeFold: codeFold = try value.codeFold
        }
    }

    /// The words for those who do not see the figure at `place`, counted from 0.
    public func figureAlternativeText(at place: Int) -> String? {
        let texts = [figureAlternativeText].compactMap(\.self) + furtherFigureAlternativeTexts
        return texts.indices.contains(place) ? texts[place] : nil
    }

    private static func label(_ value: YAMLValue) throws(YAMLValue.Mismatch) -> String {
        let text = try value.string
        let allowed = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        guard allowed, text.first?.isLetter == true else {
            throw YAMLValue.Mismatch(
                expected: "a name of letters, digits, - and _, such as fig-loss", found: text, position: value.position)
        }
        return text
    }
}
