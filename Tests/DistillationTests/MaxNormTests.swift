import Distillation
import Foundation
import Tensors
import Testing

@Suite struct MaxNormTests {
    private let images = bars(count: 500, seed: 1)

    private func trained(maxNorm: Double?, epochs: Int = 3) -> Network {
        var network = Network(inputs: 784, seed: 3) {
            Dense(24, activation: .relu, maxNorm: maxNorm)
            Dense(10)
        }
        network.train(on: images, epochs: epochs, batchSize: 32, seed: 1)
        return network
    }

    /// The norm of the weights into each unit of a layer.
    private func norms(_ weights: Matrix) -> [Double] {
        (0..<weights.columns).map { unit in
            (0..<weights.rows).map { Double(weights[$0, unit]) * Double(weights[$0, unit]) }.reduce(0, +).squareRoot()
        }
    }

    @Test func noUnitsWeightsAreLongerThanTheBound() {
        let bound = 1.2
        let free = norms(trained(maxNorm: nil).weights(ofDenseLayer: 0))
        #expect(free.allSatisfy { $0 > bound })
        let bounded = norms(trained(maxNorm: bound).weights(ofDenseLayer: 0))
        #expect(bounded.allSatisfy { $0 < bound * (1 + 1e-5) })
        #expect(bounded.contains { $0 > bound * (1 - 1e-5) })
    }

    @Test func aLayerWithoutABoundIsLeftAlone() {
        let bound = 1.2
        let last = trained(maxNorm: bound).weights(ofDenseLayer: 1)
        #expect(norms(last).contains { $0 > bound })
    }

    @Test func aBoundThatIsNeverReachedChangesNothing() {
        #expect(trained(maxNorm: 1000).parameters == trained(maxNorm: nil).parameters)
    }

    @Test func aNetworkWithABoundIsWrittenAndReadBack() throws {
        let network = trained(maxNorm: 1.5, epochs: 1)
        let read = try JSONDecoder().decode(Network.self, from: JSONEncoder().encode(network))
        #expect(read == network)
    }
}
