extension Network {
    /// The bytes of its weights and biases, as 32-bit numbers: what a device must hold.
    public var parameterBytes: Int { 4 * parameterCount }

    /// What the logits of one input take.
    ///
    /// A dense layer of I inputs and U units takes 2·I·U FLOPs for the sums, U for the biases, and U for its activation, if it has
    /// one. A convolution takes that at each place, I being the numbers of a patch, those of the padding as well, and U the filters;
    /// pooling a square of n numbers takes n − 1. Bytes are those of all parameters, of the input, and of what each layer gives.
    public var inferenceCost: Cost {
        layout.stages.reduce(Cost(flops: 0, bytes: 4 * (inputs + parameterCount))) { cost, stage in
            cost + Cost(flops: stage.forwardFlops, bytes: 4 * stage.outputs)
        }
    }

    /// What a net learns from, as far as its cost goes.
    public enum Lesson: Sendable, Hashable {
        /// Classes: cross-entropy.
        case hardLabels
        /// The teacher's probabilities alone, which were softened before.
        case softLabels
        /// Both, weighted.
        case both
    }

    /// The FLOPs of training by Adam, without weight decay.
    ///
    /// Each sample of each epoch goes forward and back: 2·I·U for a layer's sums and 2·I·U for its weights' gradient, and, but for the
    /// first layer, 2·I·U for its inputs' gradient, to which a convolution adds I at each place; dropout and activations take their share in both directions. A batch adds Adam's 13
    /// FLOPs a parameter, and, where norms are bounded, 2·I + 1 a unit for looking at them; the rare units that are scaled back are left
    /// out, as their number depends on the run. Losses are not counted, their gradients are.
    ///
    /// - Precondition: none of the numbers is negative, and a batch has a sample.
    public func trainingFlops(samples: Int, epochs: Int, batchSize: Int, lesson: Lesson = .hardLabels) -> Int {
        precondition(
            samples >= 0 && epochs >= 0 && batchSize > 0,
            "\(epochs) epochs of \(samples) samples in batches of \(batchSize)")
        let batches = (samples + batchSize - 1) / batchSize
        return epochs * (samples * trainingFlopsOfSample(lesson) + batches * trainingFlopsOfStep)
    }

    /// Of softening one row of logits: z/T and its softmax.
    public var softeningFlops: Int { outputs + Self.softmaxFlops(outputs) }

    private func trainingFlopsOfSample(_ lesson: Lesson) -> Int {
        var flops = Self.gradientFlops(lesson, classes: outputs)
        if layout.inputDropout > 0 { flops += inputs }
        for (index, stage) in layout.stages.enumerated() {
            flops += stage.forwardFlops + stage.places * (2 * stage.weightCount + stage.units)
            if index > 0 { flops += stage.inputGradientFlops }
            if stage.activation != .identity { flops += stage.activation.slopeFlops * stage.outputs }
            if stage.dropout > 0 { flops += 2 * stage.outputs }
        }
        return flops
    }

    private var trainingFlopsOfStep: Int {
        layout.stages.reduce(13 * parameterCount) { flops, stage in
            flops + (stage.maxNorm == nil ? 0 : 2 * stage.weightCount + stage.units)
        }
    }

    /// Largest, differences, exponentials, sum, quotients.
    private static func softmaxFlops(_ classes: Int) -> Int { 5 * classes - 2 }

    /// Of the gradient in one row of logits, divided by the batch's size.
    private static func gradientFlops(_ lesson: Lesson, classes: Int) -> Int {
        let hard = softmaxFlops(classes) + 1 + classes
        // z/T, softmax, differences, factor.
        let soft = classes + softmaxFlops(classes) + 2 * classes
        return switch lesson {
        case .hardLabels: hard
        case .softLabels: soft
        case .both: hard + soft + classes
        }
    }
}

extension Layout.Stage {
    /// Where the weights are used: once in a dense layer.
    fileprivate var places: Int { convolution.map { $0.rows * $0.columns } ?? 1 }

    /// Of one sample: sums, biases, activation, pooling.
    fileprivate var forwardFlops: Int {
        let pooling = convolution.map { outputs * ($0.pool * $0.pool - 1) } ?? 0
        return places * (2 * weightCount + units + (activation == .identity ? 0 : units)) + pooling
    }

    /// Of one sample: the patches' gradients, and the sum of them.
    fileprivate var inputGradientFlops: Int {
        2 * places * weightCount + (convolution.map { places * $0.patchSize } ?? 0)
    }
}

extension Activation {
    /// The gradient before a unit's activation, from that behind it: a choice; g·(1 − y²); g·y·(1 − y).
    fileprivate var slopeFlops: Int {
        switch self {
        case .identity: 0
        case .relu: 1
        case .tanh, .sigmoid: 3
        }
    }
}
