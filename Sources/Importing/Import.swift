public import Notebook

/// A notebook that another tool wrote, as Markdown that kdbook reads.
public struct Import: Sendable {
    /// The text of the notebook.
    public let text: String
    /// What was left out or means something else, each at its line in the file that was read.
    public let notes: [Diagnostic]

    /// Who wrote the file.
    public enum Format: Sendable {
        case jupyter, quarto, rMarkdown, markdown

        /// The format that a file's name tells; `nil` where it tells none.
        public init?(fileName: String) {
            switch fileName.split(separator: ".").last?.lowercased() {
            case "ipynb": self = .jupyter
            case "qmd": self = .quarto
            case "rmd": self = .rMarkdown
            case "md", "markdown": self = .markdown
            default: return nil
            }
        }
    }

    /// Takes a notebook over.
    ///
    /// Cells of Swift become cells, with the options that kdbook knows; cells of other languages become code that is shown and not
    /// run. What kdbook has exported to Jupyter becomes the notebook that it was: front matter, cells with their options, and prose; cells
    /// that were changed in Jupyter are taken as they are. Not kept are outputs, which a render makes anew, the number of blank
    /// lines between blocks, and `\r` as the ending of lines.
    /// - Parameter path: What errors call the file.
    /// - Throws: what is wrong with the file, and where.
    public init(_ bytes: [UInt8], format: Format, path: String) throws(NotebookError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw NotebookError(path: path, "it is not UTF-8 text; save it as UTF-8", line: 1)
        }
        var notes: [Diagnostic] = []
        switch format {
        case .jupyter:
            let file = try JupyterFile(text, path: path)
            self.text = file.markdown(&notes)
        case .quarto, .rMarkdown, .markdown:
            let file = LiterateFile(text, runsPlainFences: format == .markdown)
            self.text = file.markdown(&notes)
        }
        self.notes = notes
    }
}

extension NotebookError {
    init(path: String, _ message: String, line: Int, column: Int = 1) {
        let place = SourcePosition(line: line, column: column)
        self.init(path: path, diagnostics: [Diagnostic(.error, at: place, message)])
    }
}

/// Blocks of a notebook, one blank line between them.
func joined(_ blocks: [String]) -> String {
    blocks.filter { !$0.isEmpty }.map { $0 + "\n" }.joined(separator: "\n")
}

/// Code between marks that no line of it can close.
func fence(_ language: String, _ code: String) -> String {
    let longest = SourceLines(code).lines.map { $0.drop { $0 == " " }.prefix { $0 == "`" }.count }.max() ?? 0
    let marks = String(repeating: "`", count: max(3, longest + 1))
    return "\(marks)\(language)\n\(code.isEmpty ? "" : code + "\n")\(marks)"
}

/// The text without the line endings around it.
func withoutEdges(_ text: String) -> String {
    let start = text.drop(while: \.isNewline)
    return String(start[..<(start.lastIndex { !$0.isNewline }.map(start.index(after:)) ?? start.startIndex)])
}
