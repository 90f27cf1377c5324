import Tensors

/// A loss of one sequence and its gradient in the scores of a chain. The gradients in the first and last label's scores are those of
/// ``ChainStatistics/starts`` and ``ChainStatistics/ends``.
public struct ChainLoss: Sendable, Hashable {
    /// The loss of the sequence, in nats.
    public let loss: Double
    /// Its derivative in each score of the student's chain.
    public let gradient: ChainStatistics
}

/// Losses of a chain as a student's distribution p; q is a teacher's chain over the same positions and labels.
extension LinearChain {
    /// −ln p(y) of the true labels; gradient p's marginals − y's counts. Source: Lafferty, McCallum, Pereira, ICML 2001.
    public func negativeLogLikelihood(of labels: [Int]) -> ChainLoss {
        let messages = ChainMessages(self)
        return ChainLoss(
            loss: messages.logPartition - score(of: labels),
            gradient: messages.marginals.adding(-1, times: ChainStatistics(counting: labels, labelCount: labelCount)))
    }

    /// Distillation of whole sequences, exactly: T²·KL(q_T ‖ p_T) over all Kⁿ labellings, with the scores of both divided by T.
    ///
    /// KL = E_q[score_q] − ln Z_q − E_q[score_p] + ln Z_p needs q's marginals only; its gradient is T·(p's marginals − q's).
    /// Kim and Rush (EMNLP 2016) take the teacher's best labelling for all of q: see ``distillation(from:best:)``.
    /// - Precondition: the shapes agree, `temperature > 0`, and p forbids nothing that q does not.
    public func distillation(from teacher: LinearChain, temperature: Double = 1) -> ChainLoss {
        checkShape(of: teacher)
        let (student, teacher) = (softened(by: temperature), teacher.softened(by: temperature))
        let (p, q) = (ChainMessages(student), ChainMessages(teacher))
        let expected = q.marginals
        let negentropy = expected.meanScore(in: teacher) - q.logPartition
        let cross = p.logPartition - expected.meanScore(in: student)
        return ChainLoss(
            loss: temperature * temperature * (negentropy + cross),
            gradient: p.marginals.adding(-1, times: expected).scaled(by: temperature))
    }

    /// Distillation from the teacher's `count` best labellings: −Σ_i w_i·ln p(y_i), w_i the teacher's probabilities of them,
    /// made to sum to 1. With `count` = 1 it is Kim and Rush's sequence-level distillation (EMNLP 2016).
    ///
    /// - Precondition: the shapes agree, and `count > 0`.
    public func distillation(from teacher: LinearChain, best count: Int) -> ChainLoss {
        checkShape(of: teacher)
        let labellings = teacher.best(count)
        let total = logSumOfExponentials(labellings.map(\.score))
        let p = ChainMessages(self)
        var loss = p.logPartition
        var gradient = p.marginals
        for labelling in labellings {
            let weight = ReproducibleMath.exp(labelling.score - total)
            loss -= weight * score(of: labelling.labels)
            gradient = gradient.adding(
                -weight, times: ChainStatistics(counting: labelling.labels, labelCount: labelCount))
        }
        return ChainLoss(loss: loss, gradient: gradient)
    }

    /// Distillation of single labels: T²·Σ_t KL(q_{T,t} ‖ p_{T,t}) between the marginals of each position.
    ///
    /// The gradient goes through the forward and backward sums: with g_{t,k} = −q_t(k)/p_t(k), it is the covariance under p of
    /// Σ_t g_{t,y_t} with each label's and pair's occurrence, times T. Source of the loss: Kim and Rush, EMNLP 2016 (word-level), with
    /// a chain's marginals for the words' distributions.
    /// - Precondition: the shapes agree, `temperature > 0`, and p forbids no label that q does not.
    public func wordDistillation(from teacher: LinearChain, temperature: Double = 1) -> ChainLoss {
        checkShape(of: teacher)
        let p = ChainMessages(softened(by: temperature))
        let q = ChainMessages(teacher.softened(by: temperature))
        let (expected, given) = (p.marginals.emissions, q.marginals.emissions)
        var loss = 0.0
        var slopes: [[Double]] = []
        for t in 0..<count {
            var row: [Double] = []
            for k in 0..<labelCount {
                if given[t][k] > 0 {
                    let logP = p.forward[t][k] + p.backward[t][k] - p.logPartition
                    let logQ = q.forward[t][k] + q.backward[t][k] - q.logPartition
                    loss += given[t][k] * (logQ - logP)
                }
                row.append(given[t][k] == 0 ? 0 : -given[t][k] / expected[t][k])
            }
            slopes.append(row)
        }
        return ChainLoss(
            loss: temperature * temperature * loss,
            gradient: p.derivativeOfMarginals(along: slopes).scaled(by: temperature))
    }

    private func checkShape(of teacher: LinearChain) {
        precondition(
            teacher.count == count && teacher.labelCount == labelCount,
            "a teacher of \(teacher.count) positions and \(teacher.labelCount) labels for a student of \(count) and \(labelCount)"
        )
    }
}

extension ChainStatistics {
    func scaled(by factor: Double) -> ChainStatistics {
        ChainStatistics(
            emissions: emissions.map { $0.map { factor * $0 } }, transitions: transitions.map { $0.map { factor * $0 } }
        )
    }
}
