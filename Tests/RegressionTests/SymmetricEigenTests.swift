import Regression
import Tensors
import Testing

/// Eigenvalues and eigenvectors, held to their definition.
@Suite struct SymmetricEigenTests {
    private func random(_ n: Int, seed: UInt64) -> [[Double]] {
        var stream = RandomStream(seed: seed, purpose: .data)
        var matrix = Array(repeating: Array(repeating: 0.0, count: n), count: n)
        for i in 0..<n {
            for j in 0...i {
                matrix[i][j] = stream.normal()
                matrix[j][i] = matrix[i][j]
            }
        }
        return matrix
    }
    private func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

    @Test(arguments: [1, 2, 3, 10, 40])
    func everyVectorIsOnlyStretched(n: Int) {
        let matrix = random(n, seed: UInt64(n))
        let eigen = SymmetricEigen(matrix)
        #expect(eigen.values.count == n && zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
        for (value, vector) in zip(eigen.values, eigen.vectors) {
            #expect(close(matrix.map { product($0, vector) }, vector.map { value * $0 }, within: 1e-12 * Double(n)))
        }
    }

    @Test(arguments: [2, 10, 40])
    func theVectorsAreOrthonormal(n: Int) {
        let vectors = SymmetricEigen(random(n, seed: 7)).vectors
        for i in 0..<n {
            for j in 0..<n { #expect(abs(product(vectors[i], vectors[j]) - (i == j ? 1 : 0)) < 1e-13 * Double(n)) }
        }
    }

    @Test func theValuesAddUpToTheTrace() {
        let matrix = random(20, seed: 3)
        let trace = matrix.indices.reduce(0) { $0 + matrix[$1][$1] }
        #expect(abs(SymmetricEigen(matrix).values.reduce(0, +) - trace) < 1e-12)
    }

    @Test func equalAndZeroValuesAreFound() {
        #expect(SymmetricEigen([[2, 0], [0, 2]]).values == [2, 2])
        #expect(close(SymmetricEigen([[1, 1], [1, 1]]).values, [2, 0], within: 1e-15))
        #expect(SymmetricEigen([[0, 0], [0, 0]]).values == [0, 0])
        #expect(SymmetricEigen([]).values.isEmpty)
    }

    @Test func onlyWhatLiesBelowTheDiagonalIsRead() {
        #expect(SymmetricEigen([[1, 99], [2, 3]]) == SymmetricEigen([[1, 2], [2, 3]]))
    }
}
