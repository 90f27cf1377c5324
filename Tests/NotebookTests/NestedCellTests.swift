import Notebook
import Testing

/// Cells in lists and quotations.
@Suite struct NestedCellTests {
    @Test(arguments: [
        "- ```swift\n  1\n  ```\n", "1. Count:\n\n   ```swift\n   1\n   ```\n", "> ```swift\n> 1\n> ```\n",
        ">```swift\n>1\n>```\n", "* a\n  ```swift\n  1\n  ```\n* b\n", "+ a\n\n  ~~~swift\n  1\n  ~~~\n",
        "- a\n  - b\n\n    ```swift\n    1\n    ```\n", "10) ten\n\n    ```{swift}\n    1\n    ```\n",
        "> - a\n>\n>   ```swift\n>   1\n>   ```\n", "- > ```swift\n  > 1\n  > ```\n",
        "> > ```swift\n> > 1\n> > ```\n", "> [!NOTE]\n> ```swift\n> 1\n> ```\n",
        "- [ ] to do\n\n  ```swift\n  1\n  ```\n", "- a\n\n    ```swift\n    1\n    ```\n",
        "1. a\n2. b\n\n   ````Swift\n   1\n   ````\n3. c\n", "> a\n>\n> ``` swift\n> 1\n> ``````\n> b\n",
        "-   wide\n\n    ```swift\n    1\n    ```\n", "- ```swift\n  1\n  ```", "> ```swift\r\n> 1\r\n> ```\r\n",
        "para\n\n- ```swift title=x\n  1\n  ```\n- more\n", "- a\n  1. b\n     ```swift\n     1\n     ```\n",
        "<details>\n\n- ```swift\n  1\n  ```\n\n</details>\n",
    ])
    func aFenceInAListOrQuotationIsACell(text: String) throws {
        let parsed = try notebook(text)
        #expect(parsed.cells.map(\.code) == ["1\n"])
        #expect(Notebook.parsed(text, name: "n", path: "n").diagnostics.isEmpty)
        #expect(sourceText(of: parsed) == text)
    }

    private func sourceText(of notebook: Notebook) -> String { text(of: notebook) }

    @Test func cellsAreNumberedInTheOrderOfTheText() throws {
        let parsed = try notebook(
            "```swift\na\n```\n\n1. x\n\n   ```swift\n   //| label: two\n   b\n     c\n   ```\n\n> ```swift\n> d\n> ```\n"
        )
        #expect(parsed.cells.map(\.code) == ["a\n", "b\n  c\n", "d\n"])
        #expect(parsed.cells.map(\.number) == [1, 2, 3] && parsed.cells[1].options.label == "two")
        #expect(parsed.cells.map(\.codeLine) == [2, 9, 14])
    }

    @Test(arguments: [
        ("- a\n\n  ```swift\n  x\n  ```\n", 4, 3), ("> ```swift\n> x\n> ```\n", 2, 3), (">```swift\n>x\n>```\n", 2, 2),
        ("  ```swift\n  x\n  ```\n", 2, 3), ("- a\n  - b\n\n    ```swift\n    //| echo: false\n    x\n    ```\n", 6, 5),
    ])
    func messagesNameTheLineAndColumnInTheNotebook(text: String, line: Int, column: Int) throws {
        let parsed = try notebook(text)
        let placed = parsed.placed(Diagnostic(.error, at: SourcePosition(line: 1), "m"), of: parsed.cells[0])
        #expect(placed.position == SourcePosition(line: line, column: column))
    }

    @Test(arguments: [
        "- ```swift\n  1\n```\n", "> ```swift\n> 1\n```\n", "- ```swift\n  1\n\nafter\n", "1. ```swift\n   1\n2. b\n",
        "> ```swift\n> 1\n\nafter\n",
    ])
    func aFenceThatEndsWithItsListIsAnErrorWithTheCure(text: String) {
        let found = Notebook.parsed(text, name: "n", path: "n").diagnostics
        #expect(
            found.contains {
                $0.position.line == 1
                    && $0.message
                        == "this fence is never closed: close it as far indented, or behind as many `>`, as it was opened"
            })
    }

    @Test func optionsInAListAreToldAtTheirPlace() {
        let found = Notebook.parsed(
            "- a\n\n  ```swift\n  //| lable: x\n  1\n  //| echo: false\n  ```\n", name: "n", path: "n"
        ).diagnostics
        #expect(found.map(\.position) == [SourcePosition(line: 4, column: 7), SourcePosition(line: 6, column: 3)])
    }

    @Test func aCellInAFootnoteIsAnErrorWithTheCure() {
        let found = Notebook.parsed(
            "A.[^1]\n\n[^1]: b\n\n    ```swift\n    1\n    ```\n", name: "n", path: "n"
        ).diagnostics
        #expect(found.map(\.position.line) == [5])
        #expect(found.first?.message.hasPrefix("a cell cannot stand in a footnote") == true)
    }
}
