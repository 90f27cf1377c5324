/// What each recorded call is known to compute, written from the toolkits' formulas and not from the diagnosis.
struct KnownRelation {
    let toolkit: String
    let mistakes: [String]
}

let knownRelations: [KnownRelation] = [
    KnownRelation(
        toolkit: "torch",
        mistakes: []),
    KnownRelation(
        toolkit: "torch",
        mistakes: [classMean]),
    KnownRelation(
        toolkit: "torch",
        mistakes: ["cross-entropy: KL plus the teacher's entropy"]),
    KnownRelation(
        toolkit: "torchdistill",
        mistakes: ["α weights the hard loss"]),
    KnownRelation(
        toolkit: "torchdistill",
        mistakes: []),
    KnownRelation(
        toolkit: "torchdistill",
        mistakes: ["T² is missing"]),
    KnownRelation(
        toolkit: "torchdistill",
        mistakes: ["T² is missing"]),
    KnownRelation(
        toolkit: "torchdistill",
        mistakes: ["T² is missing"]),
    KnownRelation(
        toolkit: "textbrewer",
        mistakes: ["cross-entropy: KL plus the teacher's entropy", "T² is missing"]),
    KnownRelation(
        toolkit: "textbrewer",
        mistakes: ["squared error of logits", "T² is missing", classMean]),
    KnownRelation(
        toolkit: "sentence-transformers",
        mistakes: []),
    KnownRelation(
        toolkit: "sentence-transformers",
        mistakes: ["squared error of margins", classMean]),
    KnownRelation(
        toolkit: "trl",
        mistakes: ["Jensen–Shannon divergence", "T² is missing", "N times it: the sum over the batch"]),
    KnownRelation(
        toolkit: "trl",
        mistakes: ["T² is missing", "N times it: the sum over the batch"]),
    KnownRelation(
        toolkit: "trl",
        mistakes: ["direction is student to teacher", "T² is missing", "N times it: the sum over the batch"]),
    KnownRelation(
        toolkit: "trl",
        mistakes: ["Jensen–Shannon divergence, weight 0.1", "T² is missing", "N times it: the sum over the batch"]),
    KnownRelation(
        toolkit: "trl",
        mistakes: ["T² is missing"]),
    KnownRelation(
        toolkit: "trl",
        mistakes: ["T² is missing"]),
    KnownRelation(
        toolkit: "trl",
        mistakes: ["direction is student to teacher", "T² is missing"]),
    KnownRelation(
        toolkit: "trl",
        mistakes: ["Jensen–Shannon divergence", "T² is missing"]),
    KnownRelation(
        toolkit: "nvidia-modelopt",
        mistakes: [classMean]),
    KnownRelation(
        toolkit: "nvidia-modelopt",
        mistakes: []),
    KnownRelation(
        toolkit: "nvidia-modelopt",
        mistakes: []),
    KnownRelation(
        toolkit: "nvidia-modelopt",
        mistakes: ["teacher corrected by the label"]),
    KnownRelation(
        toolkit: "nvidia-modelopt",
        mistakes: ["teacher corrected by the label, which leads by 0.2"]),
    KnownRelation(
        toolkit: "liger-kernel",
        mistakes: ["Jensen–Shannon divergence", "T² is missing"]),
    KnownRelation(
        toolkit: "liger-kernel",
        mistakes: ["T² is missing"]),
    KnownRelation(
        toolkit: "liger-kernel",
        mistakes: ["direction is student to teacher", "T² is missing"]),
    KnownRelation(
        toolkit: "ms-swift",
        mistakes: ["Jensen–Shannon divergence", "T² is missing"]),
    KnownRelation(
        toolkit: "ms-swift",
        mistakes: ["T² is missing"]),
    KnownRelation(
        toolkit: "ms-swift",
        mistakes: ["direction is student to teacher", "T² is missing"]),
    KnownRelation(
        toolkit: "torchtune",
        mistakes: ["cross-entropy: KL plus the teacher's entropy"]),
    KnownRelation(
        toolkit: "torchtune",
        mistakes: ["direction is student to teacher"]),
    KnownRelation(
        toolkit: "torchtune",
        mistakes: ["a mixture of two"]),
    KnownRelation(
        toolkit: "nemo-automodel",
        mistakes: []),
    KnownRelation(
        toolkit: "neural-compressor",
        mistakes: [classMean]),
    KnownRelation(
        toolkit: "neural-compressor",
        mistakes: ["cross-entropy: KL plus the teacher's entropy"]),
    KnownRelation(
        toolkit: "neural-compressor",
        mistakes: ["cross-entropy: KL plus the teacher's entropy"]),
    KnownRelation(
        toolkit: "lightly-train",
        mistakes: ["T² is missing"]),
    KnownRelation(
        toolkit: "KD_Lib",
        mistakes: ["squared error of probabilities", classMean]),
    KnownRelation(
        toolkit: "KD_Lib",
        mistakes: ["squared error of probabilities", classMean]),
    KnownRelation(
        toolkit: "KD_Lib",
        mistakes: ["log missing (teacher's), sides swapped"]),
    KnownRelation(
        toolkit: "KD_Lib",
        mistakes: ["never a finite number"]),
    KnownRelation(
        toolkit: "KD_Lib",
        mistakes: ["squared error of log-probabilities", classMean]),
    KnownRelation(
        toolkit: "KD_Lib",
        mistakes: [classMean]),
    KnownRelation(
        toolkit: "KD_Lib",
        mistakes: [overwritten]),
    KnownRelation(
        toolkit: "KD_Lib",
        mistakes: [smoothed]),
    KnownRelation(
        toolkit: "mmrazor",
        mistakes: []),
    KnownRelation(
        toolkit: "mmrazor",
        mistakes: ["decoupled: target class and others apart", overflows]),
    KnownRelation(
        toolkit: "mmrazor",
        mistakes: ["decoupled: target class and others apart", "N times it: the sum over the batch", overflows]),
    KnownRelation(
        toolkit: "mmrazor",
        mistakes: ["cross-entropy weighted by what the student has left to learn"]),
    KnownRelation(
        toolkit: "mdistiller",
        mistakes: []),
    KnownRelation(
        toolkit: "mdistiller",
        mistakes: ["decoupled: target class and others apart", overflows]),
    KnownRelation(
        toolkit: "DistillKit",
        mistakes: []),
    KnownRelation(
        toolkit: "DistillKit",
        mistakes: ["Jensen–Shannon divergence"]),
    KnownRelation(
        toolkit: "DistillKit",
        mistakes: []),
    KnownRelation(
        toolkit: "DistillKit",
        mistakes: ["top-2 of the teacher, renormalised"]),
    KnownRelation(
        toolkit: "DistillKit",
        mistakes: ["none that is known", overflows]),
    KnownRelation(
        toolkit: "EasyDistill 1.x",
        mistakes: ["divided twice by the count"]),
    KnownRelation(
        toolkit: "EasyDistill 1.x",
        mistakes: [
            "direction is student to teacher", "divided twice by the count", "clipped at 1e-10: no gradient beyond",
        ]),
    KnownRelation(
        toolkit: "keras",
        mistakes: ["logits where probabilities are expected, clipped to [1e-07, 1]", "T² is missing"]),
    KnownRelation(
        toolkit: "keras",
        mistakes: ["clipped at 1e-07: no gradient beyond"]),
    KnownRelation(
        toolkit: "keras",
        mistakes: ["logits where probabilities are expected, in a cross-entropy", "T² is missing"]),
    KnownRelation(
        toolkit: "keras",
        mistakes: ["teacher's logits where probabilities are expected, in a cross-entropy", "T² is missing"]),
    KnownRelation(
        toolkit: "nncf",
        mistakes: ["cross-entropy: KL plus the teacher's entropy"]),
    KnownRelation(
        toolkit: "nncf",
        mistakes: ["squared error of logits", classMean]),
    KnownRelation(
        toolkit: "paddle",
        mistakes: [classMean, floored]),
    KnownRelation(
        toolkit: "paddle",
        mistakes: [floored]),
    KnownRelation(
        toolkit: "paddleslim",
        mistakes: [classMean, floored]),
    KnownRelation(
        toolkit: "paddleslim",
        mistakes: ["a mixture of two"]),
    KnownRelation(
        toolkit: "paddleslim",
        mistakes: ["cross-entropy: KL plus the teacher's entropy", floored]),
]

private let overflows =
    "not finite where the right loss is: log of a softmax that underflowed"
private let floored =
    "log-probabilities end at -64.0: no gradient beyond"
private let smoothed =
    "wrong teacher replaced by labels smoothed to 0.99, and log missing (teacher's), sides swapped"
private let overwritten =
    "teacher's wrong answer overwritten, and log missing (teacher's), sides swapped"
private let classMean =
    "1/C of it: the mean is over batch and classes"
