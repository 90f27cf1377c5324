import Diagrams
import TestSupport
import Testing

@Suite struct FlowchartParserTests {
    @Test func aChainOfNodesIsReadWithItsLabels() throws {
        let chart = try Flowchart(
            mermaid: """
                graph TD
                    A[教师模型训练] --> B[获取软标签]
                    B --> C
                """)
        #expect(chart.direction == .down)
        #expect(chart.nodes.map(\.name) == ["A", "B", "C"])
        #expect(chart.nodes.map(\.label) == ["教师模型训练", "获取软标签", "C"])
        #expect(chart.edges.map { [$0.from, $0.to] } == [[0, 1], [1, 2]])
        #expect(chart.edges.allSatisfy { $0.head == .arrow && $0.tail == .none && $0.length == 1 })
    }

    @Test(arguments: [
        ("TD", Flowchart.Direction.down), ("TB", .down), ("", .down), ("BT", .up), ("LR", .right), ("RL", .left),
    ])
    func theDirectionIsRead(word: String, direction: Flowchart.Direction) throws {
        #expect(try Flowchart(mermaid: "flowchart \(word)\nA").direction == direction)
    }

    @Test(arguments: [
        ("[x]", Flowchart.Shape.rectangle), ("(x)", .rounded), ("([x])", .stadium), ("[[x]]", .subroutine),
        ("[(x)]", .cylinder), ("((x))", .circle), ("{x}", .diamond), ("{{x}}", .hexagon), (">x]", .flag),
        ("(((x)))", .doubleCircle), ("(-x-)", .ellipse),
        ("[/x/]", .leaningRight), ("[\\x\\]", .leaningLeft), ("[/x\\]", .narrowTop), ("[\\x/]", .narrowBottom),
        ("[\"x\"]", .rectangle), ("{ \"x\" }", .diamond),
    ])
    func everyShapeIsRead(brackets: String, shape: Flowchart.Shape) throws {
        let node = try #require(try Flowchart(mermaid: "graph LR\nA\(brackets) --> B").nodes.first)
        #expect(node.shape == shape)
        #expect(node.label == "x")
    }

    @Test(arguments: [
        ("rect", Flowchart.Shape.rectangle), ("event", .rounded), ("pill", .stadium), ("subproc", .subroutine),
        ("db", .cylinder), ("circ", .circle), ("decision", .diamond), ("prepare", .hexagon), ("odd", .flag),
        ("in-out", .leaningRight), ("lean-l", .leaningLeft), ("priority", .narrowTop), ("manual", .narrowBottom),
    ])
    func everyShapeIsReadByName(word: String, shape: Flowchart.Shape) throws {
        for text in [
            "A@{ shape: \(word), label: \"x, } y\" } --> B", "A@{label: \"x, } y\",shape: \(word)}",
            "A@{\n  shape: \(word)\n  label: \"x, } y\"\n}\nA --> B",
        ] {
            let node = try #require(try Flowchart(mermaid: "graph LR\n" + text).nodes.first)
            #expect(node.shape == shape && node.label == "x, } y")
        }
    }

    @Test func aNodesShapeAndLabelAreGivenEachForItself() throws {
        let chart = try Flowchart(mermaid: "graph LR\nA[Text]@{ shape: circle } & B@{ label: Two words } --> C@{}")
        #expect(chart.nodes.map(\.label) == ["Text", "Two words", "C"])
        #expect(chart.nodes.map(\.shape) == [.circle, .rectangle, .rectangle])
    }

    @Test func linksThatAreNotDrawnKeepOrder() throws {
        let chart = try Flowchart(mermaid: "graph TD\nA ~~~ B ~~~~ C\nC --> D")
        #expect(chart.edges.map(\.line) == [.invisible, .invisible, .plain] && chart.edges.map(\.length) == [1, 2, 1])
        #expect(chart.alternativeText == "Flowchart: C → D; A; B")
        let picture = try flowchartSVG(mermaid: "graph TD\nA ~~~ B ~~~~ C\nC --> D")
        #expect(picture.matches(of: /class="edge"/).count == 1)
    }

    struct EdgeCase: Sendable {
        let text: String
        var line = Flowchart.Line.plain
        var tail = Flowchart.Tip.none
        var head = Flowchart.Tip.arrow
        var length = 1
        var label: String?
    }

    @Test(arguments: [
        EdgeCase(text: "-->"), EdgeCase(text: "---", head: .none), EdgeCase(text: "---->", length: 3),
        EdgeCase(text: "-.->", line: .dotted), EdgeCase(text: "-..->", line: .dotted, length: 2),
        EdgeCase(text: "-.-", line: .dotted, head: .none), EdgeCase(text: "==>", line: .thick),
        EdgeCase(text: "===", line: .thick, head: .none), EdgeCase(text: "--o", head: .circle),
        EdgeCase(text: "--x", head: .cross), EdgeCase(text: "<-->", tail: .arrow),
        EdgeCase(text: "o--o", tail: .circle, head: .circle), EdgeCase(text: "x--x", tail: .cross, head: .cross),
        EdgeCase(text: "-->|a label|", label: "a label"), EdgeCase(text: "-- a label -->", label: "a label"),
        EdgeCase(text: "-- a-b ---", head: .none, label: "a-b"), EdgeCase(text: "== 粗 ==>", line: .thick, label: "粗"),
        EdgeCase(text: "-. maybe .->", line: .dotted, label: "maybe"),
        EdgeCase(text: "-->|\"in | quotes\"|", label: "in | quotes"),
    ])
    func everyKindOfEdgeIsRead(expected: EdgeCase) throws {
        let chart = try Flowchart(mermaid: "graph LR\nA \(expected.text) B")
        let edge = try #require(chart.edges.first)
        #expect(chart.edges.count == 1 && chart.nodes.map(\.name) == ["A", "B"])
        #expect(edge.line == expected.line && edge.tail == expected.tail && edge.head == expected.head)
        #expect(edge.length == expected.length)
        #expect(edge.label?.text == expected.label)
    }

    @Test func groupsAreJoinedEachWithEach() throws {
        let chart = try Flowchart(mermaid: "graph LR; A & B --> C & D; C-->D")
        #expect(chart.edges.map { [$0.from, $0.to] } == [[0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])
    }

    @Test func labelsMayHoldLineBreaksQuotesAndEntities() throws {
        let chart = try Flowchart(mermaid: "graph LR\nA[\"one<br/>two [x] #quot;#35;\"] --> B[a<BR>b]")
        #expect(chart.nodes.map(\.label) == ["one\ntwo [x] \"#", "a\nb"])
    }

    @Test func commentsAndEmptyLinesSayNothing() throws {
        let chart = try Flowchart(
            mermaid: "\n%% before\n%%{init: {\"theme\": \"dark\"}}%%\ngraph LR\n\n  %% here\n  A --> B;;\n%% after")
        #expect(chart.edges.count == 1)
    }

    @Test(arguments: [
        ("sequenceDiagram\nA->>B: hi", 1, 1, "only flowcharts"),
        ("graph XY\nA", 1, 7, "one of TD, TB, BT, LR and RL, not `XY`"),
        ("graph TD", 1, 9, "no nodes"),
        ("graph TD\n  A -->", 2, 8, "node is missing"),
        ("graph TD\n  A[never closed", 2, 4, "`[` is never closed"),
        ("graph TD\n  A[\"never closed]", 2, 5, "quotation is never closed"),
        ("graph TD\n  A --> B\n  A -> B", 3, 5, "expected an edge"),
        ("graph TD\n  A -- text B", 2, 5, "has no end"),
        ("graph TD\n  A -->|text B", 2, 8, "label is never closed"),
        ("graph TD\n  A -- one -->|two| B", 2, 15, "has a label already"),
        ("graph TD\nsubgraph one\nA", 2, 1, "`end` is missing"), ("graph TD\nA\nend", 3, 1, "none is open"),
        ("graph TD\nsubgraph\nA\nend", 2, 9, "needs a name or a title"),
        ("graph TD\nsubgraph one\nA\nend\none --> A", 5, 10, "between the subgraph `one` and what it holds"),
        ("graph TD\nA[a (b)]", 2, 5, "without quotes"), ("graph TD\nA --> B %% c", 2, 9, "a line of its own"),
        ("graph TD\nA[]", 2, 3, "empty"), ("graph TD\nA --> end", 2, 7, "call the node `End`"),
        ("graph TD\nA[fa:fa-car Car]", 2, 3, "icons are not supported"),
        ("graph TD\nA\nclick A \"https://x.org\"", 3, 1, "has no links"),
        ("graph TD\nA\nstyle A fill:url(x)", 3, 9, "values have no brackets"),
        ("graph TD\nA\nstyle A fill:blau", 3, 9, "`blau` is no colour"),
        ("graph TD\nA --> B\nlinkStyle 1 stroke:red", 3, 11, "the number of an edge"),
        ("graph TD\nA@{ shape: blob }", 2, 5, "there is no shape `blob` here; there are rect, "),
        ("graph TD\nA@{ shape: Rect }", 2, 5, "there is no shape `Rect`"),
        ("graph TD\nA@{ icon: \"fa:x\" }", 2, 5, "`icon` is not supported"),
        ("graph TD\nA@{ shape: rect", 2, 2, "`@{` is never closed"), ("graph TD\nA@{ shape", 2, 2, "never closed"),
        ("graph TD\nA:::", 2, 5, "a name is missing"),
        ("graph TD\n教师 --> [x]", 2, 12, "a node's name"),
    ])
    func whatIsWrongIsPlaced(source: String, line: Int, column: Int, message: String) throws {
        let error = #expect(throws: DiagramError.self) { try Flowchart(mermaid: source) }
        #expect(error.map { [$0.line, $0.column] } == [line, column])
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func noTextMakesTheParserCrashOrHang() {
        let pieces = [
            "graph", "TD", "LR", "\n", " ", "A", "b", "[", "]", "(", ")", "{", "}", "\"", "|", "--", "-->", "-.", ".-",
            "==", ">", "<", "&", ";", "%%", "/", "\\", "<br>", "#", "subgraph", "subgraph s\n", "\nend\n",
            "\nstyle A fill:#f00", ":::", "$$", "`", "教", "\u{301}", "o", "x", "\r\n", ":",
        ]
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let count = Int(generator.next() % 12)
            let source = (0..<count).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
            do throws(DiagramError) {
                _ = try Flowchart(mermaid: "graph LR\n" + source)
            } catch {
                #expect(error.line >= 1 && error.column >= 1)
            }
        }
    }
}
