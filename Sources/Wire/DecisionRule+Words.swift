extension DecisionRule: CustomStringConvertible {
    /// The rule as a sentence without its full stop: what supports, what refutes.
    public var description: String {
        switch self {
        case .difference(let expected, let margin, let confidence, let unit):
            decided(
                expected, "the \(percent(confidence)) interval of the mean difference",
                above: quantity(margin, unit), below: quantity(-margin, unit), within: "±" + quantity(margin, unit))
        case .contrast(let contrast): contrast.description
        case .proportion(let expected, let share, let margin, let confidence):
            decided(
                expected, "the \(percent(confidence)) interval of the share", above: plain(share + margin),
                below: plain(share - margin), within: "\(plain(share)) ± \(plain(margin))")
        case .rankCorrelation(let expected, let margin, let level):
            correlation(expected, margin, level)
        case .equal(let target, let tolerance, let unit):
            "supported if it is \(quantity(target, unit))"
                + (tolerance > 0 ? ", give or take \(plain(tolerance))" : " exactly") + "; else refuted"
        case .between(let lower, let upper, let unit):
            "supported if it is "
                + [lower.map { "at least " + quantity($0, unit) }, upper.map { "at most " + quantity($0, unit) }]
                .compactMap { $0 }.joined(separator: " and ") + "; else refuted"
        case .holds(let condition): "supported if \(condition); else refuted"
        }
    }

    func decided(
        _ expected: Expectation, _ interval: String, above: String, below: String, within: String
    ) -> String {
        let (supported, refuted) =
            switch expected {
            case .greater: ("above \(above)", "below it")
            case .less: ("below \(below)", "above it")
            case .different: ("outside \(within)", "inside")
            case .equivalent: ("inside \(within)", "outside")
            }
        return "supported if \(interval) lies \(supported), refuted if it lies \(refuted); else undecided"
    }

    private func correlation(_ expected: Expectation, _ margin: Double, _ level: Double) -> String {
        let beyond = margin > 0 ? " and beyond ±\(plain(margin))" : ""
        let test = "with a permutation p of at most \(plain(level))"
        let (sign, opposite) =
            switch expected {
            case .greater: ("positive", "negative")
            case .less: ("negative", "positive")
            case .different, .equivalent: ("of either sign", "")
            }
        return "supported if the rank correlation is \(sign)\(beyond), \(test)"
            + (opposite.isEmpty ? "" : ", refuted if it is \(opposite) likewise") + "; else undecided"
    }

    func percent(_ share: Double) -> String { plain(share * 100) + "\u{A0}%" }

    func quantity(_ value: Double, _ unit: String) -> String {
        unit.isEmpty ? plain(value) : "\(plain(value))\u{A0}\(unit)"
    }

    /// A number as a reader writes it: without the noise of its last bits, a true minus sign, powers of ten raised.
    private func plain(_ value: Double) -> String {
        let rounded = abs(value) < 1e5 && abs(value) > 1e-5 ? (value * 1e10).rounded() / 1e10 : value
        let text = Int(exactly: rounded).map(String.init) ?? rounded.description
        let parts = text.split(separator: "e")
        let digits = parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]
        let power = parts.count > 1 ? Int(parts[1]).map { raised(String($0)) } : nil
        let sign = digits.hasPrefix("-") ? "−" : ""
        let magnitude = digits.drop { $0 == "-" }
        guard let power else { return sign + magnitude }
        return sign + (magnitude == "1" ? "" : magnitude + "×") + "10" + power
    }

    private func raised(_ exponent: String) -> String {
        let superscripts: [Character: Character] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
            "9": "⁹",
        ]
        return String(exponent.map { superscripts[$0] ?? $0 })
    }
}
