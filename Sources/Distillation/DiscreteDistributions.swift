internal import Tensors

// Distributions over a few classes, in double precision. Every sum runs over the classes in ascending order, and
// logarithms and exponentials are those of ``ReproducibleMath``, so that each figure is the same everywhere.

private func checkShapes(_ p: [Double], _ q: [Double]) {
    precondition(p.count == q.count, "\(p.count) classes against \(q.count)")
}

/// x·ln y, with 0·ln y = 0 for every y.
private func timesLog(_ x: Double, _ y: Double) -> Double { x == 0 ? 0 : x * ReproducibleMath.log(y) }

/// The numbers divided by their sum.
public func normalized(_ weights: [Double]) -> [Double] {
    let total = sum(weights.count) { weights[$0] }
    return weights.map { $0 / total }
}

/// The entropy −Σ pᵢ ln pᵢ, in nats; 0·ln 0 is 0.
public func entropy(_ p: [Double]) -> Double { 0 - sum(p.count) { timesLog(p[$0], p[$0]) } }

/// The cross-entropy −Σ pᵢ ln qᵢ, in nats; infinite where q is 0 and p is not.
public func crossEntropy(_ p: [Double], _ q: [Double]) -> Double {
    checkShapes(p, q)
    return 0 - sum(p.count) { timesLog(p[$0], q[$0]) }
}

/// The Kullback–Leibler divergence Σ pᵢ ln(pᵢ/qᵢ) from p to q, in nats.
public func klDivergence(from p: [Double], to q: [Double]) -> Double {
    checkShapes(p, q)
    return sum(p.count) { timesLog(p[$0], p[$0] / q[$0]) }
}

/// The generalised Kullback–Leibler divergence Σ (pᵢ ln(pᵢ/qᵢ) − pᵢ + qᵢ), in nats: never negative even where the
/// columns do not sum to 1.
public func generalizedKLDivergence(from p: [Double], to q: [Double]) -> Double {
    klDivergence(from: p, to: q) - sum(p.count) { p[$0] } + sum(q.count) { q[$0] }
}

/// The Jensen–Shannon divergence ½KL(p‖m) + ½KL(q‖m) with m = ½(p + q), in nats.
public func jensenShannon(_ p: [Double], _ q: [Double]) -> Double {
    checkShapes(p, q)
    let middle = zip(p, q).map { ($0 + $1) / 2 }
    return (klDivergence(from: p, to: middle) + klDivergence(from: q, to: middle)) / 2
}

/// softmax(z/T)ᵢ = exp(zᵢ/T) / Σ exp(zⱼ/T), the largest z subtracted first.
public func softmax(_ logits: [Double], temperature: Double = 1) -> [Double] {
    logSoftmax(logits, temperature: temperature).map(ReproducibleMath.exp)
}

/// The natural logarithm of ``softmax(_:temperature:)-logits``.
public func logSoftmax(_ logits: [Double], temperature: Double = 1) -> [Double] {
    precondition(temperature > 0, "a temperature must be above 0, not \(temperature)")
    let largest = logits.max() ?? 0
    let shifted = logits.map { ($0 - largest) / temperature }
    let logSum = ReproducibleMath.log(sum(shifted.count) { ReproducibleMath.exp(shifted[$0]) })
    return shifted.map { $0 - logSum }
}

/// The cross-entropy of independent Bernoulli variables, −Σ (pᵢ ln qᵢ + (1−pᵢ) ln(1−qᵢ)), in nats.
public func bernoulliCrossEntropy(_ p: [Double], _ q: [Double]) -> Double {
    checkShapes(p, q)
    return -sum(p.count) { timesLog(p[$0], q[$0]) + timesLog(1 - p[$0], 1 - q[$0]) }
}

/// The entropy of independent Bernoulli variables, in nats.
public func bernoulliEntropy(_ p: [Double]) -> Double { bernoulliCrossEntropy(p, p) }

/// The Kullback–Leibler divergence between independent Bernoulli variables, in nats.
public func bernoulliKLDivergence(from p: [Double], to q: [Double]) -> Double {
    bernoulliCrossEntropy(p, q) - bernoulliEntropy(p)
}
