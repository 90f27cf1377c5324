internal import Tensors

extension LossFormula {
    /// The loss of a call, in double precision.
    public func value(of probe: LossProbe) -> Double { estimate(of: probe).value }

    /// ∂loss/∂z by central differences, N × C.
    public func gradient(of probe: LossProbe) -> [[Double]] {
        let step = 0x1p-14
        return (0..<probe.rows).map { row in
            (0..<probe.classes).map { column in
                let above = value(of: probe.moving(row: row, column: column, by: step))
                let below = value(of: probe.moving(row: row, column: column, by: -step))
                return (above - below) / (2 * step)
            }
        }
    }

    func estimate(of probe: LossProbe) -> Estimate {
        weighted(softSum(of: probe), hard: LossFormula.hardMean(of: probe), in: probe)
    }

    /// The hard loss of a call, the mean over its rows.
    static func hardMean(of probe: LossProbe) -> Estimate {
        (1 / Double(probe.rows)) * LossFormula(.hard).softSum(of: probe)
    }

    /// The measure's sum over the rows, of which factor, reduction and weighting make the loss.
    func softSum(of probe: LossProbe) -> Estimate {
        (0..<probe.rows).reduce(Estimate()) { $0 + rowMeasure(probe, $1) }
    }

    func weighted(_ sum: Estimate, hard: Estimate, in probe: LossProbe) -> Estimate {
        let soft = (factorValue(probe) / divisor(probe)) * sum
        let alpha = probe.alpha ?? 1
        return switch weighting {
        case .softOnly: soft
        case .soft: (1 - alpha) * hard + alpha * soft
        case .hard: alpha * hard + (1 - alpha) * soft
        case .hardWhole: hard + alpha * soft
        }
    }

    private func factorValue(_ probe: LossProbe) -> Double {
        switch factor {
        case .squared: probe.temperature * probe.temperature
        case .missing: 1
        case .once: probe.temperature
        }
    }

    private func divisor(_ probe: LossProbe) -> Double {
        let (n, c) = (Double(probe.rows), Double(probe.classes))
        return switch reduction {
        case .batchMean: n
        case .batchAndClassMean: measure == .squaredMargins ? n * (c - 1) : n * c
        case .sum: 1
        case .twiceByCount: n * n
        }
    }

    private func rowMeasure(_ probe: LossProbe, _ row: Int) -> Estimate {
        let teacherT = sides == .both || sides == .teacherOnly ? probe.temperature : 1
        let studentT = sides == .both || sides == .studentOnly ? probe.temperature : 1
        let (v, z, label) = (probe.teacher[row], probe.student[row], probe.labels[row])
        let p = LogProbabilities(logits: v, temperature: teacherT)
        let q = LogProbabilities(logits: z, temperature: studentT)
        let (v1, z1) = (v.map { $0 / teacherT }, z.map { $0 / studentT })
        switch measure {
        case .divergence: return divergence(p.limited(limit), q.limited(limit))
        case .reverseDivergence: return divergence(q.limited(limit), p.limited(limit))
        case .crossEntropy: return crossEntropy(p.limited(limit).values, q.limited(limit).logs)
        case .jensenShannon(let weight): return jensenShannon(p, q, weight)
        case .squaredLogits: return squares(v1, z1)
        case .squaredProbabilities: return squares(p.values, q.values)
        case .squaredLogProbabilities: return squares(p.logs, q.logs)
        case .squaredMargins:
            return squares(v1.dropFirst().map { v1[0] - $0 }, z1.dropFirst().map { z1[0] - $0 })
        case .decoupled: return decoupled(p, q, label)
        case .weightedCrossEntropy:
            let left = surprise(z, label) / (surprise(v, label) + 1e-7)
            return -ReproducibleMath.expMinusOne(-left) * crossEntropy(p.values, q.logs)
        case .correctedTeacher(let threshold):
            return divergence(LogProbabilities(values: corrected(p.values, label, threshold)), q)
        case .shiftedTeacher:
            var shifted = p.values
            if let largest = order(v).first { shifted[largest] = shifted[label] }
            return withoutLog(of: shifted, q)
        case .smoothedTeacher(let correct): return withoutLog(of: smoothed(p, v, label, correct), q)
        case .topTeacher(let k):
            let kept = Array(order(v).prefix(k))
            return divergence(p.renormalized(over: kept), q.picking(kept))
        case .topBoth(let k):
            let kept = Array(order(v).prefix(k))
            return divergence(p.renormalized(over: kept), q.renormalized(over: kept))
        case .clippedLogits: return clippedLogits(v1, z1)
        case .normalizedLogits: return normalizedLogits(v1, z1)
        case .teacherLogits: return crossEntropy(v1, q.logs)
        case .studentLogits: return divergence(p, LogProbabilities(logs: z1))
        case .teacherSoftenedTwice:
            let once = LogProbabilities(logits: v, temperature: 1)
            return divergence(LogProbabilities(logits: once.values, temperature: teacherT), q)
        case .bothSoftenedTwice:
            let (once, own) = (LogProbabilities(logits: v, temperature: 1), LogProbabilities(logits: z, temperature: 1))
            return divergence(
                LogProbabilities(logits: once.values, temperature: teacherT),
                LogProbabilities(logits: own.values, temperature: studentT))
        case .studentLogMissing: return divergence(p, LogProbabilities(logs: q.values))
        case .teacherLogMissing: return withoutLog(of: p.values, q)
        case .hard: return Estimate(value: surprise(z, label), magnitude: surprise(z, label) + 1)
        }
    }
}

// The measures of a row. p is the teacher's, q the student's.

/// Σ p (ln p − ln q), with 0·ln 0 = 0.
private func divergence(_ p: LogProbabilities, _ q: LogProbabilities) -> Estimate {
    var sum = Estimate()
    for (i, value) in p.values.enumerated() where value != 0 {
        let (a, b) = (p.logs[i], q.logs[i])
        // Logits that are subtracted in a log-softmax are rounded, too: an error of one unit beside the logarithms' own.
        sum.add(value * (a - b), magnitude: abs(value) * (abs(a) + abs(b) + 1))
    }
    return sum
}

private func crossEntropy(_ weights: [Double], _ logs: [Double]) -> Estimate {
    var sum = Estimate()
    for (weight, log) in zip(weights, logs) where weight != 0 {
        sum.add(-weight * log, magnitude: abs(weight) * (abs(log) + 1))
    }
    return sum
}

private func squares(_ a: [Double], _ b: [Double]) -> Estimate {
    var sum = Estimate()
    for (x, y) in zip(a, b) { sum.add((x - y) * (x - y), magnitude: abs(x - y) * (abs(x) + abs(y))) }
    return sum
}

private func jensenShannon(_ p: LogProbabilities, _ q: LogProbabilities, _ weight: Double) -> Estimate {
    let middle = LogProbabilities(values: zip(p.values, q.values).map { weight * $0 + (1 - weight) * $1 })
    return weight * divergence(p, middle) + (1 - weight) * divergence(q, middle)
}

private func decoupled(_ p: LogProbabilities, _ q: LogProbabilities, _ label: Int) -> Estimate {
    let others = p.logs.indices.filter { $0 != label }
    func binary(_ x: LogProbabilities) -> LogProbabilities {
        LogProbabilities(values: [x.values[label], others.reduce(0) { $0 + x.values[$1] }])
    }
    func rest(_ x: LogProbabilities) -> LogProbabilities {
        LogProbabilities(logits: others.map { x.logs[$0] }, temperature: 1)
    }
    return divergence(binary(p), binary(q)) + divergence(rest(p), rest(q))
}

/// −ln softmax(logits)ᵧ.
private func surprise(_ logits: [Double], _ label: Int) -> Double {
    -LogProbabilities(logits: logits, temperature: 1).logs[label]
}

/// p drawn towards the label: a wrong answer until the label leads by the threshold, a right one by the threshold.
private func corrected(_ p: [Double], _ label: Int, _ threshold: Double) -> [Double] {
    guard let largest = p.max() else { return p }
    let own = p[label]
    let share: Double
    if own == largest {
        share = own < 1 ? threshold / (1 - own) : 0
    } else {
        share = (largest - own + threshold) / (1 + largest - own)
    }
    let part = min(max(share, 0), 1)
    return p.enumerated().map { (1 - part) * $1 + ($0 == label ? part : 0) }
}

private func smoothed(_ p: LogProbabilities, _ v: [Double], _ label: Int, _ correct: Double) -> [Double] {
    guard order(v).first != label else { return p.values }
    let other = (1 - correct) / Double(v.count - 1)
    return v.indices.map { $0 == label ? correct : other }
}

/// Σ q (ln q − p).
private func withoutLog(of p: [Double], _ q: LogProbabilities) -> Estimate {
    divergence(q, LogProbabilities(logs: p))
}

/// The classes, the largest logit first; of equals the first.
private func order(_ logits: [Double]) -> [Int] {
    logits.indices.sorted { (-logits[$0], $0) < (-logits[$1], $1) }
}

private func clippedLogits(_ v: [Double], _ z: [Double]) -> Estimate {
    func clipped(_ x: [Double]) -> LogProbabilities { LogProbabilities(values: x.map { min(max($0, 1e-7), 1) }) }
    return divergence(clipped(v), clipped(z))
}

private func normalizedLogits(_ v: [Double], _ z: [Double]) -> Estimate {
    let total = z.reduce(0, +)
    return crossEntropy(v, z.map { ReproducibleMath.log(min(max($0 / total, 1e-7), 1 - 1e-7)) })
}
