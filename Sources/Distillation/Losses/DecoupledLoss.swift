public import Tensors

/// Decoupled distillation (DKD): T²·(α·TCKD + β·NCKD).
///
/// With p = softmax(v/T), q = softmax(z/T), t the label, and p̂, q̂ what is left of them without class t, normalised:
///
///     TCKD = KL((p_t, 1 − p_t) ‖ (q_t, 1 − q_t))        NCKD = KL(p̂ ‖ q̂)
///
/// The divergence KL(p ‖ q) is TCKD + (1 − p_t)·NCKD: the teacher's certainty weights what it says of the wrong classes, which
/// β here does in its place. Gradient, times N: α·T·(q_t − p_t) in z_t, and T·(α·q̂_i·(p_t − q_t) + β·(q̂_i − p̂_i)) in z_i for i ≠ t.
/// Shapes: v of samples × K, z of N × K, K ≥ 2. Source: Zhao, Cui, Song, Qiu, Liang, CVPR 2022, equations 3–7.
public struct DecoupledLoss: BatchLoss {
    /// Samples × classes.
    public let teacherLogits: Matrix
    /// T, by which both sides' logits are divided.
    public let temperature: Double
    /// α.
    public let targetWeight: Double
    /// β.
    public let othersWeight: Double

    /// - Precondition: `temperature > 0`.
    public init(teacherLogits: Matrix, temperature: Double, targetWeight: Double = 1, othersWeight: Double = 8) {
        precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
        self.teacherLogits = teacherLogits
        self.temperature = temperature
        self.targetWeight = targetWeight
        self.othersWeight = othersWeight
    }

    /// The rows of ``teacherLogits``.
    public var sampleCount: Int? { teacherLogits.rows }
    /// True: the target's class is the label's.
    public var needsLabels: Bool { true }

    /// The mean loss over the batch's rows, and its gradient in the logits.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let square = temperature * temperature
        return meanOverRows(batch) { r, z in
            let label = batch.labels[r]
            let teacher = DecoupledProbabilities(
                teacherLogits.doubles(batch.samples[r]), label: label, temperature: temperature)
            let student = DecoupledProbabilities(z, label: label, temperature: temperature)
            let loss =
                targetWeight * teacher.targetDivergence(to: student)
                + othersWeight * teacher.othersDivergence(to: student)
            let gradient = z.indices.map { i in
                i == label
                    ? targetWeight * (student.target - teacher.target)
                    : targetWeight * student.others[i] * (teacher.target - student.target)
                        + othersWeight * (student.others[i] - teacher.others[i])
            }
            return (square * loss, gradient.map { temperature * $0 })
        }
    }
}

/// A softened distribution, taken apart into the label's probability and the distribution over the other classes.
public struct DecoupledProbabilities: Sendable, Hashable {
    /// p_t.
    public let target: Double
    let logTarget: Double
    let logRest: Double
    /// p̂ᵢ = pᵢ/(1 − p_t), and 0 for the label.
    public let others: [Double]
    let logOthers: [Double]

    /// softmax(logits/T), taken apart at `label`.
    /// - Precondition: there are at least two classes, and `label` is one of them.
    public init(_ logits: [Double], label: Int, temperature: Double) {
        precondition(
            logits.count > 1 && logits.indices.contains(label), "label \(label) of \(logits.count) classes")
        let logP = logSoftmax(logits, temperature: temperature)
        var rest = logits
        rest.remove(at: label)
        var logOthers = logSoftmax(rest, temperature: temperature)
        // ln(1 − p_t) without subtracting from 1: the others' joint weight against all.
        let other = label == 0 ? 1 : 0
        logRest = logP[other] - logOthers[0]
        logOthers.insert(-.infinity, at: label)
        self.logOthers = logOthers
        others = logOthers.map(ReproducibleMath.exp)
        logTarget = logP[label]
        target = ReproducibleMath.exp(logTarget)
    }

    /// TCKD: the divergence between the two-class distributions (label, any other).
    public func targetDivergence(to other: DecoupledProbabilities) -> Double {
        divergenceOfLogs(
            [target, ReproducibleMath.exp(logRest)], [logTarget, logRest], [other.logTarget, other.logRest])
    }

    /// NCKD: the divergence between the distributions over the classes that are not the label.
    public func othersDivergence(to other: DecoupledProbabilities) -> Double {
        divergenceOfLogs(others, logOthers, other.logOthers)
    }
}

extension Objective {
    /// T²·(α·TCKD + β·NCKD); see ``DecoupledLoss``.
    public static func decoupled(
        teacherLogits: Matrix, temperature: Double, targetWeight: Double = 1, othersWeight: Double = 8
    ) -> Objective {
        .batch(
            DecoupledLoss(
                teacherLogits: teacherLogits, temperature: temperature, targetWeight: targetWeight,
                othersWeight: othersWeight))
    }
}
