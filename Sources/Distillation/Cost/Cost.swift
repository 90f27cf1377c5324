/// What a computation takes, counted and not measured: the same on every machine.
///
/// A floating-point operation (FLOP) is one addition, subtraction, multiplication, division, comparison, square root, or value of an
/// elementary function such as exp; a multiplication with an addition in one instruction is two. Bytes are those of 32-bit numbers that
/// are read or written at least once.
public struct Cost: Sendable, Hashable {
    /// Floating-point operations.
    public var flops: Int
    /// Bytes read or written.
    public var bytes: Int

    /// A cost of so many operations and bytes.
    public init(flops: Int, bytes: Int) {
        self.flops = flops
        self.bytes = bytes
    }

    /// No operation and no byte.
    public static let none = Cost(flops: 0, bytes: 0)

    /// One after the other.
    public static func + (left: Cost, right: Cost) -> Cost {
        Cost(flops: left.flops + right.flops, bytes: left.bytes + right.bytes)
    }

    /// `count` times.
    public static func * (count: Int, cost: Cost) -> Cost {
        Cost(flops: count * cost.flops, bytes: count * cost.bytes)
    }
}

extension Cost {
    /// How many inferences it takes until `investment` is made good by each inference's costing `after` in place of `before`, in FLOPs,
    /// rounded up; `nil` where an inference costs no less than before.
    public static func inferencesToBreakEven(investment: Cost, from before: Cost, to after: Cost) -> Int? {
        let saved = before.flops - after.flops
        return saved > 0 ? (investment.flops + saved - 1) / saved : nil
    }
}
