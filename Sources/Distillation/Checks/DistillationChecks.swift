internal import Datasets
internal import LossDiagnosis
internal import Tensors

/// What a check of a distillation procedure found.
public struct CheckResult: Sendable, Hashable {
    /// What was checked.
    public let check: String
    /// What is wrong; `nil` where nothing is.
    public let problem: String?
}

/// Puts a way to distil to every check there is: the loss against known values, its definition and its limits; the soft labels
/// against the teacher; the training against the gradient that it should follow.
///
/// A procedure that does what it should passes all of them. The checks see nothing but what the procedure returns.
public func check(_ procedure: DistillationProcedure) -> [CheckResult] {
    checks.map { name, problem in CheckResult(check: name, problem: problem(procedure)) }
}

private let checks: [(String, @Sendable (DistillationProcedure) -> String?)] = [
    ("known values", knownValues),
    ("finite differences of the definition", finiteDifferences),
    ("nothing to learn from an equal", equalLogits),
    ("the limit of high temperatures", highTemperature),
    ("soft labels joined by sample", joinedBySample),
    ("soft labels without dropout", withoutDropout),
    ("unknown samples refused", unknownSamples),
    ("a step follows the gradient", stepFollowsGradient),
    ("dropout in every epoch", dropoutInEveryEpoch),
]

// The loss.

/// Logits, labels, temperature, weight and loss, computed once in double precision with numpy.
private let known: [(z: [Float], v: [Float], label: Int, temperature: Double, softWeight: Double, loss: Double)] = [
    ([4, -7, -1], [9, -1, -4], 0, 3, 1, 1.12145375428),
    ([4, -7, -1], [9, -1, -4], 1, 3, 0.25, 8.53541239227),
    ([0.5, 2, -1], [3, 1, -2], 2, 1, 1, 1.17306814565),
    ([0.5, 2, -1], [3, 1, -2], 2, 20, 0.9, 1.59240439713),
    ([0.5, 2, -1], [3, 1, -2], 0, 4, 0, 1.74131129666),
]

private func knownValues(_ procedure: DistillationProcedure) -> String? {
    for (z, v, label, temperature, softWeight, exact) in known {
        let (loss, _) = procedure.loss(Matrix(rows: [z]), Matrix(rows: [v]), [label], temperature, softWeight)
        if !(abs(loss - exact) < 1e-4 * max(exact, 1)) {
            return "the loss at T = \(temperature), α = \(softWeight) is \(rounded(loss)), not \(rounded(exact))"
                + (knownMistakes(procedure).map { ": " + $0 } ?? "")
        }
    }
    return nil
}

/// What is mistaken in the loss, by the names of ``LossFormula``; `nil` where it is no formula that is known.
private func knownMistakes(_ procedure: DistillationProcedure) -> String? {
    let diagnosis = diagnose(
        LossAnswers(of: { probe in
            let (student, teacher) = (
                probe.student.map { $0.map { Float($0) } }, probe.teacher.map { $0.map { Float($0) } }
            )
            return procedure.loss(
                Matrix(rows: student), Matrix(rows: teacher), probe.labels, probe.temperature, probe.alpha ?? 1
            ).loss
        }))
    guard case .formula = diagnosis.finding, !diagnosis.mistakes.isEmpty else { return nil }
    return diagnosis.mistakes.joined(separator: "; ")
}

private func finiteDifferences(_ procedure: DistillationProcedure) -> String? {
    let (z, v, labels) = (normal(rows: 4, seed: 1), normal(rows: 4, seed: 2), [3, 0, 9, 5])
    for (temperature, softWeight) in [(1.0, 1.0), (4, 1), (4, 0.5), (20, 0.9), (4, 0)] {
        let gradient = procedure.loss(z, v, labels, temperature, softWeight).gradient
        guard gradient.rows == 4 && gradient.columns == 10 else { return "the gradient has another shape" }
        for row in 0..<4 {
            for column in 0..<10 {
                func value(_ step: Double) -> Double {
                    var moved = z.doubles(row)
                    moved[column] += step
                    return defined(moved, v.doubles(row), labels[row], temperature, softWeight) / 4
                }
                let exact = (value(1e-5) - value(-1e-5)) / 2e-5
                if !(abs(Double(gradient[row, column]) - exact) < 1e-5) {
                    return "the gradient at T = \(temperature), α = \(softWeight) is"
                        + " \(rounded(Double(gradient[row, column]))), not \(rounded(exact))"
                }
            }
        }
    }
    return nil
}

/// The loss of a row, from its definition.
private func defined(
    _ z: [Double], _ v: [Double], _ label: Int, _ temperature: Double, _ softWeight: Double
) -> Double {
    let soft = klDivergence(from: softmax(v, temperature: temperature), to: softmax(z, temperature: temperature))
    return (1 - softWeight) * -logSoftmax(z)[label] + softWeight * temperature * temperature * soft
}

private func equalLogits(_ procedure: DistillationProcedure) -> String? {
    let z = normal(rows: 4, seed: 1)
    let (loss, gradient) = procedure.loss(z, z, [0, 1, 2, 3], 4, 1)
    if !(abs(loss) < 1e-4) { return "a student equal to its teacher has the loss \(rounded(loss))" }
    let largest = gradient.elements.map { abs($0) }.max() ?? 0
    return largest < 1e-6 ? nil : "a student equal to its teacher has the gradient \(rounded(Double(largest)))"
}

private func highTemperature(_ procedure: DistillationProcedure) -> String? {
    let (z, v) = (normal(rows: 1, seed: 1), normal(rows: 1, seed: 2))
    let gradient = procedure.loss(z, v, [0], 10_000, 1).gradient
    let difference = zip(z.doubles(0), v.doubles(0)).map { $0 - $1 }
    let mean = sum(10) { difference[$0] } / 10
    for column in 0..<10 {
        let limit = (difference[column] - mean) / 10
        if !(abs(Double(gradient[0, column]) - limit) < 0.01) {
            return "the gradient tends to \(rounded(Double(gradient[0, column]))), not \(rounded(limit))"
        }
    }
    return nil
}

// The soft labels.

private func joinedBySample(_ procedure: DistillationProcedure) -> String? {
    let (teacher, images) = (net(seed: 1, dropout: 0), patterns(seed: 1))
    var stream = RandomStream(seed: 3, purpose: .shuffle)
    let shuffled = images.shuffled(by: &stream)
    for (name, wanted) in [("shuffled", shuffled), ("chosen", images.selecting([17, 3, 11]))] {
        guard let logits = try? procedure.softLabels(teacher, images, wanted) else {
            return "there are no soft labels for \(name) images"
        }
        if logits != teacher.logits(for: wanted) { return "\(name) images have other images' soft labels" }
    }
    return nil
}

private func withoutDropout(_ procedure: DistillationProcedure) -> String? {
    let (teacher, images) = (net(seed: 1, dropout: 0.5), patterns(seed: 1))
    guard let logits = try? procedure.softLabels(teacher, images, images) else { return "there are no soft labels" }
    return logits == teacher.logits(for: images) ? nil : "the soft labels are not what the whole teacher says"
}

private func unknownSamples(_ procedure: DistillationProcedure) -> String? {
    let logits = try? procedure.softLabels(net(seed: 1, dropout: 0), patterns(seed: 1), patterns(seed: 2))
    return logits == nil ? nil : "images that the teacher never saw have soft labels"
}

// The training.

private func stepFollowsGradient(_ procedure: DistillationProcedure) -> String? {
    let (teacher, student, images) = (net(seed: 1, dropout: 0.5), net(seed: 2, dropout: 0), patterns(seed: 1))
    for softWeight in [1, 0.5] {
        var setting = DistillationProcedure.Setting()
        setting.softWeight = softWeight
        guard let trained = try? procedure.train(student, teacher, images, setting) else {
            return "it cannot be trained"
        }
        let expected = stepped(student, teacher, images, setting)
        if let problem = difference(trained, expected) { return "a step at α = \(softWeight) \(problem)" }
    }
    return nil
}

private func dropoutInEveryEpoch(_ procedure: DistillationProcedure) -> String? {
    let (teacher, student, images) = (net(seed: 1, dropout: 0), net(seed: 2, dropout: 0.5), patterns(seed: 1))
    var before = student
    for epoch in 1...3 {
        var setting = DistillationProcedure.Setting()
        setting.epochs = epoch
        guard let after = try? procedure.train(student, teacher, images, setting) else { return "it cannot be trained" }
        // One batch an epoch: what an epoch adds is one step, and with dropout not the one that it would be without.
        if difference(after, stepped(before, teacher, images, setting)) == nil {
            return "nothing is dropped in epoch \(epoch)"
        }
        before = after
    }
    return nil
}

/// A student after one step along the defined loss's gradient, nothing dropped.
private func stepped(
    _ student: Network, _ teacher: Network, _ images: LabelledImages, _ setting: DistillationProcedure.Setting
) -> Network {
    let x = Examples(images).inputs(at: 0..<images.count)
    let objective = Objective.distillation(
        teacherLogits: teacher.logits(for: images), temperature: setting.temperature, softWeight: setting.softWeight)
    let gradient = objective.evaluate(logits: student.logits(for: x), labels: images.labels.map(Int.init)).gradient
    let slopes = student.backward(x, outputGradient: gradient).parameters
    var moved = student
    moved.setParameters(zip(student.parameters, slopes).map { $0 - Float(setting.learningRate) * $1 })
    return moved
}

private func difference(_ network: Network, _ expected: Network) -> String? {
    guard network.parameterCount == expected.parameterCount else { return "gives a net of another size" }
    let largest = zip(network.parameters, expected.parameters).map { abs($0 - $1) }.max() ?? 0
    return largest < 1e-5 ? nil : "moves a weight by \(rounded(Double(largest))) too much or too little"
}

// Small things to check with.

private func net(seed: UInt64, dropout: Double) -> Network {
    Network(inputs: 16, seed: seed) {
        Dense(12, activation: .relu)
        Dropout(dropout)
        Dense(4)
    }
}

private func patterns(seed: UInt64) -> LabelledImages {
    var stream = RandomStream(seed: seed, purpose: .data)
    let labels = (0..<24).map { _ in UInt8(stream.integer(below: 4)) }
    let pixels = labels.flatMap { label in
        (0..<16).map { UInt8($0 / 4 == Int(label) ? 128 + stream.integer(below: 128) : stream.integer(below: 128)) }
    }
    return LabelledImages(name: "patterns", width: 4, height: 4, classCount: 4, pixels: pixels, labels: labels)
}

private func normal(rows: Int, seed: UInt64) -> Matrix {
    var stream = RandomStream(seed: seed, purpose: .data)
    return Matrix(rows: rows, columns: 10) { _, _ in Float(2 * stream.normal()) }
}

/// A number with four decimals.
private func rounded(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    return "\((value * 10_000).rounded() / 10_000)"
}
