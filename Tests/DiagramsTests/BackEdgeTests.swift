import Testing

@testable import Diagrams

/// Edges that lead back, and several between the same nodes, can be told apart.
@Suite struct BackEdgeTests {
    @Test(arguments: [
        "graph LR\nA --> B --> C\nC --> A", "graph LR\nA[\"line one\"] --> B[\"two\"] --> C((x)) --> A",
        "graph LR\nA --> B\nA --- B\nA <--> H",
        "graph TD\nA{Is it?} -->|Yes| B\nA -->|No| C\nB --> D[Rethink]\nD --> A",
        "graph TD\nA --> B\nB --> A", "graph LR\nA --> B\nA --> B\nA --> B",
        "graph TD\nA & B --> C & D\nC --> A\nD --> B",
        "graph RL\nA --> B --> C --> D --> A\nD --> B", "graph BT\nA --> B\nB --> A\nA --> A",
        "graph TD\nA{a} --> B{b}\nB --> A\nA -.-> B",
    ])
    func noTwoEdgesLeaveOrReachANodeAtOnePoint(source: String) throws {
        let layout = FlowchartLayout(try Flowchart(mermaid: source))
        var ends: [Int: [PagePoint]] = [:]
        for edge in layout.edges {
            let (first, last) = (try #require(edge.curve.first), try #require(edge.curve.last))
            ends[edge.edge.from, default: []].append(first)
            ends[edge.edge.to, default: []].append(last)
        }
        for (node, points) in ends {
            for (index, point) in points.enumerated() {
                for other in points[..<index] {
                    let distance = max(abs(point.x - other.x), abs(point.y - other.y))
                    #expect(distance > 3, "node \(layout.nodes[node].node.name) of \(source.debugDescription)")
                }
            }
        }
    }
}
