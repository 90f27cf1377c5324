internal import Tensors

/// An objective with all that does not change from batch to batch worked out.
final class PreparedObjective {
    private enum Form {
        case labels(hardWeight: Double, softWeight: Double, temperature: Double)
        case squaredError
    }

    private let form: Form
    private let labels: [UInt8]
    private let classes: Int
    /// Soft targets or numbers to reach, one row a sample, and each row's Σ q·ln q.
    private let targets: [Float]
    private let negentropy: [Float]
    private let scratch: Arena
    private var losses: [Float] = []

    init(_ objective: Objective, labels: [UInt8], count: Int, classes: Int) {
        self.labels = labels
        self.classes = classes
        scratch = Arena(count: 2 * classes)
        switch objective {
        case .crossEntropy:
            form = .labels(hardWeight: 1, softWeight: 0, temperature: 1)
            (targets, negentropy) = ([], [])
        case .distillation(let logits, let temperature, let softWeight):
            precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
            precondition(0...1 ~= softWeight, "softWeight must be in 0...1, not \(softWeight)")
            Self.check(logits, "teacher logits", count: count, classes: classes)
            form = .labels(hardWeight: 1 - softWeight, softWeight: softWeight, temperature: temperature)
            (targets, negentropy) = softWeight == 0 ? ([], []) : Self.softTargets(logits, temperature: temperature)
        case .softLabels(let distributions):
            Self.check(distributions, "soft labels", count: count, classes: classes)
            form = .labels(hardWeight: 0, softWeight: 1, temperature: 1)
            targets = distributions.elements
            negentropy = (0..<distributions.rows).map { Self.negentropy(distributions.row($0)) }
        case .squaredError(let numbers):
            Self.check(numbers, "targets", count: count, classes: classes)
            form = .squaredError
            (targets, negentropy) = (numbers.elements, [])
        }
        if case .labels(let hardWeight, _, _) = form, hardWeight != 0 {
            precondition(
                labels.count == count, "the objective needs a label for each of \(count) samples, not \(labels.count)")
            for label in labels {
                precondition(label < classes, "label \(label) for a network of \(classes) outputs")
            }
        }
    }

    private static func check(_ matrix: Matrix, _ name: String, count: Int, classes: Int) {
        precondition(
            matrix.rows == count && matrix.columns == classes,
            "\(name) are \(matrix.rows)×\(matrix.columns), but the samples and outputs need \(count)×\(classes)")
    }

    private static func softTargets(_ logits: Matrix, temperature: Double) -> ([Float], [Float]) {
        let targets = softmax(logits, temperature: temperature)
        let negentropy = targets.withView { q in
            logSoftmax(logits, temperature: temperature).withView { logQ in
                (0..<q.rows).map { row in
                    Kernels.sumOfProducts(
                        q.base + row * q.columns, logQ.base + row * q.columns, count: q.columns)
                }
            }
        }
        return (targets.elements, negentropy)
    }

    /// Σ q·ln q in order, 0·ln 0 being 0.
    private static func negentropy(_ q: ArraySlice<Float>) -> Float {
        Float(q.reduce(0.0) { $1 > 0 ? $0 + Double($1) * ReproducibleMath.log(Double($1)) : $0 })
    }

    /// Writes the gradient of the batch's mean loss; returns the sum of its losses, added in order.
    /// - Parameter order: The sample of each row; row r is sample r where it is nil.
    func evaluate(_ logits: MatrixView, order: UnsafePointer<Int32>?, gradient: MatrixView) -> Double {
        switch form {
        case .squaredError: squaredError(logits, order: order, gradient: gradient)
        case .labels(let hard, let soft, let temperature):
            labelled(logits, order, gradient, hard: hard, soft: soft, temperature: temperature)
        }
    }

    private func labelled(
        _ logits: MatrixView, _ order: UnsafePointer<Int32>?, _ gradient: MatrixView, hard: Double, soft: Double,
        temperature: Double
    ) -> Double {
        if losses.count < logits.rows { losses = Array(repeating: 0, count: logits.rows) }
        let share = 1 / Double(logits.rows)
        var objective = RowObjective()
        objective.hardWeight = Float(hard)
        objective.hardGradient = Float(hard * share)
        objective.softWeight = Float(soft * temperature * temperature)
        objective.softGradient = Float(soft * temperature * share)
        objective.inverseTemperature = Float(1 / temperature)
        return labels.withUnsafeBufferPointer { labels in
            targets.withUnsafeBufferPointer { targets in
                negentropy.withUnsafeBufferPointer { negentropy in
                    losses.withUnsafeMutableBufferPointer { losses in
                        objective.labels = labels.baseAddress
                        objective.targets = targets.isEmpty ? nil : targets.baseAddress
                        objective.targetNegentropy = negentropy.baseAddress
                        guard let lossBase = losses.baseAddress else { return 0 }
                        objective.evaluate(
                            logits: logits, order: order, gradient: gradient.base, losses: lossBase,
                            scratch: scratch.base)
                        return losses.prefix(logits.rows).reduce(0.0) { $0 + Double($1) }
                    }
                }
            }
        }
    }

    private func squaredError(_ logits: MatrixView, order: UnsafePointer<Int32>?, gradient: MatrixView) -> Double {
        let share = Float(1 / Double(logits.rows))
        var loss = 0.0
        for row in 0..<logits.rows {
            let sample = order.map { Int($0[row]) } ?? row
            for column in 0..<classes {
                let place = row * classes + column
                let difference = logits.base[place] - targets[sample * classes + column]
                gradient.base[place] = share * difference
                loss += 0.5 * Double(difference) * Double(difference)
            }
        }
        return loss
    }
}
