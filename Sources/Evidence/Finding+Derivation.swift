public import Wire

/// Why nothing can be derived from what a finding holds.
public struct UnderivableFinding: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause: the rule and the observations that it cannot use.
    public let description: String
}

extension Finding {
    /// The finding that its rule makes of its observations, whatever its verdict says.
    ///
    /// For findings that somebody else wrote down. Equal bits follow from equal observations on every machine, so that each
    /// difference to the finding itself is a change by hand.
    ///
    /// - Throws: that the rule cannot decide by such observations, or that they are more than is computed here.
    public func derivedAgain() throws(UnderivableFinding) -> Finding {
        if let problem = rule.problem(with: observations) { throw UnderivableFinding(description: problem) }
        return rule.finding(from: observations, setting: setting)
    }
}

extension DecisionRule {
    /// How many observations are computed with; a permutation test of more takes minutes.
    private static let mostObservations = 20_000
    /// Beyond these, or nearer to zero, fourth powers leave the range of numbers.
    private static let magnitudes = 1e-60...1e60

    /// Why the rule cannot decide by `observations`; `nil` where it can.
    fileprivate func problem(with observations: Observations) -> String? {
        switch (self, observations) {
        case (.difference(_, _, let confidence, _), .differences(let values)):
            return marginProblem ?? confidenceProblem(confidence) ?? problem(of: [values])
        case (.contrast(let contrast), _): return problem(of: contrast, observations)
        case (.proportion(_, let share, _, let confidence), .count(let successes, let count)):
            let isShare = count > 0 && (0...count).contains(successes) && share.isFinite
            return marginProblem ?? confidenceProblem(confidence) ?? (isShare ? nil : "it counts no share")
        case (.rankCorrelation(let expected, _, let level), .pairs(let x, let y)):
            guard x.count == y.count, x.count > 1, expected != .equivalent, level.isFinite else {
                return "it has no pairs that a rank correlation can decide by"
            }
            return marginProblem ?? problem(of: [x, y])
        case (.equal, .number(let value)), (.between, .number(let value)):
            return value.isFinite ? nil : "its number is none"
        case (.holds, .condition): return nil
        default: return "its rule decides by observations of another kind"
        }
    }

    private func problem(of contrast: Contrast, _ observations: Observations) -> String? {
        switch (contrast.design, observations) {
        case (.starts, .differences(let values)), (.resampledSplits, .differences(let values)):
            return problem(of: [values])
        case (.clusters, .clusters(let groups)): return problem(of: groups)
        case (.startsAndItems, .startsAndItems(let rows)):
            guard Set(rows.map(\.count)).count == 1 else { return "its starts are judged by different items" }
            return problem(of: rows)
        default: return "its rule decides by observations of another kind"
        }
    }

    private func problem(of groups: [[Double]]) -> String? {
        guard !groups.isEmpty, groups.allSatisfy({ !$0.isEmpty }) else { return "it has no observations" }
        guard groups.reduce(0, { $0 + $1.count }) <= DecisionRule.mostObservations else {
            return "it has more than \(DecisionRule.mostObservations) observations"
        }
        let isComputable = groups.allSatisfy { group in
            group.allSatisfy { $0 == 0 || DecisionRule.magnitudes.contains(abs($0)) }
        }
        return isComputable ? nil : "an observation is no number, or too large or too small to compute with"
    }

    private var marginProblem: String? {
        guard let margin, let expected = expectation else { return nil }
        let isMargin = margin.isFinite && abs(margin) <= DecisionRule.magnitudes.upperBound
        return isMargin && (margin >= 0 || expected == .greater || expected == .less) ? nil : "its margin is none"
    }

    private var expectation: Expectation? {
        switch self {
        case .difference(let expected, _, _, _), .proportion(let expected, _, _, _),
            .rankCorrelation(let expected, _, _):
            expected
        case .contrast(let contrast): contrast.expected
        case .equal, .between, .holds: nil
        }
    }

    private func confidenceProblem(_ confidence: Double) -> String? {
        confidence > 0 && confidence < 1 ? nil : "its confidence is none"
    }
}
