internal import Tensors

/// ``Objective/distillation(teacherLogits:temperature:softWeight:)`` where its usual form would lose its digits: at high temperatures,
/// and with masked classes.
///
/// With q = softmax(z/T), d_i = (v_i − z_i)/T less its mean under q, and D = ln Σ q_i·e^{d_i}, the teacher's p_i is q_i·e^{d_i − D},
/// so that p_i − q_i = q_i·(e^{d_i − D} − 1) and KL(p ‖ q) = Σ (p_i − q_i)·d_i − D: sums of small numbers, not differences of
/// large ones.
struct PreciseDistillation: BatchLoss {
    /// Up to this temperature the kernels' 32-bit form keeps its digits.
    private static let highTemperature = 64.0

    let teacherLogits: Matrix
    let temperature: Double
    let softWeight: Double

    init(teacherLogits: Matrix, temperature: Double, softWeight: Double) {
        precondition(0...1 ~= softWeight, "softWeight must be in 0...1, not \(softWeight)")
        self.teacherLogits = teacherLogits
        self.temperature = temperature
        self.softWeight = softWeight
    }

    static func isNeeded(_ logits: Matrix, _ temperature: Double, _ softWeight: Double) -> Bool {
        softWeight > 0 && (temperature > highTemperature || logits.elements.contains(-.infinity))
    }

    var sampleCount: Int? { teacherLogits.rows }
    var needsLabels: Bool { softWeight < 1 }

    func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        meanOverRows(batch) { r, z in
            let part = softPart(teacher: teacherLogits.doubles(batch.samples[r]), student: z)
            let square = temperature * temperature
            let soft = (
                loss: softWeight * square * part.divergence,
                gradient: part.difference.map { -softWeight * temperature * $0 }
            )
            guard needsLabels else { return soft }
            return addingHardLabel(batch.labels[r], weight: 1 - softWeight, logits: z, to: soft)
        }
    }

    /// KL(p ‖ q) and p − q.
    private func softPart(teacher v: [Double], student z: [Double]) -> (divergence: Double, difference: [Double]) {
        let logQ = logSoftmax(z, temperature: temperature)
        let q = logQ.map(ReproducibleMath.exp)
        guard v.allSatisfy(\.isFinite), z.allSatisfy(\.isFinite) else {
            let logP = logSoftmax(v, temperature: temperature)
            let p = logP.map(ReproducibleMath.exp)
            return (divergenceOfLogs(p, logP, logQ), zip(p, q).map { $0 - $1 })
        }
        let apart = z.indices.map { (v[$0] - z[$0]) / temperature }
        let centre = sum(z.count) { q[$0] * apart[$0] }
        let d = apart.map { $0 - centre }
        let logRatio = ReproducibleMath.logOnePlus(sum(z.count) { q[$0] * exponentialBeyondLine(d[$0]) })
        let difference = z.indices.map { q[$0] * ReproducibleMath.expMinusOne(d[$0] - logRatio) }
        return (sum(z.count) { difference[$0] * d[$0] } - logRatio, difference)
    }
}

/// eˣ − 1 − x, to full precision also where x is small.
private func exponentialBeyondLine(_ x: Double) -> Double {
    guard abs(x) < 0.5 else { return ReproducibleMath.expMinusOne(x) - x }
    var term = x * x / 2
    var sum = term
    var divisor = 3.0
    while abs(term) > abs(sum) * 0x1p-56 {
        term *= x / divisor
        sum += term
        divisor += 1
    }
    return sum
}
