public import Tensors

/// What training makes small. Every loss is the mean over the batch, and every gradient that of the mean.
///
/// With z the student's logits, y the label, v the teacher's logits and N the batch size:
public indirect enum Objective: Sendable {
    /// CE(y, softmax z) = −ln softmax(z)_y; gradient (softmax z − y)/N.
    case crossEntropy
    /// (1−α)·CE(y, softmax z) + α·T²·KL(softmax(v/T) ‖ softmax(z/T)), where α is `softWeight`; gradient
    /// [(1−α)(softmax z − y) + α·T·(softmax(z/T) − softmax(v/T))]/N. Row i of `teacherLogits` belongs to sample i,
    /// whatever the order of the batches. With α = 1 no label is looked at. A teacher's logit may be −∞: that class is masked.
    /// Above T = 64, where differences of 32-bit probabilities would lose their digits, it is computed in double precision
    /// from the differences of the logits, and right to 32 bits up to T = 10⁶.
    /// Source: Hinton, Vinyals, Dean, arXiv:1503.02531, section 2.
    case distillation(teacherLogits: Matrix, temperature: Double, softWeight: Double)
    /// KL(q ‖ softmax z) for the distribution q in row i of the matrix; gradient (softmax z − q)/N.
    case softLabels(Matrix)
    /// ½·Σ_j (z_j − t_j)² for the targets t in row i of the matrix; gradient (z − t)/N.
    case squaredError(targets: Matrix)
    /// A loss that may couple the batch's rows or look at hidden layers.
    case batch(any BatchLoss)
    /// Σ weight·objective, in order; made by `+` and `*`.
    case sum([Weighted])

    /// An objective as a part of a sum.
    public struct Weighted: Sendable {
        /// The factor of the objective's loss and gradient.
        public let weight: Double
        /// The part itself.
        public let objective: Objective
    }
}

extension Objective {
    /// The sum of two objectives: `0.1 * .crossEntropy + 0.9 * .decoupled(…)`.
    public static func + (left: Objective, right: Objective) -> Objective { .sum(left.parts + right.parts) }

    /// An objective, weighted.
    public static func * (weight: Double, objective: Objective) -> Objective {
        .sum(objective.parts.map { Weighted(weight: weight * $0.weight, objective: $0.objective) })
    }

    private var parts: [Weighted] {
        if case .sum(let parts) = self { parts } else { [Weighted(weight: 1, objective: self)] }
    }
}

extension Objective {
    /// The mean loss of a batch of logits and its gradient in them.
    ///
    /// The losses of the rows are added in order as `Double`.
    /// - Parameters:
    ///   - logits: One row a sample.
    ///   - labels: The class of each row; may be empty where the objective looks at no label.
    /// - Precondition: the objective's matrices have a row for each row of `logits`, and it looks at no hidden layer.
    public func evaluate(logits: Matrix, labels: [Int] = []) -> (loss: Double, gradient: Matrix) {
        let gradients = evaluate(Batch(logits: logits, labels: labels))
        return (gradients.loss, gradients.logits)
    }

    /// The mean loss of a batch and its gradients, those of hidden layers included; a loss's own parameters are the
    /// initial ones.
    /// - Precondition: row r of the objective's matrices is that of row r of the batch.
    public func evaluate(_ batch: Batch) -> LossGradients {
        let logits = batch.logits
        let examples = Examples(features: Matrix(rows: logits.rows, columns: 0), labels: batch.labels)
        let prepared = PreparedObjective(self, labels: examples.labels, count: logits.rows, classes: logits.columns)
        var result = LossGradients(loss: 0, logits: logits)
        result.logits = Matrix(rows: logits.rows, columns: logits.columns) { gradient in
            logits.withView { view in
                let pass = PreparedObjective.Pass(
                    logits: view, order: nil, gradient: gradient, progress: batch.progress,
                    parameters: prepared.initialParameters, hidden: { batch.hidden[$0] })
                let beyond = prepared.evaluate(pass)
                result.loss = beyond.lossSum / Double(max(logits.rows, 1))
                result.hidden = beyond.hidden
                result.parameters = beyond.parameters
            }
        }
        return result
    }
}
