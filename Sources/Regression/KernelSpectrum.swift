/// The kernel's matrix of n points by its eigenvectors, K = V·diag(d)·Vᵀ: what fits with any ridge, and any rounds of
/// self-distillation, say of these points.
public struct KernelSpectrum: Sendable, Hashable {
    /// The eigenvalues d and the eigenvectors V of K.
    public let eigen: SymmetricEigen

    /// The spectrum of K, with K[i][j] = k(xᵢ, xⱼ); `inputs` are n points of one length.
    public init(of inputs: [[Double]], kernel: GaussianKernel) {
        eigen = SymmetricEigen(kernel.matrix(inputs, inputs))
    }

    /// V·(D/(D + c))ᵗ·Vᵀ·y: the fit of round t, counted from 1, in closed form. Each round shrinks what lies along eigenvectors of small
    /// eigenvalues by more.
    ///
    /// Source: Mobahi, Farajtabar and Bartlett, NeurIPS 2020, section 3, with a fixed c.
    /// - Precondition: there is a target for each point, and `ridge > 0`.
    public func fitted(targets: [Double], ridge: Double, rounds: Int = 1) -> [Double] {
        precondition(targets.count == eigen.values.count && ridge > 0, "\(targets.count) targets, a ridge of \(ridge)")
        var fitted = Array(repeating: 0.0, count: targets.count)
        for (value, vector) in zip(eigen.values, eigen.vectors) {
            var along = 0.0
            for (v, y) in zip(vector, targets) { along += v * y }
            let share = value / (value + ridge)
            for _ in 0..<rounds { along *= share }
            for i in fitted.indices { fitted[i] += along * vector[i] }
        }
        return fitted
    }

    /// The mean of the squared errors at each point of the fit to all others: ((yᵢ − fᵢ)/(1 − Hᵢᵢ))² with H = V·D/(D + c)·Vᵀ.
    ///
    /// Source: Allen, Technometrics 16 (1974).
    public func leaveOneOutError(targets: [Double], ridge: Double) -> Double {
        let fitted = fitted(targets: targets, ridge: ridge)
        var leverage = Array(repeating: 0.0, count: targets.count)
        for (value, vector) in zip(eigen.values, eigen.vectors) {
            let share = value / (value + ridge)
            for i in leverage.indices { leverage[i] += share * vector[i] * vector[i] }
        }
        var sum = 0.0
        for i in targets.indices {
            let error = (targets[i] - fitted[i]) / (1 - leverage[i])
            sum += error * error
        }
        return sum / Double(targets.count)
    }
}
