import Comparison
import Notebook
import Wire

/// A notebook of one cell, with `options`, whose code stands on line 2 + the number of options.
func notebook(_ options: String..., cells: Int = 1) -> Notebook {
    let fence = "```swift\n" + options.map { "//| \($0)\n" }.joined() + "f()\n```\n"
    let others = String(repeating: "\n```swift\ng()\n```\n", count: cells - 1)
    return Notebook.parsed(fence + others, name: "n", path: "Notebooks/n.md").notebook
}

func record(_ cells: CellRecord...) -> Record {
    Record(notebook: "n", edition: "default", parameters: [:], inputs: [], cells: cells)
}

func cell(
    _ displays: Display..., label: String? = nil, status: CellRecord.Status = .asExpected,
    diagnostics: [Diagnostic] = []
) -> CellRecord {
    CellRecord(label: label, status: status, displays: displays, diagnostics: diagnostics)
}

/// The lines that tell how `found` differs from `recorded`, in a notebook whose only cell has `options`.
func told(_ recorded: Display, _ found: Display, _ options: String...) -> [String] {
    let fence = "```swift\n" + options.map { "//| \($0)\n" }.joined() + "f()\n```\n"
    let notebook = Notebook.parsed(fence, name: "n", path: "Notebooks/n.md").notebook
    return told(record(cell(recorded)), record(cell(found)), notebook)
}

func told(_ recorded: Record, _ found: Record, _ notebook: Notebook) -> [String] {
    differences(between: recorded, and: found, in: notebook).map {
        $0.description(naming: ("recorded", "now"))
    }
}

func figure(
    _ y: [JSONValue], label: String = "loss", words: String = "A line.", width: Int = 640, light: String = "aa",
    dark: String = "bb"
) -> Display {
    let mark = JSONValue.object([
        "line": .object([
            "_0": .object(["label": .string(label), "y": .object(["numbers": .object(["_0": .array(y)])])])
        ])
    ])
    return .figure(
        FigureContent(
            data: .object(["charts": .array([.object(["marks": .array([mark])])])]), alternativeText: words,
            width: width, height: 400, light: light, dark: dark))
}

func table(
    _ rows: [[String]], columns: [String] = ["net", "accuracy"], caption: String? = nil,
    alignments: [TableContent.Alignment] = [.leading, .trailing]
) -> Display {
    .table(TableContent(caption: caption, columns: columns, alignments: alignments, rows: rows))
}
