public import Tensors

/// A tagger that reads a sequence from its start with gated recurrent units (GRU), and scores the labels of each position by what it has
/// read so far.
///
///     x = Σ_{f at t} E_f
///     r = σ(x·W_r + b_r + h·U_r + c_r)
///     z = σ(x·W_z + b_z + h·U_z + c_z)
///     n = tanh(x·W_n + b_n + r ⊙ (h·U_n + c_n))
///     h = (1 − z) ⊙ n + z ⊙ h              from h = 0
///     logits = h·V + d
///
/// Source: Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk and Bengio, EMNLP 2014, with the reset gate behind the product,
/// as torch's `GRU` has it.
public struct RecurrentTagger: Sendable, Hashable {
    /// The features at each position of a sequence, as numbers below ``featureCount``.
    public typealias Features = ChainTagger.Features

    /// How many features there are.
    public let featureCount: Int
    /// How many numbers stand for a feature: D.
    public let embedding: Int
    /// How many numbers are carried from position to position: H.
    public let units: Int
    /// K.
    public let labelCount: Int
    /// E (features × D), W (D × 3H), b (3H), U (H × 3H), c (3H), V (H × K), d (K), each row by row; of the 3H columns those of r come
    /// first, then those of z and of n.
    public internal(set) var parameters: [Float]

    /// A tagger with fresh weights: E uniform in ±√(3/D), V in ±√(6/(H + K)), W, b, U and c in ±1/√H, and d = 0. Part p of them is drawn
    /// from the stream (seed, initial weights, 0, p).
    ///
    /// - Precondition: there is at least one of each.
    public init(featureCount: Int, embedding: Int, units: Int, labelCount: Int, seed: UInt64) {
        precondition(
            featureCount > 0 && embedding > 0 && units > 0 && labelCount > 0,
            "\(featureCount) features of \(embedding) numbers, \(units) units, \(labelCount) labels")
        self.featureCount = featureCount
        self.embedding = embedding
        self.units = units
        self.labelCount = labelCount
        let sizes = RecurrentLayout(featureCount, embedding, units, labelCount)
        let gates = 1 / Double(units).squareRoot()
        let limits = [
            (3 / Double(embedding)).squareRoot(), gates, gates, gates, gates,
            (6 / Double(units + labelCount)).squareRoot(), 0,
        ]
        parameters = zip(sizes.counts, limits).enumerated().flatMap { part, drawn in
            var stream = RandomStream(seed: seed, purpose: .initialWeights, step: part)
            let limit = Float(drawn.1)
            return (0..<drawn.0).map { _ in limit * (2 * stream.uniformFloat() - 1) }
        }
    }

    /// Replaces all weights, in the order of ``parameters``.
    ///
    /// - Precondition: there are as many as before.
    public mutating func setParameters(_ parameters: [Float]) {
        precondition(
            parameters.count == self.parameters.count,
            "\(parameters.count) parameters for a tagger of \(self.parameters.count)")
        self.parameters = parameters
    }

    /// The logits of each sequence, positions × K. A sequence has the same ones in any company.
    ///
    /// - Precondition: no sequence is empty, and all features are below ``featureCount``.
    public func logits(for sequences: [Features]) -> [Matrix] {
        stride(from: 0, to: sequences.count, by: Self.inferenceBatch).flatMap { start in
            let batch = Array(sequences[start..<min(start + Self.inferenceBatch, sequences.count)])
            return RecurrentPass(self, batch).logits
        }
    }

    /// The most probable label of each position, the first of equals.
    public func labels(for features: Features) -> [Int] {
        let logits = logits(for: [features])[0]
        return (0..<logits.rows).map { t in
            (0..<labelCount).reduce(0) { logits[t, $1] > logits[t, $0] ? $1 : $0 }
        }
    }

    /// The gradient of a loss in the parameters, given its gradients in the logits of each sequence: back through time, by
    ///
    ///     δn = (1 − z) ⊙ (1 − n²) ⊙ δh        δz = z(1 − z) ⊙ (h₋ − n) ⊙ δh        δr = r(1 − r) ⊙ (h₋·U_n + c_n) ⊙ δn
    ///     δh₋ = z ⊙ δh + (δr, δz, r ⊙ δn)·Uᵀ
    ///
    /// for the gradients of the gates' sums, h₋ being the h before.
    /// - Precondition: the gradients have the shapes of ``logits(for:)``.
    public func backward(_ sequences: [Features], logitGradients: [Matrix]) -> [Float] {
        let pass = RecurrentPass(self, sequences)
        return [Float](unsafeUninitializedCapacity: parameters.count) { gradient, count in
            if let base = gradient.baseAddress { pass.backward(logitGradients, into: base) }
            count = parameters.count
        }
    }

    private static var inferenceBatch: Int { 64 }
}

/// Where the parameters of a tagger lie.
struct RecurrentLayout {
    /// Of E, W, b, U, c, V, d.
    let counts: [Int]
    /// Where each starts.
    let starts: [Int]

    init(_ features: Int, _ embedding: Int, _ units: Int, _ labels: Int) {
        let gates = 3 * units
        counts = [
            features * embedding, embedding * gates, gates, units * gates, gates, units * labels, labels,
        ]
        var start = 0
        starts = counts.map { count in
            defer { start += count }
            return start
        }
    }
}
