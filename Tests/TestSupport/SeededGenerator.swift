/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same draws from the same seed on every machine.
///
/// The generators under test are kdbook's own, so that a test that drew from one of these would test it with itself.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Equal seeds give equal draws.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in 0 ..< `bound`.
    public mutating func integer(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// A multiple of 2⁻⁵³ in 0 ..< 1.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}
