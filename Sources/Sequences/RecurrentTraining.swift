public import Tensors

/// A loss of one sequence and its gradient in the logits: positions × K.
public struct PositionLoss: Sendable, Hashable {
    /// The loss, in nats.
    public let loss: Double
    /// ∂loss/∂z: positions × K.
    public let gradient: Matrix

    /// A loss with its gradient, positions × K.
    public init(loss: Double, gradient: Matrix) {
        self.loss = loss
        self.gradient = gradient
    }

    /// −Σ_t ln softmax(z_t)_{y_t} of the true labels y; gradient softmax(z) − y.
    ///
    /// - Precondition: there is a label for each row of `logits`.
    public static func negativeLogLikelihood(_ logits: Matrix, of labels: [Int]) -> PositionLoss {
        precondition(labels.count == logits.rows, "\(labels.count) labels for \(logits.rows) positions")
        return overPositions(logits) { t, z in
            let logP = logSoftmax(z)
            var gradient = logP.map(ReproducibleMath.exp)
            gradient[labels[t]] -= 1
            return (-logP[labels[t]], gradient)
        }
    }

    /// T²·Σ_t KL(softmax(v_t/T) ‖ softmax(z_t/T)) for a teacher's logits v; gradient T·(softmax(z/T) − softmax(v/T)).
    ///
    /// Source: Hinton, Vinyals and Dean, arXiv:1503.02531; Kim and Rush, EMNLP 2016 (word-level).
    /// - Precondition: both have the same shape, and `temperature > 0`.
    public static func distillation(
        _ logits: Matrix, from teacher: Matrix, temperature: Double = 1
    ) -> PositionLoss {
        precondition(
            teacher.rows == logits.rows && teacher.columns == logits.columns && temperature > 0,
            "teacher's logits of \(teacher.rows)×\(teacher.columns) at T = \(temperature) for \(logits.rows)×\(logits.columns)"
        )
        return overPositions(logits) { t, z in
            let logP = logSoftmax(z.map { $0 / temperature })
            let logQ = logSoftmax(teacher.row(t).map { Double($0) / temperature })
            let q = logQ.map(ReproducibleMath.exp)
            var loss = 0.0
            for k in q.indices where q[k] > 0 { loss += q[k] * (logQ[k] - logP[k]) }
            let gradient = q.indices.map { temperature * (ReproducibleMath.exp(logP[$0]) - q[$0]) }
            return (temperature * temperature * loss, gradient)
        }
    }

    private static func overPositions(
        _ logits: Matrix, _ position: (_ t: Int, _ z: [Double]) -> (loss: Double, gradient: [Double])
    ) -> PositionLoss {
        var loss = 0.0
        var gradient: [Float] = []
        gradient.reserveCapacity(logits.elements.count)
        for t in 0..<logits.rows {
            let (own, slope) = position(t, logits.row(t).map(Double.init))
            loss += own
            for value in slope { gradient.append(Float(value)) }
        }
        return PositionLoss(
            loss: loss, gradient: Matrix(rows: logits.rows, columns: logits.columns, elements: gradient))
    }
}

extension RecurrentTagger {
    /// How a tagger learns: by Adam (β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸), over batches in an order drawn anew in each epoch.
    public struct Training: Sendable, Hashable {
        /// How often each sequence is learned from.
        public var epochs: Int
        /// Adam's step size.
        public var rate: Double
        /// How many sequences make a step.
        public var batchSize: Int
        /// The probability with which a feature is left out of a position, drawn anew each time.
        public var dropout: Double

        /// - Precondition: `epochs ≥ 0`, `rate > 0`, `batchSize > 0`, and `dropout` is in 0 ..< 1.
        public init(epochs: Int, rate: Double = 0.003, batchSize: Int = 16, dropout: Double = 0) {
            precondition(
                epochs >= 0 && rate > 0 && batchSize > 0 && (0..<1).contains(dropout),
                "\(epochs) epochs at the rate \(rate), batches of \(batchSize), dropout \(dropout)")
            self.epochs = epochs
            self.rate = rate
            self.batchSize = batchSize
            self.dropout = dropout
        }
    }

    /// Makes the mean of the sequences' losses small.
    ///
    /// The result depends on the arguments alone.
    /// - Parameter loss: The loss of a sequence, and its gradient, given its index and its logits (positions × K).
    /// - Returns: The mean loss of each epoch, as it was met.
    @discardableResult
    public mutating func train(
        on sequences: [Features], _ training: Training, seed: UInt64, loss: (Int, Matrix) -> PositionLoss
    ) -> [Double] {
        var adam = AdamState(count: parameters.count)
        return (0..<training.epochs).map { epoch in
            var total = 0.0
            var stream = RandomStream(seed: seed, purpose: .shuffle, epoch: epoch)
            let order = stream.permutation(of: sequences.count)
            for (step, start) in stride(from: 0, to: order.count, by: training.batchSize).enumerated() {
                let batch = order[start..<min(start + training.batchSize, order.count)]
                let key = RandomStream(seed: seed, purpose: .dropout, epoch: epoch, step: step)
                let pass = RecurrentPass(self, Self.dropping(training.dropout, from: batch.map { sequences[$0] }, key))
                let losses = zip(batch, pass.logits).map(loss)
                total += losses.reduce(0) { $0 + $1.loss }
                let share = 1 / Float(batch.count)
                adam.step(&parameters, rate: training.rate) {
                    pass.backward(losses.map { share * $0.gradient }, into: $0)
                }
            }
            return total / Double(max(sequences.count, 1))
        }
    }

    private static func dropping(_ rate: Double, from sequences: [Features], _ stream: RandomStream) -> [Features] {
        guard rate > 0 else { return sequences }
        var stream = stream
        return sequences.map { $0.map { $0.filter { _ in stream.uniform() >= rate } } }
    }
}

private struct AdamState {
    private let gradient: Arena
    private let first: Arena
    private let second: Arena
    private var powers = (1.0, 1.0)

    init(count: Int) {
        gradient = Arena(count: count)
        first = Arena(count: count)
        second = Arena(count: count)
    }

    /// A step along the gradient that `write` leaves in memory laid out like the parameters.
    mutating func step(
        _ parameters: inout [Float], rate: Double, along write: (UnsafeMutablePointer<Float>) -> Void
    ) {
        write(gradient.base)
        let (beta1, beta2) = (0.9, 0.999)
        powers = (powers.0 * beta1, powers.1 * beta2)
        let step = UpdateStep.adam(
            rate: rate, beta1: beta1, beta2: beta2, power1: powers.0, power2: powers.1, epsilon: 1e-8, weightDecay: 0)
        parameters.withUnsafeMutableBufferPointer { weights in
            guard let base = weights.baseAddress else { return }
            Kernels.update(
                base, gradient: gradient.base, state: (first.base, second.base), count: weights.count, by: step)
        }
    }
}

private func logSoftmax(_ z: [Double]) -> [Double] {
    let total = logSumOfExponentials(z)
    return z.map { $0 - total }
}
