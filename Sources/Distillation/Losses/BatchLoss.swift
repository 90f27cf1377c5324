public import Tensors

/// What a loss sees of one step of training.
public struct Batch: Sendable {
    /// The sample of each row: where what belongs to it stands in a table with a row a sample.
    public let samples: [Int]
    /// The class of each row; empty where no class is known.
    public let labels: [Int]
    /// Rows × outputs.
    public let logits: Matrix
    /// What hidden dense layers gave, by index: rows × units, after activation and dropout.
    public let hidden: [Int: Matrix]
    /// How far training has come: 0 in the first epoch, 1 in the last, in equal steps.
    public let progress: Double

    /// A batch whose rows are the samples 0, 1, … unless said otherwise.
    public init(
        logits: Matrix, labels: [Int] = [], samples: [Int]? = nil, hidden: [Int: Matrix] = [:], progress: Double = 0
    ) {
        self.samples = samples ?? Array(0..<logits.rows)
        self.labels = labels
        self.logits = logits
        self.hidden = hidden
        self.progress = progress
    }
}

/// The mean loss of a batch, with its gradient in all that it looked at.
public struct LossGradients: Sendable, Hashable {
    /// The mean over the batch.
    public var loss: Double
    /// Rows × outputs.
    public var logits: Matrix
    /// In the outputs of hidden dense layers, by index: rows × units; what is not there is 0.
    public var hidden: [Int: Matrix]
    /// In the loss's own parameters.
    public var parameters: [Float]

    /// A loss with its gradients, in the shapes that the properties name.
    public init(loss: Double, logits: Matrix, hidden: [Int: Matrix] = [:], parameters: [Float] = []) {
        self.loss = loss
        self.logits = logits
        self.hidden = hidden
        self.parameters = parameters
    }
}

/// A loss that may couple the rows of a batch, look at hidden layers and learn parameters of its own.
///
/// It is computed in double precision by plain loops in ascending order over ``ReproducibleMath``, so that it has the same
/// bits everywhere; only its results are rounded to 32 bits.
public protocol BatchLoss: Sendable {
    /// The dense layers whose outputs the loss looks at; none unless said.
    var hiddenLayers: [Int] { get }
    /// Numbers that are learned together with the network's, such as the weights of a regressor; none unless said.
    var initialParameters: [Float] { get }
    /// How many samples the loss's tables have; `nil` where it has none.
    var sampleCount: Int? { get }
    /// Whether every row needs a label.
    var needsLabels: Bool { get }
    /// The mean loss and its gradients.
    /// - Parameter parameters: As many as ``initialParameters``.
    func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients
}

extension BatchLoss {
    /// No hidden layer.
    public var hiddenLayers: [Int] { [] }
    /// No parameter.
    public var initialParameters: [Float] { [] }
    /// No table, and so any number of samples.
    public var sampleCount: Int? { nil }
    /// False: no label is looked at.
    public var needsLabels: Bool { false }

    /// The mean loss and its gradients at the loss's initial parameters.
    public func evaluate(_ batch: Batch) -> LossGradients { evaluate(batch, parameters: initialParameters) }
}

extension Matrix {
    /// Row `index` in double precision.
    func doubles(_ index: Int) -> [Double] { row(index).map(Double.init) }

    /// The matrix of rows in double precision, rounded.
    init(rounding rows: [[Double]], columns: Int) {
        self.init(
            rows: rows.count, columns: columns, elements: rows.flatMap { $0.map { Float($0) } })
    }
}

/// Σ over the indices in ascending order.
func sum(_ count: Int, _ term: (Int) -> Double) -> Double {
    var sum = 0.0
    for index in 0..<count { sum += term(index) }
    return sum
}

/// The mean of the rows' losses, added in order, and its gradient, for a loss that takes each row by itself.
/// - Parameter row: The loss of row r and its gradient in the row's logits z.
func meanOverRows(
    _ batch: Batch, _ row: (_ r: Int, _ z: [Double]) -> (loss: Double, gradient: [Double])
) -> LossGradients {
    let share = 1 / Double(max(batch.logits.rows, 1))
    var loss = 0.0
    var gradient: [Float] = []
    gradient.reserveCapacity(batch.logits.elements.count)
    for r in 0..<batch.logits.rows {
        let (rowLoss, rowGradient) = row(r, batch.logits.doubles(r))
        loss += rowLoss
        for value in rowGradient { gradient.append(Float(value * share)) }
    }
    return LossGradients(
        loss: loss * share,
        logits: Matrix(rows: batch.logits.rows, columns: batch.logits.columns, elements: gradient))
}

/// A row's loss and gradient with weight·CE(y, softmax z) added, and the gradient of that in the row's logits z.
func addingHardLabel(
    _ label: Int, weight: Double, logits z: [Double], to soft: (loss: Double, gradient: [Double])
) -> (loss: Double, gradient: [Double]) {
    let logHard = logSoftmax(z)
    let gradient = soft.gradient.indices.map { i in
        soft.gradient[i] + weight * (ReproducibleMath.exp(logHard[i]) - (i == label ? 1 : 0))
    }
    return (soft.loss + weight * -logHard[label], gradient)
}

/// The gradient in z of a loss whose gradient in q = softmax(z/T) is `gradient`:
/// qᵢ·(gᵢ − Σ gⱼqⱼ)/T.
func throughSoftmax(_ q: [Double], gradient: [Double], temperature: Double) -> [Double] {
    let mean = sum(q.count) { gradient[$0] * q[$0] }
    return q.indices.map { q[$0] * (gradient[$0] - mean) / temperature }
}
