/// Powers of ten and logarithms without the platform's mathematics library, whose last bits differ between machines.
package enum Decimal {
    /// 10^exponent, correctly rounded; 0 or infinity beyond the range of `Double`.
    package static func power(_ exponent: Int) -> Double {
        exponent < -323 ? 0 : exponent > 308 ? .infinity : powers[exponent + 323]
    }

    private static let powers: [Double] = (-323...308).map { Double("1e\($0)") ?? 0 }

    /// The number `mantissa` × 10^`exponent`, correctly rounded.
    package static func value(_ mantissa: Int, _ exponent: Int) -> Double {
        Double("\(mantissa)e\(exponent)") ?? .infinity
    }

    /// value × 10^exponent, in two steps, because one power may be beyond the range of `Double`.
    static func scaled(_ value: Double, _ exponent: Int) -> Double {
        value * power(exponent / 2) * power(exponent - exponent / 2)
    }

    /// The largest e with 10^e ≤ |x|; 0 for 0.
    package static func exponent(_ x: Double) -> Int {
        let magnitude = abs(x)
        guard magnitude > 0, magnitude.isFinite else { return magnitude.isInfinite ? 308 : 0 }
        var (low, high) = (0, powers.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if powers[middle] <= magnitude { low = middle } else { high = middle - 1 }
        }
        return low - 323
    }

    /// log₁₀ x for 0 < x < ∞ within 1e−15 relative to 1 + |log₁₀ x|, the same on every machine: x = m·2^e with
    /// 1/√2 ≤ m < √2, and ln m = 2(s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1), summed from the smallest term.
    package static func logarithm(_ x: Double) -> Double {
        var (mantissa, exponent) = (x.significand, Double(x.exponent))
        if mantissa > 1.4142135623730951 {
            mantissa /= 2
            exponent += 1
        }
        let s = (mantissa - 1) / (mantissa + 1)
        let square = s * s
        var sum = 0.0
        for divisor in stride(from: 23.0, through: 1, by: -2) { sum = sum * square + 1 / divisor }
        return exponent * 0.3010299956639812 + 2 * s * sum * 0.4342944819032518
    }

    /// 10^x for ticks and ends of logarithmic axes, within 1e−13 relative.
    package static func exponential(_ x: Double) -> Double {
        let whole = x.rounded(.down)
        // e^y for 0 ≤ y < ln 10 as the eighth power of a Taylor sum.
        let y = (x - whole) * 2.302585092994046 / 8
        var sum = 1.0
        for term in stride(from: 16.0, through: 1, by: -1) { sum = 1 + y / term * sum }
        let square = sum * sum
        let fourth = square * square
        return fourth * fourth * power(Int(min(max(whole, -400), 400)))
    }
}
