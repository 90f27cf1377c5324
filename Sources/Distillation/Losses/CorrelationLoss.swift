public import Tensors

/// Distillation by correlation (DIST): T²·(β·(1 − mean over rows of ρ(p_r, q_r)) + γ·(1 − mean over classes of ρ(p_c, q_c))).
///
/// p = softmax(v/T) and q = softmax(z/T) are N × K; ρ is Pearson's correlation, of two rows (what an image is taken for) and of
/// two columns (which images of the batch a class is seen in, which couples the batch's rows). In ρ = a·b/(‖a‖‖b‖ + ε), a and b
/// are centred and ε = 10⁻⁸. With D the denominator, ∂ρ/∂b is a/D − (a·b)·‖a‖·b/(‖b‖·D²), centred; softmax takes it to z.
/// Shapes: v of samples × K, z of N × K. Source: Huang, You, Wang, Qian, Xu, NeurIPS 2022, equations 6–9.
public struct CorrelationLoss: BatchLoss {
    /// Samples × classes.
    public let teacherLogits: Matrix
    /// T, by which both sides' logits are divided.
    public let temperature: Double
    /// β, of the correlation within rows.
    public let rowWeight: Double
    /// γ, of the correlation within classes.
    public let classWeight: Double

    /// - Precondition: `temperature > 0`.
    public init(teacherLogits: Matrix, temperature: Double = 1, rowWeight: Double = 1, classWeight: Double = 1) {
        precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
        self.teacherLogits = teacherLogits
        self.temperature = temperature
        self.rowWeight = rowWeight
        self.classWeight = classWeight
    }

    /// The rows of ``teacherLogits``.
    public var sampleCount: Int? { teacherLogits.rows }

    /// The loss of the batch, and its gradient in the logits.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let (rows, classes) = (batch.logits.rows, batch.logits.columns)
        let p = batch.samples.map { softmax(teacherLogits.doubles($0), temperature: temperature) }
        let q = (0..<rows).map { softmax(batch.logits.doubles($0), temperature: temperature) }
        var gradient = Array(repeating: Array(repeating: 0.0, count: classes), count: rows)
        var rowSum = 0.0
        for r in 0..<rows {
            let (value, slope) = correlation(p[r], q[r])
            rowSum += value
            for c in 0..<classes { gradient[r][c] -= rowWeight * slope[c] / Double(rows) }
        }
        var classSum = 0.0
        for c in 0..<classes {
            let (value, slope) = correlation(p.map { $0[c] }, q.map { $0[c] })
            classSum += value
            for r in 0..<rows { gradient[r][c] -= classWeight * slope[r] / Double(classes) }
        }
        let square = temperature * temperature
        let loss =
            rowWeight * (1 - rowSum / Double(max(rows, 1))) + classWeight * (1 - classSum / Double(classes))
        let inLogits = (0..<rows).map { r in
            throughSoftmax(q[r], gradient: gradient[r].map { square * $0 }, temperature: temperature)
        }
        return LossGradients(loss: square * loss, logits: Matrix(rounding: inLogits, columns: classes))
    }
}

/// Pearson's correlation of x and y, and its gradient in y; 0 and 0 where one of them is constant.
private func correlation(_ x: [Double], _ y: [Double]) -> (value: Double, gradient: [Double]) {
    let (a, b) = (centred(x), centred(y))
    let dot = sum(a.count) { a[$0] * b[$0] }
    let lengthA = sum(a.count) { a[$0] * a[$0] }.squareRoot()
    let lengthB = sum(b.count) { b[$0] * b[$0] }.squareRoot()
    let divisor = lengthA * lengthB + 1e-8
    let pull = lengthB == 0 ? 0 : dot * lengthA / (lengthB * divisor * divisor)
    return (dot / divisor, centred(a.indices.map { a[$0] / divisor - b[$0] * pull }))
}

private func centred(_ x: [Double]) -> [Double] {
    let mean = sum(x.count) { x[$0] } / Double(max(x.count, 1))
    return x.map { $0 - mean }
}

extension Objective {
    /// Distillation by correlation within rows and within classes; see ``CorrelationLoss``.
    public static func correlation(
        teacherLogits: Matrix, temperature: Double = 1, rowWeight: Double = 1, classWeight: Double = 1
    ) -> Objective {
        .batch(
            CorrelationLoss(
                teacherLogits: teacherLogits, temperature: temperature, rowWeight: rowWeight,
                classWeight: classWeight))
    }
}
