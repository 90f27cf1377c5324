/// A formula with what it gives for each of some probes.
struct Candidate {
    let formula: LossFormula
    let estimates: [Estimate]
}

/// The formulas that a loss is compared with.
enum Candidates {
    private static let measures: [LossFormula.Measure] = [
        .divergence, .reverseDivergence, .crossEntropy,
        .jensenShannon(0.5), .jensenShannon(0.1), .jensenShannon(0.9),
        .squaredLogits, .squaredProbabilities, .squaredLogProbabilities, .squaredMargins,
        .decoupled, .weightedCrossEntropy, .correctedTeacher(0), .correctedTeacher(0.2), .shiftedTeacher,
        .smoothedTeacher(0.99), .smoothedTeacher(0.9),
        .topTeacher(1), .topTeacher(2), .topTeacher(3), .topBoth(1), .topBoth(2), .topBoth(3),
        .clippedLogits, .normalizedLogits, .teacherLogits, .studentLogits,
        .teacherSoftenedTwice, .bothSoftenedTwice, .studentLogMissing, .teacherLogMissing,
    ]
    private static let limited: [LossFormula.Measure] = [.divergence, .reverseDivergence, .crossEntropy]
    private static let limits: [LossFormula.Limit] =
        [1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12].map { .clipped($0) } + [-64, -100].map { .floored($0) }

    /// The right ones.
    static func right(for probes: [LossProbe]) -> [Candidate] {
        [LossFormula(), LossFormula(weighting: .soft)].map { formula in
            Candidate(formula: formula, estimates: probes.map(formula.estimate))
        }
    }

    /// All of them: every measure with every side, factor, reduction and weighting; limits where probabilities are compared.
    static func all(for probes: [LossProbe]) -> [Candidate] {
        let weightings: [LossFormula.Weighting] =
            probes.contains { $0.alpha != nil } ? LossFormula.Weighting.allCases : [.softOnly]
        let bases =
            measures.map { ($0, LossFormula.Limit.exact) } + limited.flatMap { measure in limits.map { (measure, $0) } }
        var result = candidates(
            .hard, limit: .exact, sides: [.both], factors: [.missing], weightings: [.softOnly], for: probes)
        for (measure, limit) in bases {
            result += candidates(
                measure, limit: limit, sides: LossFormula.TemperatureSides.allCases,
                factors: LossFormula.TemperatureFactor.allCases, weightings: weightings, for: probes)
        }
        return result
    }

    /// What a mixture may be of.
    static func parts(for probes: [LossProbe]) -> [Candidate] {
        let measures: [LossFormula.Measure] = [
            .divergence, .reverseDivergence, .crossEntropy, .jensenShannon(0.5), .squaredLogits, .squaredProbabilities,
            .decoupled,
        ]
        let bases =
            measures.map { ($0, LossFormula.Limit.exact) }
            + limited.flatMap { measure in [.clipped(1e-7), .floored(-64)].map { (measure, $0) } }
        let hard = candidates(
            .hard, limit: .exact, sides: [.both], factors: [.missing], weightings: [.softOnly], for: probes)
        return hard.filter { $0.formula.reduction == .batchMean }
            + bases.flatMap { measure, limit in
                candidates(
                    measure, limit: limit, sides: [.both], factors: [.squared, .missing], weightings: [.softOnly],
                    for: probes
                ).filter { $0.formula.reduction == .batchMean || $0.formula.reduction == .batchAndClassMean }
            }
    }

    private static func candidates(
        _ measure: LossFormula.Measure, limit: LossFormula.Limit, sides: [LossFormula.TemperatureSides],
        factors: [LossFormula.TemperatureFactor], weightings: [LossFormula.Weighting], for probes: [LossProbe]
    ) -> [Candidate] {
        let hard = probes.map(LossFormula.hardMean)
        return sides.flatMap { side -> [Candidate] in
            var formula = LossFormula(measure, sides: side, limit: limit)
            let sums = probes.map(formula.softSum)
            var result: [Candidate] = []
            for weighting in weightings {
                for factor in factors {
                    for reduction in LossFormula.Reduction.allCases {
                        (formula.factor, formula.reduction, formula.weighting) = (factor, reduction, weighting)
                        let whole = formula
                        let estimates = probes.indices.map { whole.weighted(sums[$0], hard: hard[$0], in: probes[$0]) }
                        result.append(Candidate(formula: whole, estimates: estimates))
                    }
                }
            }
            return result
        }
    }
}
