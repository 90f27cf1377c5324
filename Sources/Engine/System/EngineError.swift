/// Why the engine could not do its work, apart from what is wrong in a notebook.
public struct EngineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the engine was about when it failed.
    public enum Phase: String, Sendable {
        case read = "cannot be read"
        case write = "cannot be written"
        case start = "cannot be started"
        case find = "cannot be found"
        case watch = "cannot be watched"
        case resolve = "cannot be resolved"
        case compile = "cannot be compiled"
        case carryOut = "cannot be carried out"
    }

    /// The action that failed.
    public let phase: Phase
    /// The file it happened to.
    public let file: String
    /// The reason, as a sentence without a full stop; where there is a cure, it follows.
    public let cause: String

    /// An error of the action `phase` on `file`, with the reason for it.
    public init(_ phase: Phase, file: String, cause: String) {
        self.phase = phase
        self.file = file
        self.cause = cause
    }

    /// One line: file, action and reason.
    public var description: String { "\(file): error: \(phase.rawValue): \(cause)" }
}
