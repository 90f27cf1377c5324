import Datasets
import Distillation
import Testing

/// The synthetic digits must be as hard as handwritten ones: for a linear classifier, not for a larger net, and most
/// of all where digits look alike.
@Suite struct TheDifficultyOfSyntheticDigits {
    private static let digits = SyntheticDigits(seed: 1)
    private static let training = digits.training(count: 10_000)
    private static let test = digits.test(count: 3000)

    /// The test scores of a net with `hidden` units between pixels and classes, or none.
    private func scores(hidden: Int?, epochs: Int) -> Scores {
        var network = Network(inputs: 784, seed: 1) {
            if let hidden { Dense(hidden, activation: .relu) }
            Dense(10)
        }
        network.train(
            on: Self.training, objective: .crossEntropy, optimizer: .adam(learningRate: hidden == nil ? 2e-3 : 1e-3),
            epochs: epochs, batchSize: 100, seed: 1)
        return network.evaluate(on: Self.test)
    }

    /// How often each pair of digits was taken for one another, most often first.
    private func confusedPairs(_ scores: Scores) -> [(pair: Set<Int>, count: Int)] {
        var counts: [Set<Int>: Int] = [:]
        for (predicted, label) in zip(scores.predictions, Self.test.labels) where predicted != Int(label) {
            counts[[predicted, Int(label)], default: 0] += 1
        }
        return counts.map { (pair: $0.key, count: $0.value) }.sorted { $0.count > $1.count }
    }

    @Test func aLinearClassifierGetsMostOfThemAndConfusesLookAlikes() {
        let scores = scores(hidden: nil, epochs: 12)
        #expect((0.85...0.94).contains(scores.accuracy), "\(scores.accuracy)")
        let pairs = confusedPairs(scores)
        let most = pairs.prefix(5).map(\.pair)
        for lookAlikes in [[3, 8], [4, 9], [1, 7]] as [Set<Int>] {
            #expect(most.contains(lookAlikes), "\(lookAlikes.sorted()) is not among \(pairs.prefix(8))")
        }
        // 45 pairs there are: chance would give these five a ninth of all errors.
        #expect(3 * pairs.prefix(5).map(\.count).reduce(0, +) > scores.errors)
    }

    @Test func aNetWithManyHiddenUnitsIsClearlyBetterAndOneWithFewIsBetween() {
        let linear = scores(hidden: nil, epochs: 12).accuracy
        let small = scores(hidden: 20, epochs: 10).accuracy
        let large = scores(hidden: 300, epochs: 10).accuracy
        #expect(large >= 0.96)
        #expect(large > small + 0.015, "\(large) and \(small)")
        #expect(small > linear, "\(small) and \(linear)")
    }
}
