import Testing

extension EndToEnd {
    /// Cells in lists and quotations run, and their messages name the notebook's own places.
    @Suite struct NestedCellRunTests {
        @Test func aCellInAListRunsAndItsCaptionHasItsValue() throws {
            let text = """
                # Steps

                1. Count:

                   ```swift
                   //| label: tbl-n
                   //| tbl-cap: It is `{swift} n`, $n = 3$.
                   let n = 3
                   Table(columns: ["n"], rows: [["\\(n)"]])
                   ```

                > ```swift
                > print("twice \\(n * 2)")
                > ```

                """
            let book = try TemporaryBook(["a": text])
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let page = try book.page("a")
            #expect(
                inOrder(["<ol>", "It is 3, ", "<math", "</ol>", "<blockquote>", "twice 6", "</blockquote>"], in: page))
        }

        @Test func anErrorNamesItsLineAndColumnAndTheCellBehindItSaysThatItDidNotRun() throws {
            let book = try TemporaryBook([
                "a":
                    "# A\n\n- a\n\n  ```swift\n  //| echo: false\n  let n: Int = \"three\"\n  ```\n\n> ```swift\n> 1\n> ```\n"
            ])
            let outcome = try book.run("render")
            #expect(outcome.errors.contains("Notebooks/a.md:7:16: error: cannot convert"), "\(outcome.errors)")
            #expect(try book.page("a").contains("Not run: the notebook has an error before it."))
        }
    }
}
