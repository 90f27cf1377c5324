import TestSupport

extension SeededGenerator {
    /// A number of either sign whose magnitude is anywhere between the least and the greatest.
    mutating func anyMagnitude() -> Double {
        let bits = next() & ~(0x7FF << 52) | UInt64.random(in: 1...2045, using: &self) << 52
        return Double(bitPattern: bits)
    }
}
