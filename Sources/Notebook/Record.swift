public import Wire

/// What a run of a notebook gave: all that its page needs besides the notebook itself.
///
/// A record holds nothing that varies from run to run: no time, no path of a machine, no key. Lines in it count
/// from each cell's own first line of code, so that prose may move above a cell without making its record stale.
public struct Record: Codable, Hashable, Sendable {
    /// The version of this format.
    public static let currentFormat = 1

    /// The version of the format that the record is written in.
    public var format = Record.currentFormat
    /// The notebook's name: its file's name without `.md`.
    public var notebook: String
    /// The edition that ran; `default` is the notebook as it stands.
    public var edition: String
    /// Each parameter's value, as Swift source.
    public var parameters: [String: String]
    /// The files that the cells could read, in the order of their paths.
    public var inputs: [Input]
    /// The files that it wrote, in the order of their names; `nil` where it declares none.
    public var outputs: [Output]?
    /// A record for each cell, in the notebook's order.
    public var cells: [CellRecord]
    /// What the inline values gave, in order; `nil` where the notebook has none.
    public var values: [ValueRecord]?

    /// A record in the current format, without outputs.
    public init(
        notebook: String, edition: String, parameters: [String: String], inputs: [Input], cells: [CellRecord],
        values: [ValueRecord]? = nil
    ) {
        self.notebook = notebook
        self.edition = edition
        self.parameters = parameters
        self.inputs = inputs
        self.cells = cells
        self.values = values
    }

    /// A file that cells may read, and what was in it.
    public struct Input: Codable, Hashable, Sendable {
        /// The file's path from the book's folder.
        public var path: String
        /// The SHA-256 of its content, in hexadecimal; of the unpacked content where it is gzip.
        public var sha256: String

        /// An input by its path and digest.
        public init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// A file that a notebook wrote, as far as a record holds it.
    public struct Output: Codable, Hashable, Sendable {
        /// The path that the notebook declares, from its scratch folder.
        public var name: String
        /// The SHA-256 of its content, in hexadecimal.
        public var sha256: String
        /// Its size.
        public var bytes: Int

        /// The folder of what a notebook wrote, from that of its page.
        public static let folder = "outputs"

        /// Where it lies, from the page's folder.
        public var path: String { "\(Output.folder)/\(name)" }

        /// An output by its name, digest and size in bytes.
        public init(name: String, sha256: String, bytes: Int) {
            self.name = name
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// Whether a cell did other than expected, or an inline value has no value.
    public var failed: Bool {
        cells.contains { $0.status == .failed } || values?.contains { $0.text == nil } ?? false
    }
}

/// What one inline value gave.
public struct ValueRecord: Codable, Hashable, Sendable {
    /// The expression as the prose has it, without its marks.
    public var expression: String
    /// What stands in the prose; `nil` where it could not be evaluated.
    public var text: String?
    /// What was said of it; columns count from the expression's start.
    public var diagnostics: [Diagnostic]

    /// A record of the value; without `text`, the expression could not be evaluated.
    public init(expression: String, text: String? = nil, diagnostics: [Diagnostic] = []) {
        self.expression = expression
        self.text = text
        self.diagnostics = diagnostics
    }
}

/// What one cell gave.
public struct CellRecord: Codable, Hashable, Sendable {
    /// The end that the cell came to, compared with the one its options expect.
    public enum Status: String, Codable, Sendable {
        /// It ran to its end, or failed where it was to fail.
        case asExpected
        /// It failed, or did not where it was to.
        case failed
        /// It was not run: by its own option, or because a cell before it failed.
        case skipped
    }

    /// The cell's label; `nil` where it has none.
    public var label: String?
    /// The end that the cell came to.
    public var status: Status
    /// What it showed, in order.
    public var displays: [Display]
    /// Errors and warnings, placed in the cell's code.
    public var diagnostics: [Diagnostic]
    /// The SHA-256 of the file of each picture, by the digest of what the picture shows. It is no part of a record that is
    /// kept, because it depends on how the file was compressed.
    public var pictureFiles: [String: String] = [:]

    private enum CodingKeys: String, CodingKey { case label, status, displays, diagnostics }

    /// A record of a cell without the digests of its pictures' files.
    public init(label: String?, status: Status, displays: [Display] = [], diagnostics: [Diagnostic] = []) {
        self.label = label
        self.status = status
        self.displays = displays
        self.diagnostics = diagnostics
    }
}
