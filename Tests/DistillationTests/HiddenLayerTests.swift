import Datasets
import Distillation
import Tensors
import Testing

/// What training does with losses that look at hidden layers, learn parameters of their own, or listen to other nets.
@Suite struct HiddenLayerTests {
    private let images = bars(count: 300, seed: 1)
    private let fresh = bars(count: 200, seed: 2)

    private func student(_ activation: Activation, seed: UInt64 = 3) -> Network {
        Network(inputs: 784, seed: seed) {
            Dense(24, activation: activation)
            Dense(16, activation: activation)
            Dense(10)
        }
    }

    /// A loss ½·Σ w·h of a hidden layer, whose gradient is known.
    private struct Pull: BatchLoss {
        var direction: Matrix
        var hiddenLayers: [Int] { [0] }

        func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
            let h = batch.hidden[0] ?? Matrix(rows: 0, columns: 0)
            var loss = 0.0
            for r in 0..<h.rows {
                for c in 0..<h.columns { loss += Double(h[r, c] * direction[0, c]) / Double(h.rows) }
            }
            let gradient = Matrix(rows: h.rows, columns: h.columns) { direction[0, $1] / Float(h.rows) }
            return LossGradients(
                loss: loss, logits: Matrix(rows: batch.logits.rows, columns: batch.logits.columns),
                hidden: [0: gradient])
        }
    }

    /// One step of plain descent along it moves the weights as finite differences say.
    @Test(arguments: [Activation.relu, .tanh, .sigmoid, .identity])
    func aHiddenGradientReachesTheWeightsBelow(activation: Activation) {
        let x = Matrix.normal(rows: 4, columns: 5, seed: 1)
        let start = Network(inputs: 5, seed: 2) {
            Dense(3, activation: activation)
            Dense(2)
        }
        let pull = Pull(direction: Matrix(rows: [[0.5, -1, 2]]))
        let targets = Matrix.normal(rows: 4, columns: 2, seed: 3)
        var network = start
        network.train(
            on: Examples(features: x), objective: .batch(pull) + .squaredError(targets: targets),
            optimizer: .sgd(learningRate: 0.125), epochs: 1, batchSize: 4, seed: 1)
        let exact = ReferenceNetwork(start).gradient { reference in
            var below = reference
            below.stages = [reference.stages[0]]
            return (0..<4).reduce(0.0) { sum, row in
                let h = below.logits(x.doubles(row))
                let error = zip(reference.logits(x.doubles(row)), targets.doubles(row)).map { $0 - $1 }
                return sum + (0.5 * h[0] - h[1] + 2 * h[2] + 0.5 * error.reduce(0) { $0 + $1 * $1 }) / 4
            }
        }
        for (index, slope) in exact.enumerated() {
            let moved = Double(start.parameters[index]) - Double(network.parameters[index])
            #expect(abs(moved / 0.125 - slope) < 1e-5)
        }
    }

    @Test func aHintDrawsTheHiddenLayerToTheTeachers() {
        var teacher = Network(inputs: 784, seed: 9) {
            Dense(16, activation: .tanh)
            Dense(10)
        }
        teacher.train(on: images, epochs: 10, batchSize: 20, seed: 1)
        let hints = teacher.outputs(ofDenseLayer: 0, for: images)
        #expect(hints.rows == 300 && hints.columns == 16)
        var network = student(.relu)
        let history = network.train(
            on: images, objective: .hint(hints, layer: 0, units: 24, seed: 5), epochs: 20, batchSize: 20, seed: 1)
        #expect(history.epochs[19].trainingLoss < history.epochs[0].trainingLoss / 2)
        // The first stage leaves all above the guided layer alone.
        #expect(network.weights(ofDenseLayer: 2) == student(.relu).weights(ofDenseLayer: 2))
        let second = network.train(
            on: images,
            objective: 0.5 * .hint(hints, layer: 0, units: 24, seed: 5)
                + .distillation(teacherLogits: teacher.logits(for: images), temperature: 2, softWeight: 0.5),
            epochs: 20, batchSize: 20, seed: 1)
        #expect(second.epochs[19].trainingLoss < second.epochs[0].trainingLoss)
        #expect(network.evaluate(on: fresh).accuracy > 0.8)
    }

    @Test func relationsAreLearned() {
        var teacher = student(.tanh, seed: 7)
        teacher.train(on: images, epochs: 10, batchSize: 20, seed: 1)
        let outputs = teacher.outputs(ofDenseLayer: 1, for: images)
        var network = student(.tanh)
        let history = network.train(
            on: images, objective: .relational(teacherOutputs: outputs, layer: 1), epochs: 6, batchSize: 15, seed: 1)
        #expect(history.epochs[5].trainingLoss < history.epochs[0].trainingLoss / 2)
    }

    @Test func everyLossTrains() {
        var teacher = student(.relu, seed: 7)
        teacher.train(on: images, epochs: 10, batchSize: 20, seed: 1)
        let v = teacher.logits(for: images)
        let objectives: [Objective] = [
            .smoothedCrossEntropy(smoothing: 0.1), .softCrossEntropy(teacherLogits: v, temperature: 4),
            .divergence(teacherLogits: v, temperature: 4), .decoupled(teacherLogits: v, temperature: 4),
            .standardized(teacherLogits: v, temperature: 2),
            .crossEntropy + .correlation(teacherLogits: v, temperature: 4),
            .distillation(
                teacherLogits: v, temperature: .cosine(from: 8, to: 1), softWeight: .linear(from: 1, to: 0.5),
                weighting: .byTeacherCertainty),
        ]
        for (index, objective) in objectives.enumerated() {
            var network = student(.relu)
            network.train(on: images, objective: objective, epochs: 20, batchSize: 20, seed: 1)
            #expect(network.evaluate(on: fresh).accuracy > 0.8, "objective \(index)")
        }
    }

    @Test func netsThatLearnTogetherComeToAgree() {
        let starts = [student(.relu, seed: 1), student(.relu, seed: 2)]
        let together = trainMutually(starts, on: images, epochs: 8, batchSize: 20, seed: 4)
        let apart = starts.map { start in
            var network = start
            network.train(on: images, epochs: 8, batchSize: 20, seed: 4)
            return network
        }
        func divergence(_ networks: [Network]) -> Double {
            let z = networks.map { $0.logits(for: fresh) }
            return Objective.divergence(teacherLogits: z[0], temperature: 1).evaluate(logits: z[1]).loss
        }
        #expect(divergence(together) < divergence(apart))
        #expect(together.allSatisfy { $0.evaluate(on: fresh).accuracy > 0.8 })
        // With a peer that does not count, each learns as it would alone.
        let deaf = trainMutually(starts, on: images, peerWeight: 0, epochs: 2, batchSize: 20, seed: 4)
        var alone = starts[0]
        alone.train(on: images, epochs: 2, batchSize: 20, seed: 4)
        #expect(deaf[0] == alone)
    }

    @Test func everyInstructionSetAndNumberOfThreadsGivesTheSameBits() {
        func outcome() -> [UInt32] {
            let v = student(.relu, seed: 7).logits(for: images)
            var network = student(.relu)
            network.train(
                on: images,
                objective: .decoupled(teacherLogits: v, temperature: 4)
                    + .correlation(teacherLogits: v, temperature: 4)
                    + .standardized(teacherLogits: v, temperature: 2)
                    + 0.1 * .relational(teacherOutputs: v, layer: 1)
                    + 0.1 * .hint(v, layer: 0, units: 24, seed: 2),
                epochs: 1, batchSize: 30, seed: 1)
            return network.parameters.map(\.bitPattern)
        }
        let first = outcome()
        for instructionSet in Compute.availableInstructionSets {
            for threads in 1...2 {
                let again = Compute.with(instructionSet: instructionSet, threads: threads) { outcome() }
                #expect(again == first, "\(instructionSet) with \(threads) threads")
            }
        }
    }
}
