extension DecisionRule: CustomStringConvertible {
    /// The rule as a sentence without its full stop: what supports, what refutes.
    public var description: String {
        switch self {
        case .difference(let expected, let margin, let confidence, let unit):
            decided(expected, margin: margin, by: "\(percent(confidence)) interval of the mean difference", unit: unit)
        case .proportion(let expected, let reference, let margin, let confidence):
            decided(
                expected, margin: margin,
                by: "\(percent(confidence)) interval of the share minus \(plain(reference))", unit: "")
        case .rankCorrelation(let expected, let margin, let level):
            correlation(expected, margin, level)
        case .equal(let target, let tolerance, let unit):
            "supported if the number is \(quantity(target, unit))"
                + (tolerance > 0 ? ", give or take \(plain(tolerance))" : " exactly") + "; else refuted"
        case .between(let lower, let upper, let unit):
            "supported if the number is "
                + [lower.map { "at least " + quantity($0, unit) }, upper.map { "at most " + quantity($0, unit) }]
                .compactMap { $0 }.joined(separator: " and ") + "; else refuted"
        case .holds(let condition): "supported if \(condition); else refuted"
        }
    }

    private func decided(_ expected: Expectation, margin: Double, by interval: String, unit: String) -> String {
        let bound = quantity(margin, unit)
        let (supported, refuted) =
            switch expected {
            case .greater: ("above \(bound)", "below it")
            case .less: ("below \(quantity(-margin, unit))", "above it")
            case .different: ("outside ±\(bound)", "inside")
            case .equivalent: ("inside ±\(bound)", "outside")
            }
        return "supported if the \(interval) lies \(supported), refuted if it lies \(refuted); else undecided"
    }

    private func correlation(_ expected: Expectation, _ margin: Double, _ level: Double) -> String {
        let beyond = margin > 0 ? ", beyond ±\(plain(margin))" : ""
        let test = "with a permutation p of at most \(plain(level))"
        let (sign, opposite) =
            switch expected {
            case .greater: ("positive", "negative")
            case .less: ("negative", "positive")
            case .different, .equivalent: ("of either sign", "")
            }
        return "supported if the rank correlation is \(sign)\(beyond), \(test)"
            + (opposite.isEmpty ? "" : ", refuted if it is \(opposite) so") + "; else undecided"
    }

    private func percent(_ share: Double) -> String { plain((share * 1e10).rounded() / 1e8) + " %" }

    private func quantity(_ value: Double, _ unit: String) -> String {
        unit.isEmpty ? plain(value) : "\(plain(value)) \(unit)"
    }

    /// A number as a reader writes it: no fraction where there is none, a true minus sign.
    private func plain(_ value: Double) -> String {
        let text = Int(exactly: value).map(String.init) ?? value.description
        return text.hasPrefix("-") ? "−" + text.dropFirst() : text
    }
}
