/// A directed graph as an author draws it: labelled nodes of several shapes, boxes that hold nodes, and edges between them.
public struct Flowchart: Hashable, Sendable {
    /// Where edges lead on the page.
    public enum Direction: Sendable { case down, up, right, left }

    public enum Shape: Sendable {
        case rectangle, rounded, stadium, subroutine, cylinder, circle, doubleCircle, ellipse, diamond, hexagon, flag
        case leaningRight, leaningLeft, narrowTop, narrowBottom
        /// A subgraph's box around its nodes.
        case box
    }

    public struct Node: Hashable, Sendable {
        public let name: String
        public internal(set) var label: DiagramLabel
        public internal(set) var shape: Shape
        /// The box that holds the node.
        public internal(set) var parent: Int?
        /// Where edges lead inside a box, if it says so.
        public internal(set) var direction: Direction?
        public internal(set) var look = Look()
    }

    public enum Line: Int, Sendable {
        case plain, dotted, thick
        /// Not drawn: it keeps its nodes in order.
        case invisible
    }

    public enum Tip: Int, Sendable { case none, arrow, circle, cross }

    public struct Edge: Hashable, Sendable {
        /// The indices of the nodes, or boxes, that the edge leaves and reaches.
        public let from, to: Int
        public let label: DiagramLabel?
        public let line: Line
        /// What is drawn where the edge leaves and where it arrives.
        public let tail, head: Tip
        /// How many ranks the edge reaches over at least.
        public let length: Int
        public internal(set) var look = Look()
    }

    public internal(set) var direction: Direction
    public internal(set) var nodes: [Node] = []
    public internal(set) var edges: [Edge] = []
    /// What the author calls the whole, and says about it, for those who cannot see it.
    public internal(set) var title: String?
    public internal(set) var summary: String?

    init(direction: Direction) { self.direction = direction }

    /// The boxes around `node`, from the innermost.
    func boxes(around node: Int) -> [Int] {
        Array(sequence(first: node) { nodes[$0].parent }.dropFirst())
    }
}

extension Flowchart {
    /// The graph in a sentence, for those who cannot see it.
    public var alternativeText: String {
        let drawn = edges.filter { $0.line != .invisible }
        let connected = Set(drawn.flatMap { [$0.from, $0.to] })
        let alone = nodes.indices.filter { !connected.contains($0) && nodes[$0].shape != .box }.map { words($0) }
        let steps = drawn.map { edge in
            let label = edge.label.map { " (\($0.sentence))" } ?? ""
            let sign = edge.head == .none && edge.tail == .none ? "—" : edge.tail == .none ? "→" : "↔"
            return "\(words(edge.from)) \(sign) \(words(edge.to))\(label)"
        }
        let boxes = nodes.indices.filter { nodes[$0].shape == .box }.map { box in
            let inside = nodes.indices.filter { nodes[$0].parent == box }.map { words($0) }
            return "\(words(box)) holds " + inside.joined(separator: ", ")
        }
        let all = (steps + alone + boxes).joined(separator: "; ")
        return [title ?? "Flowchart", summary, all].compactMap(\.self).joined(separator: ": ")
    }

    private func words(_ node: Int) -> String { nodes[node].label.sentence }
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
