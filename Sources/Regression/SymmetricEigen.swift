/// The eigenvalues and eigenvectors of a symmetric matrix: A = V·diag(d)·Vᵀ with VᵀV = 1.
///
/// By cyclic Jacobi rotations in a fixed order, until no element beside the diagonal would change the diagonal. All is computed in
/// double precision by plain loops, so that it has the same bits everywhere.
/// Source: Golub and Van Loan, Matrix Computations (2013), section 8.5.
public struct SymmetricEigen: Sendable, Hashable {
    /// d: n eigenvalues, the largest first.
    public let values: [Double]
    /// n eigenvectors of length 1, in the order of the values.
    public let vectors: [[Double]]

    /// - Parameter matrix: n × n; only what lies on and below the diagonal is read.
    /// - Precondition: the matrix is square and its elements are finite.
    public init(_ matrix: [[Double]]) {
        let n = matrix.count
        precondition(
            matrix.allSatisfy { $0.count == n && $0.allSatisfy(\.isFinite) },
            "eigenvalues need a square matrix of finite numbers")
        var work = JacobiSweeps(matrix)
        for _ in 0..<JacobiSweeps.most where !work.isDiagonal { work.sweep() }
        let diagonal = (0..<n).map { work.a[$0 * n + $0] }
        let order = diagonal.indices.sorted { (diagonal[$1], $0) < (diagonal[$0], $1) }
        values = order.map { diagonal[$0] }
        vectors = order.map { k in Array(work.vectors[k * n..<(k + 1) * n]) }
    }
}

/// The matrix on its way to be diagonal, and the product of the rotations so far, whose rows become the eigenvectors.
private struct JacobiSweeps {
    /// Each sweep squares what is left once that is small; ten do for any matrix met.
    static let most = 60

    let n: Int
    /// n × n, row by row, kept symmetric.
    var a: [Double]
    var vectors: [Double]
    private(set) var isDiagonal = false

    init(_ matrix: [[Double]]) {
        n = matrix.count
        a = Array(repeating: 0, count: n * n)
        vectors = a
        for i in 0..<n {
            vectors[i * n + i] = 1
            for j in 0...i {
                a[i * n + j] = matrix[i][j]
                a[j * n + i] = matrix[i][j]
            }
        }
    }

    /// One rotation for each pair p < q whose element is not negligible.
    mutating func sweep() {
        isDiagonal = true
        for p in 0..<n {
            for q in (p + 1)..<max(n, p + 1) {
                let element = a[p * n + q]
                let size = abs(a[p * n + p]) + abs(a[q * n + q])
                guard abs(element) > 0x1p-60 * size, element != 0 else { continue }
                isDiagonal = false
                rotate(p, q)
            }
        }
    }

    /// Makes a_pq zero: t = sign(θ)/(|θ| + √(θ² + 1)) with θ = (a_qq − a_pp)/(2·a_pq).
    private mutating func rotate(_ p: Int, _ q: Int) {
        let n = n
        let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        let shift = t * a[p * n + q]
        let (ofP, ofQ) = (a[p * n + p] - shift, a[q * n + q] + shift)
        a.withUnsafeMutableBufferPointer { Self.combine($0, p, q, n, c, s) }
        vectors.withUnsafeMutableBufferPointer { Self.combine($0, p, q, n, c, s) }
        for k in 0..<n {
            a[k * n + p] = a[p * n + k]
            a[k * n + q] = a[q * n + k]
        }
        a[p * n + p] = ofP
        a[q * n + q] = ofQ
        a[p * n + q] = 0
        a[q * n + p] = 0
    }

    /// Rows p and q become c·p − s·q and s·p + c·q.
    private static func combine(
        _ rows: UnsafeMutableBufferPointer<Double>, _ p: Int, _ q: Int, _ n: Int, _ c: Double, _ s: Double
    ) {
        for k in 0..<n {
            let (x, y) = (rows[p * n + k], rows[q * n + k])
            rows[p * n + k] = c * x - s * y
            rows[q * n + k] = s * x + c * y
        }
    }
}
