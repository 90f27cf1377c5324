import Sequences
import Testing

/// Losses and gradients, compared with what automatic differentiation gave elsewhere.
@Suite struct ChainReferenceTests {
    private func chain(_ scores: [Double]) -> LinearChain {
        func rows(_ range: Range<Int>) -> [[Double]] {
            stride(from: range.lowerBound, to: range.upperBound, by: 3).map { Array(scores[$0..<$0 + 3]) }
        }
        return LinearChain(
            emissions: rows(0..<12), transitions: rows(12..<21), starts: rows(21..<24)[0], ends: rows(24..<27)[0])
    }

    private func expect(_ found: ChainLoss, _ loss: Double, _ gradient: [Double]) {
        #expect(abs(found.loss - loss) < 1e-12)
        let parts = found.gradient
        let numbers = Array(parts.emissions.joined()) + parts.transitions.joined() + parts.starts + parts.ends
        #expect(numbers.count == gradient.count)
        for (slope, reference) in zip(numbers, gradient) { #expect(abs(slope - reference) < 1e-12) }
    }

    @Test func lossesAndGradientsAreThoseOfTorch() {
        let (student, teacher) = (chain(SequenceReferences.student), chain(SequenceReferences.teacher))
        expect(
            student.negativeLogLikelihood(of: [0, 1, 2, 0]), SequenceReferences.likelihoodLoss,
            SequenceReferences.likelihoodGradient)
        expect(
            student.distillation(from: teacher, temperature: 2), SequenceReferences.sequencesLoss,
            SequenceReferences.sequencesGradient)
        expect(
            student.distillation(from: teacher, best: 3), SequenceReferences.bestLoss, SequenceReferences.bestGradient)
        expect(
            student.wordDistillation(from: teacher, temperature: 2), SequenceReferences.wordsLoss,
            SequenceReferences.wordsGradient)
    }
}
