import Datasets
import Distillation
import Foundation
import Tensors
import Testing

@Suite struct ConvolutionTests {
    private static let image = ImageShape(height: 7, width: 6, channels: 2)

    private static let padded = Network(image: image, seed: 1) {
        Convolution(3, kernel: 3, padding: 1, activation: .relu)
        MaxPooling(2)
        Convolution(4, kernel: 2, activation: .tanh)
        Dense(3)
    }

    private static let stepping = Network(image: image, seed: 1) {
        Convolution(5, kernel: 3, stride: 2, padding: 1, activation: .sigmoid)
        MaxPooling(2)
        Dense(3)
    }

    @Test(arguments: ["padded", "stepping"])
    func logitsAndGradientsAreThoseOfTorch(name: String) {
        var network = name == "padded" ? Self.padded : Self.stepping
        let reference = name == "padded" ? ConvolutionReference.padded : .stepping
        network.setParameters(reference.parameters.map(Float.init))
        let x = Matrix(rows: 3, columns: 84, elements: reference.input.map(Float.init))
        expectClose(network(x), reference.logits)
        let gradient = network.backward(
            x, outputGradient: Matrix(rows: 3, columns: 3, elements: reference.logitGradient.map(Float.init)))
        expectClose(Matrix(rows: 1, columns: network.parameterCount, elements: gradient.parameters), reference.gradient)
        expectClose(gradient.inputs, reference.inputGradient)
    }

    private func expectClose(_ computed: Matrix, _ exact: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(computed.elements.count == exact.count, sourceLocation: sourceLocation)
        for (computed, exact) in zip(computed.elements, exact) {
            #expect(abs(Double(computed) - exact) < 1e-5, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: [Activation.identity, .relu, .tanh, .sigmoid], [1, 2])
    func parameterGradientsAreThoseOfFiniteDifferences(activation: Activation, pool: Int) {
        let network = Network(image: ImageShape(height: 6, width: 5, channels: 2), seed: 4) {
            Convolution(3, kernel: 3, padding: 1, activation: activation)
            MaxPooling(pool)
            Convolution(4, kernel: 2, activation: activation)
            Dense(4, activation: activation)
            Dense(3)
        }
        let x = Matrix.normal(rows: 11, columns: 60, seed: 5)
        let v = Matrix.normal(rows: 11, columns: 3, seed: 6, scale: 2)
        let labels = (0..<11).map { $0 % 3 }
        let objective = Objective.distillation(teacherLogits: v, temperature: 3, softWeight: 0.7)

        let (_, outputGradient) = objective.evaluate(logits: network(x), labels: labels)
        let gradient = network.backward(x, outputGradient: outputGradient)
        let exact = ReferenceNetwork(network).gradient { reference in
            (0..<11).reduce(0.0) { sum, row in
                let z = reference.logits(x.doubles(row))
                let soft = klDivergence(
                    from: softmax(v.doubles(row), temperature: 3), to: softmax(z, temperature: 3))
                return sum + (0.3 * -logSoftmax(z)[labels[row]] + 0.7 * 9 * soft) / 11
            }
        }
        for (computed, exact) in zip(gradient.parameters, exact) { #expect(abs(Double(computed) - exact) < 1e-5) }
    }

    /// 28×28 with two convolutions, dropout, moved images and Adam, distilled for an epoch; then images' inner values.
    private func trained(_ layers: [Layer], optimizer: Optimizer) -> [UInt32] {
        let images = bars(count: 70, seed: 1)
        let teacher = Matrix.normal(rows: 70, columns: 10, seed: 2, scale: 3)
        var network = Network(image: ImageShape(height: 28, width: 28), seed: 3, layers: layers)
        network.train(
            on: images, objective: .distillation(teacherLogits: teacher, temperature: 4, softWeight: 0.5),
            optimizer: optimizer, epochs: 1, batchSize: 32, seed: 4, jitter: 1)
        let hidden = network.outputs(ofDenseLayer: 1, for: images)
        return (network.parameters + hidden.elements + network.logits(for: images).elements).map(\.bitPattern)
    }

    @Test(arguments: Compute.Zeros.allCases)
    func everyInstructionSetAndNumberOfThreadsTrainsTheSameNetworkBitForBit(zeros: Compute.Zeros) {
        let networks: [([Layer], Optimizer)] = [
            (
                [
                    .convolution(Convolution(6, kernel: 5, padding: 2, activation: .relu)), .pooling(MaxPooling(2)),
                    .dropout(Dropout(0.2)), .convolution(Convolution(17, kernel: 5, activation: .relu)),
                    .pooling(MaxPooling(3)), .dense(Dense(20, activation: .relu)), .dropout(Dropout(0.5)),
                    .dense(Dense(10)),
                ], .adam()
            ),
            (
                [
                    .convolution(Convolution(33, kernel: 3, stride: 2, activation: .tanh)), .dropout(Dropout(0.1)),
                    .convolution(Convolution(5, kernel: 3, activation: .sigmoid)), .dense(Dense(10)),
                ], .sgd(learningRate: 0.1, momentum: 0.9, weightDecay: 0.01)
            ),
        ]
        for (layers, optimizer) in networks {
            let first = Compute.with(threads: 1, zeros: .dense) { trained(layers, optimizer: optimizer) }
            for instructionSet in Compute.availableInstructionSets {
                for threads in [1, 3] {
                    let again = Compute.with(instructionSet: instructionSet, threads: threads, zeros: zeros) {
                        trained(layers, optimizer: optimizer)
                    }
                    #expect(again == first, "\(instructionSet) with \(threads) threads")
                }
            }
        }
    }

    @Test func anImageGivesTheSameBitsInAnyCompany() {
        let x = Matrix.normal(rows: 37, columns: 84, seed: 8)
        let together = Self.padded(x)
        for row in 0..<37 {
            #expect(
                Array(together.row(row))
                    == Self.padded(Matrix(rows: 1, columns: 84, elements: Array(x.row(row)))).elements)
        }
    }

    @Test func aBarIsLearnedWhereverItStands() {
        // The class is the bar's direction: no pixel tells it alone.
        func bars(_ count: Int, seed: UInt64) -> Examples {
            var stream = RandomStream(seed: seed, purpose: .data)
            let labels = (0..<count).map { _ in stream.integer(below: 2) }
            let places = (0..<count).map { _ in stream.integer(below: 12) }
            let features = Matrix(rows: count, columns: 144) { row, pixel in
                (labels[row] == 0 ? pixel / 12 : pixel % 12) == places[row] ? 1 : 0
            }
            return Examples(features: features, labels: labels)
        }
        var network = Network(image: ImageShape(height: 12, width: 12), seed: 2) {
            Convolution(4, kernel: 3, activation: .relu)
            MaxPooling(5)
            Dense(2)
        }
        network.train(on: bars(400, seed: 1), optimizer: .adam(learningRate: 0.01), epochs: 15, batchSize: 20, seed: 3)
        #expect(network.evaluate(on: bars(200, seed: 2)).accuracy > 0.98)
    }

    @Test func theFirstOfEqualNumbersIsTheLargestAndGetsTheGradient() {
        var network = Network(image: ImageShape(height: 2, width: 2), seed: 1) {
            Convolution(1, kernel: 1)
            MaxPooling(2)
            Dense(1)
        }
        network.setParameters([1, 0, 1, 0])
        let x = Matrix(rows: [[1, 3, 3, 2], [.nan, 1, 5, 0], [1, 2, .nan, 9]])
        let logits = network(x)
        #expect(logits[0, 0] == 3 && logits[1, 0].isNaN && logits[2, 0].isNaN)
        let gradient = network.backward(x, outputGradient: Matrix(rows: [[1], [1], [1]])).inputs
        #expect(gradient.elements == [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0])
    }

    @Test func aHiddenConvolutionTeachesAndIsTaught() {
        // The gradient that a hint adds to a hidden layer's outputs goes through pooling and kernel.
        let network = Network(image: ImageShape(height: 4, width: 4), seed: 3) {
            Convolution(2, kernel: 1, activation: .tanh)
            Convolution(3, kernel: 2)
            Dense(2)
        }
        let images = Matrix.normal(rows: 6, columns: 16, seed: 2)
        let examples = Examples(features: images, labels: [0, 1, 0, 1, 0, 1])
        let targets = network.outputs(ofDenseLayer: 0, for: Examples(features: 0.5 * images))
        let hint = HintLoss(hints: targets, layer: 0, units: 32, seed: 1)
        var taught = network
        let history = taught.train(on: examples, objective: .batch(hint), epochs: 60, batchSize: 6, seed: 1)
        let losses = history.epochs.map(\.trainingLoss)
        #expect(losses[59] < 0.8 * losses[0])
        #expect(taught.weights(ofDenseLayer: 0) != network.weights(ofDenseLayer: 0))
    }

    @Test func aConvolutionalNetworkIsReadBackAsItWas() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("convolution-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        try Self.padded.write(to: file)
        #expect(try Network(contentsOf: file) == Self.padded)
        #expect(
            try Safetensors(contentsOf: file).tensors["convolution.0.weight"]?.shape == [3, 3, 2, 3])
        let decoded = try JSONDecoder().decode(Network.self, from: JSONEncoder().encode(Self.padded))
        #expect(decoded == Self.padded)
    }

    @Test(
        arguments: [
            #"{"inputs":16,"layers":[{"convolution":{"_0":{"activation":"relu","filters":2,"kernel":3,"padding":0,"stride":1}}},D]}"#,
            #"{"image":I,"inputs":15,"layers":[D]}"#,
            #"{"image":I,"inputs":16,"layers":[{"convolution":{"_0":{"activation":"relu","filters":2,"kernel":5,"padding":0,"stride":1}}},D]}"#,
            #"{"image":I,"inputs":16,"layers":[{"convolution":{"_0":{"activation":"relu","filters":2,"kernel":2,"padding":2,"stride":1}}},D]}"#,
            #"{"image":I,"inputs":16,"layers":[{"pooling":{"_0":{"size":2}}},D]}"#,
            #"{"image":I,"inputs":16,"layers":[{"convolution":{"_0":{"activation":"relu","filters":2,"kernel":3,"padding":0,"stride":1}}},{"pooling":{"_0":{"size":3}}},D]}"#,
            #"{"image":I,"inputs":16,"layers":[D,{"convolution":{"_0":{"activation":"relu","filters":2,"kernel":1,"padding":0,"stride":1}}},D]}"#,
        ])
    func layersThatMakeNoNetworkAreToldApart(text: String) throws {
        let layers = text.replacingOccurrences(of: "I", with: #"{"channels":1,"height":4,"width":4}"#)
            .replacingOccurrences(of: "D", with: #"{"dense":{"_0":{"activation":"identity","units":2}}}"#)
            .replacingOccurrences(of: #""inputs""#, with: #""seed":1,"inputs""#)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("layers-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Safetensors(metadata: ["kdbook.network": layers]).write(to: path)
        #expect { try Network(contentsOf: path) } throws: { "\($0)".contains("make no network") }
    }

    /// The first layer of `padded` has 7×6 places, 18 numbers a patch and 3 filters, and pools to 3×3; the second has 2×2 places, 12
    /// numbers and 4 filters; the last has 16 inputs and 3 units.
    @Test func aConvolutionCostsItsSumsAtEachPlace() {
        let forward = 42 * (2 * 18 * 3 + 3 + 3) + 9 * 3 * 3 + 4 * (2 * 12 * 4 + 4 + 4) + 2 * 16 * 3 + 3
        #expect(Self.padded.inferenceCost.flops == forward)
        #expect(Self.padded.inferenceCost.bytes == 4 * (84 + Self.padded.parameterCount + 27 + 16 + 3))
        let weights = 42 * (2 * 18 * 3 + 3) + 4 * (2 * 12 * 4 + 4) + 2 * 16 * 3 + 3
        let inputs = 4 * (2 * 12 * 4 + 12) + 2 * 16 * 3
        let slopes = 27 + 3 * 16
        let softmax = 5 * 3 - 2 + 1 + 3
        #expect(
            Self.padded.trainingFlops(samples: 1, epochs: 1, batchSize: 1)
                == forward + weights + inputs + slopes + softmax + 13 * Self.padded.parameterCount)
    }
}
