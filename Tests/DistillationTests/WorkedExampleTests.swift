import Distillation
import Tensors
import Testing

/// The ten-class example that the first notebook takes apart, to 10 significant digits.
@Suite struct WorkedExampleTests {
    private let t = [0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1]
    private let s = [0.05, 0.15, 0.25, 0.05, 0.15, 0.25, 0.05, 0.15, 0.25, 0.05]
    private var p: [Double] { normalized(t) }
    private var q: [Double] { normalized(s) }

    /// Whether two numbers agree when written with 10 significant digits, the last one give or take rounding.
    private func agree(_ value: Double, _ reference: Double) -> Bool {
        let decade = ReproducibleMath.log10(abs(reference)).rounded(.down)
        let unit = ReproducibleMath.exp((decade - 9) * ReproducibleMath.log(10))
        return abs(value - reference) <= 0.5001 * unit
    }

    private func decimal(_ nats: Double) -> Double { nats / ReproducibleMath.log(10) }

    private func hardLoss(_ q: [Double], _ index: Int) -> Double { -ReproducibleMath.log(q[index]) }

    @Test func thePrintedLossesAreMinusTheSoftCrossEntropyAndMinusTheTeachersEntropy() {
        #expect(agree(-crossEntropy(t, s), -3.584229825))
        #expect(agree(decimal(-crossEntropy(t, s)), -1.556611235))
        #expect(agree(-entropy(t), -2.970272309))
        #expect(agree(decimal(-entropy(t)), -1.289972873))
    }

    @Test func theRawColumnsDivergeByTheseAmounts() {
        #expect(agree(klDivergence(from: t, to: s), 0.6139575168))
        #expect(agree(decimal(klDivergence(from: t, to: s)), 0.2666383617))
        #expect(agree(generalizedKLDivergence(from: t, to: s), 0.1139575168))
    }

    @Test func theNormalisedColumnsHaveTheseEntropies() {
        #expect(agree(entropy(p), 2.205155101))
        #expect(agree(decimal(entropy(p)), 0.9576866922))
        #expect(agree(crossEntropy(p, q), 2.222908987))
        #expect(agree(decimal(crossEntropy(p, q)), 0.9653971067))
    }

    @Test func theNormalisedColumnsDivergeByTheseAmounts() {
        #expect(agree(klDivergence(from: p, to: q), 0.01775388561))
        #expect(agree(decimal(klDivergence(from: p, to: q)), 0.007710414554))
        #expect(agree(klDivergence(from: q, to: p), 0.01621912361))
        #expect(agree(jensenShannon(p, q), 0.004225628316))
    }

    @Test func theHardLabelsHaveTheseLosses() {
        for tied in [2, 5, 8] {
            #expect(agree(hardLoss(q, tied), 1.722766598))
            #expect(agree(decimal(hardLoss(q, tied)), 0.7481880270))
            #expect(agree(hardLoss(s, tied), 1.386294361))
            #expect(agree(decimal(hardLoss(s, tied)), 0.6020599913))
        }
        for index in [1, 4, 7] { #expect(agree(hardLoss(q, index), 2.233592222)) }
        for index in [0, 3, 6, 9] { #expect(agree(hardLoss(q, index), 3.332204510)) }
    }

    @Test func tenIndependentSigmoidsHaveTheseLosses() {
        #expect(agree(bernoulliCrossEntropy(t, s), 4.763063468))
        #expect(agree(bernoulliEntropy(t), 4.634132070))
        #expect(agree(bernoulliKLDivergence(from: t, to: s), 0.1289313978))
    }

    @Test func thePrintedResultsAreConstantsOfAnotherOrigin() {
        #expect(agree(ReproducibleMath.log(3) / 2, 0.5493061443))
        #expect(agree(ReproducibleMath.log10(2), 0.3010299957))
    }

    @Test func readAsLogitsTheColumnsAreTheSameDistribution() {
        let teacher = softmax(t)
        let student = softmax(s)
        for (index, value) in [0.09107699525, 0.1006556465, 0.1112416932].enumerated() {
            #expect(agree(teacher[index], value))
            #expect(agree(student[index], value))
        }
        #expect(agree(crossEntropy(teacher, student), 2.299108319))
        #expect(agree(hardLoss(student, 2), 2.196050029))
        for temperature in [0.5, 1, 4, 20] {
            let divergence = klDivergence(
                from: softmax(t, temperature: temperature), to: softmax(s, temperature: temperature))
            #expect(abs(divergence) < 1e-14)
        }
    }

    @Test(arguments: [
        (2.0, 2.282029383, 0.005688467367, 0.02275386947),
        (4.0, 2.297418931, 0.001544770660, 0.02471633056),
        (20.0, 2.302378434, 6.455255103e-5, 0.02582102041),
    ])
    func temperatureFlattensBothColumns(temperature: Double, crossEntropy: Double, divergence: Double, scaled: Double) {
        let teacher = softmax(t.map(ReproducibleMath.log), temperature: temperature)
        let student = softmax(s.map(ReproducibleMath.log), temperature: temperature)
        #expect(agree(Distillation.crossEntropy(teacher, student), crossEntropy))
        let value = klDivergence(from: teacher, to: student)
        #expect(agree(value, divergence))
        #expect(agree(temperature * temperature * value, scaled))
    }

    @Test func atInfiniteTemperatureTheScaledDivergenceIsHalfTheVarianceOfTheLogitDifferences() {
        let differences = zip(t, s).map { ReproducibleMath.log($0) - ReproducibleMath.log($1) }
        let mean = differences.reduce(0, +) / 10
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10
        #expect(agree(variance / 2, 0.02602022403))
        let uniform = [Double](repeating: 0.1, count: 10)
        #expect(agree(crossEntropy(uniform, uniform), 2.302585093))
    }
}
