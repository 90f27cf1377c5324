internal import Tensors

/// Where a training run keeps the weights, activations and gradients of one batch.
final class Workspace {
    /// Which random numbers a pass drops by; a pass without one is inference.
    struct DropoutKey {
        var seed: UInt64
        var epoch: Int
        var step: Int
    }

    /// Where the gradient of the weights goes.
    enum GradientSink {
        /// Into the optimiser, at once.
        case update(OptimizerState)
        /// Into memory laid out like the weights.
        case store(Arena)
    }

    let layout: Layout
    let capacity: Int
    let weights: Arena
    /// Room for an input batch of numbers, where the batches are not bytes.
    let input: Arena
    private let outputs: [Arena]
    /// Where in its square each pooled value stood, for the gradient.
    let chosen: [Arena?]
    /// Values before dropout, where the derivative needs them.
    let undropped: [Arena?]
    private let deltas: [Arena]
    let biasGradient: Arena
    /// The gradient of a convolution's weights and, behind them, of its biases.
    let kernelGradient: Arena

    /// Room for batches of up to `capacity` rows; `training` also makes room for gradients, `ownInput` for the
    /// numbers of the input.
    init(_ network: Network, capacity: Int, training: Bool, ownInput: Bool) {
        layout = network.layout
        self.capacity = capacity
        weights = Arena(count: layout.alignedCount)
        input = Arena(count: ownInput ? capacity * layout.inputs : 0)
        outputs = layout.stages.map { Arena(count: capacity * $0.outputs) }
        undropped = layout.stages.map { stage in
            let needed = training && stage.dropout > 0 && stage.activation != .relu
            return needed ? Arena(count: capacity * stage.outputs) : nil
        }
        deltas = training ? layout.stages.map { Arena(count: capacity * $0.outputs) } : []
        chosen = layout.stages.map { stage in
            training && stage.convolution.map { $0.pool > 1 } ?? false ? Arena(count: capacity * stage.outputs) : nil
        }
        biasGradient = Arena(count: training ? layout.stages.map(\.units).max() ?? 0 : 0)
        kernelGradient = Arena(
            count: training
                ? layout.stages.map { $0.convolution == nil ? 0 : $0.parameterCount }.max() ?? 0 : 0)
        load(network.parameters)
    }

    /// Copies parameters into working memory.
    func load(_ parameters: [Float]) {
        parameters.withUnsafeBufferPointer { from in
            guard let from = from.baseAddress else { return }
            for stage in layout.stages {
                (weights.base + stage.alignedWeights).update(from: from + stage.offset, count: stage.weightCount)
                (weights.base + stage.alignedBias)
                    .update(from: from + stage.offset + stage.weightCount, count: stage.units)
            }
        }
    }

    /// Copies numbers laid out like the weights into the order of a network's parameters.
    func parameters(in arena: Arena) -> [Float] {
        var parameters: [Float] = []
        parameters.reserveCapacity(layout.parameterCount)
        for stage in layout.stages {
            parameters += UnsafeBufferPointer(start: arena.base + stage.alignedWeights, count: stage.weightCount)
            parameters += UnsafeBufferPointer(start: arena.base + stage.alignedBias, count: stage.units)
        }
        return parameters
    }

    /// The first `rows` rows of the input, of the logits, and of the logits' gradient.
    func inputView(rows: Int) -> MatrixView { MatrixView(input.base, rows: rows, columns: layout.inputs) }
    func logits(rows: Int) -> MatrixView { output(layout.stages.count - 1, rows: rows) }
    func logitGradient(rows: Int) -> MatrixView { delta(layout.stages.count - 1, rows: rows) }

    /// What layer `index` gave, after pooling and dropout; `nil` where there is no such hidden layer.
    func hidden(_ index: Int, rows: Int) -> Matrix? {
        guard (0..<layout.stages.count - 1).contains(index) else { return nil }
        let view = output(index, rows: rows)
        return Matrix(rows: rows, columns: view.columns) {
            $0.base.update(from: view.base, count: rows * view.columns)
        }
    }

    /// What layer `index` gave, row by row.
    func copyOutput(_ index: Int, rows: Int, to place: UnsafeMutablePointer<Float>) {
        place.update(from: outputs[index].base, count: rows * layout.stages[index].outputs)
    }

    func output(_ index: Int, rows: Int) -> MatrixView {
        MatrixView(outputs[index].base, rows: rows, columns: layout.stages[index].outputs)
    }

    func delta(_ index: Int, rows: Int) -> MatrixView {
        MatrixView(deltas[index].base, rows: rows, columns: layout.stages[index].outputs)
    }

    func weightView(_ stage: Layout.Stage) -> MatrixView {
        MatrixView(weights.base + stage.alignedWeights, rows: stage.fanIn, columns: stage.units)
    }

    /// Computes the outputs of some of the examples, up to those of stage `last`, the logits unless it is given.
    func forward(
        _ batch: UnsafeBufferPointer<Int32>, of examples: Examples, following: Int = 0, through last: Int? = nil
    ) {
        if layout.startsWithConvolution {
            examples.fill(input.base, with: batch)
            forward(.numbers(inputView(rows: batch.count)), through: last)
        } else {
            examples.withBatch(batch, following: following, room: input.base) { forward($0, through: last) }
        }
    }

    /// Computes the logits of the batch `x`, or what there is up to stage `last`. Where a pass drops inputs, `x` is the workspace's
    /// own input.
    func forward(_ x: Factor, dropout: DropoutKey? = nil, through last: Int? = nil) {
        let rows = x.rows
        if let dropout, layout.inputDropout > 0 {
            drop(inputView(rows: rows), rate: layout.inputDropout, stage: -1, key: dropout)
        }
        for (index, stage) in layout.stages.prefix((last ?? layout.stages.count) + 1).enumerated() {
            let out = output(index, rows: rows)
            let factor = index == 0 ? x : .numbers(output(index - 1, rows: rows))
            apply(stage, at: index, to: factor, into: out)
            guard let dropout, stage.dropout > 0 else { continue }
            undropped[index]?.base.update(from: out.base, count: rows * stage.outputs)
            drop(out, rate: stage.dropout, stage: index, key: dropout)
        }
    }

    /// A layer's sums, activation and pooling.
    private func apply(_ stage: Layout.Stage, at index: Int, to x: Factor, into out: MatrixView) {
        let bias = UnsafePointer(weights.base + stage.alignedBias)
        if let shape = stage.convolution {
            Kernels.convolve(
                shape, images: x.rows, x.numbers, weights: weights.base + stage.alignedWeights, bias: bias,
                function: stage.activation.function, into: out.base, chosen: chosen[index]?.base)
            return
        }
        let finish = stage.activation == .relu ? Kernels.Finish.biasReLU(bias) : .bias(bias)
        Kernels.multiply(x, weightView(stage), into: out, finish: finish)
        if stage.activation != .relu, let function = stage.activation.function {
            Kernels.map(function, out.base, into: out.base, count: x.rows * stage.outputs)
        }
    }

    private static let dropoutPurposes = (-1..<62).map { RandomStream.Purpose("dropout after layer \($0)") }

    func drop(_ x: MatrixView, rate: Double, stage: Int, key: DropoutKey) {
        let purpose = Self.dropoutPurposes[stage + 1]
        let stream = RandomStream(seed: key.seed, purpose: purpose, epoch: key.epoch, step: key.step)
        Kernels.drop(x.base, count: x.rows * x.columns, rate: rate, stream: stream)
    }
}
