/// A number that counts what is done with it, on the task's tally.
struct CountedNumber: Comparable {
    final class Tally: @unchecked Sendable { var flops = 0 }
    @TaskLocal static var tally = Tally()

    var value: Double

    init(_ value: Double) { self.value = value }

    private static func counted(_ value: Double) -> CountedNumber {
        tally.flops += 1
        return CountedNumber(value)
    }
    static func + (a: Self, b: Self) -> Self { counted(a.value + b.value) }
    static func - (a: Self, b: Self) -> Self { counted(a.value - b.value) }
    static func * (a: Self, b: Self) -> Self { counted(a.value * b.value) }
    static func / (a: Self, b: Self) -> Self { counted(a.value / b.value) }
    /// A comparison.
    static func < (a: Self, b: Self) -> Bool { counted(0).value == 0 && a.value < b.value }
    /// Any function of one number.
    func applying(_ function: (Double) -> Double) -> Self { Self.counted(function(value)) }

    /// The FLOPs of `body`.
    static func flops(of body: () -> Void) -> Int {
        let tally = Tally()
        $tally.withValue(tally, operation: body)
        return tally.flops
    }
}
