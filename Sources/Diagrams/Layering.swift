/// A graph's vertices in ranks: those of the graph, then one for every rank that an edge passes through.
struct Layering {
    /// A path of vertices from rank to rank, downwards.
    struct Chain {
        let edge: Int
        let vertices: [Int]
        /// Whether the edge leads upwards, against its path.
        let isReversed: Bool
    }

    /// The vertices of each rank, in order from one side to the other.
    var ranks: [[Int]] = []
    private(set) var chains: [Chain] = []
    /// How many vertices there are; the graph's own come first.
    private(set) var count: Int

    /// Puts `count` vertices on ranks so that each edge reaches over `length` ranks at least.
    ///
    /// Edges that close a circle are turned. Ranks are the longest paths from the sources; a vertex with more edges
    /// out than in is then moved down to what it leads to. No edge may lead from a vertex to itself.
    init(count: Int, edges: [(from: Int, to: Int, length: Int)]) {
        self.count = count
        let (met, sorted, reversed) = Self.visit(count: count, edges: edges)
        let arcs = edges.enumerated().map { index, edge in
            reversed.contains(index) ? (from: edge.to, to: edge.from, length: edge.length) : edge
        }
        let rankOf = Self.ranks(sorted: sorted, arcs: arcs)
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
    var segments: [(upper: Int, lower: Int)] {
        chains.flatMap { chain in zip(chain.vertices, chain.vertices.dropFirst()).map { (upper: $0, lower: $1) } }
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

    private static func ranks(sorted: [Int], arcs: [(from: Int, to: Int, length: Int)]) -> [Int] {
        var rank = Array(repeating: 0, count: sorted.count)
        let incoming = Dictionary(grouping: arcs) { $0.to }
        let outgoing = Dictionary(grouping: arcs) { $0.from }
        for vertex in sorted {
            rank[vertex] = (incoming[vertex] ?? []).map { rank[$0.from] + $0.length }.max() ?? 0
        }
        for vertex in sorted.reversed() {
            let down = outgoing[vertex] ?? []
            guard down.count > (incoming[vertex] ?? []).count else { continue }
            rank[vertex] = down.map { rank[$0.to] - $0.length }.min() ?? rank[vertex]
        }
        return rank
    }
}
