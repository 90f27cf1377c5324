public import Tensors

/// What training makes small. Every loss is the mean over the batch, and every gradient that of the mean.
///
/// With z the student's logits, y the label, v the teacher's logits and N the batch size:
public enum Objective: Sendable {
    /// CE(y, softmax z) = −ln softmax(z)_y; gradient (softmax z − y)/N.
    case crossEntropy
    /// (1−α)·CE(y, softmax z) + α·T²·KL(softmax(v/T) ‖ softmax(z/T)), where α is `softWeight`; gradient
    /// [(1−α)(softmax z − y) + α·T·(softmax(z/T) − softmax(v/T))]/N. Row i of `teacherLogits` belongs to sample i,
    /// whatever the order of the batches. With α = 1 no label is looked at.
    /// Source: Hinton, Vinyals, Dean, arXiv:1503.02531, section 2.
    case distillation(teacherLogits: Matrix, temperature: Double, softWeight: Double)
    /// KL(q ‖ softmax z) for the distribution q in row i of the matrix; gradient (softmax z − q)/N.
    case softLabels(Matrix)
    /// ½·Σ_j (z_j − t_j)² for the targets t in row i of the matrix; gradient (z − t)/N.
    case squaredError(targets: Matrix)
}

extension Objective {
    /// The mean loss of a batch of logits and its gradient in them.
    ///
    /// The losses of the rows are added in order as `Double`.
    /// - Parameters:
    ///   - logits: One row a sample.
    ///   - labels: The class of each row; may be empty where the objective looks at no label.
    /// - Precondition: the objective's matrices have a row for each row of `logits`.
    public func evaluate(logits: Matrix, labels: [Int] = []) -> (loss: Double, gradient: Matrix) {
        let examples = Examples(features: Matrix(rows: logits.rows, columns: 0), labels: labels)
        let prepared = PreparedObjective(self, labels: examples.labels, count: logits.rows, classes: logits.columns)
        var loss = 0.0
        let gradient = Matrix(rows: logits.rows, columns: logits.columns) { gradient in
            logits.withView { loss = prepared.evaluate($0, order: nil, gradient: gradient) }
        }
        return (loss / Double(max(logits.rows, 1)), gradient)
    }
}
