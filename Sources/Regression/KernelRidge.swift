internal import Tensors

/// exp(−‖a − b‖²/(2·width²)).
public struct GaussianKernel: Sendable, Hashable {
    /// The distance at which the kernel has fallen to exp(−½), in the inputs' unit.
    public let width: Double

    /// - Precondition: `width > 0`.
    public init(width: Double) {
        precondition(width > 0, "a kernel's width is above 0, not \(width)")
        self.width = width
    }

    /// k(a, b) of two points of the same length.
    public func callAsFunction(_ a: [Double], _ b: [Double]) -> Double {
        var distance = 0.0
        for (x, y) in zip(a, b) { distance += (x - y) * (x - y) }
        return ReproducibleMath.exp(-distance / (2 * width * width))
    }

    /// Rows × columns.
    func matrix(_ rows: [[Double]], _ columns: [[Double]]) -> [[Double]] {
        rows.map { row in columns.map { self(row, $0) } }
    }
}

/// f(x) = Σᵢ aᵢ·k(x, xᵢ) with a = (K + c·1)⁻¹·y: the minimum of Σ (f(xᵢ) − yᵢ)² + c·‖f‖².
///
/// Source: Saunders, Gammerman and Vovk, ICML 1998.
public struct KernelRidge: Sendable, Hashable {
    /// The kernel k.
    public let kernel: GaussianKernel
    /// The n points learned from.
    public let inputs: [[Double]]
    /// a: one number a point.
    public let coefficients: [Double]

    /// - Parameter ridge: c.
    /// - Precondition: there is a target for each of the points, at least one, and `ridge > 0`.
    public init(inputs: [[Double]], targets: [Double], kernel: GaussianKernel, ridge: Double) {
        let solver = RidgeSolver(inputs: inputs, kernel: kernel, ridge: ridge)
        self.init(solver, targets: targets)
    }

    fileprivate init(_ solver: RidgeSolver, targets: [Double]) {
        precondition(
            targets.count == solver.inputs.count, "\(targets.count) targets for \(solver.inputs.count) points")
        kernel = solver.kernel
        inputs = solver.inputs
        coefficients = solver.factor.solve(targets)
    }

    /// f at each point.
    public func callAsFunction(_ points: [[Double]]) -> [Double] {
        points.map { point in
            var sum = 0.0
            for (x, a) in zip(inputs, coefficients) { sum += a * kernel(point, x) }
            return sum
        }
    }

    /// Self-distillation: the first fit to the targets, and then, `rounds` − 1 times, one to what the fit before says of the same
    /// points. Source: Mobahi, Farajtabar and Bartlett, NeurIPS 2020, with a fixed c.
    ///
    /// - Returns: the fit of every round.
    public static func selfDistilled(
        inputs: [[Double]], targets: [Double], kernel: GaussianKernel, ridge: Double, rounds: Int
    ) -> [KernelRidge] {
        let solver = RidgeSolver(inputs: inputs, kernel: kernel, ridge: ridge)
        var fits: [KernelRidge] = []
        for _ in 0..<rounds {
            let fit = KernelRidge(solver, targets: fits.last.map { $0(inputs) } ?? targets)
            fits.append(fit)
        }
        return fits
    }
}

/// K + c·1, factored once for all targets.
private struct RidgeSolver {
    let inputs: [[Double]]
    let kernel: GaussianKernel
    let factor: Cholesky

    init(inputs: [[Double]], kernel: GaussianKernel, ridge: Double) {
        precondition(ridge > 0 && !inputs.isEmpty, "a ridge of \(ridge) for \(inputs.count) points")
        var matrix = kernel.matrix(inputs, inputs)
        for i in matrix.indices { matrix[i][i] += ridge }
        guard let factor = Cholesky(matrix) else {
            preconditionFailure("a ridge of \(ridge) is lost in the rounding of the kernel's matrix; take a larger one")
        }
        self.inputs = inputs
        self.kernel = kernel
        self.factor = factor
    }
}
