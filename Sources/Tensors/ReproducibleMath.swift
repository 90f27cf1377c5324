/// Elementary functions that give the same bits on every machine.
///
/// A system's mathematics library may differ between machines in its last bits. These are made of IEEE 754
/// additions, multiplications, divisions, fused multiply-adds and integer steps in a fixed order, each of
/// which has one result. Their error is below 1 unit in the last place on the domains stated, and below
/// 1½ units for `expMinusOne` and 2½ for `tanh`.
public enum ReproducibleMath {
    /// eˣ; 0 below −745.2, infinity above 709.79.
    ///
    /// x = k·ln 2 + r with |r| ≤ ½ ln 2; eʳ by its Taylor polynomial of degree 13.
    public static func exp(_ x: Double) -> Double {
        guard x < 709.79 else { return x.isNaN ? x : .infinity }
        guard x > -745.2 else { return 0 }
        let (k, p) = exponentAndRemainder(x)
        // Two steps, so that the power of two stays finite and normal and a subnormal result is rounded once.
        let half = k / 2
        return (1 + p) * powerOfTwo(half) * powerOfTwo(k - half)
    }

    /// eˣ − 1, accurate also where x is small.
    public static func expMinusOne(_ x: Double) -> Double {
        guard x < 709 else { return x.isNaN ? x : exp(x) }
        guard x > -38 else { return -1 }
        let (k, p) = exponentAndRemainder(x)
        let scale = powerOfTwo(k)
        return scale * p + (scale - 1)
    }

    /// The natural logarithm; −infinity at 0, NaN below.
    ///
    /// x = 2ᵏ·m with m in [√½, √2), s = (m−1)/(m+1), ln m = 2·artanh s by its series to s²³.
    public static func log(_ x: Double) -> Double {
        guard x > 0, x.isFinite else { return x == 0 ? -.infinity : (x > 0 ? x : .nan) }
        let (high, low) = logarithm(x)
        return high + low
    }

    /// The logarithm to base 10, exact for every power of ten that is a `Double`.
    public static func log10(_ x: Double) -> Double {
        scaledLogarithm(x, 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57)
    }

    /// The logarithm to base 2, exact for every power of two.
    public static func log2(_ x: Double) -> Double {
        guard x > 0, x.isFinite else { return log(x) }
        if x.significand == 1 { return Double(x.exponent) }
        return scaledLogarithm(x, 0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56)
    }

    /// The natural logarithm of 1 + x, accurate also where x is small.
    public static func logOnePlus(_ x: Double) -> Double {
        let sum = 1 + x
        guard sum > 0, sum.isFinite else { return log(sum) }
        // What rounding 1 + x lost, to first order.
        let lost = abs(x) < 1 ? x - (sum - 1) : 1 - (sum - x)
        let (high, low) = logarithm(sum)
        return high + (low + lost / sum)
    }

    /// The sine of an angle in radians; NaN where |x| > 1,000,000.
    ///
    /// x = n·π/2 + r with |r| ≤ π/4 by subtracting π/2 in three parts; Taylor polynomial of degree 17.
    public static func sin(_ x: Double) -> Double { sine(x, quarterTurns: 0) }

    /// The cosine of an angle in radians; NaN where |x| > 1,000,000.
    ///
    /// As ``sin(_:)``, with the Taylor polynomial of degree 18.
    public static func cos(_ x: Double) -> Double { sine(x, quarterTurns: 1) }

    /// The hyperbolic tangent: with t = e²ˣ − 1, t/(t + 2), or 1 − 2/(t + 2) from x = ½ on.
    public static func tanh(_ x: Double) -> Double {
        let magnitude = abs(x)
        guard magnitude < 20 else { return x.isNaN ? x : (x < 0 ? -1 : 1) }
        guard magnitude > 0x1p-28 else { return x }
        let t = expMinusOne(2 * magnitude)
        let value = magnitude < 0.5 ? t / (t + 2) : 1 - 2 / (t + 2)
        return x < 0 ? -value : value
    }
}

extension ReproducibleMath {
    private static let ln2High = 0x1.62e42fee00000p-1
    private static let ln2Low = 0x1.a39ef35793c76p-33

    /// k and e^r − 1 for x = k·ln 2 + r.
    private static func exponentAndRemainder(_ x: Double) -> (k: Int, expMinusOne: Double) {
        // Next to this number doubles are whole numbers apart: the sum is rounded to one, and its low bits are that.
        let anchor = 0x1.8p52
        let anchored = x * 0x1.71547652b82fep+0 + anchor
        let k = anchored - anchor
        let high = x - k * ln2High
        let low = k * ln2Low
        let r = high - low
        let lost = (high - r) - low
        var p = 1 / 6_227_020_800.0
        p = p * r + 1 / 479_001_600.0
        p = p * r + 1 / 39_916_800.0
        p = p * r + 1 / 3_628_800.0
        p = p * r + 1 / 362_880.0
        p = p * r + 1 / 40_320.0
        p = p * r + 1 / 5_040.0
        p = p * r + 1 / 720.0
        p = p * r + 1 / 120.0
        p = p * r + 1 / 24.0
        p = p * r + 1 / 6.0
        p = p * r + 1 / 2.0
        // p is (e^r − 1 − r)/r².
        return (Int(Int32(truncatingIfNeeded: anchored.bitPattern)), r + (p * r * r + (lost + lost * r)))
    }

    private static func powerOfTwo(_ k: Int) -> Double { Double(bitPattern: UInt64(k + 1023) << 52) }

    /// ln x as an unevaluated sum, for finite x > 0.
    private static func logarithm(_ x: Double) -> (high: Double, low: Double) {
        var exponent = Int(x.exponent)
        var m = x.significand
        if m > 0x1.6a09e667f3bcdp+0 {
            m *= 0.5
            exponent += 1
        }
        let k = Double(exponent)
        let f = m - 1
        let s = f / (2 + f)
        let z = s * s
        var series = 2 / 23.0
        series = series * z + 2 / 21.0
        series = series * z + 2 / 19.0
        series = series * z + 2 / 17.0
        series = series * z + 2 / 15.0
        series = series * z + 2 / 13.0
        series = series * z + 2 / 11.0
        series = series * z + 2 / 9.0
        series = series * z + 2 / 7.0
        series = series * z + 2 / 5.0
        series = series * z + 2 / 3.0
        // ln(1+f) = 2s + s·z·series and 2s = f − f²/2 + s·f²/2.
        let halfSquare = 0.5 * f * f
        let correction = s * (halfSquare + z * series) - halfSquare
        let whole = k * ln2High
        let high = whole + f
        let lost = abs(whole) > abs(f) ? f - (high - whole) : whole - (high - f)
        let low = correction + (k * ln2Low + lost)
        let sum = high + low
        return (sum, low - (sum - high))
    }

    /// ln x · (high + low), rounded once but for a few per cent of a unit.
    private static func scaledLogarithm(_ x: Double, _ high: Double, _ low: Double) -> Double {
        guard x > 0, x.isFinite else { return log(x) }
        let (value, rest) = logarithm(x)
        let product = value * high
        let lost = (-product).addingProduct(value, high)
        return product + (lost + (value * low + rest * high))
    }

    /// sin(x + quarterTurns·π/2).
    private static func sine(_ x: Double, quarterTurns: Int) -> Double {
        guard abs(x) <= 1_000_000 else { return .nan }
        let n = (x * 0x1.45f306dc9c883p-1).rounded(.toNearestOrEven)
        // The first two parts have 33 bits each, so that their products with n are exact.
        let first = x - n * 0x1.921fb544p+0
        let middle = n * 0x1.0b4611a6p-34
        let second = first - middle
        let last = n * 0x1.3198a2e037073p-69
        let secondLost = (first - second) - middle
        let r = second - last
        let lost = ((second - r) - last) + secondLost
        switch (Int(n) + quarterTurns) & 3 {
        case 0: return sineOfRemainder(r, lost)
        case 1: return cosineOfRemainder(r, lost)
        case 2: return -sineOfRemainder(r, lost)
        default: return -cosineOfRemainder(r, lost)
        }
    }

    private static func sineOfRemainder(_ r: Double, _ lost: Double) -> Double {
        let z = r * r
        var p = 1 / 355_687_428_096_000.0
        p = p * z - 1 / 1_307_674_368_000.0
        p = p * z + 1 / 6_227_020_800.0
        p = p * z - 1 / 39_916_800.0
        p = p * z + 1 / 362_880.0
        p = p * z - 1 / 5_040.0
        p = p * z + 1 / 120.0
        p = p * z - 1 / 6.0
        return r + (p * z * r + lost * (1 - 0.5 * z))
    }

    private static func cosineOfRemainder(_ r: Double, _ lost: Double) -> Double {
        let z = r * r
        var p = -1 / 6_402_373_705_728_000.0
        p = p * z + 1 / 20_922_789_888_000.0
        p = p * z - 1 / 87_178_291_200.0
        p = p * z + 1 / 479_001_600.0
        p = p * z - 1 / 3_628_800.0
        p = p * z + 1 / 40_320.0
        p = p * z - 1 / 720.0
        p = p * z + 1 / 24.0
        let half = 0.5 * z
        let leading = 1 - half
        return leading + (((1 - leading) - half) + (p * z * z - r * lost))
    }
}
