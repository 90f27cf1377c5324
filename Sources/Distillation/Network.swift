public import Tensors

/// A stack of dense and convolutional layers: a value that holds its weights.
///
///     var teacher = Network(inputs: 784, seed: 1) {
///         Dense(300, activation: .relu)
///         Dropout(0.2)
///         Dense(10)
///     }
///
///     var student = Network(image: ImageShape(height: 28, width: 28), seed: 1) {
///         Convolution(6, kernel: 5, activation: .relu)
///         MaxPooling(2)
///         Dense(10)
///     }
///
/// The outputs are logits: the softmax belongs to the objective. Where a layer is asked for by its number, dense and convolutional
/// layers are counted together, from 0.
public struct Network: Sendable, Hashable {
    /// The shape of an input, where the network was made for images.
    public let image: ImageShape?
    /// The layers, from the input to the logits.
    public let layers: [Layer]
    /// The seed of the initial weights.
    public let seed: UInt64
    /// All weights and biases: for each layer, W row by row (inputs × units, or kernel·kernel·channels × filters), then b.
    public internal(set) var parameters: [Float]

    let layout: Layout

    /// A network with fresh weights, drawn from the stream (seed, initial weights, 0, index of the dense layer).
    /// - Precondition: there is a dense layer, and none of its neighbours makes no sense (see ``Dropout``).
    public init(inputs: Int, seed: UInt64, @LayerBuilder layers: () -> [Layer]) {
        self.init(inputs: inputs, seed: seed, layers: layers())
    }

    /// As ``init(inputs:seed:layers:)``, for layers already in an array.
    public init(inputs: Int, seed: UInt64, layers: [Layer]) {
        self.init(inputs: inputs, image: nil, seed: seed, layers: layers)
    }

    /// A network for images, whose first layers may be convolutions. Its inputs are the numbers of an image, row by row, and so
    /// are those of a dense layer behind a convolution: the channels of a place lie side by side.
    /// - Precondition: there is a dense layer at the end, no convolution behind a dense layer, and each kernel fits its image.
    public init(image: ImageShape, seed: UInt64, @LayerBuilder layers: () -> [Layer]) {
        self.init(image: image, seed: seed, layers: layers())
    }

    /// As ``init(image:seed:layers:)``, for layers already in an array.
    public init(image: ImageShape, seed: UInt64, layers: [Layer]) {
        self.init(inputs: image.count, image: image, seed: seed, layers: layers)
    }

    init(inputs: Int, image: ImageShape?, seed: UInt64, layers: [Layer]) {
        self.image = image
        self.layers = layers
        self.seed = seed
        layout = Layout(inputs: inputs, image: image, layers: layers)
        parameters = Self.initialParameters(layout, seed: seed)
    }

    /// How many numbers the network takes.
    public var inputs: Int { layout.inputs }
    /// How many numbers the network gives.
    public var outputs: Int { layout.outputs }
    /// How many weights and biases there are.
    public var parameterCount: Int { layout.parameterCount }

    /// The logits of each row of `x` (batch × inputs), as a batch × outputs matrix. Nothing is dropped.
    /// - Precondition: `x` has as many columns as the network has inputs.
    public func callAsFunction(_ x: Matrix) -> Matrix { logits(for: x) }

    /// The weights of the layer at `index`, inputs × units or kernel·kernel·channels × filters.
    public func weights(ofDenseLayer index: Int) -> Matrix {
        let stage = stage(index)
        return Matrix(
            rows: stage.fanIn, columns: stage.units,
            elements: Array(parameters[stage.offset..<stage.offset + stage.weightCount]))
    }

    /// The biases of the layer at `index`.
    public func bias(ofDenseLayer index: Int) -> [Float] {
        let stage = stage(index)
        return Array(parameters[stage.offset + stage.weightCount..<stage.offset + stage.parameterCount])
    }

    /// Replaces the biases of the layer at `index`.
    /// - Precondition: there are as many as before.
    public mutating func setBias(_ bias: [Float], ofDenseLayer index: Int) {
        let stage = stage(index)
        precondition(bias.count == stage.units, "\(bias.count) biases for a layer of \(stage.units) units")
        parameters.replaceSubrange(stage.offset + stage.weightCount..<stage.offset + stage.parameterCount, with: bias)
    }

    /// Replaces all weights and biases, in the order of ``parameters``.
    /// - Precondition: there are as many as before.
    public mutating func setParameters(_ parameters: [Float]) {
        precondition(
            parameters.count == parameterCount,
            "\(parameters.count) parameters for a network of \(parameterCount)")
        self.parameters = parameters
    }

    private func stage(_ index: Int) -> Layout.Stage {
        precondition(
            layout.stages.indices.contains(index),
            "a network of \(layout.stages.count) layers with weights has no layer \(index)")
        return layout.stages[index]
    }

    private static func initialParameters(_ layout: Layout, seed: UInt64) -> [Float] {
        var parameters = [Float](repeating: 0, count: layout.parameterCount)
        for (index, stage) in layout.stages.enumerated() {
            let fan = stage.activation == .relu ? stage.fanIn : stage.fanIn + stage.fanOut
            let limit = Float((6 / Double(fan)).squareRoot())
            var stream = RandomStream(seed: seed, purpose: .initialWeights, step: index)
            for place in 0..<stage.weightCount {
                parameters[stage.offset + place] = limit * (2 * stream.uniformFloat() - 1)
            }
        }
        return parameters
    }
}

extension Network: Codable {
    private enum Key: CodingKey { case inputs, image, seed, layers, parameters }

    /// Reads what ``encode(to:)`` wrote.
    ///
    /// - Throws: `DecodingError` where a part is missing, or the layers need another number of parameters.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            inputs: try values.decode(Int.self, forKey: .inputs),
            image: try values.decodeIfPresent(ImageShape.self, forKey: .image),
            seed: try values.decode(UInt64.self, forKey: .seed),
            layers: try values.decode([Layer].self, forKey: .layers))
        let parameters = try values.decode([Float].self, forKey: .parameters)
        guard parameters.count == parameterCount else {
            throw DecodingError.dataCorruptedError(
                forKey: .parameters, in: values,
                debugDescription: "\(parameters.count) parameters for a network of \(parameterCount)")
        }
        self.parameters = parameters
    }

    /// Writes the number of inputs, the image's shape where there is one, the seed, the layers, and all parameters in one list.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(inputs, forKey: .inputs)
        try values.encodeIfPresent(image, forKey: .image)
        try values.encode(seed, forKey: .seed)
        try values.encode(layers, forKey: .layers)
        try values.encode(parameters, forKey: .parameters)
    }
}
