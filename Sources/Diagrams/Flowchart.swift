/// A directed graph as an author draws it: labelled nodes of several shapes, boxes that hold nodes, and edges between them.
public struct Flowchart: Hashable, Sendable {
    /// Where edges lead on the page.
    public enum Direction: Sendable { case down, up, right, left }

    /// The outlines of nodes. Mermaid's brackets stand for most: `[…]` for a rectangle, `(…)` for a rounded one, `([…])` for a
    /// stadium, `{…}` for a diamond.
    public enum Shape: Hashable, Sendable {
        case rectangle, rounded, stadium, subroutine, cylinder, circle, doubleCircle, ellipse, diamond, hexagon, flag
        case leaningRight, leaningLeft, narrowTop, narrowBottom
        /// One that has no brackets of its own.
        case named(NamedShape)
        /// A subgraph's box around its nodes.
        case box
    }

    /// A node, or a box that holds nodes.
    public struct Node: Hashable, Sendable {
        /// The identifier that edges name the node by; no two nodes share one.
        public let name: String
        /// The words in the node; for a node without any, its name.
        public internal(set) var label: DiagramLabel
        /// The outline that is drawn around the label.
        public internal(set) var shape: Shape
        /// The box that holds the node.
        public internal(set) var parent: Int?
        /// Where edges lead inside a box, if it says so.
        public internal(set) var direction: Direction?
        /// The author's colours and widths; empty properties follow the page.
        public internal(set) var look = Look()
    }

    /// The stroke of an edge.
    public enum Line: Int, Sendable {
        case plain, dotted, thick
        /// Not drawn: it keeps its nodes in order.
        case invisible
    }

    /// The sign at an end of an edge.
    public enum Tip: Int, Sendable { case none, arrow, circle, cross }

    /// A connection between two nodes or boxes.
    public struct Edge: Hashable, Sendable {
        /// The indices of the nodes, or boxes, that the edge leaves and reaches.
        public let from, to: Int
        /// The words on the edge; `nil` for an edge without any.
        public let label: DiagramLabel?
        /// The stroke that the edge is drawn with.
        public let line: Line
        /// What is drawn where the edge leaves and where it arrives.
        public let tail, head: Tip
        /// How many ranks the edge reaches over at least.
        public let length: Int
        /// The author's colours and widths; empty properties follow the page.
        public internal(set) var look = Look()
    }

    /// The direction that the source's first line states.
    public internal(set) var direction: Direction
    /// The nodes and boxes, in the order in which the source first names them.
    public internal(set) var nodes: [Node] = []
    /// The edges, in the source's order; their indices refer to ``nodes``.
    public internal(set) var edges: [Edge] = []
    /// What the author calls the whole, and says about it, for those who cannot see it.
    public internal(set) var title: String?
    /// A longer description for readers who cannot see the chart; they hear it after the title.
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
    /// The fault and its cure, as a sentence without a full stop.
    public let message: String
    /// The line in the diagram's source, counted from 1.
    public let line: Int
    /// The column, counted from 1 in UTF-8 bytes.
    public let column: Int

    /// The message alone; the place is the caller's to tell, because a diagram stands in a larger file.
    public var description: String { message }
}
