/// A layer y = activation(x·W + b) with W of inputs × units.
///
/// Weights start uniform in ±√(6/inputs) before ReLU (He et al., ICCV 2015) and in ±√(6/(inputs + units))
/// elsewhere (Glorot and Bengio, AISTATS 2010); biases start at 0.
public struct Dense: Sendable, Hashable, Codable {
    /// How many numbers the layer gives.
    public let units: Int
    /// What is done to each sum.
    public let activation: Activation
    /// The largest norm √(Σᵢ wᵢ²) that the weights into one unit may have, its bias aside. After each step of
    /// training, a unit whose norm is larger has its weights multiplied by bound/norm.
    ///
    /// Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, JMLR 15 (2014), section 5.1.
    public let maxNorm: Double?

    /// - Precondition: `units > 0`, and `maxNorm`, where there is one, is above 0.
    public init(_ units: Int, activation: Activation = .identity, maxNorm: Double? = nil) {
        precondition(units > 0, "a dense layer needs at least one unit, not \(units)")
        if let maxNorm { precondition(maxNorm > 0, "a bound on norms must be above 0, not \(maxNorm)") }
        self.units = units
        self.activation = activation
        self.maxNorm = maxNorm
    }
}

/// Drops each number with probability `rate` while training and divides the others by 1 − rate; does nothing
/// in inference.
///
/// Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, JMLR 15 (2014).
public struct Dropout: Sendable, Hashable, Codable {
    /// The probability of being dropped.
    public let rate: Double

    /// - Precondition: `0 <= rate < 1`.
    public init(_ rate: Double) {
        precondition(0 <= rate && rate < 1, "a dropout rate must be in 0..<1, not \(rate)")
        self.rate = rate
    }
}

/// One layer of a network.
public enum Layer: Sendable, Hashable, Codable {
    case dense(Dense)
    case convolution(Convolution)
    case pooling(MaxPooling)
    case dropout(Dropout)
}

/// Collects the layers of a network, from the input to the logits.
@resultBuilder
public enum LayerBuilder {
    /// A dense layer.
    public static func buildExpression(_ layer: Dense) -> [Layer] { [.dense(layer)] }
    /// A dropout layer.
    public static func buildExpression(_ layer: Dropout) -> [Layer] { [.dropout(layer)] }
    /// Layers made elsewhere.
    public static func buildExpression(_ layers: [Layer]) -> [Layer] { layers }
    /// Layers one after the other.
    public static func buildBlock(_ parts: [Layer]...) -> [Layer] { Array(parts.joined()) }
    /// Layers of a loop.
    public static func buildArray(_ parts: [[Layer]]) -> [Layer] { Array(parts.joined()) }
    /// Layers under a condition.
    public static func buildOptional(_ part: [Layer]?) -> [Layer] { part ?? [] }
    /// Layers of one branch.
    public static func buildEither(first part: [Layer]) -> [Layer] { part }
    /// Layers of the other branch.
    public static func buildEither(second part: [Layer]) -> [Layer] { part }
}
