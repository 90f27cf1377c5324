import Distillation
import Tensors
import Testing

@Suite struct PreciseDistillationTests {
    /// T, T²·KL and T·(q − p) of v = (5, 2, 1) and z = (1, 2, 3), by mpmath with 60 digits.
    @Test(arguments: [
        (20.0, 3.16981954086547, [-1.12800160998754, 0.236575240678578, 0.891426369308963]),
        (65, 3.13062916730147, [-1.11666048844532, 0.226740871932005, 0.889919616513314]),
        (1000, 3.11241719474681, [-1.11148086349832, 0.222518357539087, 0.88896250595923]),
        (10_000, 3.1112419497503, [-1.11114814197461, 0.222251850246428, 0.888896291728181]),
        (1_000_000, 3.11111241975053, [-1.11111148148086, 0.222222518518358, 0.888888962962506]),
    ])
    func highTemperaturesKeepTheirDigits(_ temperature: Double, _ loss: Double, _ gradient: [Double]) {
        let (found, slope) = Objective.distillation(
            teacherLogits: Matrix(rows: [[5, 2, 1]]), temperature: temperature, softWeight: 1
        ).evaluate(logits: Matrix(rows: [[1, 2, 3]]))
        // Below T = 64 the kernels' 32-bit form is used.
        let digits = temperature > 64 ? 1e-7 : 2e-5
        #expect(abs(found - loss) <= digits * loss, "\(found)")
        for (value, exact) in zip(slope.elements, gradient) {
            #expect(abs(Double(value) - exact) <= digits * abs(exact), "\(value) \(exact)")
        }
    }

    @Test func theTwoFormsMeet() {
        let (v, z) = (Matrix(rows: [[3, -1, 0.5, 2]]), Matrix(rows: [[0.5, 1, -2, 0]]))
        func loss(_ temperature: Double) -> Double {
            Objective.distillation(teacherLogits: v, temperature: temperature, softWeight: 0.7)
                .evaluate(logits: z, labels: [2]).loss
        }
        #expect(abs(loss(64) - loss(64.0.nextUp)) < 1e-3)
    }

    @Test func aMaskedClassIsOneThatTheTeacherGivesNoProbability() {
        for temperature in [1.0, 4, 1000] {
            let objective = Objective.distillation(
                teacherLogits: Matrix(rows: [[-.infinity, 1, 2]]), temperature: temperature, softWeight: 1)
            let (loss, gradient) = objective.evaluate(logits: Matrix(rows: [[0.5, 0, 3]]))
            let p = softmax([1, 2], temperature: temperature)
            let q = softmax([0.5, 0, 3], temperature: temperature)
            let exact = temperature * temperature * klDivergence(from: [0] + p, to: q)
            #expect(abs(loss - exact) < 1e-6 * exact)
            let slopes = zip(q, [0] + p).map { temperature * ($0 - $1) }
            #expect(zip(gradient.elements, slopes).allSatisfy { abs(Double($0) - $1) < 1e-5 * temperature })
        }
    }

    @Test func aSureDistributionHasAnEntropyOfPlainZero() {
        #expect(entropy([0, 1]).sign == .plus)
        #expect(crossEntropy([0, 1], [0, 1]).sign == .plus)
        #expect("\(entropy([0, 1]))" == "0.0")
    }

    @Test func aScheduleEndsAtItsEnd() {
        // The batch loss of the last epoch sees the last value.
        final class Seen: BatchLoss, @unchecked Sendable {
            var values: [Double] = []
            func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
                values.append(Schedule.linear(from: 8, to: 2).value(at: batch.progress))
                return LossGradients(
                    loss: 0, logits: Matrix(rows: batch.logits.rows, columns: batch.logits.columns) { _, _ in 0 })
            }
        }
        let seen = Seen()
        var net = Network(inputs: 2, seed: 1) { Dense(2) }
        net.train(
            on: Examples(features: Matrix(rows: [[1, 2], [3, 4]]), labels: [0, 1]), objective: .batch(seen),
            optimizer: .sgd(learningRate: 0.1), epochs: 4, batchSize: 2, seed: 1)
        #expect(seen.values == [8, 6, 4, 2])
    }
}
