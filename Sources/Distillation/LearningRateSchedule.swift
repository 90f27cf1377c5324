internal import Tensors

/// How the learning rate changes in the course of a training run: a factor of the optimiser's own rate.
///
/// With t the share of the run's steps that lie behind (0 at the first), and e the number of epochs that do:
public enum LearningRateSchedule: Sendable, Hashable, Codable {
    /// 1
    case constant
    /// 1 + (end − 1)·t: a straight line from 1 to `end`.
    case linear(to: Double = 0)
    /// end + (1 − end)·(1 + cos πt)/2: half a cosine wave from 1 to `end`.
    /// Source: Loshchilov and Hutter, ICLR 2017 (arXiv:1608.03983), equation 5, without restarts.
    case cosine(to: Double = 0)
    /// factorᵉ
    case exponential(factor: Double)
    /// factor^⌊e/epochs⌋: less by `factor` after every `epochs` epochs.
    case step(epochs: Int, factor: Double)

    /// The factor at `step` of all `steps` (counted over the whole run, from 0), which is in `epoch` (from 0).
    public func factor(step: Int, of steps: Int, epoch: Int) -> Double {
        let t = Double(step) / Double(steps)
        return switch self {
        case .constant: 1
        case .linear(let end): 1 + (end - 1) * t
        case .cosine(let end): end + (1 - end) * (1 + ReproducibleMath.cos(.pi * t)) / 2
        case .exponential(let factor): power(factor, epoch)
        case .step(let epochs, let factor): power(factor, epoch / epochs)
        }
    }

    /// By repeated multiplication, which has one result everywhere.
    private func power(_ factor: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * factor }
    }

    func check() {
        switch self {
        case .constant: break
        case .linear(let end), .cosine(let end):
            precondition(end >= 0, "a learning rate must not end below 0, but at \(end) of the first")
        case .exponential(let factor), .step(_, let factor):
            precondition(factor > 0, "a learning rate's factor must be above 0, not \(factor)")
        }
        if case .step(let epochs, _) = self {
            precondition(epochs > 0, "a learning rate that falls in steps needs at least one epoch a step")
        }
    }
}
