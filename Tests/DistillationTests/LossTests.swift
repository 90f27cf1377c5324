import Distillation
import Tensors
import Testing

/// Losses beyond the built-in ones, against values computed by other means and against their own differences.
@Suite struct LossTests {
    private static func table(_ rows: Int, _ columns: Int, _ a: Int, _ b: Int, _ c: Int) -> Matrix {
        Matrix(rows: rows, columns: columns) { r, k in Float((r * a + k * b + r * k * c) % 13 - 6) / 4 }
    }

    private static let z = table(5, 6, 7, 11, 3)
    private static let v = table(5, 6, 5, 4, 2)
    private static let hidden = table(5, 4, 3, 5, 1)
    private static let hints = table(5, 3, 2, 7, 5)
    private static let regressor = table(5, 3, 6, 1, 4).elements
    private static let labels = [2, 0, 5, 3, 1]

    private static let ofLogits: [(String, Objective, LossReference)] = [
        ("smoothed", .smoothedCrossEntropy(smoothing: 0.1), .smoothed),
        ("soft cross-entropy", .softCrossEntropy(teacherLogits: v, temperature: 3), .softCrossEntropy),
        ("divergence", .divergence(teacherLogits: v, temperature: 3), .divergence),
        (
            "divergence without T²", .divergence(teacherLogits: v, temperature: 3, timesTemperatureSquared: false),
            .divergenceWithoutSquare
        ),
        ("logit matching", .logitMatching(teacherLogits: v), .logitMatching),
        ("combined", .distillation(teacherLogits: v, temperature: 3, softWeight: 0.7), .combined),
        (
            "scheduled",
            .distillation(
                teacherLogits: v, temperature: .linear(from: 1, to: 5), softWeight: .cosine(from: 0.9, to: 0.5)),
            .combined
        ),
        (
            "sum", 0.3 * .crossEntropy + 0.7 * .divergence(teacherLogits: v, temperature: 3), .combined
        ),
        (
            "decoupled", .decoupled(teacherLogits: v, temperature: 3, targetWeight: 1.5, othersWeight: 4), .decoupled
        ),
        ("standardised", .standardized(teacherLogits: v, temperature: 3), .standardized),
        (
            "correlation", .correlation(teacherLogits: v, temperature: 3, rowWeight: 2, classWeight: 0.5),
            .correlation
        ),
        ("virtual", .divergence(teacherLogits: virtualLogits(.logarithms), temperature: 3), .virtual),
        (
            "virtual, as published", .divergence(teacherLogits: virtualLogits(.probabilities), temperature: 3),
            .virtualAsPublished
        ),
        (
            "learned temperature",
            .learnedTemperature(teacherLogits: v, least: 1, span: 20, start: 0.3, reversal: .constant(0.7)),
            .learnedTemperature
        ),
    ]

    /// What `SoftLabels.virtual` says of samples with these labels.
    private static func virtualLogits(_ form: SoftLabels.VirtualLogits) -> Matrix {
        Matrix(rows: 5, columns: 6) {
            let p = $1 == labels[$0] ? 0.9 : 0.02
            return Float(form == .logarithms ? ReproducibleMath.log(p) : p)
        }
    }

    @Test func aLearnedTemperatureClimbsTheLoss() {
        let loss = LearnedTemperature(
            teacherLogits: Self.v, least: 1, span: 20, start: 0.3, reversal: .constant(0.7), softWeight: 1)
        let gradients = loss.evaluate(Batch(logits: Self.z, labels: Self.labels))
        #expect(gradients.parameters.count == 1)
        #expect(abs(Double(gradients.parameters[0]) - LossReference.ascent.gradient[0]) < 1e-5)
        let still = LearnedTemperature(
            teacherLogits: Self.v, least: 1, span: 20, start: 0.3, reversal: .constant(0), softWeight: 1)
        #expect(still.evaluate(Batch(logits: Self.z, labels: Self.labels)).parameters == [0])
    }

    private func check(_ name: String, _ loss: Double, _ gradient: [Float], _ reference: LossReference) {
        #expect(abs(loss - reference.loss) < 1e-5 * max(abs(reference.loss), 1), "\(name)")
        #expect(gradient.count == reference.gradient.count, "\(name)")
        for (value, exact) in zip(gradient, reference.gradient) {
            #expect(abs(Double(value) - exact) < 1e-6 * max(abs(exact), 1), "\(name)")
        }
    }

    @Test func lossesOfLogitsAreThoseOfTheReference() {
        for (name, objective, reference) in Self.ofLogits {
            let batch = Batch(logits: Self.z, labels: Self.labels, progress: 0.5)
            let result = objective.evaluate(batch)
            check(name, result.loss, result.logits.elements, reference)
        }
    }

    @Test func lossesOfHiddenLayersAreThoseOfTheReference() {
        let batch = Batch(logits: Self.z, hidden: [1: Self.hidden])
        let hint = HintLoss(hints: Self.hints, layer: 1, units: 4, seed: 1)
        let ofHint = hint.evaluate(batch, parameters: Self.regressor)
        check("hint", ofHint.loss, ofHint.hidden[1]?.elements ?? [], .hint)
        check("regressor", ofHint.loss, ofHint.parameters, .regressor)
        let relations: [(String, Double, Double, LossReference)] = [
            ("distances", 25, 0, .distances), ("angles", 0, 50, .angles),
        ]
        for (name, distance, angle, reference) in relations {
            let loss = RelationalLoss(
                teacherOutputs: Self.hints, layer: 1, distanceWeight: distance, angleWeight: angle)
            let result = loss.evaluate(batch)
            check(name, result.loss, result.hidden[1]?.elements ?? [], reference)
            #expect(result.logits.elements.allSatisfy { $0 == 0 })
        }
    }

    @Test func lossesOfWhatLooksAlikeAreThoseOfTheReference() {
        let batch = Batch(logits: Self.z, hidden: [1: Self.hidden])
        let losses: [(String, any BatchLoss, LossReference)] = [
            ("attention", AttentionLoss(teacherOutputs: Self.v, channels: 3, layer: 1), .attention),
            ("similarity", SimilarityLoss(teacherOutputs: Self.hints, layer: 1), .similarity),
            (
                "probabilistic transfer", ProbabilisticTransferLoss(teacherOutputs: Self.hints, layer: 1),
                .probabilisticTransfer
            ),
        ]
        for (name, loss, reference) in losses {
            let result = loss.evaluate(batch)
            check(name, result.loss, result.hidden[1]?.elements ?? [], reference)
            #expect(result.logits.elements.allSatisfy { $0 == 0 })
        }
    }

    @Test func whatLooksAlikeToBothCostsNothing() {
        let twice = 2 * Self.hidden
        let batch = Batch(logits: Self.z, hidden: [0: Self.hidden])
        let losses: [any BatchLoss] = [
            AttentionLoss(teacherOutputs: twice, channels: 2, layer: 0),
            SimilarityLoss(teacherOutputs: twice, layer: 0),
            ProbabilisticTransferLoss(teacherOutputs: twice, layer: 0),
        ]
        for loss in losses { #expect(abs(loss.evaluate(batch).loss) < 1e-12) }
    }

    @Test func whatGivesNothingHasNoDirection() {
        let nothing = Matrix(rows: 3, columns: 4)
        let teacher = Matrix.normal(rows: 3, columns: 4, seed: 1)
        for given in [nothing, teacher] {
            let losses: [any BatchLoss] = [
                AttentionLoss(teacherOutputs: given, channels: 2, layer: 0),
                SimilarityLoss(teacherOutputs: given, layer: 0),
                ProbabilisticTransferLoss(teacherOutputs: given, layer: 0),
            ]
            for loss in losses {
                let result = loss.evaluate(Batch(logits: Matrix(rows: 3, columns: 6), hidden: [0: nothing]))
                #expect(result.loss.isFinite)
                #expect(result.hidden[0]?.elements.allSatisfy { $0 == 0 } == true)
            }
        }
    }

    @Test func whatPeersSayCountsAsTheirMean() {
        let peers = [Self.v, Self.table(5, 6, 1, 2, 3)]
        let parts = peers.map { Objective.divergence(teacherLogits: $0, temperature: 1) }
        let result = (0.5 * (parts[0] + parts[1])).evaluate(Batch(logits: Self.z))
        check("mutual", result.loss, result.logits.elements, .mutual)
    }

    /// Central differences of the loss in 32-bit steps that are exact.
    @Test func gradientsAreThoseOfFiniteDifferences() {
        let z = Matrix.normal(rows: 6, columns: 10, seed: 1, scale: 2)
        let v = Matrix.normal(rows: 6, columns: 10, seed: 2, scale: 2)
        let labels = [3, 0, 9, 5, 5, 1]
        let objectives: [Objective] = [
            .smoothedCrossEntropy(smoothing: 0.2), .softCrossEntropy(teacherLogits: v, temperature: 4),
            .decoupled(teacherLogits: v, temperature: 2), .standardized(teacherLogits: v, temperature: 2),
            .correlation(teacherLogits: v, temperature: 4),
            .distillation(
                teacherLogits: v, temperature: .constant(2), softWeight: .constant(0.8), weighting: .byTeacherEntropy),
        ]
        let step: Float = 1 / 256
        for (index, objective) in objectives.enumerated() {
            let gradient = objective.evaluate(logits: z, labels: labels).gradient
            for row in 0..<6 {
                for column in 0..<10 {
                    func value(_ steps: Float) -> (Double, Double) {
                        var moved = z
                        moved[row, column] += steps * step
                        return (Double(moved[row, column]), objective.evaluate(logits: moved, labels: labels).loss)
                    }
                    // The mean of two differences leaves an error of the fourth order.
                    let (a, b, c, d) = (value(-2), value(-1), value(1), value(2))
                    let near = (c.1 - b.1) / (c.0 - b.0)
                    let far = (d.1 - a.1) / (d.0 - a.0)
                    let exact = (4 * near - far) / 3
                    #expect(
                        abs(Double(gradient[row, column]) - exact) < 1e-6 * max(abs(exact), 1), "objective \(index)")
                }
            }
        }
    }

    @Test func aStudentThatSaysWhatItsTeacherSaysHasNothingToLearn() {
        let objectives: [Objective] = [
            .divergence(teacherLogits: Self.z, temperature: 4), .decoupled(teacherLogits: Self.z, temperature: 4),
            .standardized(teacherLogits: 3 * Self.z, temperature: 4),
            .correlation(teacherLogits: Self.z, temperature: 4), .logitMatching(teacherLogits: Self.z),
        ]
        for objective in objectives {
            let result = objective.evaluate(Batch(logits: Self.z, labels: Self.labels))
            // What keeps a correlation's denominator from 0 leaves a little.
            #expect(abs(result.loss) < 1e-3)
            #expect(result.logits.elements.allSatisfy { abs($0) < 1e-4 })
        }
        let relational = RelationalLoss(teacherOutputs: 2 * Self.hidden, layer: 0)
        let result = relational.evaluate(Batch(logits: Self.z, hidden: [0: Self.hidden]))
        #expect(abs(result.loss) < 1e-12)
    }

    @Test func theDivergenceIsWhatDecoupledDistillationTakesApart() {
        for row in 0..<5 {
            let (p, q) = (Self.v.row(row).map(Double.init), Self.z.row(row).map(Double.init))
            for temperature in [0.5, 1, 4, 20] {
                for label in 0..<6 {
                    let teacher = DecoupledProbabilities(p, label: label, temperature: temperature)
                    let student = DecoupledProbabilities(q, label: label, temperature: temperature)
                    let whole = klDivergence(
                        from: softmax(p, temperature: temperature), to: softmax(q, temperature: temperature))
                    let parts =
                        teacher.targetDivergence(to: student)
                        + (1 - teacher.target) * teacher.othersDivergence(to: student)
                    #expect(abs(whole - parts) < 1e-13)
                }
            }
        }
    }

    @Test func rowsAreFoundBySampleWhateverTheOrder() {
        let objective = Objective.decoupled(teacherLogits: Self.v, temperature: 3)
        let all = objective.evaluate(Batch(logits: Self.z, labels: Self.labels))
        let loss = DecoupledLoss(teacherLogits: Self.v, temperature: 3)
        let order = [4, 2, 0, 1, 3]
        let turned = loss.evaluate(
            Batch(logits: Self.z.selectingRows(order), labels: order.map { Self.labels[$0] }, samples: order))
        #expect(turned.logits == all.logits.selectingRows(order))
    }

    @Test func degenerateBatchesGiveNumbers() {
        let flat = Matrix(rows: 1, columns: 6)
        let objectives: [Objective] = [
            .standardized(teacherLogits: flat, temperature: 1), .correlation(teacherLogits: flat),
            .decoupled(teacherLogits: Matrix(rows: [[500, -500, 0, 0, 0, 0]]), temperature: 1),
        ]
        for objective in objectives {
            let result = objective.evaluate(Batch(logits: flat, labels: [1]))
            #expect(result.loss.isFinite)
            #expect(result.logits.elements.allSatisfy { $0.isFinite })
        }
        for rows in 1...3 {
            let same = Matrix(rows: rows, columns: 4, repeating: 1)
            let result = RelationalLoss(teacherOutputs: same, layer: 0)
                .evaluate(Batch(logits: Matrix(rows: rows, columns: 6), hidden: [0: same]))
            #expect(result.loss == 0)
            #expect(result.hidden[0]?.elements.allSatisfy { $0 == 0 } == true)
        }
    }
}
