/// The options of a cell on which the run and its record depend; all others are about the page.
public struct ExecutionOptions: Sendable, Hashable {
    /// Whether the code is run.
    public let eval: Bool
    /// Whether the cell is expected to fail.
    public let error: Bool
    /// What the message of the expected failure must contain; `nil` is anything.
    public let errorText: String?
    /// Whether the compiler's warnings are kept.
    public let warning: Bool

    /// The options as text, for keys: a line `NAME: VALUE` for each, and last the text of the expected failure, if any.
    /// Different options have different texts.
    public var encoded: String {
        ["eval: \(eval)", "error: \(error)", "warning: \(warning)"].joined(separator: "\n")
            + (errorText.map { "\nerror-text: \($0)" } ?? "")
    }
}

extension CellOptions {
    /// What of them is about the run.
    public var execution: ExecutionOptions {
        ExecutionOptions(eval: eval, error: error, errorText: errorText, warning: warning)
    }
}
