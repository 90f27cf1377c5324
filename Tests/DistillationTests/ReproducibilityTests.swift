import Datasets
import Distillation
import Tensors
import Testing

/// One training run, compared as a whole between every way to compute it.
@Suite struct ReproducibilityTests {
    private struct Outcome: Equatable {
        var weights: [UInt32]
        var losses: [UInt64]

        /// 64-bit FNV-1a over all bits, low byte first.
        var digest: UInt64 {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            func add(_ word: UInt64, bytes: Int) {
                for byte in 0..<bytes { hash = (hash ^ (word >> (8 * UInt64(byte)) & 255)) &* 0x100_0000_01B3 }
            }
            for weight in weights { add(UInt64(weight), bytes: 4) }
            for loss in losses { add(loss, bytes: 8) }
            return hash
        }
    }

    /// 784-300-100-10 with dropout, jitter and Adam, distilled from a teacher's logits for two epochs.
    private func outcome() -> Outcome {
        let images = bars(count: 300, seed: 1)
        var teacherStream = RandomStream(seed: 2, purpose: .data)
        let teacherLogits = Matrix(rows: 300, columns: 10) { row, column in
            Float((Int(images.labels[row]) == column ? 4 : 0) + teacherStream.normal())
        }
        var network = Network(inputs: 784, seed: 3) {
            Dense(300, activation: .relu)
            Dropout(0.2)
            Dense(100, activation: .relu)
            Dropout(0.5)
            Dense(10)
        }
        let history = network.train(
            on: images, objective: .distillation(teacherLogits: teacherLogits, temperature: 4, softWeight: 0.9),
            epochs: 2, batchSize: 128, seed: 4, validation: bars(count: 100, seed: 5), jitter: 2)
        return Outcome(
            weights: network.parameters.map(\.bitPattern),
            losses: history.epochs.flatMap {
                [$0.trainingLoss, $0.validationLoss ?? .nan, $0.validationAccuracy ?? .nan].map(\.bitPattern)
            })
    }

    /// 784-200-10 with bounded norms and momentum, its learning rate falling along a cosine for two epochs.
    private func constrainedOutcome() -> Outcome {
        var network = Network(inputs: 784, seed: 3) {
            Dense(200, activation: .relu, maxNorm: 1.2)
            Dropout(0.5)
            Dense(10, maxNorm: 0.8)
        }
        let history = network.train(
            on: bars(count: 300, seed: 1), optimizer: .sgd(learningRate: 0.1, momentum: 0.9), schedule: .cosine(),
            epochs: 2, batchSize: 64, seed: 4)
        return Outcome(
            weights: network.parameters.map(\.bitPattern), losses: history.epochs.map(\.trainingLoss.bitPattern))
    }

    @Test func boundedNormsMomentumAndAFallingRateGiveTheSameNetworkEverywhere() {
        let first = constrainedOutcome()
        for instructionSet in Compute.availableInstructionSets {
            for threads in 1...3 {
                let again = Compute.with(instructionSet: instructionSet, threads: threads) { constrainedOutcome() }
                #expect(again == first, "\(instructionSet) with \(threads) threads")
            }
        }
    }

    @Test(arguments: Compute.Zeros.allCases)
    func leavingOutZerosTrainsTheSameNetworkBitForBit(zeros: Compute.Zeros) {
        let dense = Compute.with(zeros: .dense) { [outcome(), constrainedOutcome()] }
        for instructionSet in Compute.availableInstructionSets {
            for threads in [1, 3] {
                let again = Compute.with(instructionSet: instructionSet, threads: threads, zeros: zeros) {
                    [outcome(), constrainedOutcome()]
                }
                #expect(again == dense, "\(instructionSet) with \(threads) threads")
            }
        }
    }

    @Test func everyInstructionSetAndNumberOfThreadsTrainsTheSameNetworkBitForBit() {
        // Recorded on AVX-512; a change means that results in the book change.
        let recorded: UInt64 = 14_088_981_939_190_451_928
        let first = outcome()
        #expect(first.digest == recorded)
        for instructionSet in Compute.availableInstructionSets {
            for threads in 1...3 {
                let again = Compute.with(instructionSet: instructionSet, threads: threads) { outcome() }
                #expect(again.weights == first.weights, "\(instructionSet) with \(threads) threads")
                #expect(again.losses == first.losses, "\(instructionSet) with \(threads) threads")
            }
        }
    }
}
