/// What the user asked for and is not there: a book where none is, a notebook that nobody wrote.
public struct RequestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked for, as the user wrote it, or `kdbook` for the command itself.
    public let subject: String
    public let cause: String

    public init(_ subject: String, cause: String) {
        self.subject = subject
        self.cause = cause
    }

    public var description: String { "\(subject): error: \(cause)" }
}
