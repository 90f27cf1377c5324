import Distillation
import Testing

/// The counts of FLOPs against a network of numbers that count.
@Suite struct CostTests {
    private typealias Number = CountedNumber

    /// A dense layer as plain as can be.
    private struct PlainLayer {
        var weights: [[Number]]
        var bias: [Number]
        var activation: Activation
        var drops = false
        var bounded = false

        func sums(_ x: [Number]) -> [Number] {
            bias.indices.map { unit in
                var sum = Number(0)
                for (value, row) in zip(x, weights) { sum = sum + value * row[unit] }
                return sum + bias[unit]
            }
        }
        func activated(_ z: Number) -> Number {
            switch activation {
            case .identity: z
            case .relu: z < Number(0) ? Number(0) : z
            case .tanh, .sigmoid: z.applying { 1 / (1 + $0 * $0) }
            }
        }
        func slope(_ y: Number, _ gradient: Number) -> Number {
            switch activation {
            case .identity: gradient
            case .relu: y < Number(0) ? Number(0) : gradient
            case .tanh: gradient * (Number(1) - y * y)
            case .sigmoid: gradient * y * (Number(1) - y)
            }
        }
    }

    private static func plain(_ network: Network, drops: [Bool], bounded: [Bool]) -> [PlainLayer] {
        var inputs = network.inputs
        var index = 0
        var layers: [PlainLayer] = []
        for case .dense(let dense) in network.layers {
            let row = Array(repeating: Number(0.5), count: dense.units)
            layers.append(
                PlainLayer(
                    weights: Array(repeating: row, count: inputs), bias: row, activation: dense.activation,
                    drops: drops[index], bounded: bounded[index]))
            inputs = dense.units
            index += 1
        }
        return layers
    }

    private static func softmax(_ z: [Number]) -> [Number] {
        var largest = z[0]
        for value in z.dropFirst() where largest < value { largest = value }
        let powers = z.map { ($0 - largest).applying { $0 } }
        let sum = powers.dropFirst().reduce(powers[0]) { $0 + $1 }
        return powers.map { $0 / sum }
    }

    private static func gradient(_ z: [Number], _ lesson: Network.Lesson) -> [Number] {
        func hard() -> [Number] {
            var gradient = softmax(z)
            gradient[0] = gradient[0] - Number(1)
            return gradient.map { $0 * Number(0.1) }
        }
        func soft() -> [Number] {
            softmax(z.map { $0 * Number(0.25) }).map { ($0 - Number(0.1)) * Number(0.4) }
        }
        return switch lesson {
        case .hardLabels: hard()
        case .softLabels: soft()
        case .both: zip(hard(), soft()).map { $0 + $1 }
        }
    }

    /// Forward and back for one sample, its share of the gradients' sums included.
    private static func learn(_ layers: [PlainLayer], _ lesson: Network.Lesson, inputDropout: Bool) {
        let scale = Number(1.25)
        var x = Array(repeating: Number(1), count: layers[0].weights.count)
        if inputDropout { x = x.map { $0 * scale } }
        var inputs: [[Number]] = []
        var given: [[Number]] = []
        for layer in layers {
            inputs.append(x)
            let y = layer.sums(x).map(layer.activated)
            given.append(y)
            x = layer.drops ? y.map { $0 * scale } : y
        }
        var gradient = gradient(x, lesson)
        for (index, layer) in layers.enumerated().reversed() {
            if layer.drops { gradient = gradient.map { $0 * scale } }
            gradient = zip(given[index], gradient).map(layer.slope)
            for value in inputs[index] { for part in gradient { _ = Number(0) + value * part } }
            for part in gradient { _ = Number(0) + part }
            guard index > 0 else { return }
            gradient = layer.weights.map { row in
                zip(row, gradient).reduce(Number(0)) { $0 + $1.0 * $1.1 }
            }
        }
    }

    /// Adam's step, and a look at the norms.
    private static func step(_ layers: [PlainLayer]) {
        for layer in layers {
            for parameter in layer.weights.joined() + layer.bias {
                let (g, share) = (Number(0.1), Number(0.5))
                let m = share * g + share * g
                let v = share * g * g + share * g
                let size = v.applying { $0 } * share + share
                _ = parameter - share * (m / size)
            }
            guard layer.bounded else { continue }
            for unit in layer.bias.indices {
                let square = layer.weights.reduce(Number(0)) { $0 + $1[unit] * $1[unit] }
                _ = square < Number(9)
            }
        }
    }

    private let network = Network(inputs: 7, seed: 1) {
        Dropout(0.1)
        Dense(5, activation: .relu, maxNorm: 3)
        Dropout(0.5)
        Dense(4, activation: .tanh)
        Dense(6, activation: .sigmoid)
        Dense(3)
    }
    private var layers: [PlainLayer] {
        Self.plain(network, drops: [true, false, false, false], bounded: [true, false, false, false])
    }

    @Test func anInferenceTakesWhatPlainLoopsTake() {
        let counted = CountedNumber.flops {
            _ = layers.reduce(Array(repeating: Number(1), count: 7)) { x, layer in layer.sums(x).map(layer.activated) }
        }
        #expect(network.inferenceCost.flops == counted)
        #expect(network.inferenceCost.bytes == 4 * (7 + network.parameterCount + 5 + 4 + 6 + 3))
        #expect(network.parameterBytes == 4 * network.parameterCount)
    }

    @Test(arguments: [Network.Lesson.hardLabels, .softLabels, .both])
    func aTrainingTakesWhatPlainLoopsTake(lesson: Network.Lesson) {
        let (samples, epochs, batchSize) = (10, 2, 4)
        let counted = CountedNumber.flops {
            for _ in 0..<epochs {
                for _ in 0..<samples { Self.learn(layers, lesson, inputDropout: true) }
                for _ in 0..<3 { Self.step(layers) }
            }
        }
        #expect(
            network.trainingFlops(samples: samples, epochs: epochs, batchSize: batchSize, lesson: lesson) == counted)
    }

    @Test func softeningTakesWhatPlainLoopsTake() {
        let counted = CountedNumber.flops { _ = Self.softmax((0..<3).map { Number(Double($0)) * Number(0.5) }) }
        #expect(network.softeningFlops == counted)
    }

    @Test func trainingLongerTakesAsMuchMore() {
        let once = network.trainingFlops(samples: 8, epochs: 1, batchSize: 4)
        #expect(network.trainingFlops(samples: 8, epochs: 5, batchSize: 4) == 5 * once)
        #expect(network.trainingFlops(samples: 16, epochs: 1, batchSize: 4) == 2 * once)
        #expect(network.trainingFlops(samples: 0, epochs: 5, batchSize: 4) == 0)
    }

    @Test func anInvestmentBreaksEvenAtTheFirstInferenceThatCoversIt() {
        func breakEven(_ investment: Int, _ before: Int, _ after: Int) -> Int? {
            Cost.inferencesToBreakEven(
                investment: Cost(flops: investment, bytes: 0), from: Cost(flops: before, bytes: 0),
                to: Cost(flops: after, bytes: 0))
        }
        #expect(breakEven(100, 30, 20) == 10)
        #expect(breakEven(101, 30, 20) == 11)
        #expect(breakEven(100, 20, 20) == nil)
        #expect(breakEven(100, 20, 30) == nil)
    }
}
