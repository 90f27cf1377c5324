/// Why a formula could not be read, and where.
public struct MathError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do about it, in one sentence without a full stop.
    public let message: String
    /// Where in the TeX source, in UTF-8 bytes from its start.
    public let offset: Int
    /// The nearest known name, written as in the source, where a name was not known.
    public let suggestion: String?

    /// An error at `offset` bytes into the source.
    public init(message: String, offset: Int, suggestion: String? = nil) {
        self.message = message
        self.offset = offset
        self.suggestion = suggestion
    }

    /// The message, and the nearest known name where there is one.
    public var description: String {
        guard let suggestion else { return message }
        return "\(message); did you mean \(suggestion)?"
    }
}
