/// A distribution over the labellings of a sequence in which neighbours speak with each other: a linear chain.
///
///     score(y) = s_{y₁} + Σ_t e_{t,y_t} + Σ_{t>1} A_{y_{t−1},y_t} + f_{y_n},    p(y) = exp(score(y))/Z
///
/// With the scores of a conditional random field it is that field for one sequence (Lafferty, McCallum, Pereira, ICML 2001); with
/// logarithms of probabilities it is a hidden Markov model. A score of −∞ forbids.
/// All is computed in double precision by loops in ascending order over ``ReproducibleMath``.
public struct LinearChain: Sendable, Hashable {
    /// K.
    public let labelCount: Int
    /// e: n × K.
    public let emissions: [[Double]]
    /// A: K × K, from row to column.
    public let transitions: [[Double]]
    /// s: K.
    public let starts: [Double]
    /// f: K.
    public let ends: [Double]

    /// A chain without preference for its first and last label unless said otherwise.
    ///
    /// - Precondition: there is at least one position and one label, all shapes agree, and no score is NaN or +∞.
    public init(
        emissions: [[Double]], transitions: [[Double]], starts: [Double]? = nil, ends: [Double]? = nil
    ) {
        let count = transitions.count
        self.labelCount = count
        self.emissions = emissions
        self.transitions = transitions
        self.starts = starts ?? Array(repeating: 0, count: count)
        self.ends = ends ?? Array(repeating: 0, count: count)
        let rows = emissions + transitions + [self.starts, self.ends]
        precondition(
            count > 0 && !emissions.isEmpty && rows.allSatisfy { $0.count == count },
            "\(emissions.count) positions with scores of other numbers than the \(count) labels")
        precondition(
            rows.allSatisfy { $0.allSatisfy { $0 < .infinity } }, "a chain's scores must be numbers or −∞")
    }

    /// How many positions there are.
    public var count: Int { emissions.count }

    /// The chain with every score divided by T: its distribution is the softened one.
    ///
    /// - Precondition: `temperature > 0`.
    public func softened(by temperature: Double) -> LinearChain {
        precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
        return LinearChain(
            emissions: emissions.map { $0.map { $0 / temperature } },
            transitions: transitions.map { $0.map { $0 / temperature } }, starts: starts.map { $0 / temperature },
            ends: ends.map { $0 / temperature })
    }

    /// The score of a labelling.
    ///
    /// - Precondition: `labels` has one of the K labels for each position.
    public func score(of labels: [Int]) -> Double {
        precondition(
            labels.count == count && labels.allSatisfy { (0..<labelCount).contains($0) },
            "\(labels) are not labels below \(labelCount) for \(count) positions")
        var score = starts[labels[0]] + emissions[0][labels[0]]
        for t in 1..<max(count, 1) { score += transitions[labels[t - 1]][labels[t]] + emissions[t][labels[t]] }
        return score + ends[labels[count - 1]]
    }

    /// ln Z.
    public var logPartition: Double { ChainMessages(self).logPartition }

    /// ln p(y).
    public func logProbability(of labels: [Int]) -> Double { score(of: labels) - logPartition }

    /// What the distribution expects: see ``ChainStatistics``.
    public func marginals() -> ChainStatistics { ChainMessages(self).marginals }
}

/// A number for each score of a chain: how often the label or pair is expected there, or a gradient in the score.
public struct ChainStatistics: Sendable, Hashable {
    /// n × K: p(y_t = k).
    public var emissions: [[Double]]
    /// K × K: Σ_{t>1} p(y_{t−1} = a, y_t = b).
    public var transitions: [[Double]]

    /// K: of the first label, and of the last.
    public var starts: [Double] { emissions[0] }
    /// K: of the last label.
    public var ends: [Double] { emissions[emissions.count - 1] }

    /// How often each label and pair occurs in one labelling.
    public init(counting labels: [Int], labelCount: Int) {
        let zeros = Array(repeating: 0.0, count: labelCount)
        emissions = labels.map { label in
            var row = zeros
            row[label] = 1
            return row
        }
        transitions = Array(repeating: zeros, count: labelCount)
        for (a, b) in zip(labels, labels.dropFirst()) { transitions[a][b] += 1 }
    }

    init(emissions: [[Double]], transitions: [[Double]]) {
        self.emissions = emissions
        self.transitions = transitions
    }

    /// The score that the chain gives on average to labellings with these statistics. What never occurs adds nothing, also
    /// where its score is −∞.
    public func meanScore(in chain: LinearChain) -> Double {
        func sum(_ weights: [Double], _ scores: [Double]) -> Double {
            zip(weights, scores).reduce(0) { $1.0 == 0 ? $0 : $0 + $1.0 * $1.1 }
        }
        let positions = zip(emissions, chain.emissions).reduce(0) { $0 + sum($1.0, $1.1) }
        let pairs = zip(transitions, chain.transitions).reduce(0) { $0 + sum($1.0, $1.1) }
        return sum(starts, chain.starts) + positions + pairs + sum(ends, chain.ends)
    }

    /// `self` + factor · `other`.
    public func adding(_ factor: Double, times other: ChainStatistics) -> ChainStatistics {
        func sum(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
            zip(a, b).map { zip($0, $1).map { $0 + factor * $1 } }
        }
        return ChainStatistics(
            emissions: sum(emissions, other.emissions), transitions: sum(transitions, other.transitions))
    }
}
