import Math
import Testing

@Suite struct CorpusTests {
    @Test func everyFormulaIsTranslatedAsRecorded() throws {
        let formulas = try Corpus.formulas()
        let translated = try formulas.map { ($0, try mathML($0.tex, display: $0.display)) }
        if Corpus.isRecording {
            try Corpus.record("expected.txt", translated)
            Issue.record("expected.txt was recorded; look at its changes and run the tests again without recording")
            return
        }
        let expected = try Corpus.recorded("expected.txt")
        #expect(expected.count == formulas.count)
        for (formula, mathML) in translated {
            #expect(mathML == expected[formula], "\(formula)")
        }
    }

    @Test func theCorpusHasAtLeast150DifferentFormulas() throws {
        let formulas = try Corpus.formulas()
        #expect(Set(formulas).count == formulas.count)
        #expect(formulas.count >= 150)
    }

    @Test func theStructureIsPandocsExceptWhereAReasonIsGiven() throws {
        let oracle = try Corpus.recorded("pandoc.txt")
        let formulas = try Corpus.formulas()
        for formula in formulas {
            let recorded = try #require(oracle[formula], "script/record-math-oracle has not seen \(formula)")
            let ours = normalForm(of: try Element(xml: try mathML(formula.tex, display: formula.display)))
            let theirs = recorded == "-" ? "-" : normalForm(of: try Element(xml: recorded))
            if let reason = Differences.reasons[formula.line] {
                #expect(ours != theirs, "\(formula) no longer differs: \(reason)")
            } else {
                #expect(ours == theirs, "\(formula)")
            }
        }
        let known = Set(formulas.map(\.line))
        #expect(Differences.reasons.keys.filter { !known.contains($0) }.isEmpty)
    }

    @Test func everyTranslationIsWellFormedAndHoldsItsSource() throws {
        for formula in try Corpus.formulas() {
            let element = try Element(xml: try mathML(formula.tex, display: formula.display))
            #expect(element.name == "math")
            #expect(element.first("annotation")?.text == formula.tex, "\(formula)")
        }
    }
}
