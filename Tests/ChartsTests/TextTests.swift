import Charts
import Testing

@Suite struct TextTests {
    private func width(_ text: String, size: Double = 100) throws -> Double {
        try FontBook.shared().run(text, size: size).width
    }

    @Test func widthsAreThoseOfTheFontInProportionToItsSize() throws {
        #expect(try abs(width("H") - 75.2) < 0.1)  // 1540 of 2048 units in DejaVu Sans
        #expect(try abs(width("loss", size: 20) * 5 - width("loss")) < 1e-9)
        #expect(try width("") == 0)
    }

    @Test func pairsAreKerned() throws {
        #expect(try width("AV") < width("A") + width("V"))
    }

    @Test func subscriptsAreSmallerAndOnlyWhereMeant() throws {
        #expect(try width("L_ct") < width("Lct"))
        #expect(try width("L_{ct}") == width("L_ct"))
        #expect(try width("10^{−3}") < width("10−3"))
        // Names with underscores are no formulas.
        let fonts = try FontBook.shared()
        #expect(fonts.run("soft_labels", size: 10).glyphCount == 11)
        #expect(fonts.run("L_ct", size: 10).glyphCount == 3)
        #expect(fonts.run("a_{", size: 10).glyphCount == 3)
    }

    @Test func composedAndDecomposedAccentsLookTheSame() throws {
        #expect(try width("caf\u{e9}") == width("cafe\u{301}"))
    }

    @Test func greekAndSuperscriptsAreInTheDefaultFont() throws {
        let run = try FontBook.shared().run("T² · KL(p‖q) ≥ τ − α, Žižek 10⁻³ ∞", size: 12)
        #expect(run.missing.isEmpty)
    }

    @Test func whatNoFontHasIsAVisibleBoxAndAWarning() throws {
        let figure = Chart("Unknown \u{10FFFD}", y: "\u{10FFFD}") { Line(y: [1, 2]) }.figure
        #expect(try figure.warnings() == ["no installed font has “\u{10FFFD}” (U+10FFFD); a box stands for it"])
        #expect(try Chart("Known") { Line(y: [1, 2]) }.figure.warnings() == [])
        #expect(try width("\u{10FFFD}") == 66)
    }

    @Test func chineseIsSetInAFallbackFontOrSaysThatThereIsNone() throws {
        let figure = Chart("知识蒸馏") { Line(y: [1, 2]) }.figure
        let missing = try FontBook.shared().run("知识蒸馏", size: 12).missing
        #expect(try figure.warnings().count == (missing.isEmpty ? 0 : 1))
        #expect(try width("知识蒸馏") > 200)
    }

    @Test func manyCharactersThatNoFontHasAreOneWarning() throws {
        let figure = Chart("\u{10FFFC}\u{10FFFD}") { Line(y: [1, 2]) }.figure
        #expect(
            try figure.warnings() == [
                "no installed font has 2 of the characters: “\u{10FFFC}”, “\u{10FFFD}”; boxes stand for them"
            ])
    }

    @Test func controlCharactersAreSpaces() throws {
        #expect(try width("a\tb") == width("a b"))
        #expect(try FontBook.shared().run("a\u{0}b", size: 10).missing.isEmpty)
    }
}
