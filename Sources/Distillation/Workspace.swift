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
    /// Values before dropout, where the derivative needs them.
    private let undropped: [Arena?]
    private let deltas: [Arena]
    private let biasGradient: Arena

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
        biasGradient = Arena(count: training ? layout.stages.map(\.outputs).max() ?? 0 : 0)
        load(network.parameters)
    }

    /// Copies parameters into working memory.
    func load(_ parameters: [Float]) {
        parameters.withUnsafeBufferPointer { from in
            guard let from = from.baseAddress else { return }
            for stage in layout.stages {
                (weights.base + stage.alignedWeights).update(from: from + stage.offset, count: stage.weightCount)
                (weights.base + stage.alignedBias)
                    .update(from: from + stage.offset + stage.weightCount, count: stage.outputs)
            }
        }
    }

    /// Copies numbers laid out like the weights into the order of a network's parameters.
    func parameters(in arena: Arena) -> [Float] {
        var parameters: [Float] = []
        parameters.reserveCapacity(layout.parameterCount)
        for stage in layout.stages {
            parameters += UnsafeBufferPointer(start: arena.base + stage.alignedWeights, count: stage.weightCount)
            parameters += UnsafeBufferPointer(start: arena.base + stage.alignedBias, count: stage.outputs)
        }
        return parameters
    }

    /// The first `rows` rows of the input, of the logits, and of the logits' gradient.
    func inputView(rows: Int) -> MatrixView { MatrixView(input.base, rows: rows, columns: layout.inputs) }
    func logits(rows: Int) -> MatrixView { output(layout.stages.count - 1, rows: rows) }
    func logitGradient(rows: Int) -> MatrixView { delta(layout.stages.count - 1, rows: rows) }

    /// What dense layer `index` gave, after dropout; `nil` where there is no such hidden layer.
    func hidden(_ index: Int, rows: Int) -> Matrix? {
        guard (0..<layout.stages.count - 1).contains(index) else { return nil }
        let view = output(index, rows: rows)
        return Matrix(rows: rows, columns: view.columns) {
            $0.base.update(from: view.base, count: rows * view.columns)
        }
    }

    private func output(_ index: Int, rows: Int) -> MatrixView {
        MatrixView(outputs[index].base, rows: rows, columns: layout.stages[index].outputs)
    }

    private func delta(_ index: Int, rows: Int) -> MatrixView {
        MatrixView(deltas[index].base, rows: rows, columns: layout.stages[index].outputs)
    }

    private func weightView(_ stage: Layout.Stage) -> MatrixView {
        MatrixView(weights.base + stage.alignedWeights, rows: stage.inputs, columns: stage.outputs)
    }

    /// Computes the logits of the batch `x`. Where a pass drops inputs, `x` is the workspace's own input.
    func forward(_ x: Factor, dropout: DropoutKey? = nil) {
        let rows = x.rows
        if let dropout, layout.inputDropout > 0 {
            drop(inputView(rows: rows), rate: layout.inputDropout, stage: -1, key: dropout)
        }
        for (index, stage) in layout.stages.enumerated() {
            let out = output(index, rows: rows)
            let bias = UnsafePointer(weights.base + stage.alignedBias)
            let finish = stage.activation == .relu ? Kernels.Finish.biasReLU(bias) : .bias(bias)
            let factor = index == 0 ? x : .numbers(output(index - 1, rows: rows))
            Kernels.multiply(factor, weightView(stage), into: out, finish: finish)
            let count = rows * stage.outputs
            if stage.activation != .relu, let function = stage.activation.function {
                Kernels.map(function, out.base, into: out.base, count: count)
            }
            guard let dropout, stage.dropout > 0 else { continue }
            undropped[index]?.base.update(from: out.base, count: count)
            drop(out, rate: stage.dropout, stage: index, key: dropout)
        }
    }

    /// Computes the gradients of the weights from that of the logits, and hands them to `sink`.
    /// - Parameters:
    ///   - x: The batch of the forward pass.
    ///   - dropout: What the forward pass had.
    ///   - inputGradient: Where the gradient of the input goes, where it is wanted.
    ///   - hiddenGradients: What is added to the gradients of hidden layers' outputs, by the dense layer's index.
    func backward(
        _ x: Factor, dropout: DropoutKey? = nil, into sink: GradientSink, inputGradient: MatrixView? = nil,
        hiddenGradients: [Int: Matrix] = [:]
    ) {
        let rows = x.rows
        for (index, stage) in layout.stages.enumerated().reversed() {
            let delta = delta(index, rows: rows)
            // Before the update, which changes the weights.
            if index > 0 {
                propagate(
                    delta, through: stage, to: index - 1, dropout: dropout, added: hiddenGradients[index - 1])
            } else if let inputGradient {
                Kernels.multiply(delta, weightView(stage).transposed, into: inputGradient)
                if let dropout, layout.inputDropout > 0 {
                    drop(inputGradient, rate: layout.inputDropout, stage: -1, key: dropout)
                }
            }
            hand(delta, of: stage, input: index == 0 ? x : .numbers(output(index - 1, rows: rows)), to: sink)
        }
    }

    /// The gradient of the sums of stage `index`, from that of the sums of the stage after it.
    private func propagate(
        _ delta: MatrixView, through next: Layout.Stage, to index: Int, dropout: DropoutKey?, added: Matrix?
    ) {
        let stage = layout.stages[index]
        let target = self.delta(index, rows: delta.rows)
        let values = output(index, rows: delta.rows)
        let dropped = dropout != nil && stage.dropout > 0
        if let added { added.withView { target.base.update(from: $0.base, count: delta.rows * stage.outputs) } }
        let accumulate = added != nil
        if stage.activation == .relu {
            // What is above 0 after dropout was above 0 before it and kept.
            let scale = dropped ? Float(1 / (1 - stage.dropout)) : 1
            Kernels.multiply(
                delta, weightView(next).transposed, into: target, accumulate: accumulate,
                finish: .gate(values, scale: scale))
            return
        }
        Kernels.multiply(delta, weightView(next).transposed, into: target, accumulate: accumulate)
        if dropped, let dropout { drop(target, rate: stage.dropout, stage: index, key: dropout) }
        guard let function = stage.activation.function else { return }
        let slopeValues = dropped ? undropped[index]?.base ?? values.base : values.base
        Kernels.multiply(
            target.base, bySlopeOf: function, values: slopeValues, count: delta.rows * stage.outputs)
    }

    private func hand(_ delta: MatrixView, of stage: Layout.Stage, input: Factor, to sink: GradientSink) {
        switch sink {
        case .store(let arena):
            let gradient = MatrixView(arena.base + stage.alignedWeights, rows: stage.inputs, columns: stage.outputs)
            Kernels.multiply(input.transposed, delta, into: gradient)
            Kernels.columnSums(of: delta, into: arena.base + stage.alignedBias)
        case .update(let optimizer):
            Kernels.multiply(
                input.transposed, delta, updating: weights.base + stage.alignedWeights,
                state: optimizer.state(at: stage.alignedWeights), by: optimizer.step)
            Kernels.columnSums(of: delta, into: biasGradient.base)
            Kernels.update(
                weights.base + stage.alignedBias, gradient: biasGradient.base,
                state: optimizer.state(at: stage.alignedBias), count: stage.outputs,
                by: optimizer.step.withoutWeightDecay)
            guard let bound = stage.maxNorm else { return }
            Kernels.limitColumnNorms(
                of: weights.base + stage.alignedWeights, rows: stage.inputs, columns: stage.outputs, to: Float(bound))
        }
    }

    private static let dropoutPurposes = (-1..<62).map { RandomStream.Purpose("dropout after layer \($0)") }

    private func drop(_ x: MatrixView, rate: Double, stage: Int, key: DropoutKey) {
        let purpose = Self.dropoutPurposes[stage + 1]
        let stream = RandomStream(seed: key.seed, purpose: purpose, epoch: key.epoch, step: key.step)
        Kernels.drop(x.base, count: x.rows * x.columns, rate: rate, stream: stream)
    }
}
