import Tensors

/// Student's t distribution, by arithmetic that gives the same bits on every machine.
public struct StudentDistribution: Sendable, Hashable {
    /// ν; need not be whole.
    public let degreesOfFreedom: Double

    /// - Precondition: the degrees of freedom are above 0 and finite.
    public init(degreesOfFreedom: Double) {
        precondition(
            degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
            "degrees of freedom are above 0, not \(degreesOfFreedom)")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// P(T ≤ t); relative error below 10⁻¹¹ up to 5,000 degrees of freedom, below 10⁻⁸ up to 10⁶.
    ///
    /// With x = ν/(ν + t²), the two tails beyond ±t have the probability I_x(ν/2, ½).
    /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1.
    public func cumulative(_ t: Double) -> Double {
        guard !t.isNaN else { return t }
        let tail = 0.5 * bothTails(abs(t))
        return t < 0 ? tail : 1 - tail
    }

    /// P(|T| ≥ |t|), accurate also where it is small.
    public func bothTails(_ t: Double) -> Double {
        guard t.isFinite else { return 0 }
        let square = t * t
        let sum = degreesOfFreedom + square
        guard sum.isFinite else { return 0 }
        return incompleteBeta(
            degreesOfFreedom / sum, complement: square / sum, a: degreesOfFreedom / 2, b: 0.5)
    }

    /// The t that a draw lies at or below with probability p; ∓∞ at 0 and 1.
    ///
    /// Newton's steps, by halves of the bracket where they leave it.
    ///
    /// - Precondition: p is in 0...1.
    public func quantile(_ p: Double) -> Double {
        precondition(p >= 0 && p <= 1, "a probability is from 0 to 1, not \(p)")
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        if p == 0.5 { return 0 }
        // The lower tail is known to more digits than the upper.
        guard p < 0.5 else { return -quantile(1 - p) }
        var (low, high) = (-1.0, 0.0)
        while cumulative(low) > p {
            high = low
            low *= 2
        }
        var t = max(low, min(high, NormalDistribution.quantile(p)))
        for _ in 0..<100 {
            let excess = cumulative(t) - p
            if excess > 0 { high = t } else { low = t }
            var next = t - excess / density(t)
            if !(next > low && next < high) { next = (low + high) / 2 }
            if abs(next - t) <= 4e-16 * abs(t) { return next }
            t = next
        }
        return t
    }

    /// Γ((ν+1)/2) / (√(νπ)·Γ(ν/2)) · (1 + t²/ν)^(−(ν+1)/2).
    public func density(_ t: Double) -> Double {
        let v = degreesOfFreedom
        let constant = logGamma((v + 1) / 2) - logGamma(v / 2) - 0.5 * ReproducibleMath.log(v * .pi)
        return ReproducibleMath.exp(constant - (v + 1) / 2 * ReproducibleMath.logOnePlus(t * t / v))
    }
}

/// I_x(a, b), the regularised incomplete beta function, by its continued fraction.
///
/// Source: Abramowitz and Stegun 26.5.8, by Lentz's method; 26.5.2 where x lies beyond the mean.
private func incompleteBeta(_ x: Double, complement: Double, a: Double, b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard complement > 0 else { return 1 }
    let logFront =
        logGamma(a + b) - logGamma(a) - logGamma(b) + a * ReproducibleMath.log(x) + b * ReproducibleMath.log(complement)
    let front = ReproducibleMath.exp(logFront)
    return x < (a + 1) / (a + b + 2)
        ? front * betaFraction(x, a: a, b: b) / a : 1 - front * betaFraction(complement, a: b, b: a) / b
}

private func betaFraction(_ x: Double, a: Double, b: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var value = d
    for step in 1...10_000 {
        let m = Double(step)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / kept(1 + even * d)
        c = kept(1 + even / c)
        value *= d * c
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / kept(1 + odd * d)
        c = kept(1 + odd / c)
        value *= d * c
        if abs(d * c - 1) < 1e-16 { break }
    }
    return value
}

/// ln Γ(x) for x > 0: Γ(x) = Γ(x + n)/(x·(x + 1)·…·(x + n − 1)), and Stirling's series from 15 on.
/// Source: Abramowitz and Stegun 6.1.15 and 6.1.41.
private func logGamma(_ x: Double) -> Double {
    var (shifted, product) = (x, 1.0)
    while shifted < 15 {
        product *= shifted
        shifted += 1
    }
    let inverse = 1 / shifted
    let square = inverse * inverse
    var series = 691 / 360_360.0
    series = 1 / 1_188.0 - series * square
    series = 1 / 1_680.0 - series * square
    series = 1 / 1_260.0 - series * square
    series = 1 / 360.0 - series * square
    series = 1 / 12.0 - series * square
    let halfLogTwoPi = 0.918_938_533_204_672_8
    return (shifted - 0.5) * ReproducibleMath.log(shifted) - shifted + halfLogTwoPi + series * inverse
        - ReproducibleMath.log(product)
}
