internal import Tensors

/// Where the parameters of a network lie, and what each layer with weights does.
struct Layout: Sendable, Hashable {
    /// A dense or convolutional layer, with the pooling and the dropout that follow it.
    struct Stage: Sendable, Hashable {
        let inputs: Int
        /// Columns of the weights: a dense layer's units, or filters.
        let units: Int
        let activation: Activation
        let maxNorm: Double?
        /// `nil` for a dense layer.
        var convolution: ConvolutionShape?
        var dropout: Double = 0
        /// Where the weights start in the network's parameters; the biases follow them.
        let offset: Int
        /// Where weights and biases start in working memory, each on a cache line.
        let alignedWeights: Int
        let alignedBias: Int

        var outputs: Int { convolution?.outputs ?? units }
        /// Rows of the weights: how many numbers a unit sees.
        var fanIn: Int { convolution?.patchSize ?? inputs }
        /// How many sums a number goes into, places aside.
        var fanOut: Int { convolution.map { $0.kernel * $0.kernel * units } ?? units }
        var weightCount: Int { fanIn * units }
        var parameterCount: Int { weightCount + units }
    }

    let inputs: Int
    private(set) var inputDropout = 0.0
    private(set) var stages: [Stage] = []
    private(set) var parameterCount = 0
    private(set) var alignedCount = 0
    /// What the layers so far give, where it is an image.
    private var image: ImageShape?

    var outputs: Int { stages.last?.outputs ?? inputs }
    /// Whether the first layer takes numbers only, not pixels.
    var startsWithConvolution: Bool { stages.first?.convolution != nil }

    init(inputs: Int, image: ImageShape?, layers: [Layer]) {
        precondition(inputs > 0, "a network needs at least one input, not \(inputs)")
        self.inputs = inputs
        self.image = image
        var previous: Layer?
        for layer in layers {
            switch layer {
            case .dense(let dense): append(dense)
            case .convolution(let convolution): append(convolution)
            case .pooling(let pooling): pool(pooling, after: previous)
            case .dropout(let dropout):
                if case .dropout = previous {
                    preconditionFailure("two dropout layers follow each other; one of the joint rate is meant")
                }
                if stages.isEmpty {
                    inputDropout = dropout.rate
                } else {
                    stages[stages.count - 1].dropout = dropout.rate
                }
            }
            previous = layer
        }
        if case .dropout = previous {
            preconditionFailure("a dropout layer after the last dense layer would drop logits")
        }
        guard case .dense = previous else { preconditionFailure("a network needs a dense layer at its end") }
    }

    private mutating func append(_ dense: Dense) {
        append(units: dense.units, activation: dense.activation, maxNorm: dense.maxNorm, convolution: nil)
        image = nil
    }

    private mutating func append(_ convolution: Convolution) {
        guard let image else {
            preconditionFailure(
                stages.isEmpty
                    ? "a network with a convolution is made by Network(image:seed:), which tells the image's shape"
                    : "a convolution cannot follow a dense layer, whose outputs are no image")
        }
        let shape = convolution.shape(on: image)
        precondition(
            shape.rows > 0 && shape.columns > 0,
            "a kernel of \(shape.kernel)×\(shape.kernel) with padding \(shape.padding) does not fit an image of \(image)"
        )
        append(
            units: convolution.filters, activation: convolution.activation, maxNorm: nil, convolution: shape)
        self.image = ImageShape(shape)
    }

    private mutating func pool(_ pooling: MaxPooling, after previous: Layer?) {
        guard case .convolution = previous, var shape = stages.last?.convolution else {
            preconditionFailure("max pooling must stand right behind a convolution")
        }
        shape.pool = pooling.size
        precondition(
            shape.outputs > 0, "no square of \(pooling.size)×\(pooling.size) fits into \(shape.rows)×\(shape.columns)")
        stages[stages.count - 1].convolution = shape
        image = ImageShape(shape)
    }

    private mutating func append(
        units: Int, activation: Activation, maxNorm: Double?, convolution: ConvolutionShape?
    ) {
        let inputs = outputs
        let bias = alignedCount + Self.aligned((convolution?.patchSize ?? inputs) * units)
        let stage = Stage(
            inputs: inputs, units: units, activation: activation, maxNorm: maxNorm, convolution: convolution,
            offset: parameterCount, alignedWeights: alignedCount, alignedBias: bias)
        stages.append(stage)
        parameterCount += stage.parameterCount
        alignedCount = bias + Self.aligned(units)
    }

    /// `count` rounded up to whole cache lines of 16 numbers.
    static func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
