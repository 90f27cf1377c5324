import Console
import Comparison
package import Digest

/// What became of one thing that a bundle states.
package struct VerifiedItem {
    package enum Kind: String, CaseIterable {
        case signature, file, input, picture, record, cell, claim
    }

    package enum Outcome {
        case exact
        /// Which differences the cell's own `expect` allows.
        case withinTolerance([String])
        /// What is stated and what was found.
        case different([String])
        /// Why nothing can be said.
        case notVerified(String)
    }

    package let kind: Kind
    /// What it is, with its place.
    package let name: String
    package let outcome: Outcome

    init(_ kind: Kind, _ name: String, _ outcome: Outcome) {
        self.kind = kind
        self.name = name
        self.outcome = outcome
    }

    /// What is said of it; nothing where it is exact.
    package var lines: [String] {
        switch outcome {
        case .exact: []
        case .withinTolerance(let words): words.map { "\(name): within tolerance: \($0)" }
        case .different(let words): words.map { "\(name): different: \($0)" }
        case .notVerified(let why): ["\(name): not verified: \(why)"]
        }
    }
}

/// What became of all that a bundle states.
package struct Verification {
    package private(set) var items: [VerifiedItem] = []
    /// The records that a run gave again to the last bit, by their paths.
    package internal(set) var rebuilt: [(path: String, digest: SHA256Digest)] = []

    mutating func add(_ item: VerifiedItem) { items.append(item) }
    package mutating func add(_ items: [VerifiedItem]) { self.items += items }

    package var differs: Bool { items.contains { if case .different = $0.outcome { true } else { false } } }
    /// Whether something could not be verified.
    package var isIncomplete: Bool { items.contains { if case .notVerified = $0.outcome { true } else { false } } }

    /// `3 files, 2 cells, 1 claim: 5 exact, 1 different`.
    package var summary: String {
        let counts = VerifiedItem.Kind.allCases.compactMap { kind -> String? in
            let count = items.count { $0.kind == kind }
            return count == 0 ? nil : counted(count, kind.rawValue)
        }
        var tally = (exact: 0, within: 0, different: 0, open: 0)
        for item in items {
            switch item.outcome {
            case .exact: tally.exact += 1
            case .withinTolerance: tally.within += 1
            case .different: tally.different += 1
            case .notVerified: tally.open += 1
            }
        }
        let verdicts = [
            (tally.exact, "exact"), (tally.within, "within tolerance"), (tally.different, "different"),
            (tally.open, "not verified"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let verdict = tally.exact == items.count ? "all exact" : verdicts.joined(separator: ", ")
        return items.isEmpty ? "nothing to verify" : "\(counts.joined(separator: ", ")): \(verdict)"
    }
}
