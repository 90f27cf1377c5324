import Sequences
import Tensors
import Testing

/// A recurrent tagger against torch's GRU, finite differences, and a language whose past must be remembered.
@Suite struct RecurrentTaggerTests {
    private typealias Reference = RecurrentReferences

    private var reference: RecurrentTagger {
        var tagger = RecurrentTagger(featureCount: 5, embedding: 3, units: 4, labelCount: 3, seed: 1)
        tagger.setParameters(Reference.parameters.map(Float.init))
        return tagger
    }

    /// `rows` cut into matrices for the sequences.
    private func cut(_ rows: [Double], _ sequences: [RecurrentTagger.Features], labels: Int) -> [Matrix] {
        var taken = 0
        return sequences.map { sequence in
            defer { taken += sequence.count * labels }
            return Matrix(
                rows: sequence.count, columns: labels,
                elements: rows[taken..<taken + sequence.count * labels].map(Float.init))
        }
    }

    @Test func logitsAndGradientsAreThoseOfTorch() {
        let logits = reference.logits(for: Reference.sequences).flatMap(\.elements)
        let gradient = reference.backward(
            Reference.sequences, logitGradients: cut(Reference.logitGradient, Reference.sequences, labels: 3))
        for (computed, exact) in [(logits, Reference.logits), (gradient, Reference.gradient)] {
            #expect(computed.count == exact.count)
            for (computed, exact) in zip(computed, exact) { #expect(abs(Double(computed) - exact) < 1e-5) }
        }
    }

    @Test func gradientsAreThoseOfFiniteDifferences() {
        let tagger = RecurrentTagger(featureCount: 6, embedding: 2, units: 3, labelCount: 4, seed: 5)
        let sequences = [[[0], [1, 5], [2]], [[3]], [[4, 4], [], [5], [0, 1, 2], [3]]]
        let labels = [[0, 1, 2], [3], [1, 1, 0, 2, 3]]
        let teacher = RecurrentTagger(featureCount: 6, embedding: 2, units: 3, labelCount: 4, seed: 6).logits(
            for: sequences)
        func losses(_ tagger: RecurrentTagger) -> [PositionLoss] {
            tagger.logits(for: sequences).enumerated().map { index, logits in
                let hard = PositionLoss.negativeLogLikelihood(logits, of: labels[index])
                let soft = PositionLoss.distillation(logits, from: teacher[index], temperature: 2)
                return PositionLoss(
                    loss: 0.3 * hard.loss + 0.7 * soft.loss,
                    gradient: Float(0.3) * hard.gradient + Float(0.7) * soft.gradient)
            }
        }
        let gradient = tagger.backward(sequences, logitGradients: losses(tagger).map(\.gradient))
        for index in tagger.parameters.indices {
            func loss(_ step: Float) -> Double {
                var moved = tagger
                var parameters = tagger.parameters
                parameters[index] += step
                moved.setParameters(parameters)
                return losses(moved).reduce(0) { $0 + $1.loss }
            }
            // Single precision: the differences are good for three digits.
            let difference = (loss(0x1p-7) - loss(-0x1p-7)) / 0x1p-6
            #expect(abs(Double(gradient[index]) - difference) < 2e-3, "parameter \(index)")
        }
    }

    @Test func aSequenceHasTheSameLogitsInAnyCompany() {
        let together = reference.logits(for: Reference.sequences)
        for (sequence, logits) in zip(Reference.sequences, together) {
            #expect(reference.logits(for: [sequence]) == [logits])
        }
    }

    /// Sequences of marks 0 and 1; the label of a position is the mark two positions before it, 0 at the start.
    private func delayed(_ count: Int, seed: UInt64) -> (features: [RecurrentTagger.Features], labels: [[Int]]) {
        var stream = RandomStream(seed: seed, purpose: .data)
        let marks = (0..<count).map { _ in
            (0..<4 + stream.integer(below: 6)).map { _ in stream.integer(below: 2) }
        }
        return (marks.map { $0.map { [$0] } }, marks.map { [0, 0] + $0.dropLast(2) })
    }

    private func trained(epochs: Int) -> (tagger: RecurrentTagger, losses: [Double]) {
        let (features, labels) = delayed(300, seed: 1)
        var tagger = RecurrentTagger(featureCount: 2, embedding: 4, units: 17, labelCount: 2, seed: 2)
        let losses = tagger.train(
            on: features, .init(epochs: epochs, rate: 0.01, batchSize: 20, dropout: 0.01), seed: 3
        ) {
            .negativeLogLikelihood($1, of: labels[$0])
        }
        return (tagger, losses)
    }

    @Test func thePastIsRemembered() {
        let (tagger, losses) = trained(epochs: 25)
        let (features, labels) = delayed(100, seed: 9)
        let wrong = zip(features, labels).reduce(0) { $0 + zip(tagger.labels(for: $1.0), $1.1).count { $0 != $1 } }
        #expect(wrong <= 5, "\(wrong) of \(labels.joined().count)")
        #expect(losses.count == 25 && losses[24] < 0.1 * losses[0])
    }

    @Test func aStudentComesToSayWhatItsTeacherSays() {
        let teacher = trained(epochs: 25).tagger
        let (features, _) = delayed(300, seed: 4)
        let logits = teacher.logits(for: features)
        var student = RecurrentTagger(featureCount: 2, embedding: 2, units: 8, labelCount: 2, seed: 7)
        let losses = student.train(on: features, .init(epochs: 25, rate: 0.02), seed: 8) {
            .distillation($1, from: logits[$0], temperature: 2)
        }
        #expect(losses[24] < 0.1 * losses[0])
    }

    @Test func everyInstructionSetAndNumberOfThreadsTrainsTheSameTaggerBitForBit() {
        let first = trained(epochs: 2)
        for instructionSet in Compute.availableInstructionSets {
            for threads in [1, 3] {
                let again = Compute.with(instructionSet: instructionSet, threads: threads) { trained(epochs: 2) }
                #expect(again.tagger == first.tagger, "\(instructionSet) with \(threads) threads")
                #expect(again.losses == first.losses, "\(instructionSet) with \(threads) threads")
            }
        }
    }
}
