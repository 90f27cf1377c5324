import Distillation
import Tensors
import Testing

/// A new loss is one type.
@Suite struct OwnLossTests {
    /// (1/N)·Σ_r Σ_j |z_rj|, whose gradient is the sign, divided by N.
    private struct Sizes: BatchLoss {
        func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
            let rows = batch.logits.rows
            let loss = batch.logits.elements.reduce(0.0) { $0 + Double(abs($1)) } / Double(rows)
            return LossGradients(
                loss: loss,
                logits: Matrix(rows: rows, columns: batch.logits.columns) {
                    (batch.logits[$0, $1] < 0 ? -1 : 1) / Float(rows)
                })
        }
    }

    @Test func aLossOfOnesOwnIsMeasuredAndTrained() {
        let logits = Matrix(rows: [[1, -2], [0.5, 4]])
        let own = Objective.batch(Sizes())
        #expect(own.evaluate(logits: logits).loss == 3.75)
        let images = Matrix.normal(rows: 8, columns: 3, seed: 1)
        let start = Network(inputs: 3, seed: 2) { Dense(2) }
        var network = start
        network.train(
            on: Examples(features: images), objective: own, optimizer: .sgd(learningRate: 0.01), epochs: 20,
            batchSize: 8, seed: 1)
        let sizes = [start, network].map { net in
            net.logits(for: images).elements.reduce(0.0) { $0 + Double(abs($1)) }
        }
        #expect(sizes[1] < sizes[0])
    }

    @Test func aLossOfOnesOwnIsAPartOfASum() {
        let logits = Matrix(rows: [[1, -2], [0.5, 4]])
        let both = 0.5 * Objective.batch(Sizes()) + 2 * .crossEntropy
        let hard = Objective.crossEntropy.evaluate(logits: logits, labels: [0, 1])
        let sum = both.evaluate(logits: logits, labels: [0, 1])
        #expect(abs(sum.loss - (0.5 * 3.75 + 2 * hard.loss)) < 1e-6)
    }
}
