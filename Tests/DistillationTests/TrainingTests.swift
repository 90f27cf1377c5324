import Datasets
import Distillation
import Foundation
import Tensors
import Testing

/// Small images of ten classes: a bright bar whose place is the class, under noise.
func bars(count: Int, seed: UInt64, width: Int = 28, height: Int = 28) -> LabelledImages {
    var stream = RandomStream(seed: seed, purpose: .data)
    var pixels = [UInt8](repeating: 0, count: count * width * height)
    let labels = (0..<count).map { _ in UInt8(stream.integer(below: 10)) }
    for image in 0..<count {
        for place in 0..<width * height {
            let inBar = place / width * 10 / height == Int(labels[image])
            pixels[image * width * height + place] = UInt8(stream.integer(below: inBar ? 256 : 64))
        }
    }
    return LabelledImages(name: "bars", width: width, height: height, classCount: 10, pixels: pixels, labels: labels)
}

@Suite struct TrainingTests {
    private let images = bars(count: 500, seed: 1)
    private let fresh = bars(count: 200, seed: 2)

    private func student(seed: UInt64 = 3) -> Network {
        Network(inputs: 784, seed: seed) {
            Dense(24, activation: .relu)
            Dense(10)
        }
    }

    @Test func lossFallsAndTheClassesAreLearned() {
        var network = student()
        let history = network.train(on: images, epochs: 8, batchSize: 32, seed: 1, validation: fresh)
        #expect(history.epochs.map(\.number) == Array(1...8))
        #expect(history.epochs[7].trainingLoss < history.epochs[0].trainingLoss / 3)
        #expect(network.evaluate(on: fresh).accuracy > 0.9)
        #expect(history.epochs[7].validationAccuracy == network.evaluate(on: fresh).accuracy)
        #expect(history.epochs[7].validationLoss == network.evaluate(on: fresh).nll)
    }

    @Test func everyOptimiserLearns() {
        let optimizers: [Optimizer] = [
            .sgd(learningRate: 0.1), .sgd(learningRate: 0.02, momentum: 0.9), .adam(),
            .sgd(learningRate: 0.1, momentum: 0.5, weightDecay: 1e-4), .adam(learningRate: 3e-3, weightDecay: 1e-4),
        ]
        for optimizer in optimizers {
            var network = student()
            network.train(on: images, optimizer: optimizer, epochs: 8, batchSize: 16, seed: 1)
            #expect(network.evaluate(on: fresh).accuracy > 0.9, "\(optimizer)")
        }
    }

    /// A step of each optimiser, written out in double precision.
    @Test func aStepOfEachOptimiserFollowsItsFormula() {
        let x = Matrix.normal(rows: 4, columns: 3, seed: 1)
        let target = Matrix.normal(rows: 4, columns: 2, seed: 2)
        let start = Network(inputs: 3, seed: 1) { Dense(2) }
        let gradient = start.backward(
            x, outputGradient: Objective.squaredError(targets: target).evaluate(logits: start(x)).gradient
        ).parameters.map(Double.init)

        func stepped(_ optimizer: Optimizer) -> [Double] {
            var network = start
            network.train(
                on: Examples(features: x), objective: .squaredError(targets: target), optimizer: optimizer, epochs: 1,
                batchSize: 4, seed: 1)
            return network.parameters.map(Double.init)
        }
        let weights = start.parameters.map(Double.init)
        for (index, value) in stepped(.sgd(learningRate: 0.1)).enumerated() {
            #expect(abs(value - (weights[index] - 0.1 * gradient[index])) < 1e-6)
        }
        for (index, value) in stepped(.sgd(learningRate: 0.1, weightDecay: 0.5)).enumerated() {
            let decay = index < 6 ? 0.5 * weights[index] : 0
            #expect(abs(value - (weights[index] - 0.1 * (gradient[index] + decay))) < 1e-6)
        }
        for (index, value) in stepped(.adam(learningRate: 0.01)).enumerated() {
            // The first step of Adam is the learning rate against the gradient's sign.
            #expect(abs(value - (weights[index] - 0.01 * gradient[index] / (abs(gradient[index]) + 1e-8))) < 1e-6)
        }
    }

    @Test func aStudentLearnsFromSoftLabelsAlone() {
        var teacher = student(seed: 9)
        teacher.train(on: images, epochs: 8, batchSize: 32, seed: 1)
        let unlabelled = Examples(features: Examples(images).inputs(at: 0..<images.count))
        var network = student()
        network.train(
            on: unlabelled,
            objective: .distillation(teacherLogits: teacher.logits(for: images), temperature: 4, softWeight: 1),
            epochs: 8, batchSize: 32, seed: 1)
        let predictions = network.evaluate(on: fresh).predictions
        #expect(agreement(between: predictions, and: teacher.evaluate(on: fresh).predictions) > 0.9)
    }

    /// Soft labels that follow the shuffle can be learned; the same ones moved by one sample cannot.
    @Test func teacherLogitsAreJoinedBySampleWhateverTheOrder() {
        let own = Matrix(rows: images.count, columns: 10) { Int(images.labels[$0]) == $1 ? 8 : 0 }
        let moved = own.selectingRows((0..<images.count).map { ($0 + 1) % images.count })
        func accuracy(_ teacherLogits: Matrix) -> Double {
            var network = student()
            network.train(
                on: images, objective: .distillation(teacherLogits: teacherLogits, temperature: 1, softWeight: 1),
                epochs: 6, batchSize: 32, seed: 1)
            return network.evaluate(on: fresh).accuracy
        }
        #expect(accuracy(own) > 0.9)
        #expect(accuracy(moved) < 0.4)
    }

    @Test func dropoutIsOffInInferenceAndOnAgainInTheNextEpoch() {
        func network(_ rate: Double) -> Network {
            Network(inputs: 784, seed: 3) {
                Dense(24, activation: .relu)
                Dropout(rate)
                Dense(10)
            }
        }
        let features = Examples(images).inputs(at: 0..<20)
        #expect(network(0.5)(features) == student()(features))

        // Validating between the epochs changes nothing of the training.
        var watched = network(0.5)
        var alone = network(0.5)
        watched.train(on: images, epochs: 3, seed: 1, validation: fresh)
        alone.train(on: images, epochs: 3, seed: 1)
        #expect(watched == alone)

        // The second epoch drops as well: it differs from one without dropout from the same weights.
        var first = network(0.5)
        first.train(on: images, epochs: 1, seed: 1)
        #expect(first.parameters != alone.parameters)
        var undropped = student()
        undropped.train(on: images, epochs: 3, seed: 1)
        #expect(undropped.parameters != alone.parameters)
    }

    @Test func dropoutLeavesOrderAndInitialWeightsAlone() {
        func network(_ rate: Double) -> Network {
            Network(inputs: 784, seed: 3) {
                Dense(24, activation: .relu)
                Dropout(rate)
                Dense(10)
            }
        }
        var none = network(0)
        var plain = student()
        #expect(network(0.5).parameters == plain.parameters)
        none.train(on: images, epochs: 2, seed: 1)
        plain.train(on: images, epochs: 2, seed: 1)
        #expect(none.parameters == plain.parameters)
    }

    @Test(arguments: [Activation.relu, .tanh, .sigmoid, .identity])
    func dropoutLearnsAfterAnyActivation(activation: Activation) {
        var network = Network(inputs: 784, seed: 3) {
            Dropout(0.1)
            Dense(32, activation: activation)
            Dropout(0.3)
            Dense(10)
        }
        network.train(on: images, epochs: 12, batchSize: 16, seed: 1)
        #expect(network.evaluate(on: fresh).accuracy > 0.85)
    }

    @Test func jitterMovesTheTrainingImagesOnly() {
        var moved = student()
        var still = student()
        moved.train(on: images, epochs: 1, seed: 1, jitter: 2)
        still.train(on: images, epochs: 1, seed: 1)
        #expect(moved.parameters != still.parameters)
    }

    @Test func imagesTrainLikeTheirNumbers() {
        let numbers = Examples(features: Examples(images).inputs(at: 0..<500), labels: images.labels.map(Int.init))
        let regression = Network(inputs: 784, seed: 2) { Dense(10) }
        for network in [student(), regression] {
            var byBytes = network
            var byNumbers = network
            byBytes.train(on: images, epochs: 2, batchSize: 48, seed: 1)
            byNumbers.train(on: numbers, epochs: 2, batchSize: 48, seed: 1)
            #expect(byBytes.parameters == byNumbers.parameters)
            #expect(byBytes.logits(for: images) == byNumbers.logits(for: numbers))
        }
    }

    @Test func theLastBatchMayBeSmaller() {
        var network = student()
        let few = images.prefix(37)
        let history = network.train(on: few, epochs: 2, batchSize: 16, seed: 1)
        #expect(history.epochs.allSatisfy { $0.trainingLoss.isFinite && $0.trainingLoss > 0 })
        var whole = student()
        whole.train(on: few, epochs: 1, batchSize: 1000, seed: 1)
        #expect(whole.parameters.allSatisfy { $0.isFinite })
    }

    @Test func progressIsCalledAfterEachEpochWithItsLosses() {
        var network = student()
        var seen: [TrainingHistory.Epoch] = []
        let history = network.train(on: images, epochs: 3, seed: 1, validation: fresh) { seen.append($0) }
        #expect(seen == history.epochs)
        #expect(seen.allSatisfy { $0.total == 3 })
    }

    @Test func historyAndNetworkSurviveJSON() throws {
        var network = student()
        let history = network.train(on: images, epochs: 2, seed: 1, validation: fresh)
        let encoder = JSONEncoder()
        let decoder = JSONDecoder()
        let sameHistory = try decoder.decode(TrainingHistory.self, from: encoder.encode(history))
        let sameNetwork = try decoder.decode(Network.self, from: encoder.encode(network))
        #expect(sameHistory == history)
        #expect(sameNetwork == network)
    }

    @Test func scoresCountTheErrors() {
        let logits = Matrix(rows: [[2, 1], [0, 3], [5, 5], [1, 2]])
        let scores = scores(of: logits, labels: [0, 0, 0, 1])
        #expect(scores.predictions == [0, 1, 0, 1])
        #expect(scores.errors == 1)
        #expect(scores.accuracy == 0.75)
        #expect(agreement(between: [1, 2, 3, 4], and: [1, 2, 0, 0]) == 0.5)
    }

    @Test func logitsDoNotDependOnTheRowsAroundThem() {
        let network = student()
        let all = network.logits(for: images)
        let some = network.logits(for: images.selecting([499, 3, 257]))
        #expect(some == all.selectingRows([499, 3, 257]))
    }
}
