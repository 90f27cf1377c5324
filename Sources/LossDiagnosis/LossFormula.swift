/// What a distillation loss computes, put together from parts; each part that is not the right one is a mistake with a name.
///
/// The right one is (1 − α)·CE(y, softmax z) + α·T²·KL(softmax(v/T) ‖ softmax(z/T)), the mean over the batch, or its soft part alone;
/// v are the teacher's logits, z the student's.
public struct LossFormula: Sendable, Hashable {
    /// The quantity that is summed over the rows.
    public var measure: Measure
    /// The logits that are divided by T.
    public var sides: TemperatureSides
    /// The factor of the soft loss.
    public var factor: TemperatureFactor
    /// The divisor of the sum.
    public var reduction: Reduction
    /// The least probability.
    public var limit: Limit
    /// The weights of the hard and the soft loss.
    public var weighting: Weighting

    /// A formula of these parts; those that are not given are right ones, of a soft loss alone.
    public init(
        _ measure: Measure = .divergence, sides: TemperatureSides = .both, factor: TemperatureFactor = .squared,
        reduction: Reduction = .batchMean, limit: Limit = .exact, weighting: Weighting = .softOnly
    ) {
        self.measure = measure
        self.sides = sides
        self.factor = factor
        self.reduction = reduction
        self.limit = limit
        self.weighting = weighting
    }

    /// What is mistaken in it, each by its name; empty where it is right.
    public var mistakes: [String] {
        [
            measure.mistake, sides.mistake, factor.mistake, reduction.mistake, limit.mistake, weighting.mistake,
        ].compactMap { $0 }
    }

    /// Whether no part is a mistake.
    public var isRight: Bool { mistakes.isEmpty }
}

extension LossFormula {
    /// What is taken of the two rows of logits.
    public enum Measure: Sendable, Hashable {
        /// Σ p ln(p/q).
        case divergence
        /// Σ q ln(q/p).
        case reverseDivergence
        /// −Σ p ln q.
        case crossEntropy
        /// β·KL(p‖m) + (1 − β)·KL(q‖m) with m = βp + (1 − β)q.
        case jensenShannon(Double)
        case squaredLogits
        case squaredProbabilities
        case squaredLogProbabilities
        /// The squared difference of the margins between class 0 and each other one.
        case squaredMargins
        /// The target class's part and the others' part, each with weight 1 (Zhao et al. 2022).
        case decoupled
        /// −Σ p ln q, weighted by 1 − exp(−CE(student)/CE(teacher)) (Zhou et al. 2021).
        case weightedCrossEntropy
        /// The teacher's probabilities drawn towards the label until it leads by a threshold.
        case correctedTeacher(Double)
        /// The label's probability stands in the place of a wrong answer's, too; probabilities for logs on the student's side.
        case shiftedTeacher
        /// A wrong teacher's row replaced by labels smoothed to this probability; probabilities for logs on the student's side.
        case smoothedTeacher(Double)
        /// The teacher's k largest, renormalised; the student's probabilities as they are.
        case topTeacher(Int)
        /// The k largest of the teacher's classes, both sides renormalised: what lies outside is not seen.
        case topBoth(Int)
        /// Logits where probabilities are expected, on both sides, clipped to [1e−7, 1].
        case clippedLogits
        /// Logits where probabilities are expected, in a cross-entropy that divides the student's by their sum.
        case normalizedLogits
        /// The teacher's logits where its probabilities are expected.
        case teacherLogits
        /// The student's logits where its log-probabilities are expected.
        case studentLogits
        /// The teacher's probabilities where its logits are expected: softened a second time.
        case teacherSoftenedTwice
        /// Both sides' probabilities where logits are expected.
        case bothSoftenedTwice
        /// Σ p (ln p − q).
        case studentLogMissing
        /// Σ q (ln q − p): sides swapped, and no log of the teacher's.
        case teacherLogMissing
        /// −ln softmax(z)ᵧ, no teacher.
        case hard
    }

    /// Which logits are divided by T.
    public enum TemperatureSides: Sendable, Hashable, CaseIterable { case both, teacherOnly, studentOnly, neither }

    /// What the soft loss is multiplied by.
    public enum TemperatureFactor: Sendable, Hashable, CaseIterable { case squared, missing, once }

    /// What the sum over samples and classes is divided by.
    public enum Reduction: Sendable, Hashable, CaseIterable {
        case batchMean, batchAndClassMean, sum, twiceByCount
    }

    /// How small a probability can be.
    public enum Limit: Sendable, Hashable {
        case exact
        /// Probabilities are clipped at this.
        case clipped(Double)
        /// Log-probabilities end at this.
        case floored(Double)
    }

    /// What α weights.
    public enum Weighting: Sendable, Hashable, CaseIterable {
        /// There is no hard loss.
        case softOnly
        /// (1 − α)·hard + α·soft.
        case soft
        /// α·hard + (1 − α)·soft.
        case hard
        /// hard + α·soft.
        case hardWhole
    }
}
