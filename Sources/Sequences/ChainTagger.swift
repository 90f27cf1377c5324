import Tensors

/// A conditional random field: a linear chain whose emissions are sums of weights of the features that are there at a position.
///
///     e_{t,k} = Σ_{f at t} W_{f,k}
///
/// Source: Lafferty, McCallum and Pereira, ICML 2001.
public struct ChainTagger: Sendable, Hashable {
    /// The features at each position of a sequence, as numbers below ``featureCount``.
    public typealias Features = [[Int]]

    /// How many features there are.
    public let featureCount: Int
    /// How many labels there are: K.
    public let labelCount: Int
    /// W: featureCount × K.
    public private(set) var weights: [[Double]]
    /// K × K: the score of label b behind label a, `transitions[a][b]`.
    public private(set) var transitions: [[Double]]
    /// K: the score of each first label.
    public private(set) var starts: [Double]
    /// K: the score of each last label.
    public private(set) var ends: [Double]

    /// A tagger all of whose weights are zero.
    ///
    /// - Precondition: there is a feature and a label.
    public init(featureCount: Int, labelCount: Int) {
        precondition(featureCount > 0 && labelCount > 0, "\(featureCount) features and \(labelCount) labels")
        self.featureCount = featureCount
        self.labelCount = labelCount
        let zeros = Array(repeating: 0.0, count: labelCount)
        weights = Array(repeating: zeros, count: featureCount)
        transitions = Array(repeating: zeros, count: labelCount)
        starts = zeros
        ends = zeros
    }

    /// The distribution of a sequence's labels.
    ///
    /// - Precondition: the sequence is not empty, and its features are below ``featureCount``.
    public func chain(for features: Features) -> LinearChain {
        let emissions = features.map { active -> [Double] in
            var scores = Array(repeating: 0.0, count: labelCount)
            for feature in active {
                for k in 0..<labelCount { scores[k] += weights[feature][k] }
            }
            return scores
        }
        return LinearChain(emissions: emissions, transitions: transitions, starts: starts, ends: ends)
    }

    /// The most probable labels.
    public func labels(for features: Features) -> [Int] { chain(for: features).best(1)[0].labels }

    /// How a tagger learns: by Adagrad, w −= rate·g/√(Σ g² + ε), position by position of one sequence after the other, in an order
    /// drawn anew in each epoch.
    /// Source: Duchi, Hazan and Singer, JMLR 12 (2011).
    public struct Training: Sendable, Hashable {
        /// How often each sequence is learned from.
        public var epochs: Int
        /// Adagrad's step size.
        public var rate: Double
        /// The probability with which a feature is left out of a position, drawn anew each time.
        public var dropout: Double
        /// L2: each weight that a sequence touches also has decay·w in its gradient.
        public var decay: Double

        /// - Precondition: `epochs ≥ 0`, `rate > 0`, `dropout` is in 0 ..< 1, and `decay ≥ 0`.
        public init(epochs: Int, rate: Double = 0.3, dropout: Double = 0, decay: Double = 0) {
            precondition(
                epochs >= 0 && rate > 0 && (0..<1).contains(dropout) && decay >= 0,
                "\(epochs) epochs at the rate \(rate), dropout \(dropout), decay \(decay)")
            self.epochs = epochs
            self.rate = rate
            self.dropout = dropout
            self.decay = decay
        }
    }

    /// Makes the losses of the sequences small.
    ///
    /// The result depends on the arguments alone.
    /// - Parameter loss: The loss of a sequence, and its gradient, given its index and the student's chain.
    public mutating func train(
        on sequences: [Features], _ training: Training, seed: UInt64, loss: (Int, LinearChain) -> ChainLoss
    ) {
        var squares = ChainTagger(featureCount: featureCount, labelCount: labelCount)
        for epoch in 0..<training.epochs {
            var order = RandomStream(seed: seed, purpose: .shuffle, epoch: epoch)
            for (step, index) in order.permutation(of: sequences.count).enumerated() {
                var features = sequences[index]
                if training.dropout > 0 {
                    var stream = RandomStream(seed: seed, purpose: .dropout, epoch: epoch, step: step)
                    features = features.map { $0.filter { _ in stream.uniform() >= training.dropout } }
                }
                let gradient = loss(index, chain(for: features)).gradient
                descend(along: gradient, features, training, &squares)
            }
        }
    }

    private mutating func descend(
        along gradient: ChainStatistics, _ features: Features, _ training: Training, _ squares: inout ChainTagger
    ) {
        func step(_ rows: inout [Double], _ sums: inout [Double], _ gradient: [Double]) {
            for k in rows.indices {
                let g = gradient[k] + training.decay * rows[k]
                sums[k] += g * g
                rows[k] -= training.rate * g / (sums[k] + 1e-8).squareRoot()
            }
        }
        for (active, row) in zip(features, gradient.emissions) {
            for feature in active { step(&weights[feature], &squares.weights[feature], row) }
        }
        for a in transitions.indices { step(&transitions[a], &squares.transitions[a], gradient.transitions[a]) }
        step(&starts, &squares.starts, gradient.starts)
        step(&ends, &squares.ends, gradient.ends)
    }
}
