import Tensors

/// The standard normal distribution, by arithmetic that gives the same bits on every machine.
public enum NormalDistribution {
    /// Φ(x) = ½ erfc(−x/√2), the probability of a draw at or below x; relative error below 10⁻¹³ down to x = −37.
    ///
    /// For |x| < 3, ½ ± φ(x)·(x + x³/3 + x⁵/(3·5) + …); beyond, the tail φ(x)/(x + 1/(x + 2/(x + 3/(x + …)))).
    /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11 and 26.2.14.
    public static func cumulative(_ x: Double) -> Double {
        guard !x.isNaN else { return x }
        let magnitude = abs(x)
        guard magnitude >= 3 else { return 0.5 + density(x) * oddSeries(x) }
        let tail = upperTail(magnitude)
        return x < 0 ? tail : 1 - tail
    }

    /// φ(x) = exp(−x²/2)/√(2π).
    public static func density(_ x: Double) -> Double {
        ReproducibleMath.exp(-0.5 * x * x) * 0.398_942_280_401_432_7
    }

    /// Φ⁻¹(p), the x that a draw lies at or below with probability p; ∓∞ at 0 and 1.
    ///
    /// A rational approximation (Abramowitz and Stegun 26.2.23, error below 4.5·10⁻⁴), then three of Halley's steps, each
    /// of which cubes the error.
    ///
    /// - Precondition: p is in 0...1.
    public static func quantile(_ p: Double) -> Double {
        precondition(p >= 0 && p <= 1, "a probability is from 0 to 1, not \(p)")
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        guard p <= 0.5 else { return -quantile(1 - p) }
        let t = (-2 * ReproducibleMath.log(p)).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        var x = numerator / denominator - t
        for _ in 0..<3 {
            let step = (cumulative(x) - p) / density(x)
            x -= step / (1 + 0.5 * x * step)
        }
        return x
    }

    private static func oddSeries(_ x: Double) -> Double {
        var term = x
        var sum = x
        var divisor = 3.0
        while abs(term) > abs(sum) * 0x1p-54 {
            term *= x * x / divisor
            sum += term
            divisor += 2
        }
        return sum
    }

    private static func upperTail(_ x: Double) -> Double {
        var denominator = x
        for k in stride(from: 120.0, through: 1, by: -1) { denominator = x + k / denominator }
        return density(x) / denominator
    }
}
