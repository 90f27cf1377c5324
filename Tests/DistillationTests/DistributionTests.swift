import Distillation
import Tensors
import Testing

@Suite struct DistributionTests {
    private func random(_ stream: inout RandomStream, _ count: Int) -> [Double] {
        normalized((0..<count).map { _ in stream.uniform() + 1e-6 })
    }

    @Test func divergencesAreNeverNegativeAndZeroForEqualDistributions() {
        var stream = RandomStream(seed: 1, purpose: .data)
        for _ in 0..<1000 {
            let count = 2 + stream.integer(below: 20)
            let (p, q) = (random(&stream, count), random(&stream, count))
            #expect(klDivergence(from: p, to: q) >= 0)
            #expect(jensenShannon(p, q) >= 0)
            #expect(klDivergence(from: p, to: p) == 0)
            #expect(abs(crossEntropy(p, q) - entropy(p) - klDivergence(from: p, to: q)) < 1e-12)
            #expect(abs(jensenShannon(p, q) - jensenShannon(q, p)) < 1e-15)
        }
    }

    @Test func aClassOfNoProbabilityCostsNothing() {
        #expect(entropy([0, 1, 0]) == 0)
        #expect(crossEntropy([0, 1], [0, 1]) == 0)
        #expect(klDivergence(from: [0, 1], to: [0, 1]) == 0)
        #expect(crossEntropy([1, 0], [0, 1]) == .infinity)
        #expect(klDivergence(from: [1, 0], to: [0, 1]) == .infinity)
    }

    @Test func softmaxSumsToOneAndIgnoresAShift() {
        let logits = [1000.0, 1001, 999, -1000]
        let p = softmax(logits)
        #expect(abs(p.reduce(0, +) - 1) < 1e-15)
        #expect(p == softmax(logits.map { $0 - 1000 }))
        #expect(softmax([0, 0, 0, 0]) == [0.25, 0.25, 0.25, 0.25])
    }
}
