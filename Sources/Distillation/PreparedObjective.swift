internal import Tensors

/// An objective with all that does not change from batch to batch worked out.
final class PreparedObjective {
    private enum Form {
        case labels(hardWeight: Double, softWeight: Double, temperature: Double)
        case squaredError
        case batch(any BatchLoss)
        case sum([(weight: Double, objective: PreparedObjective)])
    }

    /// A batch in working memory, and where its training stands.
    struct Pass {
        var logits: MatrixView
        /// The sample of each row; row r is sample r where it is nil.
        var order: UnsafePointer<Int32>?
        /// Where the gradient of the batch's mean loss goes.
        var gradient: MatrixView
        var progress = 0.0
        /// Those of the objective itself.
        var parameters: [Float] = []
        /// What a hidden dense layer gave.
        var hidden: (Int) -> Matrix? = { _ in nil }
    }

    /// The sum of a batch's losses, and the gradients of their mean that are not of the logits.
    struct Outcome {
        var lossSum: Double
        var hidden: [Int: Matrix] = [:]
        var parameters: [Float] = []
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
        (form, targets, negentropy) = Self.prepared(objective, labels: labels, count: count, classes: classes)
        guard needsLabels else { return }
        precondition(
            labels.count == count, "the objective needs a label for each of \(count) samples, not \(labels.count)")
        for label in labels {
            precondition(label < classes, "label \(label) for a network of \(classes) outputs")
        }
    }

    private typealias Prepared = (form: Form, targets: [Float], negentropy: [Float])

    private static func prepared(_ objective: Objective, labels: [UInt8], count: Int, classes: Int) -> Prepared {
        switch objective {
        case .crossEntropy: return (.labels(hardWeight: 1, softWeight: 0, temperature: 1), [], [])
        case .distillation(let logits, let temperature, let softWeight):
            check(logits, "teacher logits", count: count, classes: classes)
            return distillation(logits, temperature, softWeight)
        case .softLabels(let distributions):
            check(distributions, "soft labels", count: count, classes: classes)
            let negentropy = (0..<distributions.rows).map { self.negentropy(distributions.row($0)) }
            return (.labels(hardWeight: 0, softWeight: 1, temperature: 1), distributions.elements, negentropy)
        case .squaredError(let numbers):
            check(numbers, "targets", count: count, classes: classes)
            return (.squaredError, numbers.elements, [])
        case .batch(let loss):
            if let samples = loss.sampleCount {
                precondition(
                    samples == count, "the objective's tables have \(samples) rows, but there are \(count) samples")
            }
            return (.batch(loss), [], [])
        case .sum(let parts):
            let prepared = parts.map { part in
                (part.weight, PreparedObjective(part.objective, labels: labels, count: count, classes: classes))
            }
            return (.sum(prepared), [], [])
        }
    }

    private static func distillation(_ logits: Matrix, _ temperature: Double, _ softWeight: Double) -> Prepared {
        if PreciseDistillation.isNeeded(logits, temperature, softWeight) {
            let loss = PreciseDistillation(teacherLogits: logits, temperature: temperature, softWeight: softWeight)
            return (.batch(loss), [], [])
        }
        precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
        precondition(0...1 ~= softWeight, "softWeight must be in 0...1, not \(softWeight)")
        let form = Form.labels(hardWeight: 1 - softWeight, softWeight: softWeight, temperature: temperature)
        guard softWeight != 0 else { return (form, [], []) }
        let (targets, negentropy) = softTargets(logits, temperature: temperature)
        return (form, targets, negentropy)
    }

    private var needsLabels: Bool {
        switch form {
        case .labels(let hardWeight, _, _): hardWeight != 0
        case .batch(let loss): loss.needsLabels
        case .squaredError, .sum: false
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

    /// The parameters that the objective learns for itself, as they start.
    var initialParameters: [Float] {
        switch form {
        case .labels, .squaredError: []
        case .batch(let loss): loss.initialParameters
        case .sum(let parts): parts.flatMap(\.objective.initialParameters)
        }
    }

    /// Writes the gradient of the batch's mean loss; returns the sum of its losses, added in order, and what else
    /// there is of gradients.
    func evaluate(_ pass: Pass) -> Outcome {
        switch form {
        case .squaredError:
            Outcome(lossSum: squaredError(pass.logits, order: pass.order, gradient: pass.gradient))
        case .labels(let hard, let soft, let temperature):
            Outcome(
                lossSum: labelled(
                    pass.logits, pass.order, pass.gradient, hard: hard, soft: soft, temperature: temperature))
        case .batch(let loss): batch(loss, pass)
        case .sum(let parts): sum(of: parts, pass)
        }
    }

    private func batch(_ loss: any BatchLoss, _ pass: Pass) -> Outcome {
        let rows = pass.logits.rows
        let samples = (0..<rows).map { row in pass.order.map { Int($0[row]) } ?? row }
        var hidden: [Int: Matrix] = [:]
        for layer in loss.hiddenLayers { hidden[layer] = pass.hidden(layer) }
        let batch = Batch(
            logits: Matrix(rows: rows, columns: classes) {
                $0.base.update(from: pass.logits.base, count: rows * classes)
            },
            labels: labels.isEmpty ? [] : samples.map { Int(labels[$0]) }, samples: samples, hidden: hidden,
            progress: pass.progress)
        let gradients = loss.evaluate(batch, parameters: pass.parameters)
        gradients.logits.withView { pass.gradient.base.update(from: $0.base, count: rows * classes) }
        return Outcome(
            lossSum: gradients.loss * Double(rows), hidden: gradients.hidden, parameters: gradients.parameters)
    }

    private func sum(of parts: [(weight: Double, objective: PreparedObjective)], _ pass: Pass) -> Outcome {
        let count = pass.logits.rows * classes
        let room = Arena(count: count)
        var total = Outcome(lossSum: 0)
        var taken = 0
        pass.gradient.base.update(repeating: 0, count: count)
        for (weight, objective) in parts {
            var part = pass
            part.gradient = MatrixView(room.base, rows: pass.logits.rows, columns: classes)
            let own = objective.initialParameters.count
            part.parameters = Array(pass.parameters[taken..<taken + own])
            taken += own
            let outcome = objective.evaluate(part)
            total.lossSum += weight * outcome.lossSum
            let factor = Float(weight)
            for place in 0..<count { pass.gradient.base[place] += factor * room.base[place] }
            total.parameters += outcome.parameters.map { factor * $0 }
            for (layer, gradient) in outcome.hidden.sorted(by: { $0.key < $1.key }) {
                total.hidden[layer] = total.hidden[layer].map { $0 + factor * gradient } ?? factor * gradient
            }
        }
        return total
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
