public import Tensors

/// The loss against soft labels at a temperature T, with p = softmax(v/T) of the teacher's logits v and q = softmax(z/T):
///
/// - as a cross-entropy, s·H(p, q) = −s·Σ p_j·ln q_j;
/// - as a divergence, s·KL(p ‖ q) = s·(H(p, q) − H(p)).
///
/// Their gradients are the same, s·(q − p)/(N·T), as the teacher's entropy does not depend on z. s = T² keeps the gradient's
/// size as T grows: it tends to (z − v)/(N·K) for centred logits; s = 1 lets it fade as 1/T².
/// Shapes: v of samples × K, z of N × K. Source: Hinton, Vinyals, Dean, arXiv:1503.02531, section 2.
public struct SoftenedLoss: BatchLoss {
    /// What is measured.
    public enum Measure: String, Sendable, Hashable, Codable {
        case crossEntropy
        case divergence
    }

    /// Samples × classes.
    public let teacherLogits: Matrix
    /// T, by which both sides' logits are divided.
    public let temperature: Double
    /// The cross-entropy or the divergence.
    public let measure: Measure
    /// Whether s is T² rather than 1.
    public let timesTemperatureSquared: Bool

    /// - Precondition: `temperature > 0`.
    public init(
        teacherLogits: Matrix, temperature: Double, measure: Measure = .divergence,
        timesTemperatureSquared: Bool = true
    ) {
        precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
        self.teacherLogits = teacherLogits
        self.temperature = temperature
        self.measure = measure
        self.timesTemperatureSquared = timesTemperatureSquared
    }

    /// The rows of ``teacherLogits``.
    public var sampleCount: Int? { teacherLogits.rows }

    /// The mean loss over the batch's rows, and its gradient in the logits.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let scale = timesTemperatureSquared ? temperature * temperature : 1
        return meanOverRows(batch) { r, z in
            let logP = logSoftmax(teacherLogits.doubles(batch.samples[r]), temperature: temperature)
            let logQ = logSoftmax(z, temperature: temperature)
            let p = logP.map(ReproducibleMath.exp)
            let loss =
                switch measure {
                case .crossEntropy: crossEntropyOfLogs(p, logQ)
                case .divergence: divergenceOfLogs(p, logP, logQ)
                }
            return (scale * loss, difference(logQ, p).map { scale * $0 / temperature })
        }
    }
}

extension Objective {
    /// T²·H(softmax(v/T), softmax(z/T)), or without T²; see ``SoftenedLoss``.
    public static func softCrossEntropy(
        teacherLogits: Matrix, temperature: Double, timesTemperatureSquared: Bool = true
    ) -> Objective {
        .batch(
            SoftenedLoss(
                teacherLogits: teacherLogits, temperature: temperature, measure: .crossEntropy,
                timesTemperatureSquared: timesTemperatureSquared))
    }

    /// T²·KL(softmax(v/T) ‖ softmax(z/T)), or without T²; see ``SoftenedLoss``.
    public static func divergence(
        teacherLogits: Matrix, temperature: Double, timesTemperatureSquared: Bool = true
    ) -> Objective {
        .batch(
            SoftenedLoss(
                teacherLogits: teacherLogits, temperature: temperature, measure: .divergence,
                timesTemperatureSquared: timesTemperatureSquared))
    }

    /// Logit matching, ½·Σ_j (z_j − v_j)²; gradient (z − v)/N. Source: Ba and Caruana, NIPS 2014.
    public static func logitMatching(teacherLogits: Matrix) -> Objective { .squaredError(targets: teacherLogits) }
}
