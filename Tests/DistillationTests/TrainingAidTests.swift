import Datasets
import Distillation
import Tensors
import Testing

/// Schedules of losses, early stopping and class biases.
@Suite struct TrainingAidTests {
    private let images = bars(count: 300, seed: 1)

    @Test func schedulesGoFromTheirFirstNumberToTheirLast() {
        #expect(Schedule.constant(3).value(at: 0.7) == 3)
        #expect(Schedule.linear(from: 2, to: 4).value(at: 0.25) == 2.5)
        #expect(Schedule.cosine(from: 2, to: 4).value(at: 0) == 2)
        #expect(abs(Schedule.cosine(from: 2, to: 4).value(at: 0.5) - 3) < 1e-12)
        #expect(abs(Schedule.cosine(from: 2, to: 4).value(at: 1) - 4) < 1e-12)
    }

    @Test func aRandomScheduleIsOfItsSeedAndFillsItsRange() {
        let schedule = Schedule.random(from: 8, to: 2, seed: 5)
        let values = (0..<400).map { schedule.value(at: Double($0) / 399) }
        #expect(values.allSatisfy { (2...8).contains($0) })
        #expect(abs(values.reduce(0, +) / 400 - 5) < 0.4)
        #expect((values.min() ?? 8) < 2.1 && (values.max() ?? 2) > 7.9)
        #expect(values == (0..<400).map { schedule.value(at: Double($0) / 399) })
        #expect(values[0] != Schedule.random(from: 8, to: 2, seed: 6).value(at: 0))
    }

    @Test func aSureTeacherWeighsMoreOrLess() {
        func loss(_ v: [Float], _ weighting: SampleWeighting) -> Double {
            Objective.distillation(
                teacherLogits: Matrix(rows: [v]), temperature: .constant(1), softWeight: .constant(1),
                weighting: weighting
            ).evaluate(logits: Matrix(rows: [[1, 0]]), labels: [1]).loss
        }
        let hard = Objective.crossEntropy.evaluate(logits: Matrix(rows: [[1, 0]]), labels: [1]).loss
        // A teacher that knows nothing leaves the labels alone, or is all that counts.
        #expect(abs(loss([0, 0], .byTeacherCertainty) - hard) < 1e-6)
        #expect(abs(loss([0, 0], .byTeacherEntropy) - loss([0, 0], .equal)) < 1e-12)
        #expect(abs(loss([60, 0], .byTeacherEntropy) - hard) < 1e-6)
        #expect(abs(loss([60, 0], .byTeacherCertainty) - loss([60, 0], .equal)) < 1e-9)
    }

    @Test func trainingStopsOnHeldOutImagesAndKeepsTheBestEpoch() {
        // The held-out images have other classes than those that look like them: what is learned makes it worse.
        let images = LabelledImages(
            name: images.name, width: images.width, height: images.height, classCount: 10, pixels: images.pixels,
            labels: images.labels.enumerated().map { $0 < 200 ? $1 : ($1 + 1) % 10 })
        let split = images.holdingOut(100)
        #expect(split.training == images.prefix(200))
        #expect(split.validation == images.selecting(200..<300))
        var network = Network(inputs: 784, seed: 1) {
            Dense(40, activation: .relu)
            Dense(10)
        }
        let history = network.train(
            on: split, patience: 2, optimizer: .adam(learningRate: 0.005), epochs: 60, batchSize: 20, seed: 1)
        let losses = history.epochs.compactMap(\.validationLoss)
        let best = losses.min() ?? 0
        #expect(losses.count < 60)
        #expect(losses.firstIndex(of: best) == losses.count - 3)
        #expect(network.evaluate(on: split.validation).nll == best)
    }

    @Test func aBiasFromFrequenciesUndoesAMissingClass() {
        let met = Array(repeating: 0.1, count: 10)
        var taught = met
        taught[3] = 0.01
        let bias = classBias(taught: taught, met: met, temperature: 2)
        #expect(abs(bias[3] - 2 * ReproducibleMath.log(10)) < 1e-12)
        #expect(bias[0] == 0)
        let frequencies = classFrequencies(ofLogits: Matrix(rows: [[0, 0], [0, 0]]))
        #expect(frequencies == [0.5, 0.5])
        let network = Network(inputs: 784, seed: 1) { Dense(10) }
        let moved = network.addingToLogits(bias)
        let (before, after) = (network.logits(for: images), moved.logits(for: images))
        for row in 0..<5 { #expect(abs(after[row, 3] - before[row, 3] - Float(bias[3])) < 1e-4) }
    }

    @Test func aTunedBiasLeavesTheFewestErrors() {
        var network = Network(inputs: 784, seed: 1) {
            Dense(24, activation: .relu)
            Dense(10)
        }
        network.train(on: images, epochs: 8, batchSize: 20, seed: 1)
        var without = Array(repeating: 0.0, count: 10)
        without[3] = -8
        let hampered = network.addingToLogits(without)
        let bias = hampered.bias(ofClasses: [3], tunedOn: images, candidates: (0...16).map(Double.init))
        without = Array(repeating: 0, count: 10)
        without[3] = bias
        let helped = hampered.addingToLogits(without)
        #expect(helped.evaluate(on: images).errors < hampered.evaluate(on: images).errors)
        #expect(helped.evaluate(on: images).errors <= network.evaluate(on: images).errors)
    }
}
