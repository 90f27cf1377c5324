/// What a loss was found to compute; see ``diagnose(_:)``.
public struct Diagnosis: Sendable, Hashable {
    /// The formula whose values the loss gave, or the reason why there is none.
    public enum Finding: Sendable, Hashable {
        case formula(LossFormula)
        /// Two formulas that the probes, in this precision, do not tell apart.
        case ambiguous(LossFormula, LossFormula)
        /// A constant times a formula.
        case scaled(Double, LossFormula)
        case mixture(Double, LossFormula, Double, LossFormula)
        /// The same call gave two values: `second` differs from `first`.
        case varies(probe: String, first: Double, second: Double)
        /// No value is a finite number.
        case nothingFinite
        /// None that is known; the nearest, and the probe where that is furthest off.
        case unknown(nearest: LossFormula, probe: String, seen: Double, expected: Double)
    }

    /// A gradient that is not the derivative of the right loss.
    public struct GradientMiss: Sendable, Hashable {
        /// The probe's id.
        public let probe: String
        /// The place in the gradient: the sample, from 0.
        public let row: Int
        /// The class, from 0.
        public let column: Int
        /// The number that the loss gave there.
        public let seen: Double
        /// The derivative there of the loss that the values are of.
        public let right: Double
    }

    /// The formula that fits the values.
    public let finding: Finding
    /// The probes whose value is not finite although the right one is.
    public let notFinite: [String]
    /// The first place where a gradient is wrong; `nil` where none is, or none was given.
    public let gradientMiss: GradientMiss?
    /// The precision whose tolerance the values were compared within.
    public let precision: Precision

    /// Whether the values are those of a right formula, all are finite that should be, and no gradient is wrong.
    public var isRight: Bool {
        guard notFinite.isEmpty, gradientMiss == nil else { return false }
        switch finding {
        case .formula(let formula): return formula.isRight
        case .ambiguous(let first, _): return first.isRight
        default: return false
        }
    }

    /// What is mistaken, each by its name, without numbers and places.
    public var mistakes: [String] {
        let named: [String] =
            switch finding {
            case .formula(let formula), .ambiguous(let formula, _): formula.mistakes
            case .scaled(let factor, let formula): [Self.words(factor)] + formula.mistakes
            case .mixture: ["a mixture of two"]
            case .varies: ["teacher in training mode"]
            case .nothingFinite: ["never a finite number"]
            case .unknown: ["none that is known"]
            }
        let overflows = !notFinite.isEmpty && finding != .nothingFinite
        return named + (overflows ? ["not finite where the right loss is: log of a softmax that underflowed"] : [])
            + (gradientMiss == nil ? [] : ["value right or known, gradient wrong"])
    }

    private static func words(_ factor: Double) -> String {
        abs(factor - 1.442695) < 1e-4 ? "in bits: 1.4427 times it" : "\(rounded(factor)) times it"
    }

    /// The verdict in one sentence.
    public var sentence: String {
        var parts = [verdict]
        if !notFinite.isEmpty, finding != .nothingFinite {
            parts.append(
                "not finite at \(notFinite.joined(separator: ", ")), where the right loss is:"
                    + " the log of a softmax that underflowed")
        }
        if let miss = gradientMiss {
            parts.append(
                "the gradient at \(miss.probe), row \(miss.row), class \(miss.column) is \(rounded(miss.seen)),"
                    + " where that of the right loss is \(rounded(miss.right))")
        }
        let told = finding == .nothingFinite ? "" : " (\(precision.name))"
        return parts.joined(separator: "; ") + told
    }

    private var verdict: String {
        switch finding {
        case .formula(let formula): return Self.words(formula)
        case .ambiguous(let first, let second):
            return Self.words(first) + "; in this precision it cannot be told from: " + Self.words(second)
        case .scaled(let factor, let formula):
            return ([Self.words(factor)] + formula.mistakes).joined(separator: "; ") + Self.clause(formula)
        case .mixture(let a, let first, let b, let second):
            return "a mixture of two: \(rounded(a)) of \(first)\(Self.aside(first)),"
                + " and \(rounded(b)) of \(second)\(Self.aside(second))"
        case .varies(let probe, let first, let second):
            return "teacher in training mode, or another source of chance: the call \(probe) gave"
                + " \(rounded(first)) and \(rounded(second))"
        case .nothingFinite: return "no value is a finite number"
        case .unknown(let nearest, let probe, let seen, let expected):
            return "none that is known; nearest is \(Self.words(nearest)), but at \(probe) that is"
                + " \(rounded(expected)), and the loss \(rounded(seen))"
        }
    }

    private static func words(_ formula: LossFormula) -> String {
        formula.isRight ? "\(formula): right" : formula.mistakes.joined(separator: "; ") + clause(formula)
    }

    /// The formula, where it has a short name.
    private static func clause(_ formula: LossFormula) -> String {
        formula.measure.symbol == nil ? "" : ": it is \(formula)"
    }

    private static func aside(_ formula: LossFormula) -> String {
        let mistakes = formula.mistakes.filter { $0 != LossFormula.Measure.hard.mistake }
        return mistakes.isEmpty ? "" : " (" + mistakes.joined(separator: "; ") + ")"
    }
}

/// A number with five significant digits or so.
func rounded(_ value: Double) -> String {
    guard value.isFinite, value != 0, abs(value) < 1e15 else { return "\(value)" }
    var scale = 1.0
    while abs(value) * scale < 10_000 && scale < 1e12 { scale *= 10 }
    return "\((value * scale).rounded() / scale)"
}
