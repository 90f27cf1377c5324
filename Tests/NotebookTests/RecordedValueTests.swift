import Notebook
import Testing

@Suite struct RecordedValueTests {
    private static let matter = "---\neditions:\n  mnist: {}\n---\n"

    private func read(_ prose: String) -> (notebook: Notebook, problems: [String]) {
        let (notebook, diagnostics) = Notebook.parsed(Self.matter + prose, name: "n", path: "n.md")
        return (notebook, diagnostics.map(\.message))
    }

    @Test func itSaysWhichRecordHasIt() {
        let prose = """
            `{record} C01 / 80 units / effect` `{record mnist} tbl-x / a / b`
            `{record default} C01 / n` `{record 04-x} C01 / n` `{record 04-x mnist} tbl-x / 0.5/2 / b c`
            """
        let values = read(prose).notebook.recordedValues
        #expect(values.map(\.notebook) == [nil, nil, nil, "04-x", "04-x"])
        #expect(values.map(\.edition) == [nil, "mnist", "default", nil, "mnist"])
        #expect(
            values.map(\.path) == [
                ["C01", "80 units", "effect"], ["tbl-x", "a", "b"], ["C01", "n"], ["C01", "n"],
                ["tbl-x", "0.5/2", "b c"],
            ])
    }

    @Test(arguments: [
        "`{record}`", "`{record} `", "`{record ../x} a / b`", "`{record a/b} a / b`", "`{record a b c} a / b`",
    ])
    func oneThatNamesNothingOrLeadsOutOfTheBookIsTold(prose: String) {
        let found = read(prose)
        #expect(found.notebook.recordedValues.isEmpty)
        #expect(
            found.problems.count == 1 && found.problems[0].contains("does not say where it is"), "\(found.problems)")
    }

    @Test(arguments: ["`{records} a`", "`` `{record} a` ``", "    `{record} a / b`", "`{recorded} a`"])
    func otherCodeIsCode(prose: String) {
        let found = read(prose)
        #expect(found.notebook.recordedValues.isEmpty && found.problems.isEmpty)
    }

    @Test(arguments: [
        "---\ntitle: A `{record} a / b`\n---\n", "---\nabstract: A `{record} a / b`\n---\n",
        "```swift\n//| label: fig-x\n//| fig-cap: A `{record} a / b`\n1\n```\n",
    ])
    func whatStandsElsewhereOrHasTheValueItselfHoldsNone(text: String) {
        #expect(Notebook.parsed(text, name: "n", path: "n.md").diagnostics.count == 1)
    }

    @Test func itsWordsStandInItsPlaceAndMarkdownLeavesThemAlone() {
        let prose = "é `{record} a / b` and `{swift} x` and `{record} a / c`.\n\n> `{record} a / d`\n"
        let filled = read(prose).notebook.filled { value in
            ["b": "−1 (−2 … 3)", "c": "*p* < [0]"][value.path[1]]
        }
        let text = filled.text.dropFirst(Self.matter.count)
        #expect(text == "é −1 (−2 … 3) and `{swift} x` and \\*p\\* \\< \\[0\\].\n\n> `{record} a / d`\n")
        #expect(filled.inlineValues.map(\.expression) == ["x"])
        #expect(filled.recordedValues.map(\.path) == [["a", "d"]])
    }

    @Test func whereValuesAreLeftOutAllElseStandsWhereItStood() {
        let notebook = read("a `{record} a / b` b $x = `{record} c / d`$ `{swift} x`").notebook
        let without = notebook.withoutRecordedValues
        #expect(without.text.utf8.count == notebook.text.utf8.count && without.recordedValues.isEmpty)
        #expect(without.inlineValues.map(\.position) == notebook.inlineValues.map(\.position))
    }
}
