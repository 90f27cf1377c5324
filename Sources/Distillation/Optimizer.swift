internal import Tensors

/// How a gradient moves the weights. Weight decay is added to the gradient of weights, not of biases.
public enum Optimizer: Sendable, Hashable, Codable {
    /// m = momentum·m + g, w = w − learningRate·m.
    case sgd(learningRate: Double, momentum: Double = 0, weightDecay: Double = 0)
    /// m = β₁m + (1−β₁)g, v = β₂v + (1−β₂)g², w = w − learningRate · m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ) and
    /// v̂ = v/(1−β₂ᵗ). Source: Kingma and Ba, ICLR 2015.
    case adam(
        learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
        weightDecay: Double = 0)
}

/// The state that an optimiser carries from step to step, over aligned working memory.
struct OptimizerState {
    private let optimizer: Optimizer
    private let first: Arena?
    private let second: Arena?
    private var power1 = 1.0
    private var power2 = 1.0
    private(set) var step: UpdateStep

    init(_ optimizer: Optimizer, count: Int) {
        self.optimizer = optimizer
        switch optimizer {
        case .sgd(let rate, let momentum, let decay):
            first = momentum == 0 ? nil : Arena(count: count)
            second = nil
            step = .descent(rate: rate, momentum: momentum, weightDecay: decay)
        case .adam:
            first = Arena(count: count)
            second = Arena(count: count)
            step = .descent(rate: 0, momentum: 0, weightDecay: 0)
        }
    }

    /// Makes `step` that of the next batch, with the optimiser's learning rate times `factor`.
    mutating func advance(rateFactor factor: Double) {
        switch optimizer {
        case .sgd(let rate, let momentum, let decay):
            step = .descent(rate: rate * factor, momentum: momentum, weightDecay: decay)
        case .adam(let rate, let beta1, let beta2, let epsilon, let decay):
            power1 *= beta1
            power2 *= beta2
            step = .adam(
                rate: rate * factor, beta1: beta1, beta2: beta2, power1: power1, power2: power2, epsilon: epsilon,
                weightDecay: decay)
        }
    }

    /// The state of the weights from `offset` on.
    func state(at offset: Int) -> (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?) {
        (first.map { $0.base + offset }, second.map { $0.base + offset })
    }
}
