public import Tensors

/// Distillation whose temperature and weight change: (1 − α_r)·CE(y, softmax z) + α_r·T²·KL(softmax(v/T) ‖ softmax(z/T)), with T
/// and α of the epoch by their schedules, and α_r = α·w_r for the weight w_r that a sample's teacher is given.
///
/// Gradient [(1 − α_r)·(softmax z − y) + α_r·T·(softmax(z/T) − softmax(v/T))]/N. Shapes: v of samples × K, z of N × K.
/// With constants and equal weights it is ``Objective/distillation(teacherLogits:temperature:softWeight:)``, up to rounding.
public struct ScheduledDistillation: BatchLoss {
    /// Samples × classes.
    public let teacherLogits: Matrix
    /// T by the progress of training.
    public let temperature: Schedule
    /// α.
    public let softWeight: Schedule
    /// The factor of each sample's soft loss.
    public let weighting: SampleWeighting

    /// - Precondition: temperatures are above 0, weights in 0...1.
    public init(
        teacherLogits: Matrix, temperature: Schedule, softWeight: Schedule, weighting: SampleWeighting = .equal
    ) {
        precondition(temperature.bounds.lowerBound > 0, "a temperature must be above 0: \(temperature)")
        precondition(
            softWeight.bounds.lowerBound >= 0 && softWeight.bounds.upperBound <= 1,
            "softWeight must be in 0...1: \(softWeight)")
        self.teacherLogits = teacherLogits
        self.temperature = temperature
        self.softWeight = softWeight
        self.weighting = weighting
    }

    /// The rows of ``teacherLogits``.
    public var sampleCount: Int? { teacherLogits.rows }
    /// True, also while α is 1.
    public var needsLabels: Bool { true }

    /// The mean loss over the batch's rows at its progress, and its gradient in the logits.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let t = temperature.value(at: batch.progress)
        let alpha = softWeight.value(at: batch.progress)
        return meanOverRows(batch) { r, z in
            let v = teacherLogits.doubles(batch.samples[r])
            let soft = alpha * weighting.weight(teacher: v)
            let (logHard, logQ) = (logSoftmax(z), logSoftmax(z, temperature: t))
            let logP = logSoftmax(v, temperature: t)
            let p = logP.map(ReproducibleMath.exp)
            let label = batch.labels[r]
            let loss = (1 - soft) * -logHard[label] + soft * t * t * divergenceOfLogs(p, logP, logQ)
            let gradient = z.indices.map { i in
                (1 - soft) * (ReproducibleMath.exp(logHard[i]) - (i == label ? 1 : 0))
                    + soft * t * (ReproducibleMath.exp(logQ[i]) - p[i])
            }
            return (loss, gradient)
        }
    }
}

extension Objective {
    /// Distillation whose temperature and weight follow schedules; see ``ScheduledDistillation``.
    public static func distillation(
        teacherLogits: Matrix, temperature: Schedule, softWeight: Schedule, weighting: SampleWeighting = .equal
    ) -> Objective {
        .batch(
            ScheduledDistillation(
                teacherLogits: teacherLogits, temperature: temperature, softWeight: softWeight, weighting: weighting))
    }
}
