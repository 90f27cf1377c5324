// The names of mistakes: the tool, the checks and the notebooks say these.

extension LossFormula.Measure {
    /// What is mistaken; `nil` where nothing is.
    public var mistake: String? {
        switch self {
        case .divergence: nil
        case .reverseDivergence: "direction is student to teacher"
        case .crossEntropy: "cross-entropy: KL plus the teacher's entropy"
        case .jensenShannon(let weight):
            weight == 0.5 ? "Jensen–Shannon divergence" : "Jensen–Shannon divergence, weight \(weight)"
        case .squaredLogits: "squared error of logits"
        case .squaredProbabilities: "squared error of probabilities"
        case .squaredLogProbabilities: "squared error of log-probabilities"
        case .squaredMargins: "squared error of margins"
        case .decoupled: "decoupled: target class and others apart"
        case .weightedCrossEntropy: "cross-entropy weighted by what the student has left to learn"
        case .correctedTeacher(0): "teacher corrected by the label"
        case .correctedTeacher(let threshold): "teacher corrected by the label, which leads by \(threshold)"
        case .shiftedTeacher: "teacher's wrong answer overwritten, and log missing (teacher's), sides swapped"
        case .smoothedTeacher(let p):
            "wrong teacher replaced by labels smoothed to \(p), and log missing (teacher's), sides swapped"
        case .topTeacher(let k): "top-\(k) of the teacher, renormalised"
        case .topBoth(let k): "top-\(k) of both, renormalised: what lies outside is not seen"
        case .clippedLogits: "logits where probabilities are expected, clipped to [1e-07, 1]"
        case .normalizedLogits: "logits where probabilities are expected, in a cross-entropy"
        case .teacherLogits: "teacher's logits where probabilities are expected, in a cross-entropy"
        case .studentLogits: "student's logits where log-probabilities are expected"
        case .teacherSoftenedTwice: "softmax of the teacher's probabilities"
        case .bothSoftenedTwice: "softmax of probabilities on both sides"
        case .studentLogMissing: "log missing (student's)"
        case .teacherLogMissing: "log missing (teacher's), sides swapped"
        case .hard: "the hard loss alone: no teacher"
        }
    }

    /// What it is, as a formula; `nil` where only its name is short.
    var symbol: String? {
        switch self {
        case .divergence: "KL(teacher‖student)"
        case .reverseDivergence: "KL(student‖teacher)"
        case .crossEntropy: "H(teacher, student)"
        case .hard: "CE(labels, student)"
        default: nil
        }
    }
}

extension LossFormula.TemperatureSides {
    /// The mistake's name; `nil` where both sides are divided by T.
    public var mistake: String? {
        switch self {
        case .both: nil
        case .teacherOnly: "T on one side only: the teacher's"
        case .studentOnly: "T on one side only: the student's"
        case .neither: "logits are not divided by T"
        }
    }
}

extension LossFormula.TemperatureFactor {
    /// The mistake's name; `nil` for T².
    public var mistake: String? {
        switch self {
        case .squared: nil
        case .missing: "T² is missing"
        case .once: "T in place of T²"
        }
    }

    var symbol: String {
        switch self {
        case .squared: "T²·"
        case .missing: ""
        case .once: "T·"
        }
    }
}

extension LossFormula.Reduction {
    /// The mistake's name; `nil` for the mean over the batch.
    public var mistake: String? {
        switch self {
        case .batchMean: nil
        case .batchAndClassMean: "1/C of it: the mean is over batch and classes"
        case .sum: "N times it: the sum over the batch"
        case .twiceByCount: "divided twice by the count"
        }
    }

    var symbol: String {
        switch self {
        case .batchMean: "mean over the batch"
        case .batchAndClassMean: "mean over batch and classes"
        case .sum: "sum over the batch"
        case .twiceByCount: "sum over the batch, divided by N²"
        }
    }
}

extension LossFormula.Limit {
    /// The mistake's name; `nil` where no probability is limited.
    public var mistake: String? {
        switch self {
        case .exact: nil
        case .clipped(let smallest): "clipped at \(smallest): no gradient beyond"
        case .floored(let lowest): "log-probabilities end at \(lowest): no gradient beyond"
        }
    }
}

extension LossFormula.Weighting {
    /// The mistake's name; `nil` where there is no hard loss, or it is weighted by 1 − α.
    public var mistake: String? {
        switch self {
        case .softOnly, .soft: nil
        case .hard: "α weights the hard loss"
        case .hardWhole: "the hard loss is not weighted by 1 − α"
        }
    }
}

extension LossFormula: CustomStringConvertible {
    /// The formula in symbols, and its reduction behind a comma.
    public var description: String {
        let soft = factor.symbol + (measure.symbol ?? "(\(measure.mistake ?? ""))")
        let weighted =
            switch weighting {
            case .softOnly: soft
            case .soft: "(1 − α)·hard + α·" + soft
            case .hard: "α·hard + (1 − α)·" + soft
            case .hardWhole: "hard + α·" + soft
            }
        return weighted + ", " + reduction.symbol
    }
}
