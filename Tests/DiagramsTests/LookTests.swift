import Testing

@testable import Diagrams

@Suite struct LookTests {
    private func chart(_ lines: String) throws -> Flowchart { try Flowchart(mermaid: "graph LR\n" + lines) }

    @Test func aNodeLooksAsItsClassesSayAndOverThatAsItsOwnStyleSays() throws {
        let chart = try chart(
            """
            A:::hot --> B & C
            classDef default fill:#eee
            classDef hot,cold stroke:red
            classDef cold fill:blue
            class B,C cold
            style C fill:#0f0,stroke-width:2px,stroke-dasharray: 5 3
            """)
        #expect(chart.nodes.map { $0.look.fill?.css } == ["#eeeeee", "#0000ff", "#00ff00"])
        #expect(chart.nodes.map { $0.look.stroke?.css } == ["#ff0000", "#ff0000", "#ff0000"])
        #expect(chart.nodes[2].look.strokeWidth == 2 && chart.nodes[2].look.dashes == [5, 3])
    }

    @Test func edgesAreStyledByTheirNumbers() throws {
        let chart = try chart(
            "A --> B --> C --> D\nlinkStyle default stroke:red\nlinkStyle 0,2 stroke:blue,color:teal;")
        #expect(chart.edges.map { $0.look.stroke?.css } == ["#0000ff", "#ff0000", "#0000ff"])
        #expect(chart.edges[2].look.ink?.css == "#008080")
    }

    @Test func wordsCanBeReadOnEveryGroundByDayAndByNight() throws {
        for fill in ["#000", "#fff", "#f96", "navy", "yellow", "gray", "#7f7f7f"] {
            for ink in ["#000", "#fff", "#f96", "navy", "yellow", "gray", "#7f7f7f"] {
                let ground = try #require(DiagramColor(css: fill))
                let words = try #require(DiagramColor(css: ink)).readable(on: ground, atLeast: 4.5)
                #expect(words.contrast(on: ground) >= 4.5)
            }
        }
        let picture = try flowchartSVG(mermaid: "graph LR\nA --> B\nstyle A color:#333\nlinkStyle 0 stroke:#222")
        #expect(picture.matches(of: /light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\)/).count >= 3)
    }

    @Test func noValueOfAPropertyComesIntoThePageAsItIsWritten() throws {
        let picture = try flowchartSVG(
            mermaid:
                "graph LR\nA\nstyle A fill:#FFF,font-family:evil,stroke-width:99999,behavior:x,stroke-dasharray:1e9")
        #expect(!picture.contains("evil") && !picture.contains("behavior") && !picture.contains("99999"))
        for value in ["expression", "var", "#12", "#gggggg", "#+1f", "inherit"] {
            #expect(throws: DiagramError.self) { try chart("A\nstyle A fill:\(value)") }
        }
    }

    @Test func labelsHoldMarkdownEntitiesAndFormulas() throws {
        let label = DiagramLabel(mermaid: "`The **cat** in _the_ soft_loss_1`")
        #expect(label.text == "The cat in the soft_loss_1")
        #expect(label.lines[0].map(\.isBold) == [false, true, false, false, false])
        #expect(label.lines[0].filter(\.isSlanted).map(\.text) == ["the"])
        #expect(DiagramLabel(mermaid: "a &amp; #35; #9829; &lt;b#gt; #nope;").text == "a & # ♥ <b> #nope;")
        #expect(DiagramLabel(mermaid: "<b>x</b> **y**").lines[0].map(\.isBold) == [true, false])
        let formula = DiagramLabel(mermaid: "loss $$\\frac{a}{b}$$")
        #expect(formula.lines[0].map(\.isFormula) == [false, true] && formula.lines[0][1].text == "\\frac{a}{b}")
        let picture = try flowchartSVG(mermaid: "graph LR\nA[\"$$x^2$$\"]") { "<math>\($0)</math>" }
        #expect(picture.contains("<foreignObject") && picture.contains("<math>x^2</math>"))
    }
}
