import Sequences
import Tensors
import Testing

/// Taggers on sentences whose best tagging is known.
@Suite struct ChainTaggerTests {
    private let source = HiddenMarkovSource(seed: 1, tagCount: 4, wordCount: 20)
    private func features(_ sentence: HiddenMarkovSource.Sentence) -> ChainTagger.Features {
        sentence.words.map { [$0] }
    }
    private func trained(_ training: ChainTagger.Training, seed: UInt64 = 1, count: Int = 150) -> ChainTagger {
        let sentences = source.sentences(count)
        var tagger = ChainTagger(featureCount: 20, labelCount: 4)
        tagger.train(on: sentences.map(features), training, seed: seed) {
            $1.negativeLogLikelihood(of: sentences[$0].tags)
        }
        return tagger
    }
    private func errors(_ labels: (HiddenMarkovSource.Sentence) -> [Int]) -> Double {
        let test = source.sentences(200, stream: 1)
        let wrong = test.reduce(0) { $0 + zip(labels($1), $1.tags).count { $0 != $1 } }
        return Double(wrong) / Double(test.reduce(0) { $0 + $1.words.count })
    }

    @Test func aTaggerComesNearTheBestThereIs() {
        let best = errors { source.posterior(of: $0.words).best.labels }
        let tagger = trained(ChainTagger.Training(epochs: 10))
        let untrained = ChainTagger(featureCount: 20, labelCount: 4)
        let found = errors { tagger.labels(for: features($0)) }
        #expect(found < best + 0.06, "\(found) against \(best)")
        #expect(errors { untrained.labels(for: features($0)) } > found + 0.1)
    }

    @Test func theFirstStepGoesDownTheGradientOfTheLoss() throws {
        // Adagrad's first step is −rate·sign(g), the sign being that of a finite difference of the loss in the weight. Words that
        // stand once have a gradient of one position.
        let sentence = try #require(source.sentences(60, stream: 2).first { Set($0.words).count == $0.words.count })
        let start = trained(ChainTagger.Training(epochs: 2), count: 20)
        func loss(_ tagger: ChainTagger) -> Double {
            tagger.chain(for: features(sentence)).negativeLogLikelihood(of: sentence.tags).loss
        }
        var next = start
        next.train(on: [features(sentence)], ChainTagger.Training(epochs: 1, rate: 1e-6), seed: 1) {
            $1.negativeLogLikelihood(of: sentence.tags)
        }
        let chain = start.chain(for: features(sentence))
        func loss(raising k: Int, at t: Int, by step: Double) -> Double {
            var emissions = chain.emissions
            emissions[t][k] += step
            let raised = LinearChain(
                emissions: emissions, transitions: chain.transitions, starts: chain.starts, ends: chain.ends)
            return raised.negativeLogLikelihood(of: sentence.tags).loss
        }
        for (t, word) in sentence.words.enumerated() {
            for k in 0..<4 {
                let moved = next.weights[word][k] - start.weights[word][k]
                let slope = loss(raising: k, at: t, by: 1e-5) - loss(raising: k, at: t, by: -1e-5)
                #expect((moved < 0) == (slope > 0))
                #expect(abs(abs(moved) - 1e-6) < 1e-9 || abs(slope / 2e-5) < 1e-2)
            }
        }
        #expect(loss(next) < loss(start))
    }

    @Test func aTrainingDependsOnItsArgumentsAlone() {
        let training = ChainTagger.Training(epochs: 3, dropout: 0.2, decay: 0.001)
        #expect(trained(training) == trained(training))
        #expect(trained(training) != trained(training, seed: 2))
    }

    @Test func decayKeepsWeightsSmall() {
        func size(_ tagger: ChainTagger) -> Double { tagger.weights.joined().reduce(0) { $0 + $1 * $1 } }
        #expect(size(trained(.init(epochs: 5, decay: 0.1))) < size(trained(.init(epochs: 5))))
    }
}
