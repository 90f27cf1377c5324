public import Tensors

/// Curriculum temperature (CTKD): distillation whose temperature is learned against the student, to make its task harder.
///
/// T = least + span·σ(θ), and the loss is (1 − α)·CE(y, softmax z) + α·T²·KL(softmax(v/T) ‖ softmax(z/T)). The student follows the loss's
/// gradient; θ follows −λ times it, with λ of the epoch by its schedule, from 0 so that the task starts easy:
///
/// ∂L/∂T = α·(2T·KL + E_p z − E_q z − Σ p_i·(v_i − E_p v)·ln(p_i/q_i)), averaged over the batch, and ∂T/∂θ = span·σ(θ)·(1 − σ(θ)).
///
/// With λ = 0 it is distillation at a fixed temperature. Shapes: v of samples × K, z of N × K.
/// Source: Li, Li, Yang, Zhao, Song, Luo, Li, Yang, AAAI 2023 (arXiv:2211.16231), global version.
public struct LearnedTemperature: BatchLoss {
    /// Samples × classes.
    public let teacherLogits: Matrix
    /// The temperature as θ goes to −∞.
    public let least: Double
    /// The size of the range that the temperature moves in.
    public let span: Double
    /// θ before training.
    public let start: Double
    /// λ.
    public let reversal: Schedule
    /// α.
    public let softWeight: Double

    /// - Precondition: `least` is above 0, `span` is not negative, `softWeight` is in 0...1.
    public init(
        teacherLogits: Matrix, least: Double, span: Double, start: Double, reversal: Schedule, softWeight: Double
    ) {
        precondition(least > 0 && span >= 0, "temperatures from \(least) over \(span) are not all above 0")
        precondition(0...1 ~= softWeight, "softWeight must be in 0...1, not \(softWeight)")
        self.teacherLogits = teacherLogits
        self.least = least
        self.span = span
        self.start = start
        self.reversal = reversal
        self.softWeight = softWeight
    }

    /// The rows of ``teacherLogits``.
    public var sampleCount: Int? { teacherLogits.rows }
    /// Whether the hard loss counts: α < 1.
    public var needsLabels: Bool { softWeight < 1 }
    /// θ before training.
    public var initialParameters: [Float] { [Float(start)] }

    /// The mean loss over the batch's rows, its gradient in the logits, and −λ times that in θ.
    ///
    /// - Parameter parameters: θ.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let share = 1 / (1 + ReproducibleMath.exp(-Double(parameters[0])))
        let t = least + span * share
        var slope = 0.0
        var result = meanOverRows(batch) { r, z in
            let v = teacherLogits.doubles(batch.samples[r])
            let (logP, logQ) = (logSoftmax(v, temperature: t), logSoftmax(z, temperature: t))
            let (p, q) = (logP.map(ReproducibleMath.exp), logQ.map(ReproducibleMath.exp))
            let divergence = divergenceOfLogs(p, logP, logQ)
            func mean(_ x: [Double], _ weights: [Double]) -> Double { sum(x.count) { weights[$0] * x[$0] } }
            let centre = mean(v, p)
            let along = sum(z.count) { p[$0] * (v[$0] - centre) * (logP[$0] - logQ[$0]) }
            slope += softWeight * (2 * t * divergence + mean(z, p) - mean(z, q) - along)
            let soft = (
                loss: softWeight * t * t * divergence, gradient: difference(logQ, p).map { softWeight * t * $0 }
            )
            guard needsLabels else { return soft }
            return addingHardLabel(batch.labels[r], weight: 1 - softWeight, logits: z, to: soft)
        }
        let mean = slope / Double(max(batch.logits.rows, 1))
        result.parameters = [Float(-reversal.value(at: batch.progress) * mean * span * share * (1 - share))]
        return result
    }
}

extension Objective {
    /// Distillation whose temperature is learned against the student; see ``LearnedTemperature``. Unless said otherwise λ rises from 0 to 1
    /// along half a cosine.
    public static func learnedTemperature(
        teacherLogits: Matrix, least: Double = 1, span: Double = 20, start: Double = 1,
        reversal: Schedule = .cosine(from: 0, to: 1), softWeight: Double = 1
    ) -> Objective {
        .batch(
            LearnedTemperature(
                teacherLogits: teacherLogits, least: least, span: span, start: start, reversal: reversal,
                softWeight: softWeight))
    }
}
