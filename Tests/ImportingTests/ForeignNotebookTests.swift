import Foundation
import Importing
import Notebook
import Testing

@Suite struct ForeignNotebooks {
    private func imported(_ text: String, _ format: Import.Format) throws -> (text: String, notes: [String]) {
        let file = try Import(Array(text.utf8), format: format, path: "x")
        return (file.text, file.notes.map { $0.rendered(file: "x") })
    }

    @Test func quartosCellsOfSwiftBecomeCells() throws {
        let (text, notes) = try imported(
            """
            ---
            title: "A *rate*"
            author: Ada
            format:
              html:
                toc: true
            params:
              epochs: 3
            ---

            See @fig-a.

            ```{swift}
            #| label: fig-a
            #| fig-cap: |
            #|   Of *all*,
            #|   of some
            #| fig-width: 6
            #| echo: false
            draw()
            ```

            1. In a list

               ~~~{swift}
               1
               ~~~

            ```swift
            shown(only)
            ```

            ```{mermaid}
            %%| fig-cap: A
            graph TD
            ```
            """, .quarto)
        #expect(
            text == """
                ---
                title: "A *rate*"
                parameters:
                  epochs: 3
                ---

                See @fig-a.

                ```swift
                //| label: fig-a
                //| fig-cap: |
                //|   Of *all*,
                //|   of some
                //| echo: false
                draw()
                ```

                1. In a list

                   ~~~swift
                   1
                   ~~~

                ```swift
                //| eval: false
                shown(only)
                ```

                ```mermaid
                graph TD
                ```

                """)
        #expect(
            notes == [
                "x:3:1: warning: kdbook's front matter has no `author`; it is left out",
                "x:4:1: warning: kdbook's front matter has no `format`; it is left out",
                "x:18:1: warning: kdbook has no option `fig-width`; it is left out",
            ])
        let notebook = try Notebook(parsing: text, name: "n", path: "n")
        #expect(notebook.cells.map(\.options.eval) == [true, true, false])
        #expect(notebook.cells[0].options.figureCaption == "Of *all*,\nof some\n")
    }

    @Test func cellsOfOtherLanguagesAreShown() throws {
        let (text, notes) = try imported(
            """
            ```{r fig-cars, echo=FALSE, fig.cap="Cars"}
            plot(cars)
            ```

            There are `r nrow(cars)` cars. {{< include more.qmd >}}

            ```{swift count, echo=FALSE, fig.cap="Of, all"}
            3
            ```

            ````{python}
            #| eval: false
            "```"
            ````
            """, .rMarkdown)
        #expect(
            text == """
                ```r
                plot(cars)
                ```

                There are `r nrow(cars)` cars. {{< include more.qmd >}}

                ```swift
                //| label: count
                //| echo: false
                //| fig-cap: "Of, all"
                3
                ```

                ````python
                "```"
                ````

                """)
        #expect(
            notes == [
                "x:1:1: warning: the cell of r is shown and not run, so that there is nothing `@fig-cars` could refer to",
                "x:5:1: warning: kdbook has no shortcodes `{{< … >}}`; write out what it stands for",
                "x:5:1: warning: a value of another language in a sentence is shown as code; write it as `{swift} …`",
                "x:11:1: warning: the cell of python is shown and not run",
            ])
    }

    @Test func markdownStaysAsItIs() throws {
        let text = "# T\n\nText with `code`.\n\n```swift\n1\n```\n\n    ```{swift}\n\n<b>x</b>\n"
        let result = try imported(text, .markdown)
        #expect(result.text.hasPrefix("# T\n\nText with `code`.\n\n```swift\n1\n```\n"))
        let book = try imported("---\ntitle: A\ninputs: Data\neditions:\n  quick: {}\n---\n\n`{swift} 1`\n", .markdown)
        #expect(
            book.text == "---\ntitle: A\ninputs: Data\neditions:\n  quick: {}\n---\n\n`{swift} 1`\n"
                && book.notes.isEmpty)
        let myst = try imported(
            "---\njupytext:\n  x: y\n---\n+++\n```{code-cell} swift\n:tags: [hide]\n1\n```\n", .markdown)
        #expect(myst.text == "```swift\n1\n```\n" && myst.notes.count == 2)
    }

    @Test func notebooksOfPythonBecomeProseAndShownCode() throws {
        let (text, notes) = try imported(
            """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
             "cells": [
              {"cell_type": "raw", "metadata": {}, "source": "---\\ntitle: A\\ndate: today\\n---"},
              {"cell_type": "markdown", "metadata": {}, "source": ["Text ![](attachment:a.png)\\n", "\\n", "```swift\\n", "1\\n", "```"],
               "attachments": {"a.png": {"image/png": "AAAA"}}},
              {"cell_type": "code", "metadata": {}, "source": "print('```')\\n```", "outputs": [], "execution_count": 1},
              {"cell_type": "code", "metadata": {}, "source": [], "outputs": [], "execution_count": null},
              {"cell_type": "raw", "metadata": {}, "source": "as is"}]}
            """, .jupyter)
        #expect(
            text == """
                ---
                title: A
                ---

                Text ![](attachment:a.png)

                ```swift
                //| eval: false
                1
                ```

                ````python
                print('```')
                ```
                ````

                ```text
                as is
                ```

                """)
        #expect(
            notes == [
                "x:1:1: warning: cell 1: line 3: kdbook's front matter has no `date`; it is left out",
                "x:1:1: warning: cell 2: the pictures in the cell (a.png) are not taken over; save them as files",
                "x:1:1: warning: cell 5: it is raw, and becomes text that is shown as it stands",
            ])
    }

    @Test func notebooksOfSwiftKeepWhatTheirCellsSay() throws {
        let (text, notes) = try imported(
            """
            {"nbformat": 4, "nbformat_minor": 2, "metadata": {"language_info": {"name": "swift"}}, "cells": [
              {"cell_type": "code", "metadata": {"name": "fig-x", "tags": ["raises-exception"], "jupyter": {"source_hidden": true}},
               "source": "%install x\\nfail()", "outputs": [], "execution_count": 1}]}
            """, .jupyter)
        #expect(
            text == "```swift\n//| label: fig-x\n//| error: true\n//| echo: false\n%install x\nfail()\n```\n")
        #expect(
            notes == [
                "x:1:1: warning: cell 1: `%install x` is a command of Jupyter's, which Swift does not know; take it out"
            ])
    }

    @Test(arguments: [
        ("{\"nbformat\": 3, \"worksheets\": []}", "x:1:1: error: it is of format 3, and only 4 is read; convert it by"),
        ("{\"nbformat\": 4,\n \"cells\": [}", "x:2:12: error: it is no JSON from here on"),
        ("", "x:1:1: error: it is no JSON from here on"),
        ("[]", "x:1:1: error: it is JSON, but no Jupyter notebook"),
        ("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": 3}]}", "(at cells → 1 → source)"),
    ])
    func aFileThatIsNoNotebookIsRefusedAtItsPlace(text: String, words: String) throws {
        let error = #expect(throws: NotebookError.self) { try Import(Array(text.utf8), format: .jupyter, path: "x") }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func textThatIsNotUTF8IsRefused() throws {
        let error = #expect(throws: NotebookError.self) { try Import([0xFF, 0xFE], format: .quarto, path: "x") }
        #expect(error?.description == "x:1:1: error: it is not UTF-8 text; save it as UTF-8")
    }
}
