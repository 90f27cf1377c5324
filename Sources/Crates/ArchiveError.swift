/// Why an archive, or what is in it, is refused.
public struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file in the archive; `nil` where it is about the whole of it.
    public let entry: String?
    public let cause: String

    public init(_ entry: String? = nil, cause: String) {
        self.entry = entry
        self.cause = cause
    }

    public var description: String { (entry.map { "\($0): " } ?? "") + cause }
}
