/// Where the parameters of a network lie, and what each dense layer does.
struct Layout: Sendable, Hashable {
    /// A dense layer with the dropout that follows it.
    struct Stage: Sendable, Hashable {
        let inputs: Int
        let outputs: Int
        let activation: Activation
        let maxNorm: Double?
        var dropout: Double = 0
        /// Where the weights start in the network's parameters; the biases follow them.
        let offset: Int
        /// Where weights and biases start in working memory, each on a cache line.
        let alignedWeights: Int
        let alignedBias: Int

        var weightCount: Int { inputs * outputs }
        var parameterCount: Int { weightCount + outputs }
    }

    let inputs: Int
    private(set) var inputDropout = 0.0
    private(set) var stages: [Stage] = []
    private(set) var parameterCount = 0
    private(set) var alignedCount = 0

    var outputs: Int { stages.last?.outputs ?? inputs }

    init(inputs: Int, layers: [Layer]) {
        precondition(inputs > 0, "a network needs at least one input, not \(inputs)")
        self.inputs = inputs
        var previousIsDropout = false
        for layer in layers {
            switch layer {
            case .dense(let dense): append(dense)
            case .dropout(let dropout):
                precondition(!previousIsDropout, "two dropout layers follow each other; one of the joint rate is meant")
                if stages.isEmpty {
                    inputDropout = dropout.rate
                } else {
                    stages[stages.count - 1].dropout = dropout.rate
                }
            }
            if case .dropout = layer { previousIsDropout = true } else { previousIsDropout = false }
        }
        precondition(!stages.isEmpty, "a network needs at least one dense layer")
        precondition(!previousIsDropout, "a dropout layer after the last dense layer would drop logits")
    }

    private mutating func append(_ dense: Dense) {
        let inputs = outputs
        let bias = alignedCount + Self.aligned(inputs * dense.units)
        let stage = Stage(
            inputs: inputs, outputs: dense.units, activation: dense.activation, maxNorm: dense.maxNorm,
            offset: parameterCount, alignedWeights: alignedCount, alignedBias: bias)
        stages.append(stage)
        parameterCount += stage.parameterCount
        alignedCount = bias + Self.aligned(dense.units)
    }

    /// `count` rounded up to whole cache lines of 16 numbers.
    static func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
