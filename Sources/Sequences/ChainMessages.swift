import Tensors

/// The sums over all labellings, forward and backward (Rabiner, Proceedings of the IEEE 77, 1989), as logarithms.
///
///     α_t(b) = e_{t,b} + ln Σ_a exp(α_{t−1}(a) + A_ab)      with α₁ = s + e₁
///     β_t(a) = ln Σ_b exp(A_ab + e_{t+1,b} + β_{t+1}(b))    with β_n = f
struct ChainMessages {
    let chain: LinearChain
    /// n × K each.
    let forward: [[Double]]
    let backward: [[Double]]
    let logPartition: Double

    init(_ chain: LinearChain) {
        self.chain = chain
        let sums = TransitionSums(chain.transitions)
        var forward = [zip(chain.starts, chain.emissions[0]).map { $0 + $1 }]
        for row in chain.emissions.dropFirst() {
            let before = sums.over(forward[forward.count - 1], backwards: false)
            forward.append(zip(before, row).map { $0 + $1 })
        }
        var backward = [chain.ends]
        for row in chain.emissions.dropFirst().reversed() {
            let behind = zip(row, backward[backward.count - 1]).map { $0 + $1 }
            backward.append(sums.over(behind, backwards: true))
        }
        self.forward = forward
        self.backward = backward.reversed()
        logPartition = logSumOfExponentials(zip(forward[forward.count - 1], chain.ends).map { $0 + $1 })
        precondition(logPartition > -.infinity, "the chain forbids every labelling")
    }

    /// p(y_t = k), and the pairs' sums over t.
    var marginals: ChainStatistics {
        let labels = chain.labelCount
        let emissions = zip(forward, backward).map { zip($0, $1).map { ReproducibleMath.exp($0 + $1 - logPartition) } }
        var pairs = Array(repeating: 0.0, count: labels * labels)
        for t in 1..<max(chain.count, 1) {
            let later = zip(chain.emissions[t], backward[t]).map { $0 + $1 }
            for (a, (before, row)) in zip(forward[t - 1], chain.transitions).enumerated() {
                for b in 0..<labels {
                    pairs[a * labels + b] += ReproducibleMath.exp(before + row[b] + later[b] - logPartition)
                }
            }
        }
        let transitions = (0..<labels).map { Array(pairs[$0 * labels..<($0 + 1) * labels]) }
        return ChainStatistics(emissions: emissions, transitions: transitions)
    }

    /// ln p(y_{t−1} = a, y_t = b).
    func logPair(_ t: Int, _ a: Int, _ b: Int) -> Double {
        forward[t - 1][a] + chain.transitions[a][b] + (chain.emissions[t][b] + backward[t][b]) - logPartition
    }

    /// The derivative of all marginals where every emission e_{t,k} grows with speed g_{t,k}: the covariance of Σ_t g_{t,y_t} with
    /// each label's and pair's occurrence.
    func derivativeOfMarginals(along g: [[Double]]) -> ChainStatistics {
        let labels = chain.labelCount
        var ahead = [g[0]]
        for t in 1..<max(chain.count, 1) {
            ahead.append(
                (0..<labels).map { b in
                    g[t][b] + mean(ahead[t - 1]) { forward[t - 1][$0] + chain.transitions[$0][b] }
                })
        }
        var behind = [Array(repeating: 0.0, count: labels)]
        for t in stride(from: chain.count - 1, to: 0, by: -1) {
            let later = zip(behind[behind.count - 1], g[t]).map { $0 + $1 }
            behind.append(
                (0..<labels).map { a in
                    mean(later) { chain.transitions[a][$0] + chain.emissions[t][$0] + backward[t][$0] }
                })
        }
        behind.reverse()
        let last = chain.count - 1
        let whole = mean(ahead[last]) { forward[last][$0] + chain.ends[$0] }
        var change = marginals
        for t in 0..<chain.count {
            for k in 0..<labels { change.emissions[t][k] *= ahead[t][k] + behind[t][k] - whole }
        }
        change.transitions = Array(repeating: Array(repeating: 0.0, count: labels), count: labels)
        for t in 1..<max(chain.count, 1) {
            for a in 0..<labels {
                for b in 0..<labels {
                    change.transitions[a][b] +=
                        ReproducibleMath.exp(logPair(t, a, b)) * (ahead[t - 1][a] + (g[t][b] + behind[t][b]) - whole)
                }
            }
        }
        return change
    }

    /// Σ v_i·softmax_i(score), 0 where every score is −∞.
    private func mean(_ values: [Double], _ score: (Int) -> Double) -> Double {
        let scores = values.indices.map(score)
        let largest = scores.max() ?? -.infinity
        guard largest > -.infinity else { return 0 }
        var (sum, total) = (0.0, 0.0)
        for (value, score) in zip(values, scores) {
            let weight = ReproducibleMath.exp(score - largest)
            total += weight
            if weight > 0 { sum += weight * value }
        }
        return sum / total
    }
}

/// ln Σ_i exp(x_i), the largest taken out first.
func logSumOfExponentials(_ values: [Double]) -> Double {
    let largest = values.max() ?? -.infinity
    guard largest > -.infinity else { return -.infinity }
    return largest + ReproducibleMath.log(values.reduce(0) { $0 + ReproducibleMath.exp($1 - largest) })
}

/// Sums through the table of transitions, whose exponentials are taken once for all positions.
private struct TransitionSums {
    private let transitions: [[Double]]
    private let weights: [[Double]]
    private let largest: Double

    init(_ transitions: [[Double]]) {
        let largest = transitions.joined().max() ?? 0
        self.transitions = transitions
        self.largest = largest
        weights = transitions.map { $0.map { largest > -.infinity ? ReproducibleMath.exp($0 - largest) : 0 } }
    }

    /// ln Σ_a exp(x_a + A_ab) for each b, or ln Σ_b exp(A_ab + x_b) for each a.
    func over(_ x: [Double], backwards: Bool) -> [Double] {
        let top = x.max() ?? -.infinity
        let shares = x.map { top > -.infinity ? ReproducibleMath.exp($0 - top) : 0 }
        return x.indices.map { to in
            var sum = 0.0
            for from in x.indices { sum += shares[from] * (backwards ? weights[to][from] : weights[from][to]) }
            if sum > 1e-250 { return top + largest + ReproducibleMath.log(sum) }
            // Scores so far apart that the product of two weights is lost: each sum has its own largest.
            return logSumOfExponentials(
                x.indices.map { x[$0] + (backwards ? transitions[to][$0] : transitions[$0][to]) })
        }
    }
}
