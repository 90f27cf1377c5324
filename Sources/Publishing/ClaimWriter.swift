import Foundation
import Wire

/// Writes a claim as the box that stands on its notebook's page.
struct ClaimWriter {
    /// The box: the verdict in words, what was measured, each finding with its numbers, and the rule that decided.
    func html(_ claim: Claim) -> String {
        let heading =
            element("span", ["class": "id"], escaped(claim.id)) + " "
            + element("strong", ["class": "verdict"], claim.verdict.rawValue)
        let rules = unique(claim.findings.map(\.rule.description))
        return element(
            "div", ["class": "claim \(claim.verdict.rawValue)", "id": ClaimAnchor.onPage(claim.id)],
            element("p", ["class": "heading"], heading) + element("p", ["class": "measured"], escaped(claim.measured))
                + findings(claim)
                + rules.map { element("p", ["class": "rule"], "Rule, set before the run: \(escaped($0)).") }.joined())
    }

    private func findings(_ claim: Claim) -> String {
        let isOne = claim.findings.count == 1
        let items = claim.findings.map { finding in
            let setting =
                finding.setting.isEmpty ? "" : element("span", ["class": "setting"], escaped(finding.setting)) + " "
            let verdict = isOne ? "" : element("em", finding.verdict.rawValue) + " "
            return element("li", setting + verdict + escaped(FindingWords.numbers(of: finding)))
        }
        return element("ul", ["class": "findings"], items.joined())
    }

    private func unique(_ texts: [String]) -> [String] {
        texts.enumerated().filter { texts.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }
}

/// The anchors that a claim is reached by.
public enum ClaimAnchor {
    /// On the page of the notebook that decides it: `claim-C13`.
    public static func onPage(_ id: String) -> String { "claim-\(id)" }
    /// In the ledger, on the book's front page: `claim-C13`.
    public static func inLedger(_ id: String) -> String { "claim-\(id)" }
}

/// A finding's numbers as a reader sees them.
enum FindingWords {
    /// Effect with interval, p and n: `+3.2 points, 95 % interval +2.1 … +4.3, p = 0.00195, n = 20`.
    static func numbers(of finding: Finding) -> String {
        [effect(of: finding), interval(of: finding), finding.p.map { "p " + p($0) }, count(of: finding)]
            .compactMap { $0 }.joined(separator: ", ")
    }

    /// The effect with its unit; a condition as whether it holds.
    static func effect(of finding: Finding) -> String? {
        if case .condition(let holds) = finding.observations { return holds ? "holds" : "does not hold" }
        let unit = finding.rule.unit
        return finding.effect.map { signed($0, finding) + (unit.isEmpty ? "" : "\u{A0}" + unit) }
    }

    static func interval(of finding: Finding) -> String? {
        finding.interval.map {
            "\(number($0.confidence * 100))\u{A0}% interval \(signed($0.lower, finding)) … \(signed($0.upper, finding))"
        }
    }

    private static func count(of finding: Finding) -> String? {
        switch finding.observations {
        case .differences, .pairs, .count: "n = \(finding.n)"
        case .number, .condition: nil
        }
    }

    /// A p-value: `= 0.0313`, `< 0.0001`.
    static func p(_ value: Double) -> String { value < 0.0001 ? "< 0.0001" : "= " + number(value, digits: 3) }

    /// A difference shows its sign, whichever it is.
    private static func signed(_ value: Double, _ finding: Finding) -> String {
        switch finding.rule {
        case .difference, .rankCorrelation: (value > 0 ? "+" : "") + number(value)
        default: number(value, digits: 6)
        }
    }

    /// A number with up to `digits` significant digits, no zeros at its end.
    static func number(_ value: Double, digits: Int = 4) -> String {
        let text = String(format: "%.\(digits)g", value)
        guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else {
            return text.replacing("-", with: "−")
        }
        let power = String(exponent).map { superscripts[$0] ?? $0 }
        return text[..<mark].replacing("-", with: "−") + "×10" + String(power)
    }

    private static let superscripts: [Character: Character] = [
        "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
}
