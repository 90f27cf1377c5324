internal import Tensors

extension Workspace {
    /// Computes the gradients of the weights from that of the logits, and hands them to `sink`.
    /// - Parameters:
    ///   - x: The batch of the forward pass.
    ///   - dropout: What the forward pass had.
    ///   - inputGradient: Where the gradient of the input goes, where it is wanted.
    ///   - hiddenGradients: What is added to the gradients of hidden layers' outputs, by the layer's index.
    func backward(
        _ x: Factor, dropout: DropoutKey? = nil, into sink: GradientSink, inputGradient: MatrixView? = nil,
        hiddenGradients: [Int: Matrix] = [:]
    ) {
        let rows = x.rows
        for (index, stage) in layout.stages.enumerated().reversed() {
            let delta = delta(index, rows: rows)
            let input = index == 0 ? x : .numbers(output(index - 1, rows: rows))
            let target = index == 0 ? inputGradient : self.delta(index - 1, rows: rows)
            // The gradient of the input before the update, which changes the weights.
            if let shape = stage.convolution {
                Kernels.convolutionGradient(
                    shape, images: rows, input.numbers, weights: weights.base + stage.alignedWeights, delta: delta.base,
                    chosen: chosen[index]?.base, into: kernelGradient.base, inputGradient: target?.base)
                if index > 0, let target {
                    add(hiddenGradients[index - 1], to: target)
                    passActivation(of: index - 1, target, dropout: dropout)
                }
                handKernelGradient(of: stage, to: sink)
            } else {
                if index > 0 {
                    propagate(
                        delta, through: stage, to: index - 1, dropout: dropout, added: hiddenGradients[index - 1])
                } else if let target {
                    Kernels.multiply(delta, weightView(stage).transposed, into: target)
                }
                hand(delta, of: stage, input: input, to: sink)
            }
        }
        if let inputGradient, let dropout, layout.inputDropout > 0 {
            drop(inputGradient, rate: layout.inputDropout, stage: -1, key: dropout)
        }
    }

    /// The gradient of the sums of stage `index`, from that of the sums of the dense stage after it.
    private func propagate(
        _ delta: MatrixView, through next: Layout.Stage, to index: Int, dropout: DropoutKey?, added: Matrix?
    ) {
        let stage = layout.stages[index]
        let target = self.delta(index, rows: delta.rows)
        let dropped = dropout != nil && stage.dropout > 0
        if let added { added.withView { target.base.update(from: $0.base, count: delta.rows * stage.outputs) } }
        let accumulate = added != nil
        if stage.activation == .relu {
            // What is above 0 after dropout was above 0 before it and kept.
            let scale = dropped ? Float(1 / (1 - stage.dropout)) : 1
            Kernels.multiply(
                delta, weightView(next).transposed, into: target, accumulate: accumulate,
                finish: .gate(output(index, rows: delta.rows), scale: scale))
            return
        }
        Kernels.multiply(delta, weightView(next).transposed, into: target, accumulate: accumulate)
        passActivation(of: index, target, dropout: dropout)
    }

    /// Makes the gradient of what stage `index` gives that of its sums: back through dropout and activation.
    private func passActivation(of index: Int, _ target: MatrixView, dropout: DropoutKey?) {
        let stage = layout.stages[index]
        if let dropout, stage.dropout > 0 { drop(target, rate: stage.dropout, stage: index, key: dropout) }
        guard let function = stage.activation.function else { return }
        let values = dropout == nil ? nil : undropped[index]?.base
        Kernels.multiply(
            target.base, bySlopeOf: function, values: values ?? output(index, rows: target.rows).base,
            count: target.rows * stage.outputs)
    }

    private func add(_ added: Matrix?, to target: MatrixView) {
        added?.withView {
            for place in 0..<target.rows * target.columns {
                let sum = target.base[place] + $0.base[place]
                target.base[place] = sum.isNaN ? .nan : sum
            }
        }
    }

    private func hand(_ delta: MatrixView, of stage: Layout.Stage, input: Factor, to sink: GradientSink) {
        switch sink {
        case .store(let arena):
            let gradient = MatrixView(arena.base + stage.alignedWeights, rows: stage.inputs, columns: stage.units)
            Kernels.multiply(input.transposed, delta, into: gradient)
            Kernels.columnSums(of: delta, into: arena.base + stage.alignedBias)
        case .update(let optimizer):
            Kernels.multiply(
                input.transposed, delta, updating: weights.base + stage.alignedWeights,
                state: optimizer.state(at: stage.alignedWeights), by: optimizer.step)
            Kernels.columnSums(of: delta, into: biasGradient.base)
            updateBias(of: stage, by: biasGradient.base, optimizer)
            guard let bound = stage.maxNorm else { return }
            Kernels.limitColumnNorms(
                of: weights.base + stage.alignedWeights, rows: stage.inputs, columns: stage.units, to: Float(bound))
        }
    }

    private func handKernelGradient(of stage: Layout.Stage, to sink: GradientSink) {
        let (gradient, bias) = (kernelGradient.base, kernelGradient.base + stage.weightCount)
        switch sink {
        case .store(let arena):
            (arena.base + stage.alignedWeights).update(from: gradient, count: stage.weightCount)
            (arena.base + stage.alignedBias).update(from: bias, count: stage.units)
        case .update(let optimizer):
            Kernels.update(
                weights.base + stage.alignedWeights, gradient: gradient,
                state: optimizer.state(at: stage.alignedWeights), count: stage.weightCount, by: optimizer.step)
            updateBias(of: stage, by: bias, optimizer)
        }
    }

    private func updateBias(
        of stage: Layout.Stage, by gradient: UnsafePointer<Float>, _ optimizer: OptimizerState
    ) {
        Kernels.update(
            weights.base + stage.alignedBias, gradient: gradient, state: optimizer.state(at: stage.alignedBias),
            count: stage.units, by: optimizer.step.withoutWeightDecay)
    }
}
