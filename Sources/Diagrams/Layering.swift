/// A graph's vertices in ranks: those of the graph, then one for every rank that an edge passes through.
struct Layering {
    /// A path of vertices from rank to rank, downwards.
    struct Chain {
        let edge: Int
        let vertices: [Int]
        /// Whether the edge leads upwards, against its path.
        let isReversed: Bool
        /// How far along the ranks from the middles of its first and last vertex it leaves and reaches them.
        var shifts = (upper: 0.0, lower: 0.0)
    }

    /// Two neighbours on a path.
    struct Segment {
        let upper, lower: Int
        /// How far from their middles it leaves and reaches them.
        let shifts: (upper: Double, lower: Double)
    }

    /// An end of the graph where a vertex has to be.
    enum Pin { case first, last }

    /// The vertices of each rank, in order from one side to the other.
    var ranks: [[Int]] = []
    var chains: [Chain] = []
    /// How many vertices there are; the graph's own come first.
    private(set) var count: Int

    /// Puts `count` vertices on ranks so that each edge reaches over `length` ranks at least.
    ///
    /// Edges that close a circle are turned. Ranks are the longest paths from the sources; a vertex with more edges
    /// out than in is then moved down to what it leads to. No edge may lead from a vertex to itself.
    ///
    /// - Parameter pins: vertices that lie on the first rank, which no edge reaches, or on the last, which none leaves.
    init(count: Int, edges: [(from: Int, to: Int, length: Int)], pins: [Int: Pin] = [:]) {
        self.count = count
        let (met, sorted, reversed) = Self.visit(count: count, edges: edges)
        let arcs = edges.enumerated().map { index, edge in
            reversed.contains(index) ? (from: edge.to, to: edge.from, length: edge.length) : edge
        }
        let rankOf = Self.ranks(sorted: sorted, arcs: arcs, pins: pins)
        ranks = Array(repeating: [], count: (rankOf.max() ?? 0) + 1)
        for vertex in met { ranks[rankOf[vertex]].append(vertex) }
        for (index, arc) in arcs.enumerated() {
            var path = [arc.from]
            for rank in (rankOf[arc.from] + 1)..<rankOf[arc.to] {
                path.append(self.count)
                ranks[rank].append(self.count)
                self.count += 1
            }
            chains.append(Chain(edge: index, vertices: path + [arc.to], isReversed: reversed.contains(index)))
        }
    }

    /// The pairs of neighbouring vertices, upper first.
    var segments: [Segment] {
        chains.flatMap { chain in
            chain.vertices.indices.dropLast().map { index in
                let isLast = index + 2 == chain.vertices.count
                return Segment(
                    upper: chain.vertices[index], lower: chain.vertices[index + 1],
                    shifts: (index == 0 ? chain.shifts.upper : 0, isLast ? chain.shifts.lower : 0))
            }
        }
    }

    /// Which edges close a circle, and so are turned.
    static func turned(count: Int, edges: [(from: Int, to: Int)]) -> Set<Int> {
        visit(count: count, edges: edges.map { ($0.from, $0.to, 1) }).reversed
    }

    /// Visits all vertices, depth first, from those that no edge leads to and then from the first that is left.
    ///
    /// - Returns: the vertices as they are met; the vertices so that edges lead from earlier to later ones; and the edges
    ///   that do not, because they close a circle.
    private static func visit(
        count: Int, edges: [(from: Int, to: Int, length: Int)]
    ) -> (met: [Int], sorted: [Int], reversed: Set<Int>) {
        let outgoing = Dictionary(grouping: edges.indices) { edges[$0].from }
        let hasIncoming = Set(edges.map(\.to))
        var isOpen: Set<Int> = []
        var isMet: Set<Int> = []
        var (met, finished): ([Int], [Int]) = ([], [])
        var reversed: Set<Int> = []
        func visit(_ vertex: Int) {
            guard isMet.insert(vertex).inserted else { return }
            met.append(vertex)
            isOpen.insert(vertex)
            for edge in outgoing[vertex] ?? [] {
                if isOpen.contains(edges[edge].to) { reversed.insert(edge) } else { visit(edges[edge].to) }
            }
            isOpen.remove(vertex)
            finished.append(vertex)
        }
        for vertex in 0..<count where !hasIncoming.contains(vertex) { visit(vertex) }
        for vertex in 0..<count { visit(vertex) }
        return (met, finished.reversed(), reversed)
    }

    private static func ranks(
        sorted: [Int], arcs: [(from: Int, to: Int, length: Int)], pins: [Int: Pin]
    ) -> [Int] {
        var rank = Array(repeating: 0, count: sorted.count)
        let incoming = Dictionary(grouping: arcs) { $0.to }
        let outgoing = Dictionary(grouping: arcs) { $0.from }
        for vertex in sorted {
            rank[vertex] = (incoming[vertex] ?? []).map { rank[$0.from] + $0.length }.max() ?? 0
        }
        let last = rank.max() ?? 0
        for (vertex, pin) in pins where pin == .last { rank[vertex] = last }
        for vertex in sorted.reversed() where pins[vertex] == nil {
            let down = outgoing[vertex] ?? []
            guard down.count > (incoming[vertex] ?? []).count else { continue }
            rank[vertex] = down.map { rank[$0.to] - $0.length }.min() ?? rank[vertex]
        }
        return rank
    }
}
