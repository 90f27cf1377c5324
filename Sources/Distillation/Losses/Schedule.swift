internal import Tensors

/// A number that changes from epoch to epoch, as a function of x, which is 0 in the first epoch and 1 in the last.
public enum Schedule: Sendable, Hashable, Codable {
    /// The same throughout.
    case constant(Double)
    /// from + (to − from)·x.
    case linear(from: Double, to: Double)
    /// to + (from − to)·(1 + cos πx)/2. Source: Loshchilov and Hutter, ICLR 2017, equation 5, without restarts.
    case cosine(from: Double, to: Double)
    /// from + (to − from)·u with u uniform in 0..<1, drawn anew for each x from `seed`: a control for schedules that mean something.
    case random(from: Double, to: Double, seed: UInt64)

    /// The number at x = `progress`; but for random ones, `from` in the first epoch and `to` in the last.
    public func value(at progress: Double) -> Double {
        switch self {
        case .constant(let value): value
        case .linear(let from, let to): from + (to - from) * progress
        case .cosine(let from, let to): to + (from - to) * (1 + ReproducibleMath.cos(.pi * progress)) / 2
        case .random(let from, let to, let seed):
            from + (to - from) * Self.uniform(seed: seed ^ progress.bitPattern)
        }
    }

    /// The smallest and the largest number it takes.
    var bounds: ClosedRange<Double> {
        switch self {
        case .constant(let value): value...value
        case .linear(let from, let to), .cosine(let from, let to), .random(let from, let to, _):
            min(from, to)...max(from, to)
        }
    }

    private static func uniform(seed: UInt64) -> Double {
        var stream = RandomStream(seed: seed, purpose: purpose)
        return stream.uniform()
    }

    private static let purpose = RandomStream.Purpose("schedule")
}

/// How much each sample's soft labels weigh, beside the weight that all share.
public enum SampleWeighting: String, Sendable, Hashable, Codable {
    /// 1 for every sample.
    case equal
    /// 1 − H(softmax v)/ln K for a teacher of logits v over K classes: 1 where it is sure, 0 where it knows nothing.
    case byTeacherCertainty
    /// H(softmax v)/ln K: 1 where the teacher knows nothing, 0 where it is sure.
    case byTeacherEntropy

    func weight(teacher v: [Double]) -> Double {
        guard self != .equal, v.count > 1 else { return 1 }
        let logP = logSoftmax(v)
        let share = crossEntropyOfLogs(logP.map(ReproducibleMath.exp), logP) / ReproducibleMath.log(Double(v.count))
        return self == .byTeacherEntropy ? share : 1 - share
    }
}
