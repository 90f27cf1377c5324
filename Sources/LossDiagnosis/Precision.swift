/// How exactly a loss was computed, as far as its values show.
public enum Precision: Sendable, Hashable {
    case double
    case single
    case half
    case brain
    /// Printed with so many digits behind the point.
    case decimals(Int)

    /// The lowest precision that holds all of `values`; values printed with up to six decimals are told by these.
    public init(seenIn values: [Double]) {
        let finite = values.filter { $0.isFinite && $0 != 0 }
        guard !finite.isEmpty else {
            self = .double
            return
        }
        let bits = finite.map { $0.significandWidth + 1 }.max() ?? 53
        let fitsHalf = finite.allSatisfy { abs($0) <= 65_504 && abs($0) >= 0x1p-14 }
        let decimals = finite.map(Precision.digitsBehindPoint).max() ?? 0
        switch bits {
        case ...8: self = .brain
        case ...11 where fitsHalf: self = .half
        case ...24: self = .single
        default: self = decimals <= 6 ? .decimals(decimals) : .double
        }
    }

    /// The precision that a file names.
    public init?(named name: String) {
        switch name {
        case "float64", "double": self = .double
        case "float32", "float": self = .single
        case "float16", "half": self = .half
        case "bfloat16": self = .brain
        default: return nil
        }
    }

    /// The name that frameworks have for it, such as `float32`.
    public var name: String {
        switch self {
        case .double: "float64"
        case .single: "float32"
        case .half: "float16"
        case .brain: "bfloat16"
        case .decimals(let count): "\(count) decimals"
        }
    }

    /// How far a value may lie from the exact one: some units of rounding of the terms that it is the sum of.
    func tolerance(_ exact: Estimate) -> Double {
        let size = exact.magnitude + abs(exact.value)
        switch self {
        case .double: return 0x1p-45 * size
        case .single: return 0x1p-20 * size
        case .half: return 0x1p-9 * size
        case .brain: return 0x1p-7 * size
        case .decimals(let count): return Precision.single.tolerance(exact) + 0.51 * powerOfTen(-count)
        }
    }

    /// What values computed in a lower precision, but summed up or divided in this one, are to be taken for.
    var fallback: Precision? { self == .double ? .single : nil }

    private static func digitsBehindPoint(_ value: Double) -> Int {
        (0...7).first { count in
            let scaled = abs(value) * powerOfTen(count)
            return scaled < 0x1p50 && abs(scaled - scaled.rounded()) <= 0x1p-52 * scaled
        } ?? 8
    }
}

private func powerOfTen(_ exponent: Int) -> Double {
    let power = (0..<abs(exponent)).reduce(1.0) { result, _ in result * 10 }
    return exponent < 0 ? 1 / power : power
}
