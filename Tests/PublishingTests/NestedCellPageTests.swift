import Notebook
import Testing
import Wire

@testable import Publishing

/// Cells in lists and quotations as pages and exports show them.
@Suite struct NestedCellPageTests {
    private static let steps = """
        1. Count:

           ```swift
           let n = 3
           n
           ```

           It is three.

        1. Next.

        > ```swift
        > print("quoted")
        > ```
        > said
        """

    @Test func aCellStandsInItsItemAndTheListGoesOnBehindIt() throws {
        let html = try body(NestedCellPageTests.steps, displays: [[.value("3")], [.text("quoted\n")]])
        let list = try #require(html.firstMatch(of: /(?s)<ol>(.*)<\/ol>/)?.1)
        #expect(list.contains("<section class=\"cell\" id=\"cell:1\">") && list.matches(of: /<li>/).count == 2)
        #expect(
            inOrder(["<p>Count:</p>", "id=\"cell:1\"", ">3</pre>", "<p>It is three.</p>", "<p>Next.</p>"], in: list))
        let quotation = try #require(html.firstMatch(of: /(?s)<blockquote>(.*)<\/blockquote>/)?.1)
        #expect(inOrder(["id=\"cell:2\"", "quoted", "<p>said</p>"], in: quotation))
    }

    @Test func styledMarkupOfTheAuthorsIsClosedBeforeAListThatHoldsACell() throws {
        let html = try body(
            "<div style=\"color: red\">\n\n- ```swift\n  1\n  ```\n\n</div>\n", displays: [[.value("1")]])
        #expect(inOrder(["<div style=\"color: red\">", "</div>", "<ul>", "id=\"cell:1\""], in: html[...]))
    }

    @Test func whatFollowsInJupyterIsNoCodeAndKeepsItsNumber() throws {
        let notebook = try notebook(NestedCellPageTests.steps)
        let record = Record(notebook: "n", edition: "default", parameters: [:], inputs: [], cells: [])
        let json = try jupyterNotebook(
            notebook, record: record, constants: "let edition = \"default\"", outline: [],
            bibliography: Bibliography(), claims: nil, picture: { _ in [] })
        #expect(
            sources(json)
                == [
                    "1. Count:", "It is three.\n\n2. Next.", "let n = 3\nn", "print(\"quoted\")", "> said",
                ].sorted())
    }

    @Test func notationThatJupyterDoesNotKnowIsSaidInItsOwn() throws {
        let text = """
            ---
            title: A $x$
            abstract: See @sec-a.
            ---

            > [!TIP]
            > Try.

            ::: {.callout-note title="T"}
            Text.^[Note $y$.]
            :::

            Term
            : Definition

            | one
            |  two

            ## A $b$ {#sec-a .unnumbered}

            Known.[^k]

            - ```swift
              //| label: fig-x
              //| fig-cap: Of $z$, see @sec-a.
              1
              ```

            [^k]: Of old.
            """
        let record = Record(notebook: "n", edition: "default", parameters: [:], inputs: [], cells: [])
        let json = try jupyterNotebook(
            try notebook(text), record: record, constants: "", outline: [], bibliography: Bibliography(), claims: nil,
            picture: { _ in [] })
        let all = sources(json)
        #expect(all.contains("# A $x$\n\nSee “A $b$”."))
        #expect(all.contains("//| label: fig-x\n//| fig-cap: Of $z$, see @sec-a.\n1"))
        #expect(all.contains("<sup>1</sup> Note $y$.") && all.contains("<sup>2</sup> Of old."))
        let prose = try #require(all.first { $0.hasPrefix("> **Tip**") })
        #expect(
            prose == """
                > **Tip** \u{20}
                > Try.

                **T**

                Text.<sup>1</sup>


                Term
                - Definition

                one \u{20}
                &nbsp;two \u{20}

                ## A $b$

                Known.<sup>2</sup>
                """)
    }

    private func sources(_ json: JSONValue) -> [String] {
        guard case .object(let members) = json, case .array(let cells)? = members["cells"] else { return [] }
        return cells.compactMap { cell in
            guard case .object(let members) = cell, case .array(let lines)? = members["source"],
                members["id"] != .string("parameters")
            else { return nil }
            return lines.map { if case .string(let line) = $0 { line } else { "" } }.joined()
        }.sorted()
    }

    private func inOrder(_ words: [String], in text: Substring) -> Bool {
        var rest = text
        for word in words {
            guard let range = rest.firstRange(of: word) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }

    private func inOrder(_ words: [String], in text: String) -> Bool { inOrder(words, in: text[...]) }
}
