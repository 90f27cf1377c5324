public import Tensors

/// The divergence between logits that were standardised first: T²·KL(softmax(S(v)/T) ‖ softmax(S(z)/T)) with
/// S(z) = (z − μ)/(σ + ε), μ and σ the mean and the standard deviation of z's own row, ε = 10⁻⁷. As in the published code, σ² is
/// the sum of squares divided by K − 1, not K.
///
/// With g the gradient in S(z), T·(q − p)/N, and c = z − μ, the gradient in z is
/// (g_i − mean g)/(σ + ε) − c_i·Σ_j g_j·c_j / ((K − 1)·σ·(σ + ε)²): the student is free in the size and the place of its logits.
/// Shapes: v of samples × K, z of N × K. Source: Sun, Ren, Wang, Wang, Liang, CVPR 2024, algorithm 1.
public struct StandardizedLoss: BatchLoss {
    /// Samples × classes.
    public let teacherLogits: Matrix
    /// T, by which the standardized logits of both sides are divided.
    public let temperature: Double

    /// - Precondition: `temperature > 0`.
    public init(teacherLogits: Matrix, temperature: Double) {
        precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
        self.teacherLogits = teacherLogits
        self.temperature = temperature
    }

    /// The rows of ``teacherLogits``.
    public var sampleCount: Int? { teacherLogits.rows }

    /// The mean loss over the batch's rows, and its gradient in the logits.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        meanOverRows(batch) { r, z in
            let teacher = Standardized(teacherLogits.doubles(batch.samples[r]))
            let student = Standardized(z)
            let logP = logSoftmax(teacher.values, temperature: temperature)
            let logQ = logSoftmax(student.values, temperature: temperature)
            let p = logP.map(ReproducibleMath.exp)
            let loss = temperature * temperature * divergenceOfLogs(p, logP, logQ)
            return (loss, student.through(gradient: difference(logQ, p).map { temperature * $0 }))
        }
    }
}

/// Numbers less their mean, divided by their standard deviation.
private struct Standardized {
    let values: [Double]
    private let centred: [Double]
    private let deviation: Double
    private let divisor: Double

    init(_ z: [Double]) {
        let count = Double(z.count)
        let mean = sum(z.count) { z[$0] } / count
        let centred = z.map { $0 - mean }
        deviation = (sum(z.count) { centred[$0] * centred[$0] } / max(count - 1, 1)).squareRoot()
        let divisor = deviation + 1e-7
        values = centred.map { $0 / divisor }
        self.centred = centred
        self.divisor = divisor
    }

    /// The gradient in the numbers, given that in the standardised ones.
    func through(gradient: [Double]) -> [Double] {
        let count = gradient.count
        let mean = sum(count) { gradient[$0] } / Double(count)
        let along = sum(count) { gradient[$0] * centred[$0] }
        // Where all numbers are equal, their deviation has no slope that could be followed.
        let pull = deviation == 0 ? 0 : along / (Double(count - 1) * deviation * divisor * divisor)
        return (0..<count).map { (gradient[$0] - mean) / divisor - centred[$0] * pull }
    }
}

extension Objective {
    /// The divergence between standardised logits; see ``StandardizedLoss``.
    public static func standardized(teacherLogits: Matrix, temperature: Double) -> Objective {
        .batch(StandardizedLoss(teacherLogits: teacherLogits, temperature: temperature))
    }
}
