public import Notebook
public import Wire

/// What became of every claim that a book is about.
public struct Ledger: Sendable {
    /// The p that is shown beside a deciding finding's own is Holm's, over all findings of the ledger that decide.
    public struct Entry: Sendable {
        public var claim: BookClaims.Entry
        /// Where a notebook decides it.
        public var decided: DecidedClaim?
        /// Whether what decided it is on record under another rule than the one laid down now: it then decides nothing.
        public var isStale = false
        /// The p-values of the findings that decide, corrected for all such of the book; `nil` where a finding has none or
        /// decides nothing.
        public var corrected: [Double?] = []

        /// `nil` where it is open or stale.
        public var verdict: Verdict? {
            guard let decided else { return claim.verdictOfReferences }
            if isStale { return nil }
            // What was decided stands, unless a finding does not survive the correction.
            let (found, kept) = (decided.claim.findings.map(\.verdict), verdicts)
            return kept == found ? decided.claim.verdict : decided.claim.combination.verdict(of: kept)
        }

        /// Those of the findings. What a contrast decided by itself, but not beside the others of the book, is undecided.
        public var verdicts: [Verdict] {
            zip(decided?.claim.findings ?? [], corrected).map { finding, corrected in
                guard case .contrast(let contrast) = finding.rule, let corrected, corrected > contrast.level else {
                    return finding.verdict
                }
                return .undecided
            }
        }

        /// The verdict in a word, or that there is none.
        public var standing: String { isStale ? "stale" : verdict?.rawValue ?? "open" }

        /// The findings that decide.
        public var deciding: Range<Int> {
            guard let claim = decided?.claim, !isStale else { return 0..<0 }
            return 0..<(claim.combination == .primary ? 1 : claim.findings.count)
        }
    }

    /// In the order of the file of claims.
    public private(set) var entries: [Entry]
    /// The ledgers of other editions, by name, to stand beside this one.
    public var otherEditions: [String: Ledger] = [:]
    /// The notebook that shows how often the rules err.
    public var errorsOfRules: OutlineEntry?

    /// The ledger of `claims` as `decided` by notebooks. Where two decide one claim, the first is taken: that is an error,
    /// which ``DecidedClaim/contradictions(in:)`` tells.
    ///
    /// - Parameter rules: those laid down before the runs: a claim that was decided under another is stale.
    public init(_ claims: BookClaims, decided: [DecidedClaim], rules: BookRules = BookRules()) {
        entries = claims.entries.map { claim in
            // What is a matter of record is decided by references, whatever runs say.
            let decided = claim.references.isEmpty ? decided.first { $0.claim.id == claim.id } : nil
            return Entry(claim: claim, decided: decided, isStale: decided.map { !rules.isCurrent($0) } ?? false)
        }
        let places = entries.indices.flatMap { entry in
            entries[entry].deciding.map { (entry: entry, finding: $0) }
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
        let names = ["supported", "refuted", "conditional", "undecided", "stale", "open"]
        let counts = names.compactMap { name in
            let count = entries.count { $0.standing == name }
            return count > 0 ? "\(count) \(name)" : nil
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
        let rows = entries.indices.map(row)
        let errors = errorsOfRules.map { page in
            " How often the rules err: " + element("a", ["href": "\(page.name)/index.html"], escaped(page.title)) + "."
        }
        return element("h2", ["id": "claims"], "What became of the claims")
            + element("p", ["class": "ledger-summary"], escaped(summary) + ".")
            + element(
                "p", ["class": "note"],
                "Each verdict follows from a rule that stood before the run. Where a rule was laid down in a file of its own, an"
                    + " interval and a sign-flip p must agree, and the p must hold behind “Holm”, which corrects it for all"
                    + " findings of the ledger that decide. An entry is stale where its record was made under another rule."
                    + " Where a rule says which edition decides, the verdict of the other checks the sign."
                    + (errors ?? ""))
            + element("ol", ["class": "ledger"], rows.joined(separator: "\n"))
    }

    private func row(_ index: Int) -> String {
        let entry = entries[index]
        let verdict = entry.standing
        let heading =
            element("span", ["class": "id"], escaped(entry.claim.id)) + " "
            + element("strong", ["class": "verdict"], verdict)
        let known = entry.claim.known.map { element("p", ["class": "known"], escaped("Known: " + $0)) } ?? ""
        return element(
            "li", ["class": verdict, "id": ClaimAnchor.name(entry.claim.id)],
            element("div", ["class": "heading"], heading)
                + element(
                    "div", element("p", escaped(entry.claim.says)) + evidence(entry) + elsewhere(index) + known))
    }

    /// What other editions make of the claim, by its deciding findings.
    private func elsewhere(_ index: Int) -> String {
        let lines = otherEditions.sorted { $0.key < $1.key }.compactMap { name, ledger -> String? in
            let entry = ledger.entries[index]
            guard entry.decided != nil else { return nil }
            let findings = entry.deciding.map { place in
                let finding = entry.decided?.claim.findings[place]
                return finding.map { FindingWords($0, corrected: entry.corrected[place]).all } ?? ""
            }
            let words = ([entry.standing] + findings).joined(separator: ", ")
            let title = element("span", ["class": "setting"], escaped("Edition \(name)"))
            return element("li", title + " " + escaped(words))
        }
        return lines.isEmpty ? "" : element("ul", ["class": "findings editions"], lines.joined())
    }

    private func evidence(_ entry: Entry) -> String {
        if let decided = entry.decided {
            let link = element(
                "a", ["href": "\(decided.notebook)/index.html#\(ClaimAnchor.name(entry.claim.id))"],
                escaped(decided.claim.measured))
            let stale = element(
                "p", ["class": "known"],
                escaped(
                    "Stale: the record was made under another rule than that of "
                        + "\(Preregistration.path(of: entry.claim.id)); it decides nothing until all starts are run again."
                ))
            return element("p", ["class": "measured"], "Measured: " + link)
                + (entry.isStale
                    ? stale : FindingList(decided.claim, corrected: entry.corrected, verdicts: entry.verdicts).html)
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
