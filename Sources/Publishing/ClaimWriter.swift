import Notebook
import Wire

/// Writes a claim as the box that stands on its notebook's page.
struct ClaimWriter {
    /// What the book knows of its claims.
    let claims: BookClaims?
    /// Whether the claim's number leads to the ledger.
    var isLinked = true
    /// Whether others can lead to the box.
    var isAnchored = true

    /// The box: the verdict in words, what is claimed, what was measured, each finding with its numbers, and the rule that
    /// decided.
    func html(_ claim: Claim) -> String {
        let address = isLinked ? "../index.html#\(ClaimAnchor.name(claim.id))" : ""
        let link = element(isLinked ? "a" : "span", ["class": "id", "href": address], escaped(claim.id))
        let says = claims?[claim.id].map { element("p", ["class": "says"], escaped($0.says)) } ?? ""
        return element(
            "div",
            ["class": "claim \(claim.verdict.rawValue)", "id": isAnchored ? ClaimAnchor.name(claim.id) : ""],
            element(
                "p", ["class": "heading"],
                link + " " + element("strong", ["class": "verdict"], translated(claim.verdict.rawValue)))
                + says
                + element(
                    "p", ["class": "measured"], escaped(translated("Measured") + translated(": ") + claim.measured))
                + FindingList(claim, corrected: [], verdicts: claim.findings.map(\.verdict)).html
                + claim.rules.map {
                    let words = translated("Rule, set before the run") + translated(": ") + translated($0)
                    return element("p", ["class": "rule"], escaped(words + translated(".")))
                }.joined() + correction(of: claim))
    }

    static let correction = "By itself; the ledger corrects its p for all claims, and may leave it undecided."

    /// A page knows its own claims only, and so not what is left of a p beside all that its edition decides.
    private func correction(of claim: Claim) -> String {
        guard isLinked, claim.combination == .primary, claim.verdict != .undecided else { return "" }
        return element(
            "p", ["class": "rule"],
            element("a", ["href": "../index.html#\(ClaimAnchor.name(claim.id))"], translated(ClaimWriter.correction)))
    }
}

extension Claim {
    /// The rules of its findings in words, each once.
    var rules: [String] {
        let words = findings.map(\.rule.description)
        return words.enumerated().filter { words.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }
}

/// The findings of a claim, a line each; where there are several, each with its own verdict.
struct FindingList {
    private let findings: [Finding]
    /// Holm's p of each finding; empty where it is not known.
    private let corrected: [Double?]
    private let verdicts: [Verdict]
    private let hasPrimary: Bool

    init(_ claim: Claim, corrected: [Double?], verdicts: [Verdict]) {
        findings = claim.findings
        self.corrected = corrected
        self.verdicts = verdicts
        hasPrimary = claim.combination == .primary
    }

    var html: String {
        let items = findings.indices.map { index in
            let finding = findings[index]
            let setting =
                finding.setting.isEmpty ? "" : element("span", ["class": "setting"], escaped(finding.setting)) + " "
            let role = hasPrimary ? translated(index == 0 ? "decides" : "beside it") + translated(": ") : ""
            let verdict = findings.count == 1 ? "" : element("em", role + translated(verdicts[index].rawValue)) + " "
            let holm = index < corrected.count ? corrected[index] : nil
            return element("li", setting + verdict + escaped(FindingWords(finding, corrected: holm).all))
        }
        return element("ul", ["class": "findings"], items.joined())
    }
}
