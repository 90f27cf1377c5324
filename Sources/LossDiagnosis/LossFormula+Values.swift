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

    private func rowMeasure(_ probe: LossProbe, _ index: Int) -> Estimate {
        let row = ProbeRow(
            teacher: probe.teacher[index], student: probe.student[index], label: probe.labels[index],
            teacherTemperature: sides == .both || sides == .teacherOnly ? probe.temperature : 1,
            studentTemperature: sides == .both || sides == .studentOnly ? probe.temperature : 1)
        let (p, q, v, z) = (row.p, row.q, row.v, row.z)
        return switch measure {
        case .divergence: divergence(p.limited(limit), q.limited(limit))
        case .reverseDivergence: divergence(q.limited(limit), p.limited(limit))
        case .crossEntropy: crossEntropy(p.limited(limit).values, q.limited(limit).logs)
        case .jensenShannon(let weight): jensenShannon(p, q, weight)
        case .squaredLogits: squares(v, z)
        case .squaredProbabilities: squares(p.values, q.values)
        case .squaredLogProbabilities: squares(p.logs, q.logs)
        case .squaredMargins: squares(v.dropFirst().map { v[0] - $0 }, z.dropFirst().map { z[0] - $0 })
        case .decoupled: decoupled(p, q, row.label)
        case .weightedCrossEntropy: row.weightedCrossEntropy
        case .correctedTeacher(let threshold):
            divergence(LogProbabilities(values: corrected(p.values, row.label, threshold)), q)
        case .shiftedTeacher: withoutLog(of: row.shiftedTeacher, q)
        case .smoothedTeacher(let correct): withoutLog(of: smoothed(p, row.teacher, row.label, correct), q)
        case .topTeacher(let k): divergence(p.renormalized(over: row.top(k)), q.picking(row.top(k)))
        case .topBoth(let k): divergence(p.renormalized(over: row.top(k)), q.renormalized(over: row.top(k)))
        case .clippedLogits: clippedLogits(v, z)
        case .normalizedLogits: normalizedLogits(v, z)
        case .teacherLogits: crossEntropy(v, q.logs)
        case .studentLogits: divergence(p, LogProbabilities(logs: z))
        case .teacherSoftenedTwice: divergence(row.teacherSoftenedTwice, q)
        case .bothSoftenedTwice: divergence(row.teacherSoftenedTwice, row.studentSoftenedTwice)
        case .studentLogMissing: divergence(p, LogProbabilities(logs: q.values))
        case .teacherLogMissing: withoutLog(of: p.values, q)
        case .hard: Estimate(value: row.hardLoss, magnitude: row.hardLoss + 1)
        }
    }
}

/// One sample of a probe, as a measure takes it.
private struct ProbeRow {
    let teacher, student: [Double]
    let label: Int
    let teacherTemperature, studentTemperature: Double
    /// The probabilities of the teacher's and the student's logits at their temperatures.
    let p, q: LogProbabilities
    /// The logits, divided by their temperatures.
    let v, z: [Double]

    init(
        teacher: [Double], student: [Double], label: Int, teacherTemperature: Double, studentTemperature: Double
    ) {
        self.teacher = teacher
        self.student = student
        self.label = label
        self.teacherTemperature = teacherTemperature
        self.studentTemperature = studentTemperature
        p = LogProbabilities(logits: teacher, temperature: teacherTemperature)
        q = LogProbabilities(logits: student, temperature: studentTemperature)
        v = teacher.map { $0 / teacherTemperature }
        z = student.map { $0 / studentTemperature }
    }

    /// −ln softmax(z)ᵧ.
    var hardLoss: Double { surprise(student, label) }

    var weightedCrossEntropy: Estimate {
        let left = surprise(student, label) / (surprise(teacher, label) + 1e-7)
        return -ReproducibleMath.expMinusOne(-left) * crossEntropy(p.values, q.logs)
    }

    /// The teacher's probabilities, the largest of which has become the label's.
    var shiftedTeacher: [Double] {
        var shifted = p.values
        if let largest = order(teacher).first { shifted[largest] = shifted[label] }
        return shifted
    }

    /// The teacher's `k` first classes.
    func top(_ k: Int) -> [Int] { Array(order(teacher).prefix(k)) }

    var teacherSoftenedTwice: LogProbabilities { softenedTwice(teacher, teacherTemperature) }
    var studentSoftenedTwice: LogProbabilities { softenedTwice(student, studentTemperature) }

    private func softenedTwice(_ logits: [Double], _ temperature: Double) -> LogProbabilities {
        LogProbabilities(logits: LogProbabilities(logits: logits, temperature: 1).values, temperature: temperature)
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
