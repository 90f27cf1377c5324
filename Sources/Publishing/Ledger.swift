public import Notebook
public import Wire

/// What became of every claim that a book is about.
public struct Ledger: Sendable {
    /// The p that is shown beside a deciding finding's own is Holm's, over all findings of the ledger that decide.
    public struct Entry: Sendable {
        /// The claim as the book's file of claims has it.
        public var claim: BookClaims.Entry
        /// Where a notebook decides it.
        public var decided: DecidedClaim?
        /// Whether what decided it is on record under another rule than the one laid down now: it then decides nothing.
        public var isStale = false
        /// The edition that it is of; `nil` where the book's editions are not told apart.
        public var edition: String?
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
    /// The ledgers of all editions, by name, each for itself; empty where they are not told apart.
    public private(set) var editions: [String: Ledger] = [:]
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

    /// The ledger of a book with several editions: an entry is that of the edition that the claim names, where that has decided it,
    /// else that of `edition`. Each edition's p-values are corrected among themselves.
    ///
    /// - Parameter decided: what notebooks decide, by edition.
    public init(
        _ claims: BookClaims, decided: [String: [DecidedClaim]], edition: String, rules: BookRules = BookRules()
    ) {
        let ledgers = decided.mapValues { Ledger(claims, decided: $0, rules: rules) }
        self = ledgers[edition] ?? Ledger(claims, decided: [], rules: rules)
        guard ledgers.keys.contains(where: { $0 != edition }) else { return }
        editions = ledgers
        for index in entries.indices {
            entries[index].edition = edition
            guard let deciding = entries[index].claim.edition, var entry = editions[deciding]?.entries[index],
                entry.decided != nil
            else { continue }
            entry.edition = deciding
            entries[index] = entry
        }
    }

    /// How many claims have each verdict, as a sentence: `24 claims: 3 supported, 2 refuted, 19 open`.
    public var summary: String {
        let counts = standings.map { translated("\($0.count) \($0.name)") }
        return translated("\(entries.count) \(entries.count == 1 ? "claim" : "claims")") + translated(": ")
            + counts.joined(separator: translated(", "))
    }

    /// What claims came to, and how many to each; without those that none came to.
    var standings: [(name: String, count: Int)] {
        ["supported", "refuted", "conditional", "undecided", "stale", "open"].compactMap { name in
            let count = entries.count { $0.standing == name }
            return count > 0 ? (name, count) : nil
        }
    }

    subscript(id: String) -> Entry? { entries.first { $0.claim.id == id } }
}
