/// One of several equal parts of some work: `2/5` is the second of five.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
    /// From 1 to ``count``.
    public let index: Int
    /// The number of parts.
    public let count: Int

    /// Reads `i/n`; `nil` where it is not that, or i is not one of 1…n.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], index >= 1, index <= count else {
            return nil
        }
        self.index = index
        self.count = count
    }

    /// The part as `2/5`.
    public var description: String { "\(index)/\(count)" }

    /// Whether piece number `place` (from 0) of the work is in this part: every n-th is.
    public func contains(_ place: Int) -> Bool { place % count == index - 1 }
}
