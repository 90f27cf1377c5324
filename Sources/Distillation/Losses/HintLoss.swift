public import Tensors

/// Hints on a hidden layer (FitNets): (1/N)·Σ_r ½‖h_r·W + b − t_r‖², where h (N × U) is what the student's guided layer gave,
/// t (samples × D) what the teacher's hint layer gave, and the regressor W (U × D), b (D) is learned with the student.
///
/// With e = h·W + b − t: gradient e·Wᵀ/N in h, hᵀ·e/N in W, Σ_r e_r/N in b, and 0 in the logits. Used alone it is the first stage
/// of the source's training, added to a loss of the logits it is a joint one. The regressor is thrown away.
/// Source: Romero, Ballas, Kahou, Chassang, Gatta, Bengio, ICLR 2015, equation 3.
public struct HintLoss: BatchLoss {
    /// Samples × D.
    public let hints: Matrix
    /// The index of the student's guided dense layer.
    public let layer: Int
    /// W row by row (U × D), then b.
    public let initialParameters: [Float]

    private let units: Int

    /// A hint for dense layer `layer`, which has `units` units; the regressor starts as a dense layer of `seed` does.
    public init(hints: Matrix, layer: Int, units: Int, seed: UInt64) {
        self.hints = hints
        self.layer = layer
        self.units = units
        initialParameters = Network(inputs: units, seed: seed) { Dense(hints.columns) }.parameters
    }

    /// The one layer that is compared with the hints.
    public var hiddenLayers: [Int] { [layer] }
    /// The rows of the hints.
    public var sampleCount: Int? { hints.rows }

    /// The mean loss over the batch's rows, and its gradients in the layer's outputs and in the regressor.
    ///
    /// - Parameter parameters: the regressor's weights, row by row, then its biases.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let hidden = hiddenOutput(batch, layer: layer, units: units)
        let (rows, width) = (hidden.rows, hints.columns)
        let w = Matrix(rows: units, columns: width, elements: Array(parameters.prefix(units * width)))
        let b = parameters.suffix(width)
        let reached = matmul(hidden, w)
        let share = 1 / Double(max(rows, 1))
        var loss = 0.0
        let error = Matrix(rows: rows, columns: width) { r, d in
            let e = Double(reached[r, d] + b[b.startIndex + d]) - Double(hints[batch.samples[r], d])
            loss += 0.5 * e * e
            return Float(e * share)
        }
        let ofBias = (0..<width).map { d in Float(sum(rows) { Double(error[$0, d]) }) }
        return LossGradients(
            loss: loss * share,
            logits: Matrix(rows: batch.logits.rows, columns: batch.logits.columns),
            hidden: [layer: matmul(error, transposed: false, w, transposed: true)],
            parameters: matmul(hidden, transposed: true, error).elements + ofBias)
    }
}

/// What hidden layer `layer` gave.
func hiddenOutput(_ batch: Batch, layer: Int, units: Int? = nil) -> Matrix {
    guard let hidden = batch.hidden[layer] else {
        preconditionFailure("the batch has no outputs of dense layer \(layer)")
    }
    precondition(
        units == nil || hidden.columns == units,
        "dense layer \(layer) has \(hidden.columns) units, but the loss was made for \(units ?? 0)")
    return hidden
}

extension Objective {
    /// A hint for a hidden layer, through a regressor that is learned with it; see ``HintLoss``.
    public static func hint(_ hints: Matrix, layer: Int, units: Int, seed: UInt64) -> Objective {
        .batch(HintLoss(hints: hints, layer: layer, units: units, seed: seed))
    }
}
