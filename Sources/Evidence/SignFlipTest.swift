import Tensors

/// Which values speak against a hypothesis.
public enum Alternative: Sendable { case twoSided, greater, less }

/// What a permutation test gives.
public struct PermutationTest: Hashable, Sendable {
    /// The probability, under the hypothesis, of what was seen or something more extreme.
    public let p: Double
    /// Whether every permutation was counted; else `p` was estimated from random ones.
    public let isExact: Bool
    /// How many permutations were looked at, the one seen included.
    public let permutations: Int
}

/// The sign-flip test of paired differences dᵢ: that each dᵢ and −dᵢ were equally likely, as when treatment makes no
/// difference within pairs.
///
/// The statistic is S = Σ dᵢ. Of the 2ⁿ choices of signs, p is the share with Σ ±dᵢ ≥ S (`greater`), ≤ S (`less`), or
/// |Σ ±dᵢ| ≥ |S| (`twoSided`). Up to ``exactSignFlipLimit`` differences every choice is counted, from the sorted sums of two
/// halves; above, 99,999 random ones are, and p = (1 + count)/100,000. Sums closer than 10⁻¹² of Σ|dᵢ| count as equal.
/// Without differences p is 1.
///
/// Source: Fisher, The Design of Experiments (1935), §21; Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010).
///
/// - Precondition: the differences are finite.
public func signFlipTest(_ differences: [Double], alternative: Alternative = .twoSided) -> PermutationTest {
    requireFinite(differences, "difference")
    let sum = differences.reduce(0, +)
    let total = differences.reduce(0) { $0 + abs($1) }
    let slack = 1e-12 * total
    // Flipping all signs mirrors the distribution of sums, so that one tail tells both.
    let (threshold, factor): (Double, Double) =
        switch alternative {
        case .greater: (sum - slack, 1)
        case .less: (-sum - slack, 1)
        case .twoSided: (abs(sum) - slack, 2)
        }
    if case .twoSided = alternative, threshold <= 0 {
        return PermutationTest(p: 1, isExact: true, permutations: 1 << min(differences.count, 62))
    }
    if differences.count <= exactSignFlipLimit {
        let count = signedSumsAtLeast(threshold, of: differences)
        let all = 1 << differences.count
        return PermutationTest(p: min(1, factor * Double(count) / Double(all)), isExact: true, permutations: all)
    }
    let draws = 99_999
    let count = randomlySignedSums(differences, draws: draws) {
        alternative == .twoSided ? abs($0) >= threshold : $0 >= threshold
    }
    return PermutationTest(p: Double(1 + count) / Double(draws + 1), isExact: false, permutations: draws + 1)
}

/// Up to how many differences ``signFlipTest(_:alternative:)`` counts every choice of signs.
public let exactSignFlipLimit = 32

/// How many of the 2ⁿ sums Σ ±dᵢ are at least `threshold`.
///
/// Each is a sum of one half of the differences and one of the other; with the second half's sums in order, those that
/// go with a sum of the first are found by bisection.
private func signedSumsAtLeast(_ threshold: Double, of differences: [Double]) -> Int {
    let half = differences.count / 2
    let first = signedSums(differences[..<half])
    let second = signedSums(differences[half...]).sorted()
    return first.reduce(0) { count, sum in
        var (low, high) = (0, second.count)
        while low < high {
            let middle = (low + high) / 2
            if sum + second[middle] >= threshold { high = middle } else { low = middle + 1 }
        }
        return count + second.count - low
    }
}

private func signedSums(_ differences: ArraySlice<Double>) -> [Double] {
    differences.reduce([0]) { sums, difference in sums.map { $0 + difference } + sums.map { $0 - difference } }
}

/// How many of `draws` sums Σ ±dᵢ with random signs are extreme.
///
/// Eight draws go side by side, each with words of the stream of its own; every sum is one chain, from the first difference on.
private func randomlySignedSums(_ differences: [Double], draws: Int, isExtreme: (Double) -> Bool) -> Int {
    var stream = RandomStream(seed: 0, purpose: .resampling, step: 1)
    var signs = [SIMD8<UInt64>](repeating: .zero, count: (differences.count + 63) / 64)
    var count = 0
    for first in stride(from: 0, to: draws, by: 8) {
        let lanes = 0..<min(8, draws - first)
        for lane in lanes {
            for word in signs.indices { signs[word][lane] = stream.nextUInt64() }
        }
        let sums = signedSums(differences, signs: signs)
        count += lanes.count { isExtreme(sums[$0]) }
    }
    return count
}

/// Σ ±dᵢ in eight lanes, where bit i mod 64 of word i / 64 is the sign.
private func signedSums(_ differences: [Double], signs: [SIMD8<UInt64>]) -> SIMD8<Double> {
    var sums = SIMD8<Double>.zero
    var word = SIMD8<UInt64>.zero
    for (index, difference) in differences.enumerated() {
        if index % 64 == 0 { word = signs[index / 64] }
        let signed = SIMD8(repeating: difference.bitPattern) ^ (word &<< 63)
        sums += unsafeBitCast(signed, to: SIMD8<Double>.self)
        word &>>= 1
    }
    return sums
}

func requireFinite(_ values: [Double], _ name: String) {
    if let index = values.firstIndex(where: { !$0.isFinite }) {
        preconditionFailure(
            "\(name) number \(index + 1) of \(values.count) is \(values[index]): nothing follows from it")
    }
}
