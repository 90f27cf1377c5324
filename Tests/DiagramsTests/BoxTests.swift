import TestSupport
import Testing

@testable import Diagrams

@Suite struct BoxTests {
    @Test func aSubgraphHoldsWhatIsNamedInItAndInNoOther() throws {
        let chart = try Flowchart(
            mermaid: """
                graph TD
                c1 --> a2
                subgraph one
                  a1 --> a2
                end
                subgraph two [The second (part)]
                  direction LR
                  subgraph "Deep inside"
                    d1
                  end
                  b1 --> d1
                end
                one --> two
                """.replacing("[The second (part)]", with: "[\"The second (part)\"]"))
        func name(_ index: Int?) -> String? { index.map { chart.nodes[$0].label.text } }
        let parents = Dictionary(uniqueKeysWithValues: chart.nodes.map { ($0.label.text, name($0.parent)) })
        #expect(parents["c1"] == .some(nil) && parents["a1"] == "one" && parents["a2"] == "one")
        #expect(parents["d1"] == "Deep inside" && parents["Deep inside"] == "The second (part)")
        #expect(parents["b1"] == "The second (part)")
        #expect(chart.nodes.first { $0.name == "two" }?.direction == .right)
        #expect(chart.alternativeText.contains("one → The second (part)"))
        #expect(chart.alternativeText.contains("one holds a2, a1"))
    }

    @Test func aSubgraphWithoutNodesIsANode() throws {
        #expect(try Flowchart(mermaid: "graph TD\nsubgraph x\nend\nx --> A").nodes[0].shape == .rectangle)
    }

    /// Boxes in each other, up to three deep, and edges between nodes and boxes wherever they lie.
    private func chart(seed: UInt64) throws -> Flowchart {
        var generator = SeededGenerator(seed: seed)
        func below(_ limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }
        let count = 2 + below(12)
        var lines: [String] = []
        var depth = 0
        var boxes = 0
        for node in 0..<count {
            if depth < 3, below(3) == 0 {
                lines.append("subgraph s\(boxes) [A title of box \(boxes)]")
                if below(2) == 0 { lines.append("direction \(["TD", "LR", "BT", "RL"][below(4)])") }
                boxes += 1
                depth += 1
            }
            lines.append(["n\(node)[node \(node)]", "n\(node){a question}", "n\(node)((o))"][below(3)])
            if depth > 0, below(3) == 0 {
                lines.append("end")
                depth -= 1
            }
        }
        lines += Array(repeating: "end", count: depth)
        let head = "graph \(["TD", "LR", "BT", "RL"][below(4)])\n"
        for _ in 0..<below(16) {
            func end() -> String { boxes > 0 && below(4) == 0 ? "s\(below(boxes))" : "n\(below(count))" }
            let edge = "\(end()) -->\(below(4) == 0 ? "|label|" : "") \(end())"
            // An edge between a box and what it holds is refused; the chart does without.
            let longer = lines + [edge]
            if (try? Flowchart(mermaid: head + longer.joined(separator: "\n"))) != nil { lines = longer }
        }
        return try Flowchart(mermaid: head + lines.joined(separator: "\n"))
    }

    private struct Box {
        let left, right, top, bottom: Double

        init(_ node: FlowchartLayout.PlacedNode) {
            (left, right) = (node.centre.x - node.width / 2, node.centre.x + node.width / 2)
            (top, bottom) = (node.centre.y - node.height / 2, node.centre.y + node.height / 2)
        }

        func overlaps(_ other: Box) -> Bool {
            left < other.right - 0.01 && other.left < right - 0.01 && top < other.bottom - 0.01
                && other.top < bottom - 0.01
        }

        func holds(_ other: Box) -> Bool {
            left < other.left && other.right < right && top < other.top && other.bottom < bottom
        }

        func holds(_ point: PagePoint, within margin: Double) -> Bool {
            point.x > left + margin && point.x < right - margin && point.y > top + margin && point.y < bottom - margin
        }
    }

    @Test func boxesHoldTheirOwnAndOverlapNothingElse() throws {
        for seed in 0..<100 as Range<UInt64> {
            let chart = try chart(seed: seed)
            let boxes = FlowchartLayout(chart).nodes.map(Box.init)
            for index in boxes.indices {
                let around = chart.boxes(around: index)
                for box in around { #expect(boxes[box].holds(boxes[index]), "seed \(seed)") }
                for other in boxes.indices where other < index {
                    guard !around.contains(other), !chart.boxes(around: other).contains(index) else { continue }
                    #expect(!boxes[other].overlaps(boxes[index]), "seed \(seed)")
                }
            }
        }
    }

    @Test func edgesPassNoNodeAndNoBoxButTheirOwn() throws {
        for seed in 0..<100 as Range<UInt64> {
            let chart = try chart(seed: seed)
            let layout = FlowchartLayout(chart)
            let boxes = layout.nodes.map(Box.init)
            #expect(layout.edges.count == chart.edges.count)
            for edge in layout.edges where edge.edge.from != edge.edge.to {
                let own = [edge.edge.from, edge.edge.to].flatMap { [$0] + chart.boxes(around: $0) }
                for point in Self.points(on: edge.curve) {
                    let passed = boxes.indices.first { !own.contains($0) && boxes[$0].holds(point, within: 1) }
                    #expect(passed == nil, "seed \(seed)")
                    if passed != nil { break }
                }
            }
        }
    }

    /// Points on each piece of a curve (Bernstein's polynomials of degree 3).
    private static func points(on curve: [PagePoint]) -> [PagePoint] {
        stride(from: 0, to: curve.count - 1, by: 3).flatMap { start in
            (0...12).map { step in
                let t = Double(step) / 12
                let weights = [(1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t]
                return zip(curve[start...], weights).reduce(PagePoint(x: 0, y: 0)) { sum, part in
                    .init(x: sum.x + part.0.x * part.1, y: sum.y + part.0.y * part.1)
                }
            }
        }
    }

    @Test func edgesOfACircleShareNoPortWithOthers() throws {
        for direction in ["TD", "LR", "BT", "RL"] {
            let source = "graph \(direction)\nA --> B --> C --> A\nsubgraph s\nD --> E\nend\nE --> C --> D"
            let edges = FlowchartLayout(try Flowchart(mermaid: source)).edges
            let starts = edges.compactMap(\.curve.first)
            for edge in edges { #expect(!starts.contains { $0 == edge.curve.last }) }
        }
    }
}
