import Distillation
import Tensors

/// A network in double precision, as plain as can be: what gradients are checked against.
struct ReferenceNetwork {
    struct Stage {
        var inputs: Int
        var outputs: Int
        var activation: Activation
    }

    var stages: [Stage]
    var parameters: [Double]

    init(_ network: Network) {
        stages = []
        var inputs = network.inputs
        for case .dense(let dense) in network.layers {
            stages.append(Stage(inputs: inputs, outputs: dense.units, activation: dense.activation))
            inputs = dense.units
        }
        parameters = network.parameters.map(Double.init)
    }

    func logits(_ x: [Double]) -> [Double] {
        var values = x
        var offset = 0
        for stage in stages {
            let bias = offset + stage.inputs * stage.outputs
            values = (0..<stage.outputs).map { unit in
                var sum = parameters[bias + unit]
                for input in 0..<stage.inputs {
                    sum += values[input] * parameters[offset + input * stage.outputs + unit]
                }
                return apply(stage.activation, sum)
            }
            offset = bias + stage.outputs
        }
        return values
    }

    private func apply(_ activation: Activation, _ z: Double) -> Double {
        switch activation {
        case .identity: z
        case .relu: max(z, 0)
        case .tanh: ReproducibleMath.tanh(z)
        case .sigmoid: 1 / (1 + ReproducibleMath.exp(-z))
        }
    }

    /// Central differences of a loss in each parameter.
    func gradient(_ loss: (ReferenceNetwork) -> Double) -> [Double] {
        parameters.indices.map { index in
            var above = self
            var below = self
            above.parameters[index] += 1e-5
            below.parameters[index] -= 1e-5
            return (loss(above) - loss(below)) / 2e-5
        }
    }
}

extension Matrix {
    /// Row `index` in double precision.
    func doubles(_ index: Int) -> [Double] { row(index).map(Double.init) }

    /// A matrix of draws from the standard normal distribution.
    static func normal(rows: Int, columns: Int, seed: UInt64, scale: Double = 1) -> Matrix {
        var stream = RandomStream(seed: seed, purpose: .data)
        return Matrix(rows: rows, columns: columns) { _, _ in Float(scale * stream.normal()) }
    }
}
