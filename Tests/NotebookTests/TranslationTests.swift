import Notebook
import Testing

/// A notebook in another language has the cells of its original, and none of its own.
@Suite struct TranslationTests {
    private static let originalText = """
        ---
        title: On nets
        parameters:
          steps: 20
        ---

        Prose, and `{swift} steps + 1`.

        ```swift
        //| label: fig-loss
        //| fig-cap: >-
        //|   The loss,
        //|   step by step.
        //| expect: {tolerance: 1e-6}
        let loss = 1.0
        let fence = "```"
        ```

        - A list:

          ```swift
          print(loss)
          ```

        Then `{swift} loss`.
        """
    private static let translated = """
        ---
        title: 论网络
        ---

        正文。然后是 `{swift} loss`，以及 `{swift} steps + 1`。

        ```{cell} fig-loss
        //| fig-cap: 每一步的损失。
        ```

        - 列表：

          ```{cell}
          ```
        """

    private func original() throws -> Notebook {
        try Notebook(parsing: TranslationTests.originalText, name: "n", path: "Notebooks/n.md")
    }

    private func translation(_ text: String) throws -> Translation {
        Translation(of: try original(), text: text, path: "Notebooks/n.zh.md")
    }

    private func problems(_ text: String) throws -> [String] {
        try translation(text).problems.map { $0.rendered(file: "n.zh.md") }
    }

    @Test func itRunsTheSameCodeUnderTheSameOptions() throws {
        let (original, translation) = (try original(), try translation(TranslationTests.translated))
        #expect(translation.problems == [])
        let notebook = translation.notebook
        #expect(notebook.cells.map(\.code) == original.cells.map(\.code))
        #expect(notebook.cells.map(\.options.label) == original.cells.map(\.options.label))
        #expect(notebook.cells.map(\.options.expect?.tolerance) == original.cells.map(\.options.expect?.tolerance))
        #expect(notebook.frontMatter.parameters == original.frontMatter.parameters)
        #expect(notebook.name == original.name)
    }

    @Test func itHasItsOwnTitleCaptionsAndProse() throws {
        let notebook = try translation(TranslationTests.translated).notebook
        #expect(notebook.title == "论网络")
        #expect(notebook.cells.map(\.options.figureCaption) == ["每一步的损失。", nil])
        #expect(text(of: notebook).contains("正文。"))
        #expect(!text(of: notebook).contains("Prose"))
    }

    @Test func aCaptionThatIsNotTranslatedStaysAsItIs() throws {
        let text = TranslationTests.translated.replacing("//| fig-cap: 每一步的损失。\n", with: "")
        #expect(try translation(text).notebook.cells[0].options.figureCaption == "The loss, step by step.")
    }

    @Test func aTranslationHasAsManyCaptionsAsTheOriginal() throws {
        let text = TranslationTests.translated.replacing("fig-cap: 每一步的损失。", with: "fig-cap: [每一步的损失。, 又一个。]")
        let found = try problems(text)
        #expect(found.count == 1 && found[0].contains("expected one text, as in the original"), "\(found)")
    }

    @Test func valuesStandWhereTheTranslationHasThem() throws {
        let translation = try translation(TranslationTests.translated)
        #expect(translation.values == [1, 0])
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [], cells: [],
            values: ["steps + 1", "loss"].map { ValueRecord(expression: $0, text: "of \($0)") })
        #expect(translation.arranged(record).values?.map(\.text) == ["of loss", "of steps + 1"])
    }

    @Test func aValueThatTheOriginalHasNotIsAnErrorAtItsLine() throws {
        let text = TranslationTests.translated.replacing("loss`", with: "lost`")
        let found = try problems(text)
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("n.zh.md:5:"))
        #expect(found[0].contains("`Notebooks/n.md` has no value `{swift} lost`"))
    }

    @Test func aCellThatIsMissingIsToldWithTheFenceThatStandsForIt() throws {
        let text = TranslationTests.translated.replacing("```{cell} fig-loss\n//| fig-cap: 每一步的损失。\n```\n", with: "")
        let found = try problems(text)
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("n.zh.md:10:"))
        #expect(found[0].contains("put a fence `{cell} fig-loss` in its place"))
    }

    @Test func aCellThatIsNotThereIsToldWithTheNearestLabel() throws {
        let found = try problems(TranslationTests.translated.replacing("fig-loss", with: "fig-los"))
        #expect(
            found.contains {
                $0.hasPrefix("n.zh.md:7:1: error: `Notebooks/n.md` has no cell `fig-los`; did you mean `fig-loss`?")
            })
    }

    @Test func aCellThatStandsTwiceIsAnError() throws {
        let found = try problems(TranslationTests.translated + "\n\n```{cell} fig-loss\n```\n")
        #expect(found.count == 1)
        #expect(found[0].contains("keep the order of its cells"))
    }

    @Test(arguments: ["```swift\nprint(1)\n```\n", "```{cell} fig-loss\nlet loss = 2.0\n```\n"])
    func codeIsAnError(fence: String) throws {
        let text = "\(fence)\n```{cell} fig-loss\n```\n\n```{cell}\n```\n"
        let found = try problems(fence.contains("{cell}") ? "\(fence)\n```{cell}\n```\n" : text)
        #expect(found.count == 1)
        #expect(found[0].contains("a translation has no code"))
    }

    @Test func aCaptionThatTheCellHasNotIsAnError() throws {
        let text = TranslationTests.translated.replacing("  ```{cell}\n", with: "  ```{cell}\n  //| tbl-cap: 表\n")
        let found = try problems(text)
        #expect(found.count == 1)
        #expect(found[0].contains("only captions that the cell has in the original"))
    }

    @Test func frontMatterOfTheRunIsAnError() throws {
        let found = try problems(TranslationTests.translated.replacing("title: 论网络", with: "parameters: {steps: 3}"))
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("n.zh.md:2:1: error: unknown front-matter entry of a translation `parameters`"))
    }

    @Test func whatIsWrongBehindACellIsToldInTheLinesOfTheTranslation() throws {
        let text = TranslationTests.translated + "\n\n`{record}`\n"
        #expect(try problems(text).map { $0.prefix(13) } == ["n.zh.md:16:1:"])
    }
}
