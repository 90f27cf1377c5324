/// One of several equal parts of some work: `2/5` is the second of five, and `0/5` is none of them.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
    /// From 1 to ``count``; 0 for no part.
    public let index: Int
    /// The number of parts.
    public let count: Int

    /// Reads `i/n`; `nil` where it is not that, or i is not one of 0…n.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1, (0...count).contains(index)
        else {
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
