public import Tensors

/// The gradient of a loss in a network's parameters, and in its inputs where asked for.
public struct Gradient: Sendable, Hashable {
    /// In the order of ``Network/parameters``.
    public let parameters: [Float]
    /// Batch × inputs.
    public let inputs: Matrix
}

extension Network {
    /// The gradient of a loss in the parameters, given its gradient in the logits: the explicit backward pass
    /// for losses of one's own. For the last layer, with x its inputs and δ the gradient of its sums,
    /// dW = xᵀ·δ, db = Σ over the rows of δ, dx = δ·Wᵀ; then δ = dx ⊙ activation′ for the layer before.
    /// - Parameters:
    ///   - x: Batch × inputs, in inference (nothing dropped).
    ///   - outputGradient: Batch × outputs.
    /// - Precondition: the shapes are those.
    public func backward(_ x: Matrix, outputGradient: Matrix) -> Gradient {
        precondition(
            x.columns == inputs && outputGradient.columns == outputs && x.rows == outputGradient.rows,
            "inputs of \(x.rows)×\(x.columns) and an output gradient of \(outputGradient.rows)×\(outputGradient.columns)"
                + " for a network of \(inputs) inputs and \(outputs) outputs")
        let workspace = Workspace(self, capacity: max(x.rows, 1), training: true, ownInput: false)
        let gradients = Arena(count: layout.alignedCount)
        outputGradient.withView {
            workspace.logitGradient(rows: x.rows).base.update(from: $0.base, count: x.rows * outputs)
        }
        let inputGradient = x.withView { batch in
            workspace.forward(.numbers(batch))
            return Matrix(rows: x.rows, columns: inputs) { out in
                workspace.backward(.numbers(batch), into: .store(gradients), inputGradient: out)
            }
        }
        return Gradient(parameters: workspace.parameters(in: gradients), inputs: inputGradient)
    }
}
