public import Datasets
public import Tensors

/// How a network does on labelled examples.
public struct Scores: Sendable, Hashable, Codable {
    /// The share of the examples whose class is predicted right.
    public let accuracy: Double
    /// The mean negative log-likelihood of the right classes, in nats.
    public let nll: Double
    /// The class of the largest logit of each example, the first where several are equal.
    public let predictions: [Int]
    /// How many predictions are wrong.
    public let errors: Int
}

extension Network {
    /// The logits of each image, in inference.
    public func logits(for images: LabelledImages) -> Matrix { logits(for: Examples(images)) }

    /// The logits of each row of `x`, in inference.
    public func logits(for x: Matrix) -> Matrix { logits(for: Examples(features: x)) }

    /// The logits of each sample (samples × outputs), in inference: nothing is dropped.
    public func logits(for examples: Examples) -> Matrix { outputs(ofStage: layout.stages.count - 1, for: examples) }

    private func outputs(ofStage index: Int, for examples: Examples) -> Matrix {
        checkInputs(of: examples)
        let columns = layout.stages[index].outputs
        return Matrix(rows: examples.count, columns: columns) { out in
            let capacity = min(Self.inferenceBatch, max(examples.count, 1))
            let workspace = Workspace(
                self, capacity: capacity, training: false,
                ownInput: layout.startsWithConvolution || !examples.areImages)
            let order = (0..<examples.count).map(Int32.init)
            order.withUnsafeBufferPointer { order in
                for start in stride(from: 0, to: order.count, by: capacity) {
                    let rows = min(capacity, order.count - start)
                    let batch = UnsafeBufferPointer(rebasing: order[start..<start + rows])
                    workspace.forward(batch, of: examples, following: order.count - start - rows, through: index)
                    workspace.copyOutput(index, rows: rows, to: out.base + start * columns)
                }
            }
        }
    }

    /// Rows that are computed at a time; each row's result is the same for any number.
    private static var inferenceBatch: Int { 256 }

    /// Accuracy, negative log-likelihood and predictions on labelled images.
    public func evaluate(on images: LabelledImages) -> Scores { evaluate(on: Examples(images)) }

    /// Accuracy, negative log-likelihood and predictions on labelled examples.
    /// - Precondition: there is at least one example, and every one has a label below the number of outputs.
    public func evaluate(on examples: Examples) -> Scores {
        scores(of: logits(for: examples), labels: examples.labels.map(Int.init))
    }
}

/// The scores of logits, one row a sample, against the right classes.
///
/// The losses are those of ``Objective/crossEntropy``, added in order as `Double`.
public func scores(of logits: Matrix, labels: [Int]) -> Scores {
    precondition(!labels.isEmpty, "scores need at least one labelled example")
    let predictions = predictions(of: logits)
    let (loss, _) = Objective.crossEntropy.evaluate(logits: logits, labels: labels)
    let errors = zip(predictions, labels).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
    return Scores(
        accuracy: Double(labels.count - errors) / Double(labels.count), nll: loss, predictions: predictions,
        errors: errors)
}

/// The class of the largest logit in each row, the first where several are equal.
public func predictions(of logits: Matrix) -> [Int] {
    logits.withView { Kernels.firstLargest($0.base, rows: $0.rows, columns: $0.columns).map(Int.init) }
}

/// The share of examples on which two lists of predictions agree.
/// - Precondition: the lists are of one length, and not empty.
public func agreement(between first: [Int], and second: [Int]) -> Double {
    precondition(
        first.count == second.count && !first.isEmpty,
        "agreement between \(first.count) and \(second.count) predictions")
    return Double(zip(first, second).count { $0 == $1 }) / Double(first.count)
}

extension Network {
    /// What the layer at `index` gives for each image (images × units), in inference: the hints and relations that a student
    /// may be taught.
    public func outputs(ofDenseLayer index: Int, for images: LabelledImages) -> Matrix {
        outputs(ofDenseLayer: index, for: Examples(images))
    }

    /// What the layer at `index` gives for each sample (samples × units), after its activation and pooling, in inference.
    public func outputs(ofDenseLayer index: Int, for examples: Examples) -> Matrix {
        precondition(
            layout.stages.indices.contains(index),
            "a network of \(layout.stages.count) layers with weights has no layer \(index)")
        return outputs(ofStage: index, for: examples)
    }
}
