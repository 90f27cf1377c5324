internal import Tensors

/// Cross-entropy with smoothed labels: −Σ_j y′_j·ln softmax(z)_j with y′ = (1−ε)·onehot(y) + ε/K for K classes; gradient
/// (softmax z − y′)/N for z of N × K.
/// Source: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna, CVPR 2016, section 7.
public struct SmoothedCrossEntropy: BatchLoss {
    /// ε.
    public let smoothing: Double

    /// - Precondition: `smoothing` is in 0...1.
    public init(smoothing: Double) {
        precondition(0...1 ~= smoothing, "smoothing must be in 0...1, not \(smoothing)")
        self.smoothing = smoothing
    }

    /// True: the label's class has the largest share.
    public var needsLabels: Bool { true }

    /// The mean loss over the batch's rows, and its gradient in the logits.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        meanOverRows(batch) { r, z in
            let logQ = logSoftmax(z)
            let target = smoothed(batch.labels[r], classes: z.count)
            return (crossEntropyOfLogs(target, logQ), difference(logQ, target))
        }
    }

    private func smoothed(_ label: Int, classes: Int) -> [Double] {
        (0..<classes).map { (1 - smoothing) * ($0 == label ? 1 : 0) + smoothing / Double(classes) }
    }
}

extension Objective {
    /// Cross-entropy with labels smoothed by ε; see ``SmoothedCrossEntropy``.
    public static func smoothedCrossEntropy(smoothing: Double) -> Objective {
        .batch(SmoothedCrossEntropy(smoothing: smoothing))
    }
}
