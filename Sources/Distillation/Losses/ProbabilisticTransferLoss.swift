public import Tensors

/// Probabilistic knowledge transfer (PKT): for each sample, how probable every other one of the batch is as its neighbour, for the teacher
/// and for the student.
///
/// With x (N × U) what a layer gave,
///
///     k_ij = (cos(x_i, x_j) + 1)/2        p_ij = k_ij/Σ_{l≠i} k_il
///     loss = (1/N)·Σ_i Σ_{j≠i} q_ij·ln((q_ij + ε)/(p_ij + ε))
///
/// where q is made so from what the teacher's layer gave (samples × D), and ε = 10⁻⁷. A row of zeros has the cosine 0 with all others,
/// and gets no gradient. Gradient in x, and 0 in the logits. The source sums where this takes the mean over i.
/// Source: Passalis and Tefas, ECCV 2018, equations 3–7; ε from the authors' program.
public struct ProbabilisticTransferLoss: BatchLoss {
    /// What the teacher's layer gave: samples × D.
    public let teacherOutputs: Matrix
    /// The index of the student's layer.
    public let layer: Int

    private static let epsilon = 1e-7

    /// The transfer to the student's layer `layer` from `teacherOutputs`, samples × D.
    public init(teacherOutputs: Matrix, layer: Int) {
        self.teacherOutputs = teacherOutputs
        self.layer = layer
    }

    /// The one layer, ``layer``.
    public var hiddenLayers: [Int] { [layer] }
    /// The rows of ``teacherOutputs``.
    public var sampleCount: Int? { teacherOutputs.rows }

    /// The mean loss over the batch's rows, and its gradient in the layer's outputs.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let hidden = hiddenOutput(batch, layer: layer)
        let n = hidden.rows
        let student = Neighbours((0..<n).map(hidden.doubles))
        let teacher = Neighbours(batch.samples.map(teacherOutputs.doubles))
        let share = 1 / Double(max(n, 1))
        var loss = 0.0
        // In the cosines.
        let slopes = (0..<n).map { i in
            let (p, q) = (student.probabilities[i], teacher.probabilities[i])
            let ofP = (0..<n).map { j in
                if j != i && q[j] > 0 {
                    loss += q[j] * ReproducibleMath.log((q[j] + Self.epsilon) / (p[j] + Self.epsilon))
                }
                return -share * q[j] / (p[j] + Self.epsilon)
            }
            let along = sum(n) { $0 == i ? 0 : ofP[$0] * p[$0] }
            return (0..<n).map { $0 == i || student.totals[i] == 0 ? 0 : (ofP[$0] - along) / (2 * student.totals[i]) }
        }
        let gradient = (0..<n).map { i in
            student.directions[i].gradient(
                (0..<hidden.columns).map { u in
                    sum(n) { (slopes[i][$0] + slopes[$0][i]) * student.directions[$0].unit[u] }
                })
        }
        return LossGradients(
            loss: loss * share, logits: Matrix(rows: batch.logits.rows, columns: batch.logits.columns),
            hidden: [layer: Matrix(rounding: gradient, columns: hidden.columns)])
    }
}

private struct Neighbours {
    let directions: [Direction]
    /// Σ_{l≠i} k_il.
    let totals: [Double]
    /// p, with 0 for a sample as its own neighbour.
    let probabilities: [[Double]]

    init(_ rows: [[Double]]) {
        let directions = rows.map(Direction.init)
        let units = directions.map(\.unit)
        let kernel = products(units, units).enumerated().map { i, cosines in
            cosines.indices.map { $0 == i ? 0 : (cosines[$0] + 1) / 2 }
        }
        let totals = kernel.map { row in sum(row.count) { row[$0] } }
        self.directions = directions
        self.totals = totals
        probabilities = zip(kernel, totals).map { row, total in row.map { total > 0 ? $0 / total : 0 } }
    }
}

extension Objective {
    /// Probabilities of neighbours within a batch, after a teacher's; see ``ProbabilisticTransferLoss``.
    public static func probabilisticTransfer(teacherOutputs: Matrix, layer: Int) -> Objective {
        .batch(ProbabilisticTransferLoss(teacherOutputs: teacherOutputs, layer: layer))
    }
}
