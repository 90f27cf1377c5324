/// A directed graph as an author draws it: labelled nodes of several shapes, and edges between them.
public struct Flowchart: Hashable, Sendable {
    /// Where edges lead on the page.
    public enum Direction: Sendable { case down, up, right, left }

    public enum Shape: Sendable {
        case rectangle, rounded, stadium, subroutine, cylinder, circle, diamond, hexagon, flag
        case leaningRight, leaningLeft, narrowTop, narrowBottom
    }

    public struct Node: Hashable, Sendable {
        public let name: String
        /// The text in the node; `\n` starts a new line.
        public internal(set) var label: String
        public internal(set) var shape: Shape
    }

    public enum Line: Sendable {
        case plain, dotted, thick
        /// Not drawn: it keeps its nodes in order.
        case invisible
    }

    public enum Tip: Sendable { case none, arrow, circle, cross }

    public struct Edge: Hashable, Sendable {
        /// The indices of the nodes that the edge leaves and reaches.
        public let from, to: Int
        public let label: String?
        public let line: Line
        /// What is drawn where the edge leaves and where it arrives.
        public let tail, head: Tip
        /// How many ranks the edge reaches over at least.
        public let length: Int
    }

    public internal(set) var direction: Direction
    public internal(set) var nodes: [Node] = []
    public internal(set) var edges: [Edge] = []

    init(direction: Direction) { self.direction = direction }
}

extension Flowchart {
    /// The graph in a sentence, for those who cannot see it.
    public var alternativeText: String {
        func plain(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }
        let connected = Set(edges.filter { $0.line != .invisible }.flatMap { [$0.from, $0.to] })
        let alone = nodes.indices.filter { !connected.contains($0) }.map { plain(nodes[$0].label) }
        let steps = edges.filter { $0.line != .invisible }.map { edge in
            let label = edge.label.map { " (\(plain($0)))" } ?? ""
            let sign = edge.head == .none && edge.tail == .none ? "—" : edge.tail == .none ? "→" : "↔"
            return "\(plain(nodes[edge.from].label)) \(sign) \(plain(nodes[edge.to].label))\(label)"
        }
        return "Flowchart: " + (steps + alone).joined(separator: "; ")
    }
}

/// What is wrong with a diagram's source, and where.
public struct DiagramError: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String
    /// The line in the diagram's source, counted from 1.
    public let line: Int
    /// The column, counted from 1 in UTF-8 bytes.
    public let column: Int

    public var description: String { message }
}
