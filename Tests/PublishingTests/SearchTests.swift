import Foundation
import Notebook
import Publishing
import Testing
import Wire

@Suite struct SearchTests {
    private struct Entry: Decodable {
        let name: String
        let title: String
        let sections: [Section]

        struct Section: Decodable {
            let anchor: String
            let heading: String
            let passages: [Passage]
        }

        struct Passage: Decodable {
            let kind: String
            let text: String
        }
    }

    private func entry(_ html: String) throws -> Entry {
        try JSONDecoder().decode(Entry.self, from: Data(searchEntry(name: "n", title: "T", page: html).utf8))
    }

    @Test func whatAPageShowsCanBeFoundInItsSections() throws {
        let text = """
            Before & <after>.

            ## First `code` {#sec-one}

            - one
            - two with $x^2$

            | a | b |
            |---|---|
            | c | d |

            """
        let labelled = cell("label: fig-a", "fig-cap: The caption", "fig-alt: The line", code: "let softmax = 1 < 2")
        let html = try page(
            text + "\n" + labelled + "\n## Änderung\n\nLast[^n].\n\n[^n]: Note.\n",
            displays: [[.text("printed\n"), figure(), table("Of its own")]])
        let sections = try entry(html).sections
        #expect(sections.map(\.anchor) == ["", "sec-one", "änderung"])
        #expect(sections.map(\.heading) == ["", "First code", "Änderung"])
        #expect(
            sections.map { $0.passages.map { "\($0.kind): \($0.text)" } } == [
                ["prose: Before & <after>."],
                [
                    "prose: one", "prose: two with x2", "prose: a b", "prose: c d", "code: let softmax = 1 < 2",
                    "output: printed", "caption: The line", "caption: Figure 1. The caption", "caption: Of its own",
                    "output: net accuracy", "output: teacher 97.1",
                ],
                ["prose: Last.", "prose: Note."],
            ])
    }

    @Test(arguments: [
        "x^2", #"\mathcal{L}_{\text{ce}} = -\sum_i t_i \log s_i"#, #"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"#,
        #"\sqrt[3]{x}"#,
        #"a \quad b"#, #"\phantom{x}y"#, #"\overline{x} \underbrace{a + b}_{n}"#,
        #"\begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}"#,
    ])
    func aFormulaLeavesItsSentenceWhole(formula: String) throws {
        let passages = try entry(page("Before $\(formula)$ and behind.\n")).sections.flatMap(\.passages)
        #expect(passages.count == 1)
        #expect(
            passages.first?.text.hasPrefix("Before ") == true && passages.first?.text.hasSuffix(" and behind.") == true)
    }

    @Test func theIndexCannotEndItsElement() throws {
        let html = try page("`</script><script>alert(1)</script><!--`\n")
        let search = weaveSearchPage(
            title: "</script>", entries: [searchEntry(name: "n", title: "</script>", page: html)])
        let outline = HTMLOutline(search)
        #expect(outline.problems == [])
        #expect(outline.all("script").map { $0.attributes["type"] } == [nil, "application/json"])
    }

    @Test func everyPageLeadsToTheSearchPage() throws {
        let pages = HTMLOutline(try page("prose\n")).all("form").map { $0.attributes["data-page"] }
        let front = HTMLOutline(weaveFrontPage(title: "B", introduction: nil, outline: [])).all("form")
        #expect(pages == ["../search.html"] && front.map { $0.attributes["data-page"] } == ["search.html"])
    }

    @Test func withoutItsScriptAPageLacksTheBoxAndTheButton() throws {
        let html = try page(cell(code: "let a = 1"))
        let tools = HTMLOutline(html).tags.filter { ["form", "button"].contains($0.name) }
        // The style sheet shows a button that copies where the script says that it can.
        let (copying, others) = (
            tools.filter { $0.attributes["class"] == "copy tool" },
            tools.filter { $0.attributes["class"] != "copy tool" }
        )
        #expect(copying.count == 1 && html.contains(".copy { display: none;") && html.contains(".can-copy .copy {"))
        #expect(others.count == 2 && others.allSatisfy { $0.attributes["hidden"] != nil })
    }
}
