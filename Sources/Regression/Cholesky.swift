/// The triangular factor of a symmetric positive definite matrix, A = L·Lᵀ, with which systems are solved.
///
/// In double precision by plain loops in ascending order.
struct Cholesky {
    /// Rows of L, each as long as its index plus one.
    private let rows: [[Double]]

    /// `nil` where the matrix is not positive definite, within rounding.
    init?(_ matrix: [[Double]]) {
        var rows: [[Double]] = []
        for i in matrix.indices {
            var row: [Double] = []
            for j in 0...i {
                var sum = matrix[i][j]
                for k in 0..<j { sum -= row[k] * (j < i ? rows[j][k] : row[k]) }
                if j < i {
                    row.append(sum / rows[j][j])
                } else {
                    guard sum > 0 else { return nil }
                    row.append(sum.squareRoot())
                }
            }
            rows.append(row)
        }
        self.rows = rows
    }

    /// x with A·x = b.
    func solve(_ b: [Double]) -> [Double] {
        var x = b
        for i in x.indices {
            for k in 0..<i { x[i] -= rows[i][k] * x[k] }
            x[i] /= rows[i][i]
        }
        for i in x.indices.reversed() {
            for k in (i + 1)..<max(x.count, i + 1) { x[i] -= rows[k][i] * x[k] }
            x[i] /= rows[i][i]
        }
        return x
    }
}
