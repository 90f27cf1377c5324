public import Tensors

/// Relational distillation (RKD) of distances and angles between the samples of a batch, as a hidden layer x (N × U) sees them
/// and as the teacher's t (samples × D) does; the widths may differ.
///
///     distance:  mean over i ≠ j of h(‖x_i − x_j‖/μ_x − ‖t_i − t_j‖/μ_t), μ the mean distance over i ≠ j
///     angle:     mean over distinct i, j, k of h(cos ∠x_i x_j x_k − cos ∠t_i t_j t_k), the angle at j
///
/// h(d) = ½d² for |d| ≤ 1, else |d| − ½ (Huber). The source sums where this takes means, so that the weights do not depend on the
/// size of the batch. Points that coincide have no direction: what they would give is 0. Gradient in x, and 0 in the logits.
/// The cost is N³·U multiplications. Source: Park, Kim, Lu, Cho, CVPR 2019, equations 4–9.
public struct RelationalLoss: BatchLoss {
    /// What the teacher's layer gave: samples × D.
    public let teacherOutputs: Matrix
    /// The index of the student's dense layer.
    public let layer: Int
    /// The factor of the loss of distances; 0 leaves it out.
    public let distanceWeight: Double
    /// The factor of the loss of angles; 0 leaves it out.
    public let angleWeight: Double

    /// The loss of the student's layer `layer` beside `teacherOutputs`, samples × D.
    public init(teacherOutputs: Matrix, layer: Int, distanceWeight: Double = 25, angleWeight: Double = 50) {
        self.teacherOutputs = teacherOutputs
        self.layer = layer
        self.distanceWeight = distanceWeight
        self.angleWeight = angleWeight
    }

    /// The one layer, ``layer``.
    public var hiddenLayers: [Int] { [layer] }
    /// The rows of ``teacherOutputs``.
    public var sampleCount: Int? { teacherOutputs.rows }

    /// The weighted sum of both losses, and its gradient in the layer's outputs.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let hidden = hiddenOutput(batch, layer: layer)
        let student = Relations((0..<hidden.rows).map(hidden.doubles))
        let teacher = Relations(batch.samples.map(teacherOutputs.doubles))
        var gradient = Array(repeating: Array(repeating: 0.0, count: hidden.columns), count: hidden.rows)
        var loss = 0.0
        if distanceWeight != 0 { loss += distanceLoss(student, teacher, into: &gradient) }
        if angleWeight != 0 { loss += angleLoss(student, teacher, into: &gradient) }
        return LossGradients(
            loss: loss, logits: Matrix(rows: batch.logits.rows, columns: batch.logits.columns),
            hidden: [layer: Matrix(rounding: gradient, columns: hidden.columns)])
    }

    private func distanceLoss(
        _ student: Relations, _ teacher: Relations, into gradient: inout [[Double]]
    ) -> Double {
        let n = student.count
        let pairs = Double(n * (n - 1))
        let (meanS, meanT) = (student.meanDistance, teacher.meanDistance)
        guard n > 1, meanS > 0, meanT > 0 else { return 0 }
        var loss = 0.0
        var along = 0.0
        var slopes = Array(repeating: 0.0, count: n * n)
        for i in 0..<n {
            for j in 0..<n where i != j {
                let (value, slope) = huber(student.distance(i, j) / meanS - teacher.distance(i, j) / meanT)
                loss += value
                slopes[i * n + j] = slope
                along += slope * student.distance(i, j)
            }
        }
        // A distance moves its own ratio, and by the mean distance all of them.
        let common = along / (meanS * meanS * pairs)
        let scale = distanceWeight / pairs
        for i in 0..<n {
            for j in 0..<n where i != j {
                let slope = scale * (slopes[i * n + j] / meanS - common)
                student.addGradientOfDistance(i, j, times: slope, to: &gradient)
            }
        }
        return scale * loss
    }

    private func angleLoss(_ student: Relations, _ teacher: Relations, into gradient: inout [[Double]]) -> Double {
        let n = student.count
        guard n > 2 else { return 0 }
        let scale = angleWeight / Double(n * (n - 1) * (n - 2))
        var loss = 0.0
        for j in 0..<n {
            for i in 0..<n where i != j {
                // The sum over k of slope · (direction from j to k): the gradient in the direction from j to i.
                var pull = Array(repeating: 0.0, count: gradient[j].count)
                for k in 0..<n where k != j && k != i {
                    let (value, slope) = huber(student.cosine(i, j, k) - teacher.cosine(i, j, k))
                    loss += value
                    // (i, j, k) and (k, j, i) are the same angle, and both are among the triples.
                    student.addDirection(k, j, times: 2 * slope, to: &pull)
                }
                student.addGradientOfDirection(i, j, pull, times: scale, to: &gradient)
            }
        }
        return scale * loss
    }
}

/// Huber's loss with threshold 1, and its slope.
private func huber(_ d: Double) -> (value: Double, slope: Double) {
    abs(d) <= 1 ? (0.5 * d * d, d) : (abs(d) - 0.5, d < 0 ? -1 : 1)
}

/// The distances and directions between points.
private struct Relations {
    let points: [[Double]]
    private let distances: [Double]
    /// (x_i − x_j)/‖x_i − x_j‖ at i·N + j.
    private let directions: [[Double]]
    let meanDistance: Double

    var count: Int { points.count }

    init(_ points: [[Double]]) {
        self.points = points
        let n = points.count
        var distances = Array(repeating: 0.0, count: n * n)
        var directions = Array(repeating: [Double](), count: n * n)
        var total = 0.0
        for i in 0..<n {
            for j in 0..<n {
                let step = zip(points[i], points[j]).map { $0 - $1 }
                let distance = sum(step.count) { step[$0] * step[$0] }.squareRoot()
                distances[i * n + j] = distance
                total += distance
                directions[i * n + j] = step.map { distance == 0 ? 0 : $0 / distance }
            }
        }
        self.distances = distances
        self.directions = directions
        meanDistance = n > 1 ? total / Double(n * (n - 1)) : 0
    }

    func distance(_ i: Int, _ j: Int) -> Double { distances[i * count + j] }

    /// The cosine of the angle at j between i and k.
    func cosine(_ i: Int, _ j: Int, _ k: Int) -> Double {
        let (a, b) = (directions[i * count + j], directions[k * count + j])
        return sum(a.count) { a[$0] * b[$0] }
    }

    func addDirection(_ k: Int, _ j: Int, times factor: Double, to sum: inout [Double]) {
        let direction = directions[k * count + j]
        for d in sum.indices { sum[d] += factor * direction[d] }
    }

    /// Adds factor · ∂‖x_i − x_j‖.
    func addGradientOfDistance(_ i: Int, _ j: Int, times factor: Double, to gradient: inout [[Double]]) {
        let direction = directions[i * count + j]
        for d in direction.indices {
            gradient[i][d] += factor * direction[d]
            gradient[j][d] -= factor * direction[d]
        }
    }

    /// Adds factor · ∂(u·pull) for the direction u from j to i: (pull − u·(u·pull))/‖x_i − x_j‖ in x_i, its opposite in x_j.
    func addGradientOfDirection(
        _ i: Int, _ j: Int, _ pull: [Double], times factor: Double, to gradient: inout [[Double]]
    ) {
        let distance = distances[i * count + j]
        guard distance > 0 else { return }
        let u = directions[i * count + j]
        let along = sum(u.count) { u[$0] * pull[$0] }
        for d in u.indices {
            let value = factor * (pull[d] - u[d] * along) / distance
            gradient[i][d] += value
            gradient[j][d] -= value
        }
    }
}

extension Objective {
    /// Distances and angles between the samples of a batch; see ``RelationalLoss``.
    public static func relational(
        teacherOutputs: Matrix, layer: Int, distanceWeight: Double = 25, angleWeight: Double = 50
    ) -> Objective {
        .batch(
            RelationalLoss(
                teacherOutputs: teacherOutputs, layer: layer, distanceWeight: distanceWeight,
                angleWeight: angleWeight))
    }
}
