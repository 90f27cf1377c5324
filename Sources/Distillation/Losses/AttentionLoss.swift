public import Tensors

/// Attention transfer: a student's convolution looks where the teacher's does.
///
/// The attention of a place is Σ_c a_c² over the channels of what the layer gives there. With Q the student's attention over all
/// places, V the teacher's, both brought to length 1,
///
///     loss = (1/N)·Σ_r ½‖Q_r/‖Q_r‖ − V_r‖²
///
/// The gradient is that in the layer's outputs, and 0 in the logits. Attention that is 0 everywhere has no direction: it stays 0, and so
/// does its gradient. Numbers of channels may differ between teacher and student, places may not.
/// Source: Zagoruyko and Komodakis, ICLR 2017, equation 2 with p = 2, and the norm squared as in the authors' program.
public struct AttentionLoss: BatchLoss {
    /// V: samples × places, each row of length 1 or 0.
    public let attention: Matrix
    /// The index of the student's layer.
    public let layer: Int

    /// - Parameters:
    ///   - teacherOutputs: What the teacher's layer gave: samples × (places · channels), the channels of a place side by side.
    ///   - channels: Those of the teacher.
    ///   - layer: The index of the student's layer.
    /// - Precondition: the rows of `teacherOutputs` are whole numbers of places.
    public init(teacherOutputs: Matrix, channels: Int, layer: Int) {
        precondition(
            channels > 0 && teacherOutputs.columns % channels == 0,
            "\(teacherOutputs.columns) outputs are no places of \(channels) channels")
        let places = teacherOutputs.columns / channels
        let rows = (0..<teacherOutputs.rows).map { row in
            Direction(Self.attention(of: teacherOutputs.doubles(row), places: places)).unit
        }
        attention = Matrix(rounding: rows, columns: places)
        self.layer = layer
    }

    /// The one layer that is compared with the teacher's attention.
    public var hiddenLayers: [Int] { [layer] }
    /// The rows of the teacher's attention.
    public var sampleCount: Int? { attention.rows }

    /// The mean loss over the batch's rows, and its gradient in the layer's outputs.
    public func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let hidden = hiddenOutput(batch, layer: layer)
        let places = attention.columns
        precondition(
            hidden.columns % places == 0, "\(hidden.columns) outputs of layer \(layer) for a teacher's \(places) places"
        )
        let channels = hidden.columns / places
        let share = 1 / Double(max(hidden.rows, 1))
        var loss = 0.0
        var gradient: [[Double]] = []
        for (r, sample) in batch.samples.enumerated() {
            let outputs = hidden.doubles(r)
            let own = Direction(Self.attention(of: outputs, places: places))
            let apart = zip(own.unit, attention.doubles(sample)).map { $0 - $1 }
            loss += 0.5 * sum(places) { apart[$0] * apart[$0] }
            let slope = own.gradient(apart)
            gradient.append(outputs.indices.map { 2 * share * slope[$0 / channels] * outputs[$0] })
        }
        return LossGradients(
            loss: loss * share, logits: Matrix(rows: batch.logits.rows, columns: batch.logits.columns),
            hidden: [layer: Matrix(rounding: gradient, columns: hidden.columns)])
    }

    private static func attention(of outputs: [Double], places: Int) -> [Double] {
        let channels = outputs.count / places
        return (0..<places).map { place in
            sum(channels) { outputs[place * channels + $0] * outputs[place * channels + $0] }
        }
    }
}

/// A vector brought to length 1; one of length 0 stays.
struct Direction {
    let unit: [Double]
    let length: Double

    init(_ vector: [Double]) {
        let length = sum(vector.count) { vector[$0] * vector[$0] }.squareRoot()
        self.length = length
        unit = length > 0 ? vector.map { $0 / length } : vector.map { _ in 0 }
    }

    /// The gradient in the vector, from that in its direction: (g − u·(u·g))/length.
    func gradient(_ ofUnit: [Double]) -> [Double] {
        guard length > 0 else { return unit }
        let along = sum(unit.count) { unit[$0] * ofUnit[$0] }
        return unit.indices.map { (ofUnit[$0] - unit[$0] * along) / length }
    }
}

extension Objective {
    /// Attention of a convolution, after a teacher's; see ``AttentionLoss``.
    public static func attention(teacherOutputs: Matrix, channels: Int, layer: Int) -> Objective {
        .batch(AttentionLoss(teacherOutputs: teacherOutputs, channels: channels, layer: layer))
    }
}
