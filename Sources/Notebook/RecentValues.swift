/// Values that were worked out lately, by what they follow from. The `limit` used last are there; of older ones, as many at most.
public struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Those used since the last change of generations, and those used in the generation before.
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private let limit: Int

    /// - Precondition: `limit` is above 0.
    public init(limit: Int) {
        precondition(limit > 0, "a memory for \(limit) values remembers nothing")
        self.limit = limit
    }

    /// How many values are there, at most twice the limit.
    public var count: Int { young.count + old.keys.count { young[$0] == nil } }

    /// The value of `key`, which counts as used now.
    public subscript(key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old[key] else { return nil }
            self[key] = value
            return value
        }
        set {
            guard let newValue else {
                young[key] = nil
                old[key] = nil
                return
            }
            if young.count >= limit, young[key] == nil { (young, old) = ([:], young) }
            young[key] = newValue
        }
    }
}
