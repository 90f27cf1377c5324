import Testing

@testable import Diagrams

@Suite struct NamedShapeTests {
    @Test func everyNameOfAShapeIsRead() throws {
        for shape in NamedShape.allCases {
            for word in [shape.rawValue] + shape.aliases {
                let chart = try Flowchart(mermaid: "flowchart LR\nA@{ shape: \(word), label: \"x\" } --> B")
                #expect(chart.nodes.map(\.shape) == [.named(shape), .rectangle], "\(word)")
            }
        }
        let words = NamedShape.allCases.flatMap { [$0.rawValue] + $0.aliases }
        #expect(Set(words).count == words.count)
    }

    @Test(arguments: NamedShape.allCases)
    func aShapeIsDrawnWithItsWordsAndReachedByEdges(shape: NamedShape) throws {
        let source = "flowchart TD\nA --> B@{ shape: \(shape.rawValue), label: \"Some words\" } --> C\nB --> B\nD --> B"
        let picture = try flowchartSVG(mermaid: source)
        #expect(picture.contains(">Some words</text>") == !shape.isWordless)
        #expect(!picture.contains("nan") && !picture.contains("inf"))
        let layout = FlowchartLayout(try Flowchart(mermaid: source))
        let node = layout.nodes[1]
        for edge in layout.edges where edge.edge.to == 1 && edge.edge.from != 1 {
            let end = try #require(edge.curve.last)
            #expect(
                abs(end.x - node.centre.x) <= node.width / 2 + 0.01
                    && abs(end.y - node.centre.y) <= node.height / 2 + 0.01)
        }
    }

    @Test(arguments: NamedShape.allCases)
    func noOutlineLeavesItsNode(shape: NamedShape) throws {
        let outline = NodeOutline(shape: .named(shape), size: NodeSize(width: 120, height: 60))
        for direction in [Flowchart.Direction.up, .down, .left, .right] {
            let isVertical = direction == .up || direction == .down
            let span = outline.span(towards: direction)
            for part in [-1.0, -0.5, 0, 0.5, 1] {
                let reach = outline.reach(towards: direction, at: part * span)
                #expect(reach >= 0 && reach <= (isVertical ? 30 : 60) + 0.01)
            }
        }
    }
}
