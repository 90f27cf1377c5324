import Tensors

/// Spearman's ρ: the correlation of the ranks of x and y, ties sharing the mean of their ranks. 0 where all x or all y are
/// equal.
///
/// Source: Spearman, Amer. J. Psychol. 15 (1904).
///
/// - Precondition: there are as many x as y, all finite.
public func spearmanCorrelation(_ x: [Double], _ y: [Double]) -> Double {
    requirePairs(x, y)
    return correlation(ofCentred: centredRanks(x), centredRanks(y))
}

/// Kendall's τ-b: (concordant − discordant)/√((N − ties in x)(N − ties in y)) of all N pairs of pairs. 0 where all x or all
/// y are equal.
///
/// Source: Kendall, Biometrika 33 (1945).
///
/// - Precondition: there are as many x as y, all finite.
public func kendallCorrelation(_ x: [Double], _ y: [Double]) -> Double {
    requirePairs(x, y)
    var (score, untiedX, untiedY) = (0, 0, 0)
    for i in x.indices {
        for j in x.indices.dropFirst(i + 1) {
            let (a, b) = (sign(x[i] - x[j]), sign(y[i] - y[j]))
            score += a * b
            untiedX += abs(a)
            untiedY += abs(b)
        }
    }
    return untiedX * untiedY > 0 ? Double(score) / (Double(untiedX) * Double(untiedY)).squareRoot() : 0
}

/// The permutation test of Spearman's ρ: that every pairing of the x with the y was equally likely.
///
/// `greater` asks for the share of pairings with a ρ at least as large, `less` for one at most as large; `twoSided` is twice the
/// smaller of the two, at most 1. Up to nine pairs all n! pairings are counted; above, 99,999 random ones are, and the seen
/// one with them. Values of ρ closer than 10⁻¹² count as equal.
///
/// - Precondition: there are as many x as y, all finite.
public func rankCorrelationTest(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided
) -> PermutationTest {
    requirePairs(x, y)
    let (first, second) = (centredRanks(x), centredRanks(y))
    // The sum of products is ρ but for a factor that no pairing changes.
    func product(_ order: [Int]) -> Double {
        var sum = 0.0
        for (place, index) in order.enumerated() { sum += first[place] * second[index] }
        return sum
    }
    let seen = product(Array(x.indices))
    let slack = 1e-12 * lengths(first, second)
    var (atLeast, atMost, all) = (0, 0, 0)
    func count(_ value: Double) {
        if value >= seen - slack { atLeast += 1 }
        if value <= seen + slack { atMost += 1 }
        all += 1
    }
    let isExact = x.count <= 9
    if isExact {
        forEachPermutation(of: x.count) { count(product($0)) }
    } else {
        var stream = RandomStream(seed: 0, purpose: .resampling, step: 2)
        count(seen)
        for _ in 0..<99_999 { count(product(stream.permutation(of: x.count))) }
    }
    let extreme =
        switch alternative {
        case .greater: atLeast
        case .less: atMost
        case .twoSided: min(all, 2 * min(atLeast, atMost))
        }
    return PermutationTest(p: Double(extreme) / Double(all), isExact: isExact, permutations: all)
}

/// Ranks from 1, ties sharing their mean, minus the mean of all ranks.
private func centredRanks(_ values: [Double]) -> [Double] {
    values.map { value in
        let below = values.count { $0 < value }
        let equal = values.count { $0 == value }
        return Double(below) + Double(equal + 1) / 2 - Double(values.count + 1) / 2
    }
}

private func correlation(ofCentred x: [Double], _ y: [Double]) -> Double {
    let product = lengths(x, y)
    return product > 0 ? zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / product : 0
}

private func lengths(_ x: [Double], _ y: [Double]) -> Double {
    (x.reduce(0) { $0 + $1 * $1 } * y.reduce(0) { $0 + $1 * $1 }).squareRoot()
}

/// Every order of `0..<count` once. Source: Heap, Comput. J. 6 (1963).
private func forEachPermutation(of count: Int, _ body: ([Int]) -> Void) {
    var order = Array(0..<count)
    func permute(_ length: Int) {
        guard length > 1 else { return body(order) }
        for index in 0..<length {
            permute(length - 1)
            if index < length - 1 { order.swapAt(length.isMultiple(of: 2) ? index : 0, length - 1) }
        }
    }
    permute(count)
}

private func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }

private func requirePairs(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count, "\(x.count) x cannot be paired with \(y.count) y")
    requireFinite(x, "x")
    requireFinite(y, "y")
}
