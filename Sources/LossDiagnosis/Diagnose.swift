/// Tells what a loss computes, from its values for probes.
///
/// The values are compared with those of every known formula, in double precision and within the tolerance of the precision seen.
/// Of those that agree, the one with the fewest mistakes counts; where two have as few, the finding names both. What is no known
/// formula may be a constant times one, or a mixture of two with constant weights.
public func diagnose(_ answers: LossAnswers) -> Diagnosis {
    let first = Comparison(answers, precision: answers.precision)
    if case .unknown = first.finding, let coarser = answers.precision.fallback {
        let second = Comparison(answers, precision: coarser)
        if case .unknown = second.finding { return first.diagnosis }
        return second.diagnosis
    }
    return first.diagnosis
}

/// The values of a loss beside those of formulas, in one precision.
private struct Comparison {
    let answers: LossAnswers
    let precision: Precision
    /// The places of the probes whose values are finite.
    let places: [Int]
    let probes: [LossProbe]
    let values: [Double]
    private(set) var finding = Diagnosis.Finding.nothingFinite

    init(_ answers: LossAnswers, precision: Precision) {
        self.answers = answers
        self.precision = precision
        let places = answers.values.indices.filter { answers.values[$0].isFinite }
        self.places = places
        probes = places.map { answers.probes[$0] }
        values = places.map { answers.values[$0] }
        finding = found()
    }

    var diagnosis: Diagnosis {
        let notFinite = answers.probes.indices.filter { !answers.values[$0].isFinite }.map { answers.probes[$0].id }
        return Diagnosis(finding: finding, notFinite: notFinite, gradientMiss: gradientMiss, precision: precision)
    }

    private func found() -> Diagnosis.Finding {
        if let chance { return chance }
        guard !probes.isEmpty else { return .nothingFinite }
        if let right = simplest(Candidates.right(for: probes).filter({ agrees($0.estimates) })) { return right }
        let all = Candidates.all(for: probes)
        if let formula = simplest(all.filter { agrees($0.estimates) }) { return formula }
        return scaled(all) ?? mixture() ?? nearest(all)
    }

    /// Two values of one call that differ by more than rounding.
    private var chance: Diagnosis.Finding? {
        for (i, probe) in probes.enumerated() {
            for j in probes.indices.dropFirst(i + 1) where probes[j].hasInput(of: probe) {
                let size = max(abs(values[i]), abs(values[j]))
                if abs(values[i] - values[j]) > precision.tolerance(Estimate(value: size, magnitude: size)) {
                    return .varies(probe: probe.id, first: values[i], second: values[j])
                }
            }
        }
        return nil
    }

    private func agrees(_ estimates: [Estimate]) -> Bool {
        zip(estimates, values).allSatisfy { abs($0.value - $1) <= precision.tolerance($0) }
    }

    private func simplest(_ matches: [Candidate]) -> Diagnosis.Finding? {
        guard let fewest = matches.map(\.formula.mistakes.count).min() else { return nil }
        let best = matches.map(\.formula).filter { $0.mistakes.count == fewest }
        if let other = best.first(where: { $0.mistakes != best[0].mistakes }) { return .ambiguous(best[0], other) }
        return .formula(best[0])
    }

    private func scaled(_ all: [Candidate]) -> Diagnosis.Finding? {
        guard probes.count >= 3 else { return nil }
        let matches = all.filter { $0.formula.weighting == .softOnly }.compactMap { candidate -> (Double, Candidate)? in
            let x = candidate.estimates.map(\.value)
            let size = weights(candidate.estimates)
            let square = dot(x, x, size)
            guard square > 0, square.isFinite else { return nil }
            let factor = snapped(dot(x, values, size) / square)
            let scaled = candidate.estimates.map { factor * $0 }
            return factor != 0 && agrees(scaled) ? (factor, candidate) : nil
        }
        let best = matches.min { $0.1.formula.mistakes.count < $1.1.formula.mistakes.count }
        return best.map { .scaled($0.0, $0.1.formula) }
    }

    private func mixture() -> Diagnosis.Finding? {
        guard probes.count >= 4 else { return nil }
        let parts = Candidates.parts(for: probes)
        var best: (mistakes: Int, finding: Diagnosis.Finding)?
        for (i, first) in parts.enumerated() {
            for second in parts.dropFirst(i + 1) {
                let mistakes = first.formula.mistakes.count + second.formula.mistakes.count
                guard mistakes < best?.mistakes ?? .max, let (a, b) = solved(first, second) else { continue }
                best = (mistakes, .mixture(a, first.formula, b, second.formula))
            }
        }
        return best?.finding
    }

    /// The weights with which two formulas give the values, by least squares on orthogonal columns.
    private func solved(_ first: Candidate, _ second: Candidate) -> (Double, Double)? {
        let size = weights(zip(first.estimates, second.estimates).map { $0 + $1 })
        let (x, y) = (first.estimates.map(\.value), second.estimates.map(\.value))
        let square = dot(x, x, size)
        let share = dot(x, y, size) / square
        let rest = zip(x, y).map { $1 - share * $0 }
        let restSquare = dot(rest, rest, size)
        guard square > 0, restSquare > 1e-6 * dot(y, y, size) else { return nil }
        let b = snapped(dot(rest, values, size) / restSquare)
        let a = snapped(dot(x, zip(values, y).map { $0 - b * $1 }, size) / square)
        guard a != 0, b != 0 else { return nil }
        let sums = zip(first.estimates, second.estimates).map { a * $0 + b * $1 }
        return agrees(sums) ? (a, b) : nil
    }

    private func nearest(_ all: [Candidate]) -> Diagnosis.Finding {
        func misses(_ candidate: Candidate) -> [Double] {
            zip(candidate.estimates, values).map { estimate, value in
                let miss = abs(estimate.value - value) / max(abs(estimate.value), abs(value), 1e-12)
                return miss.isNaN ? .infinity : miss
            }
        }
        var best = (candidate: all[0], mean: Double.infinity)
        for candidate in all {
            let mean = misses(candidate).reduce(0, +) / Double(probes.count)
            if mean < best.mean { best = (candidate, mean) }
        }
        let furthest = misses(best.candidate)
        let place = furthest.indices.max { furthest[$0] < furthest[$1] } ?? 0
        return .unknown(
            nearest: best.candidate.formula, probe: probes[place].id, seen: values[place],
            expected: best.candidate.estimates[place].value)
    }

    /// The first entry of a stated gradient that is not the right loss's; looked for where the values are right.
    private var gradientMiss: Diagnosis.GradientMiss? {
        guard !answers.gradients.isEmpty else { return nil }
        let right: LossFormula
        switch finding {
        case .formula(let formula) where formula.limit == .exact, .ambiguous(let formula, _): right = formula
        default: return nil
        }
        for probe in answers.probes {
            guard let gradient = answers.gradients[probe.id] else { continue }
            let exact = right.gradient(of: probe)
            let size = max(exact.joined().map(abs).max() ?? 0, 1e-3)
            let entries = probe.student.indices.flatMap { row in probe.student[row].indices.map { (row, $0) } }
            for (row, column) in entries {
                let miss = abs(gradient[row][column] - exact[row][column])
                let allowed = max(64 * precision.tolerance(Estimate(value: size, magnitude: size)), 1e-5 * size)
                if !(miss <= allowed) {
                    return Diagnosis.GradientMiss(
                        probe: probe.id, row: row, column: column, seen: gradient[row][column],
                        right: exact[row][column])
                }
            }
        }
        return nil
    }
}

private func weights(_ estimates: [Estimate]) -> [Double] {
    estimates.map { 1 / max($0.magnitude * $0.magnitude, 1e-24) }
}

private func dot(_ x: [Double], _ y: [Double], _ weights: [Double]) -> Double {
    x.indices.reduce(0) { $0 + weights[$1] * x[$1] * y[$1] }
}

/// A fitted weight, or the round one that it lies next to.
private func snapped(_ weight: Double) -> Double {
    let round = (weight * 1000).rounded() / 1000
    return abs(weight - round) < 1e-4 * max(abs(weight), 0.1) ? round : weight
}
