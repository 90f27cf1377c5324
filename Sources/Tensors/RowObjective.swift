internal import CKernels

/// Hard and soft losses of a batch of logits, with their gradients, in one pass over the rows.
package struct RowObjective {
    /// Weight of the cross-entropy with the labels, and of the divergence from the targets, in the loss.
    package var hardWeight: Float = 0
    package var softWeight: Float = 0
    /// The same in the gradient, divided by the batch size; the soft one also by the temperature.
    package var hardGradient: Float = 0
    package var softGradient: Float = 0
    package var inverseTemperature: Float = 1
    /// One class a sample.
    package var labels: UnsafePointer<UInt8>?
    /// One distribution a sample, and its Σ q·ln q.
    package var targets: UnsafePointer<Float>?
    package var targetNegentropy: UnsafePointer<Float>?

    package init() {}

    /// Writes the loss of each row and its gradient in the logits.
    /// - Parameters:
    ///   - order: The sample of each row; row r is about sample r where it is nil.
    ///   - scratch: Room for 2 × classes numbers.
    package func evaluate(
        logits: MatrixView, order: UnsafePointer<Int32>?, gradient: UnsafeMutablePointer<Float>,
        losses: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        var objective = kd_objective()
        objective.rows = logits.rows
        objective.classes = logits.columns
        objective.logits = UnsafePointer(logits.base)
        objective.order = order
        objective.labels = labels
        objective.targets = targets
        objective.target_negentropy = targetNegentropy
        objective.hard_weight = hardWeight
        objective.soft_weight = softWeight
        objective.inverse_temperature = inverseTemperature
        objective.hard_gradient = hardGradient
        objective.soft_gradient = softGradient
        objective.gradient = gradient
        objective.losses = losses
        objective.scratch = scratch
        kd_evaluate_objective(&objective)
    }
}
