import TestSupport
import Testing

@testable import Diagrams

@Suite struct FlowchartLayoutTests {
    /// A chart of up to 14 nodes and 20 edges, loops and circles among them.
    private func chart(seed: UInt64) throws -> Flowchart {
        var generator = SeededGenerator(seed: seed)
        func below(_ limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }
        let count = 1 + below(14)
        let brackets = [("[", "]"), ("(", ")"), ("{", "}"), ("((", "))"), ("[(", ")]"), ("{{", "}}")]
        let labels = ["a", "a longer label of several words that is broken", "教师模型训练", "one<br>two<br>three"]
        var lines = (0..<count).map { node in
            let (opening, closing) = brackets[below(brackets.count)]
            return "n\(node)\(opening)\(labels[below(labels.count)])\(closing)"
        }
        for _ in 0..<below(21) {
            let label = below(3) == 0 ? "|label|" : ""
            lines.append("n\(below(count)) -->\(label) n\(below(count))")
        }
        return try Flowchart(mermaid: "graph \(["TD", "LR", "BT", "RL"][below(4)])\n" + lines.joined(separator: "\n"))
    }

    private struct Box {
        let left, right, top, bottom: Double

        init(_ centre: PagePoint, _ width: Double, _ height: Double) {
            (left, right) = (centre.x - width / 2, centre.x + width / 2)
            (top, bottom) = (centre.y - height / 2, centre.y + height / 2)
        }

        func overlaps(_ other: Box) -> Bool {
            left < other.right - 0.01 && other.left < right - 0.01 && top < other.bottom - 0.01
                && other.top < bottom - 0.01
        }
    }

    @Test func nodesAndLabelsNeverOverlapAndLieInThePicture() throws {
        for seed in 0..<150 as Range<UInt64> {
            let layout = FlowchartLayout(try chart(seed: seed))
            let boxes =
                layout.nodes.map { Box($0.centre, $0.width, $0.height) }
                + layout.edges.compactMap(\.label).map { Box($0.centre, $0.text.width, $0.text.height) }
            for (index, box) in boxes.enumerated() {
                #expect(!boxes[..<index].contains { $0.overlaps(box) }, "seed \(seed)")
                #expect(box.left > -0.01 && box.top > -0.01, "seed \(seed)")
                #expect(box.right < layout.width + 0.01 && box.bottom < layout.height + 0.01, "seed \(seed)")
            }
        }
    }

    @Test func edgesLeaveAndReachTheirNodesAtTheOutline() throws {
        for seed in 0..<150 as Range<UInt64> {
            let chart = try chart(seed: seed)
            let layout = FlowchartLayout(chart)
            #expect(layout.edges.count == chart.edges.count)
            for edge in layout.edges {
                for (point, index) in [(edge.curve.first, edge.edge.from), (edge.curve.last, edge.edge.to)] {
                    let node = layout.nodes[index]
                    let point = try #require(point)
                    let dx = abs(point.x - node.centre.x) / (node.width / 2)
                    let dy = abs(point.y - node.centre.y) / (node.height / 2)
                    #expect(dx < 1.001 && dy < 1.001, "seed \(seed)")
                    switch node.node.shape {
                    case .diamond: #expect(abs(dx + dy - 1) < 0.001, "seed \(seed)")
                    case .circle: #expect(abs(dx * dx + dy * dy - 1) < 0.001, "seed \(seed)")
                    case .cylinder: #expect(dx > 0.999 || dy > 0.7, "seed \(seed)")
                    case .hexagon: #expect(dx > 0.6 || dy > 0.999, "seed \(seed)")
                    default: #expect(dx > 0.999 || dy > 0.999, "seed \(seed)")
                    }
                }
            }
        }
    }

    @Test func edgesLeadForwardsUnlessTheyCloseACircle() throws {
        let layout = FlowchartLayout(try Flowchart(mermaid: "graph TD\nA --> B --> C --> A\nB --> D\nA --> D"))
        let y = layout.nodes.map(\.centre.y)
        #expect(y[0] < y[1] && y[1] < y[2] && y[1] < y[3])
        let across = FlowchartLayout(try Flowchart(mermaid: "graph LR\nA --> B --> C"))
        #expect(across.nodes.map(\.centre.x) == across.nodes.map(\.centre.x).sorted())
        #expect(Set(across.nodes.map(\.centre.y)).count == 1)
    }

    @Test func aPlanarChartIsDrawnWithoutCrossings() throws {
        // Written so that the order of naming crosses every pair of edges.
        var layering = Layering(count: 6, edges: [(0, 5, 1), (1, 4, 1), (2, 3, 1)])
        layering.reduceCrossings()
        let places = layering.ranks.map { rank in Dictionary(uniqueKeysWithValues: rank.enumerated().map { ($1, $0) }) }
        let ends = layering.ranks[0].map { upper in places[1][5 - upper] ?? -1 }
        #expect(ends == ends.sorted())
    }

    @Test func theSameSourceGivesTheSameDrawing() throws {
        let source = "graph LR\nA{x} -->|y| B((z)) --> A\nB --> C & D --> E"
        #expect(try flowchartSVG(mermaid: source) == flowchartSVG(mermaid: source))
    }

    @Test func theLargestChartIsDrawn() throws {
        var generator = SeededGenerator(seed: 3)
        let edges = (0..<400).map { _ in "n\(generator.next() % 200) --> n\(generator.next() % 200)" }
        let nodes = (0..<200).map { "n\($0)" }
        let source = "graph TD\n" + (nodes + edges).joined(separator: "\n")
        #expect(try flowchartSVG(mermaid: source).hasSuffix("</svg>"))
    }

    @Test func thePictureTellsItsContentToThoseWhoCannotSeeIt() throws {
        let drawing = try flowchartSVG(mermaid: "graph TD\nA[Train <it>] -->|#quot;soft#quot; labels| B\nC")
        #expect(
            drawing.contains(
                "aria-label=\"Flowchart: Train &lt;it&gt; → B (&quot;soft&quot; labels); C\""))
        #expect(drawing.contains(">Train &lt;it&gt;</text>"))
    }
}
