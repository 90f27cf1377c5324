/// Why an archive, or what is in it, is refused.
public struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file in the archive; `nil` where it is about the whole of it.
    public let entry: String?
    /// The reason for the refusal, as a sentence without a full stop.
    public let cause: String

    /// An error about a file in the archive, or about the archive itself where `entry` is `nil`.
    public init(_ entry: String? = nil, cause: String) {
        self.entry = entry
        self.cause = cause
    }

    /// The entry, where there is one, and the cause: `a/../b: the path leads out of its folder`.
    public var description: String { (entry.map { "\($0): " } ?? "") + cause }
}
