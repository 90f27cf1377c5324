import LossDiagnosis
import Tensors
import Testing

/// What `diagnose` says of losses whose formula the test chose.
@Suite struct DiagnosisTests {
    private func sentence(_ loss: (LossProbe) -> Double) -> String { diagnose(LossAnswers(of: loss)).sentence }

    @Test func theRightLossIsRightWithAndWithoutAHardPart() {
        for weighting in [LossFormula.Weighting.softOnly, .soft] {
            let diagnosis = diagnose(LossAnswers(of: LossFormula(weighting: weighting).value))
            #expect(diagnosis.isRight, "\(diagnosis.sentence)")
        }
        #expect(sentence(LossFormula().value) == "T²·KL(teacher‖student), mean over the batch: right (float64)")
    }

    /// A composition of known mistakes, chosen by chance.
    private func composition(_ stream: inout RandomStream) -> LossFormula {
        func one<T>(_ choices: [T]) -> T { choices[stream.integer(below: choices.count)] }
        let measure = one([LossFormula.Measure.divergence, .reverseDivergence, .crossEntropy])
        return LossFormula(
            measure, sides: one(LossFormula.TemperatureSides.allCases),
            factor: one(LossFormula.TemperatureFactor.allCases),
            reduction: one(LossFormula.Reduction.allCases),
            limit: one([.exact, .exact, .clipped(1e-7), .floored(-64)]),
            weighting: one(LossFormula.Weighting.allCases))
    }

    @Test func aThousandCompositionsOfMistakesAreNamedOrToldToBeAmbiguous() {
        var stream = RandomStream(seed: 18, purpose: .data)
        var named = 0
        for _ in 0..<1000 {
            let formula = composition(&stream)
            // As a framework gives it: rounded to 32 bits.
            let diagnosis = diagnose(LossAnswers(of: { Double(Float(formula.value(of: $0))) }))
            switch diagnosis.finding {
            case .formula(let found):
                #expect(found == formula, "\(formula) with \(formula.mistakes), said: \(diagnosis.sentence)")
                named += found == formula ? 1 : 0
            case .ambiguous(let first, let second):
                #expect(first == formula || second == formula, "\(formula.mistakes), said: \(diagnosis.sentence)")
            default:
                Issue.record("\(formula.mistakes), said: \(diagnosis.sentence)")
            }
        }
        #expect(named > 900)
    }

    @Test func aConstantTimesALossIsToldWithTheConstant() {
        #expect(sentence { 0.3 * LossFormula().value(of: $0) }.hasPrefix("0.3 times it"))
        #expect(sentence { LossFormula().value(of: $0) * 1.4426950408889634 }.hasPrefix("in bits"))
    }

    @Test func aMixtureOfTwoIsToldWithItsWeights() {
        let (forward, reverse) = (LossFormula(), LossFormula(.reverseDivergence))
        let said = sentence { 0.7 * forward.value(of: $0) + 0.3 * reverse.value(of: $0) }
        #expect(said.hasPrefix("a mixture of two: 0.7 of T²·KL(teacher‖student), mean over the batch, and 0.3 of"))
    }

    @Test func aTeacherInTrainingModeIsSeenByTheCallMadeTwice() {
        var calls = 0
        let said = sentence { probe in
            calls += 1
            return LossFormula().value(of: probe) * (1 + 0.01 * Double(calls % 3))
        }
        #expect(said.hasPrefix("teacher in training mode"))
    }

    @Test func whatIsNoKnownLossIsToldWithTheNearest() {
        let said = sentence { LossFormula().value(of: $0) + 0.01 * Double($0.labels[0] + 1) }
        #expect(said.hasPrefix("none that is known; nearest is T²·KL(teacher‖student)"))
    }

    @Test func aValueThatIsNoNumberIsNamedWithItsProbe() {
        let diagnosis = diagnose(LossAnswers(of: { $0.id == "large-t1" ? .nan : LossFormula().value(of: $0) }))
        #expect(!diagnosis.isRight)
        #expect(diagnosis.notFinite == ["large-t1"])
        #expect(sentence { _ in .nan } == "no value is a finite number")
    }

    @Test func aFlatGradientBehindARightValueIsFound() {
        let probe = LossProbe.standard[0]
        let values = LossProbe.standard.map(LossFormula().value)
        let right = LossFormula().gradient(of: probe)
        let flat = [probe.id: right.map { $0.map { _ in 0.0 } }]
        #expect(diagnose(LossAnswers(LossProbe.standard, values: values, gradients: [probe.id: right])).isRight)
        let miss = diagnose(LossAnswers(LossProbe.standard, values: values, gradients: flat)).gradientMiss
        #expect(miss?.probe == probe.id)
    }

    @Test func theProbesAreExactInTheLowestPrecision() {
        let logits = LossProbe.standard.flatMap { ($0.teacher + $0.student).joined() }
        #expect(Precision(seenIn: Array(logits)) == .brain)
        #expect(Set(LossProbe.standard.map(\.id)).count == LossProbe.standard.count)
    }
}

/// Precision is seen in the values, and the tolerance follows.
@Suite struct PrecisionTests {
    /// The value with so many significant bits.
    private func rounded(_ value: Double, bits: Int) -> Double {
        let unit = Double(sign: .plus, exponent: value.exponent - bits + 1, significand: 1)
        return (value / unit).rounded(.toNearestOrEven) * unit
    }

    @Test(arguments: [(53, Precision.double), (24, .single), (11, .half), (8, .brain)])
    func theRightLossIsRightInEachPrecision(bits: Int, precision: Precision) {
        let diagnosis = diagnose(LossAnswers(of: { rounded(LossFormula().value(of: $0), bits: bits) }))
        #expect(diagnosis.precision == precision)
        #expect(diagnosis.isRight, "\(diagnosis.sentence)")
    }

    @Test(arguments: [24, 11, 8])
    func theMeanOverTheClassesIsSeenInEachPrecision(bits: Int) {
        let wrong = LossFormula(reduction: .batchAndClassMean)
        let diagnosis = diagnose(LossAnswers(of: { rounded(wrong.value(of: $0), bits: bits) }))
        #expect(diagnosis.mistakes.contains(wrong.mistakes[0]), "\(diagnosis.sentence)")
    }

    @Test func fiveDecimalsAreEnough() {
        let diagnosis = diagnose(LossAnswers(of: { (LossFormula().value(of: $0) * 1e5).rounded() / 1e5 }))
        #expect(diagnosis.precision == .decimals(5))
        #expect(diagnosis.isRight, "\(diagnosis.sentence)")
    }
}

/// A file of answers is read, or told why not.
@Suite struct LossAnswerFileTests {
    private func complaint(_ json: String) -> String {
        do {
            _ = try LossAnswers(json: Array(json.utf8))
            return "none"
        } catch {
            return error.description
        }
    }
    private let values = LossProbe.standard.map { "\"\($0.id)\": \(LossFormula().value(of: $0))" }

    @Test func whatAProgramWroteIsDiagnosed() throws {
        let json = "{\"values\": {\(values.joined(separator: ", "))}}"
        #expect(diagnose(try LossAnswers(json: Array(json.utf8))).isRight)
    }

    @Test func numbersThatAreNoneMayStandAsPythonWritesThem() throws {
        let rest = values.dropFirst().joined(separator: ", ")
        let answers = try LossAnswers(json: Array("{\"values\": {\"three\": NaN, \(rest)}}".utf8))
        #expect(diagnose(answers).notFinite == ["three"])
    }

    @Test func eachFaultHasItsWord() {
        let rest = values.dropFirst().joined(separator: ", ")
        #expect(complaint("{\"values\": {\(rest)}}").hasPrefix("three: this probe has no value"))
        #expect(
            complaint("{\"values\": {\"three\": [1], \(rest)}}").contains("values.three: each value must be one number")
        )
        #expect(complaint("{\"values\": {\"three\": \"much\", \(rest)}}").contains("`much` is no number"))
        #expect(
            complaint("{\"values\": {\"four\": 1, \"three\": 1, \(rest)}}").hasPrefix("four: there is no such probe"))
        #expect(complaint("{}").hasPrefix("values: there are none"))
        #expect(complaint("{\"values\": {").hasPrefix("it is no JSON"))
        let all = values.joined(separator: ", ")
        #expect(complaint("{\"precision\": \"fp8\", \"values\": {\(all)}}").hasPrefix("precision: `fp8` is none of"))
        #expect(complaint("{\"gradients\": {\"three\": [[1, 2]]}, \"values\": {\(all)}}").contains("1 × 3"))
        #expect(
            complaint(
                "{\"probes\": [{\"id\": \"a\", \"teacher\": [[1, 2]], \"student\": [[1]], \"labels\": [0],"
                    + " \"temperature\": 1}]}"
            )
            .hasPrefix("a: teacher, student and labels must have as many rows"))
    }
}
