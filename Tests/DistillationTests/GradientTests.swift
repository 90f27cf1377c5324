import Distillation
import Tensors
import Testing

@Suite struct GradientTests {
    private func network(_ activation: Activation) -> Network {
        Network(inputs: 6, seed: 4) {
            Dense(9, activation: activation)
            Dense(5, activation: activation)
            Dense(4)
        }
    }

    @Test(arguments: [Activation.identity, .relu, .tanh, .sigmoid])
    func parameterGradientsAreThoseOfFiniteDifferences(activation: Activation) {
        let network = network(activation)
        let x = Matrix.normal(rows: 8, columns: 6, seed: 5)
        let v = Matrix.normal(rows: 8, columns: 4, seed: 6, scale: 2)
        let labels = [0, 1, 2, 3, 3, 2, 1, 0]
        let objective = Objective.distillation(teacherLogits: v, temperature: 3, softWeight: 0.7)

        let (_, outputGradient) = objective.evaluate(logits: network(x), labels: labels)
        let gradient = network.backward(x, outputGradient: outputGradient)
        let exact = ReferenceNetwork(network).gradient { reference in
            (0..<8).reduce(0.0) { sum, row in
                let z = reference.logits(x.doubles(row))
                let soft = klDivergence(
                    from: softmax(v.doubles(row), temperature: 3), to: softmax(z, temperature: 3))
                return sum + (0.3 * -logSoftmax(z)[labels[row]] + 0.7 * 9 * soft) / 8
            }
        }
        for (computed, exact) in zip(gradient.parameters, exact) {
            #expect(abs(Double(computed) - exact) < 1e-5)
        }
    }

    @Test func inputGradientsAreThoseOfFiniteDifferences() {
        let network = network(.tanh)
        let x = Matrix.normal(rows: 3, columns: 6, seed: 5)
        let weights = Matrix.normal(rows: 3, columns: 4, seed: 7)
        let gradient = network.backward(x, outputGradient: weights).inputs
        let reference = ReferenceNetwork(network)
        for row in 0..<3 {
            for column in 0..<6 {
                func value(_ step: Double) -> Double {
                    var input = x.doubles(row)
                    input[column] += step
                    return zip(reference.logits(input), weights.doubles(row)).reduce(0) { $0 + $1.0 * $1.1 }
                }
                #expect(abs(Double(gradient[row, column]) - (value(1e-5) - value(-1e-5)) / 2e-5) < 1e-5)
            }
        }
    }

    @Test func inferenceMatchesTheReference() {
        for activation in [Activation.identity, .relu, .tanh, .sigmoid] {
            let network = network(activation)
            let x = Matrix.normal(rows: 5, columns: 6, seed: 8)
            let z = network(x)
            for row in 0..<5 {
                for (computed, exact) in zip(z.doubles(row), ReferenceNetwork(network).logits(x.doubles(row))) {
                    #expect(abs(computed - exact) < 1e-5)
                }
            }
        }
    }
}
