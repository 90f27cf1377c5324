/// What the user asked for and is not there: a book where none is, a notebook that nobody wrote.
public struct RequestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked for, as the user wrote it, or `kdbook` for the command itself.
    public let subject: String
    /// The reason, with the cure: what the user can write instead.
    public let cause: String

    /// An error about `subject`, what the user wrote, with the reason for it.
    public init(_ subject: String, cause: String) {
        self.subject = subject
        self.cause = cause
    }

    /// One line: subject and reason.
    public var description: String { "\(subject): error: \(cause)" }
}
