internal import Tensors

/// What a dense layer does to each of its sums.
public enum Activation: String, Sendable, Hashable, Codable {
    /// z
    case identity
    /// max(z, 0)
    case relu
    /// tanh z
    case tanh
    /// 1/(1 + e⁻ᶻ)
    case sigmoid

    var function: Kernels.Function? {
        switch self {
        case .identity: nil
        case .relu: .relu
        case .tanh: .tanh
        case .sigmoid: .sigmoid
        }
    }
}
