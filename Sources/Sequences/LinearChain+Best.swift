extension LinearChain {
    /// A labelling and its score.
    public struct Labelling: Sendable, Hashable {
        /// A label for each position, 0 ..< K.
        public let labels: [Int]
        /// The sum of the chain's scores along the labels; ln p(labels) is the score less the chain's ln Z.
        public let score: Double
    }

    /// The labelling of the highest score (Viterbi, IEEE Trans. Inf. Theory 13, 1967). Of equal ones, it has the lowest last label,
    /// then the lowest one before it, and so on.
    public var best: Labelling { best(1)[0] }

    /// The labellings of the `count` highest scores, highest first, or all there are that are not forbidden.
    ///
    /// Each position keeps the best `count` ways to each label, of equal ones those from lower labels, then those that were better
    /// before. Source: Seshadri and Sundberg, IEEE Trans. Commun. 42 (1994).
    /// - Precondition: `count > 0`, and the chain does not forbid every labelling.
    public func best(_ count: Int) -> [Labelling] {
        precondition(count > 0, "there are no best \(count) labellings")
        var table = [(0..<labelCount).map { [Way(score: starts[$0] + emissions[0][$0], label: 0, rank: 0)] }]
        for row in emissions.dropFirst() {
            let before = table[table.count - 1]
            table.append(
                (0..<labelCount).map { label in
                    Self.best(
                        count, of: before, adding: { transitions[$0][label] + row[label] })
                })
        }
        let last = Self.best(count, of: table[table.count - 1]) { ends[$0] }
        precondition(!last.isEmpty, "the chain forbids every labelling")
        return last.map { way in
            var labels = [way.label]
            var rank = way.rank
            for t in stride(from: self.count - 1, to: 0, by: -1) {
                let step = table[t][labels[labels.count - 1]][rank]
                labels.append(step.label)
                rank = step.rank
            }
            return Labelling(labels: labels.reversed(), score: way.score)
        }
    }

    /// A way to a label: what it scores, and which way to which label it goes on from.
    private struct Way {
        let score: Double
        let label: Int
        let rank: Int
    }

    private static func best(_ count: Int, of ways: [[Way]], adding step: (Int) -> Double) -> [Way] {
        var candidates: [Way] = []
        for (label, ranked) in ways.enumerated() {
            let more = step(label)
            for (rank, way) in ranked.enumerated() where way.score + more > -.infinity {
                candidates.append(Way(score: way.score + more, label: label, rank: rank))
            }
        }
        candidates.sort { ($1.score, $0.label, $0.rank) < ($0.score, $1.label, $1.rank) }
        return Array(candidates.prefix(count))
    }
}
