public import Wire

/// The Wilson score interval of a share of successes k/n.
///
/// With p̂ = k/n and z = Φ⁻¹(½ + ½ confidence): (p̂ + z²/2n ± z √(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n).
/// Source: Wilson, J. Amer. Statist. Assoc. 22 (1927).
///
/// - Precondition: 0 ≤ k ≤ n and n > 0.
public func wilsonInterval(successes: Int, of count: Int, confidence: Double = 0.95) -> ConfidenceInterval {
    requireCount(successes, of: count)
    requireConfidence(confidence)
    let z = NormalDistribution.quantile((1 + confidence) / 2)
    let n = Double(count)
    let share = Double(successes) / n
    let centre = share + z * z / (2 * n)
    let halfWidth = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    // At the ends the formula gives 0 and 1 but for rounding.
    return ConfidenceInterval(
        lower: successes == 0 ? 0 : (centre - halfWidth) / scale,
        upper: successes == count ? 1 : (centre + halfWidth) / scale, confidence: confidence)
}

/// McNemar's test of two classifiers on the same examples: that each is as often right where the other errs.
public struct McNemarTest: Hashable, Sendable {
    /// 2·P(X ≤ min(b, c)) for X binomial with n = b + c and p = ½, at most 1.
    public let exact: Double
    /// The exact p less P(X = min(b, c)): not conservative, and on average right.
    public let midP: Double
}

/// McNemar's test from the two discordant counts.
///
/// Source: McNemar, Psychometrika 12 (1947); Fagerland, Lydersen, Laake, BMC Med. Res. Methodol. 13 (2013) for the mid-p.
///
/// - Parameters:
///   - firstOnly: the examples that only the first has right, b.
///   - secondOnly: those that only the second has right, c.
/// - Precondition: neither is negative.
public func mcNemarTest(firstOnly: Int, secondOnly: Int) -> McNemarTest {
    precondition(firstOnly >= 0 && secondOnly >= 0, "counts of examples are not negative")
    let n = firstOnly + secondOnly
    guard n > 0 else { return McNemarTest(exact: 1, midP: 1) }
    let weights = fairBinomialWeights(n)
    let total = weights.reduce(0, +)
    let smaller = min(firstOnly, secondOnly)
    let tail = weights[...smaller].reduce(0, +) / total
    let exact = min(1, 2 * tail)
    return McNemarTest(exact: exact, midP: min(1, 2 * tail - weights[smaller] / total))
}

/// Numbers in the proportion of the binomial coefficients of n, the middle one 1: no factorial overflows.
private func fairBinomialWeights(_ n: Int) -> [Double] {
    var weights = [Double](repeating: 1, count: n + 1)
    for k in stride(from: n / 2 - 1, through: 0, by: -1) {
        weights[k] = weights[k + 1] * Double(k + 1) / Double(n - k)
    }
    for k in stride(from: n / 2 + 1, through: n, by: 1) { weights[k] = weights[n - k] }
    return weights
}

/// The score test of a share: the two-sided p of the hypothesis that the true share is `share`, by
/// z = (p̂ − share)/√(share(1 − share)/n). It is the test that the Wilson interval inverts.
func shareTest(successes: Int, of count: Int, share: Double, alternative: Alternative = .twoSided) -> Double {
    let deviation = Double(successes) / Double(count) - share
    guard share > 0, share < 1 else { return deviation == 0 ? 1 : 0 }
    let z = deviation / (share * (1 - share) / Double(count)).squareRoot()
    switch alternative {
    case .twoSided: return min(1, 2 * NormalDistribution.cumulative(-abs(z)))
    case .greater: return NormalDistribution.cumulative(-z)
    case .less: return NormalDistribution.cumulative(z)
    }
}

func requireCount(_ successes: Int, of count: Int) {
    precondition(count > 0 && (0...count).contains(successes), "\(successes) of \(count) is no share")
}
