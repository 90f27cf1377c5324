import Tensors
import Testing

@Suite(.serialized) struct ComputeMapTests {
    @Test(arguments: [1, 2, 3, 8])
    func resultsStandInTheOrderOfTheirIndicesWhateverTheThreads(threads: Int) {
        Compute.with(threads: threads) {
            for count in [0, 1, 2, 7, 300] {
                #expect(Compute.map(count) { "\($0)" } == (0..<count).map { "\($0)" })
            }
            #expect(Compute.map(["b", "a", "c"]) { $0 + $0 } == ["bb", "aa", "cc"])
        }
    }

    @Test func productsWithinGiveTheBitsOfProductsAlone() {
        var stream = RandomStream(seed: 1, purpose: .data)
        let matrices = (0..<6).map { _ in Matrix(rows: 90, columns: 90) { _, _ in Float(stream.normal()) } }
        let alone = matrices.map { matmul($0, $0) }
        for threads in 1...3 {
            Compute.with(threads: threads) { #expect(Compute.map(matrices) { matmul($0, $0) } == alone) }
        }
    }

    @Test func aMapWithinAMapEndsToo() {
        let sums = Compute.with(threads: 3) {
            Compute.map(20) { outer in Compute.map(outer) { $0 + outer }.reduce(0, +) }
        }
        #expect(sums == (0..<20).map { outer in (0..<outer).map { $0 + outer }.reduce(0, +) })
    }
}
