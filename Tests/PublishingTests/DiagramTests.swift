import Notebook
import Publishing
import Testing

@Suite struct DiagramTests {
    @Test func aMermaidFenceIsDrawnInThePage() throws {
        let html = try body("```mermaid\ngraph LR\nA[Teacher] -->|soft labels| B[Student]\n```\n")
        let outline = HTMLOutline(html)
        #expect(outline.problems == [])
        let drawing = try #require(outline.all("svg").first)
        #expect(drawing.attributes["aria-label"] == "Flowchart: Teacher → Student (soft labels)")
        #expect(!html.contains("graph LR"))
    }

    @Test func whatIsWrongWithADiagramIsPlacedInTheNotebook() throws {
        let text =
            "---\ntitle: T\n---\n\n- item\n\n  ```mermaid\n  graph LR\n  A --> B[x\n  ```\n\n"
            + "```mermaid\npie\n```\n"
        let problems = diagramProblems(in: try notebook(text))
        #expect(problems.map(\.position) == [SourcePosition(line: 9, column: 10), SourcePosition(line: 13, column: 1)])
        #expect(problems.allSatisfy { $0.severity == .error && $0.message.hasPrefix("in this diagram: ") })
        #expect(try body(text).contains("A --&gt; B[x"))
    }
}
