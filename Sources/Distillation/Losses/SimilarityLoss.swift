public import Tensors

/// Similarity-preserving distillation: what the teacher finds alike in a batch, the student is to find alike.
///
/// With x (N × U) what the student's layer gave and t (N × D) the teacher's, the rows of x·xᵀ and of t·tᵀ are brought to length 1, and
///
///     loss = (1/N²)·Σ_ij (X_ij − T_ij)²
///
/// A row of zeros stays, and gets no gradient. Gradient in x, and 0 in the logits. The widths may differ.
/// Source: Tung and Mori, ICCV 2019, equations 1–4.
public struct SimilarityLoss: BatchLoss {
    /// What the teacher's layer gave: samples × D.
    public let teacherOutputs: Matrix
    /// The index of the student's layer.
    public let layer: Int

    /// The loss of the student's layer `layer` beside `teacherOutputs`, samples × D.
    public init(teacherOutputs: Matrix, layer: Int) {
        self.teacherOutputs = teacherOutputs
        self.layer = layer
    }

    /// The one layer, ``layer``.
    public var hiddenLayers: [Int] { [layer] }
    /// The rows of ``teacherOutputs``.
    public var sampleCount: Int? { teacherOutputs.rows }

    /// The mean loss over all pairs of the batch's rows, and its gradient in the layer's outputs.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let hidden = hiddenOutput(batch, layer: layer)
        let n = hidden.rows
        let x = (0..<n).map(hidden.doubles)
        let student = products(x, x).map(Direction.init)
        let given = batch.samples.map(teacherOutputs.doubles)
        let teacher = products(given, given).map(Direction.init)
        let share = 1 / Double(max(n * n, 1))
        var loss = 0.0
        // In x·xᵀ.
        let slopes = (0..<n).map { i in
            let apart = (0..<n).map { student[i].unit[$0] - teacher[i].unit[$0] }
            loss += sum(n) { apart[$0] * apart[$0] }
            return student[i].gradient(apart.map { 2 * share * $0 })
        }
        let gradient = (0..<n).map { i in
            (0..<hidden.columns).map { u in sum(n) { (slopes[i][$0] + slopes[$0][i]) * x[$0][u] } }
        }
        return LossGradients(
            loss: loss * share, logits: Matrix(rows: batch.logits.rows, columns: batch.logits.columns),
            hidden: [layer: Matrix(rounding: gradient, columns: hidden.columns)])
    }
}

/// a·bᵀ.
func products(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in b.map { other in sum(row.count) { row[$0] * other[$0] } } }
}

extension Objective {
    /// Similarities within a batch, after a teacher's; see ``SimilarityLoss``.
    public static func similarity(teacherOutputs: Matrix, layer: Int) -> Objective {
        .batch(SimilarityLoss(teacherOutputs: teacherOutputs, layer: layer))
    }
}
