public import Notebook
public import Wire

/// What became of every claim that a book is about.
public struct Ledger: Sendable {
    /// The p that is shown beside each finding's own is Holm's, over every p in the ledger.
    public struct Entry: Sendable {
        public var claim: BookClaims.Entry
        /// Where a notebook decides it.
        public var decided: DecidedClaim?
        /// The findings' p-values, corrected for all p-values in the book; `nil` where a finding has none.
        public var corrected: [Double?] = []

        /// `nil` where it is open.
        public var verdict: Verdict? { decided?.claim.verdict ?? claim.verdictOfReferences }
    }

    /// In the order of the file of claims.
    public private(set) var entries: [Entry]

    /// The ledger of `claims` as `decided` by notebooks. Where two decide one claim, the first is taken: that is an error,
    /// which ``DecidedClaim/contradictions(in:)`` tells.
    public init(_ claims: BookClaims, decided: [DecidedClaim]) {
        entries = claims.entries.map { claim in
            Entry(claim: claim, decided: decided.first { $0.claim.id == claim.id })
        }
        let places = entries.indices.flatMap { entry in
            (entries[entry].decided?.claim.findings ?? []).indices.map { (entry: entry, finding: $0) }
        }
        for entry in entries.indices {
            entries[entry].corrected = (entries[entry].decided?.claim.findings ?? []).map { _ in nil }
        }
        let tested = places.compactMap { place in
            entries[place.entry].decided?.claim.findings[place.finding].p.map { (place: place, p: $0) }
        }
        for (test, p) in zip(tested, holmCorrected(tested.map(\.p))) {
            entries[test.place.entry].corrected[test.place.finding] = p
        }
    }

    /// How many claims have each verdict, as a sentence: `24 claims: 3 supported, 2 refuted, 19 open`.
    public var summary: String {
        let names: [Verdict?] = [.supported, .refuted, .conditional, .undecided, nil]
        let counts = names.compactMap { verdict in
            let count = entries.count { $0.verdict == verdict }
            return count > 0 ? "\(count) \(verdict?.rawValue ?? "open")" : nil
        }
        return "\(entries.count) claims: " + counts.joined(separator: ", ")
    }
}

/// Where claims are found on the pages of a book.
enum ClaimAnchor {
    /// The anchor of a claim, both on the page of the notebook that decides it and in the ledger: `claim-C13`.
    static func name(_ id: String) -> String { Label.claim(id).name }
}

extension Ledger {
    /// The ledger as it stands on the front page.
    var html: String {
        let rows = entries.map(row)
        return element("h2", ["id": "claims"], "What became of the claims")
            + element("p", ["class": "ledger-summary"], escaped(summary) + ".")
            + element("ol", ["class": "ledger"], rows.joined(separator: "\n"))
            + element(
                "p", ["class": "note"],
                "Each verdict follows from a rule that stands in the cell’s code before the run: where a rule uses an"
                    + " interval, the interval decides. A p behind “Holm” is corrected for all p-values of the ledger."
            )
    }

    private func row(_ entry: Entry) -> String {
        let verdict = entry.verdict?.rawValue ?? "open"
        let heading =
            element("span", ["class": "id"], escaped(entry.claim.id)) + " "
            + element("strong", ["class": "verdict"], verdict)
        let known = entry.claim.known.map { element("p", ["class": "known"], escaped("Known: " + $0)) } ?? ""
        return element(
            "li", ["class": verdict, "id": ClaimAnchor.name(entry.claim.id)],
            element("div", ["class": "heading"], heading)
                + element("div", element("p", escaped(entry.claim.says)) + evidence(entry) + known))
    }

    private func evidence(_ entry: Entry) -> String {
        if let decided = entry.decided {
            let link = element(
                "a", ["href": "\(decided.notebook)/index.html#\(ClaimAnchor.name(entry.claim.id))"],
                escaped(decided.claim.measured))
            return element("p", ["class": "measured"], "Measured: " + link)
                + FindingList(findings: decided.claim.findings, corrected: entry.corrected).html
        }
        if !entry.claim.references.isEmpty {
            let items = entry.claim.references.map {
                element("li", element("em", $0.isRight ? "right" : "wrong") + " " + escaped("\($0.cites): \($0.finds)"))
            }
            return element("ul", ["class": "findings"], items.joined())
        }
        let experiments = entry.claim.experiments.joined(separator: ", ")
        return element(
            "p", ["class": "measured"],
            escaped(experiments.isEmpty ? "No notebook decides it yet." : "To be decided by \(experiments)."))
    }
}
