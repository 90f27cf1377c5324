import Foundation
package import Wire

/// A finding's numbers as a reader sees them.
package struct FindingWords {
    private let finding: Finding
    private let correctedP: Double?

    /// - Parameter corrected: Holm's p.
    package init(_ finding: Finding, corrected: Double? = nil) {
        self.finding = finding
        correctedP = corrected
    }

    /// All in one: `+3.2 points, 95 % interval +2.1 … +4.3, p = 0.00195 (Holm 0.0195), n = 20`.
    package var all: String {
        let confidence =
            finding.interval.map { translated("\(number($0.confidence * 100))\u{A0}% interval") + " " } ?? ""
        let holm = corrected.map { " (Holm\u{A0}\($0.replacing("=\u{A0}", with: "")))" } ?? ""
        let test = p.map { "p\u{A0}\($0)\(holm)" }
        return [effect, interval.map { confidence + $0 }, test, n.map { "n = \($0)" }].compactMap { $0 }
            .joined(separator: ", ")
    }

    /// The effect with its unit; of a condition, whether it holds.
    package var effect: String? {
        if case .condition(let holds) = finding.observations { return translated(holds ? "holds" : "does not hold") }
        let unit = finding.rule.unit
        return finding.effect.map { signed($0) + (unit.isEmpty ? "" : "\u{A0}" + translated(unit)) }
    }

    /// The effect without its sign and unit, for sentences that say which way it goes.
    package var size: String? {
        if case .condition = finding.observations { return nil }
        return finding.effect.map { String(signed($0).drop { "+−".contains($0) }) }
    }

    /// `+2.1 … +4.3`
    package var interval: String? { finding.interval.map { "\(signed($0.lower)) … \(signed($0.upper))" } }

    /// `= 0.0313`, `< 0.0001`
    package var p: String? { finding.p.map(probability) }

    /// Holm's p, in the same form.
    package var corrected: String? { correctedP.map(probability) }

    /// How many there were; `nil` where the number is known exactly.
    package var n: String? {
        switch finding.observations {
        case .differences, .clusters, .startsAndItems, .pairs, .count: "\(finding.n)"
        case .number, .condition: nil
        }
    }

    private func probability(_ value: Double) -> String {
        value < 0.0001 ? "<\u{A0}0.0001" : "=\u{A0}" + number(value, digits: 3)
    }

    /// A difference shows its sign, whichever it is.
    private func signed(_ value: Double) -> String {
        switch finding.rule {
        case .difference, .contrast, .rankCorrelation: (value > 0 ? "+" : "") + number(value)
        case .proportion: number(value)
        case .equal, .between, .holds: number(value, digits: 6)
        }
    }

    /// A number with up to `digits` significant digits, no zeros at its end.
    private func number(_ value: Double, digits: Int = 4) -> String {
        let text = String(format: "%.\(digits)g", value)
        guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else {
            return text.replacing("-", with: "−")
        }
        let power = String(exponent).map { FindingWords.superscripts[$0] ?? $0 }
        return text[..<mark].replacing("-", with: "−") + "×10" + String(power)
    }

    private static let superscripts: [Character: Character] = [
        "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
}
