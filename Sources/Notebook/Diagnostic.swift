import Wire

/// A place in a file: line and column, both counted from 1; a column counts UTF-8 bytes, as compilers do.
public struct SourcePosition: Codable, Hashable, Sendable, Comparable {
    /// The line, counted from 1.
    public var line: Int
    /// The column in UTF-8 bytes, counted from 1.
    public var column: Int

    /// A place; without a column, the beginning of the line.
    public init(line: Int, column: Int = 1) {
        self.line = line
        self.column = column
    }

    /// Places come in the order of the text.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension SourcePosition {
    /// - Throws: that no file has such a line or column.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            line: try members.decode(Int.self, forKey: .line), column: try members.decode(Int.self, forKey: .column))
        let places = 0...1_000_000_000
        try decoder.require(places.contains(line) && places.contains(column), "a file has such a place")
    }
}

/// What is wrong (or worth saying) at a place in a cell or notebook.
public struct Diagnostic: Codable, Hashable, Sendable {
    /// The weight of a message: an error fails the notebook, a warning does not, and a note explains the message before
    /// it.
    public enum Severity: String, Codable, Sendable { case error, warning, note }

    /// The weight of this message.
    public var severity: Severity
    /// Where; lines of a notebook, or of a cell's code where the diagnostic belongs to a cell's record.
    public var position: SourcePosition
    /// The fault and its cure, as a sentence without a full stop.
    public var message: String
    /// The number of the cell whose lines the position counts, where that is not the one whose record this stands in.
    public var cell: Int?
    /// The file that it is about, where that is not the one it is told of: one that a notebook includes.
    public var file: String?

    /// A message at a place; `cell` names another cell whose lines the place counts.
    public init(_ severity: Severity, at position: SourcePosition, _ message: String, cell: Int? = nil) {
        self.severity = severity
        self.position = position
        self.message = message
        self.cell = cell
    }

    /// The one line a terminal shows: `file:line:column: severity: message`.
    public func rendered(file: String) -> String {
        "\(self.file ?? file):\(position.line):\(position.column): \(severity.rawValue): \(message)"
    }

    /// The same at a place `lines` further down.
    public func moved(by lines: Int) -> Diagnostic {
        Diagnostic(severity, at: SourcePosition(line: position.line + lines, column: position.column), message)
    }
}

/// Everything that is wrong with a notebook's text, found in one go.
public struct NotebookError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The notebook's path as it is shown, relative to the book.
    public let path: String
    /// The faults, all that were found in one go.
    public let diagnostics: [Diagnostic]

    /// The faults of the file at `path`.
    public init(path: String, diagnostics: [Diagnostic]) {
        self.path = path
        self.diagnostics = diagnostics
    }

    /// A line for each fault: file, place, weight and message.
    public var description: String {
        diagnostics.map { $0.rendered(file: path) }.joined(separator: "\n")
    }
}
