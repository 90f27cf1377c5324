public import Tensors

/// Classes as Gaussians of unit variance around means of their own, all equally likely: the posterior is known exactly.
///
///     x = μ_y + ε,  ε ~ N(0, I),    p(y | x) = softmax_y(x·μ_y − ½‖μ_y‖²)
///
/// Each sample is a function of (seed, stream, index) alone, so that a smaller set is a prefix of a larger one.
public struct GaussianClasses: Sendable, Hashable {
    /// K × D.
    public let means: [[Double]]
    /// The seed that the means and every sample are drawn from.
    public let seed: UInt64

    /// Points with the class that each was drawn from.
    public struct Samples: Sendable, Hashable {
        /// Samples × D.
        public let inputs: Matrix
        /// The class of each sample, 0 ..< K.
        public let labels: [Int]
    }

    /// `classCount` means, each coordinate drawn from N(0, `spread`²).
    ///
    /// - Precondition: at least two classes and one dimension, and `spread` is not negative.
    public init(seed: UInt64, classCount: Int = 10, dimensions: Int = 8, spread: Double = 1) {
        precondition(
            classCount >= 2 && dimensions >= 1 && spread >= 0,
            "\(classCount) classes in \(dimensions) dimensions with a spread of \(spread)")
        self.seed = seed
        var stream = RandomStream(seed: seed, purpose: Self.meanPurpose)
        means = (0..<classCount).map { _ in (0..<dimensions).map { _ in spread * stream.normal() } }
    }

    private static let meanPurpose = RandomStream.Purpose("gaussian means")
    private static let purpose = RandomStream.Purpose("gaussian samples")

    /// The first `count` samples of a stream: 0 for training, 1 for the test, others as one likes.
    public func samples(_ count: Int, stream part: Int = 0) -> Samples {
        var elements: [Float] = []
        var labels: [Int] = []
        for index in 0..<count {
            var stream = RandomStream(seed: seed, purpose: Self.purpose, epoch: part, step: index)
            let label = stream.integer(below: means.count)
            labels.append(label)
            for mean in means[label] { elements.append(Float(mean + stream.normal())) }
        }
        let columns = means[0].count
        return Samples(inputs: Matrix(rows: count, columns: columns, elements: elements), labels: labels)
    }

    /// x·μ_k − ½‖μ_k‖² of each class: logits whose softmax is the posterior.
    ///
    /// - Precondition: `input` has D numbers.
    public func logits(at input: some Collection<Float>) -> [Double] {
        precondition(input.count == means[0].count, "\(input.count) numbers in \(means[0].count) dimensions")
        return means.map { mean in
            var sum = 0.0
            for (x, m) in zip(input, mean) { sum += (Double(x) - 0.5 * m) * m }
            return sum
        }
    }

    /// p(y | x) of each class.
    public func posterior(at input: some Collection<Float>) -> [Double] { probabilities(ofLogits: logits(at: input)) }
}

/// exp(zᵢ − max)/Σ exp(zⱼ − max), added in ascending order.
func probabilities(ofLogits logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let weights = logits.map { ReproducibleMath.exp($0 - largest) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
}
