/// A graph on ranks that follow each other, whatever way they lie on the page.
struct RankedLayout {
    /// A place, or a size: along the ranks and across them, in the direction of edges.
    struct Place: Hashable {
        var along, across: Double
    }

    struct Node {
        /// The room it takes.
        let extent: Place
        /// How far from its centre edges leave and reach it.
        let reach: Double
    }

    struct Edge {
        let from, to, length: Int
        /// The room its label takes.
        let label: Place?
    }

    struct Route {
        /// Start, then two control points and an end for each piece.
        let curve: [Place]
        let label: Place?
    }

    private(set) var nodes: [Place] = []
    private(set) var edges: [Route] = []
    private(set) var extent = Place(along: 0, across: 0)

    private static let nodeGap = 36.0
    private static let edgeGap = 18.0
    private static let rankGap = 46.0

    /// Places `nodes` and routes `edges`, of which none leads from a node to itself.
    init(nodes: [Node], edges: [Edge]) {
        // Labels, and edges that would lie upon each other, need a rank of their own in between.
        let pairs = Set(edges.map { Set([$0.from, $0.to]) })
        let scale = edges.contains { $0.label != nil } || pairs.count < edges.count ? 2 : 1
        var layering = Layering(count: nodes.count, edges: edges.map { ($0.from, $0.to, $0.length * scale) })
        layering.reduceCrossings()

        var extents = nodes.map(\.extent)
        extents += Array(repeating: Place(along: 0, across: 0), count: layering.count - nodes.count)
        var labels: [Int: Int] = [:]
        for chain in layering.chains {
            guard let label = edges[chain.edge].label else { continue }
            let middle = chain.vertices[chain.vertices.count / 2]
            labels[chain.edge] = middle
            extents[middle] = label
        }
        let centres = layering.centres(extents: extents.map(\.along), own: nodes.count) {
            $0 < nodes.count && $1 < nodes.count ? Self.nodeGap : Self.edgeGap
        }
        var places = centres.map { Place(along: $0, across: 0) }
        let start = places.indices.map { centres[$0] - extents[$0].along / 2 }.min() ?? 0
        let end = places.indices.map { centres[$0] + extents[$0].along / 2 }.max() ?? 0
        var depth = 0.0
        for (index, rank) in layering.ranks.enumerated() {
            let thickness = rank.map { extents[$0].across }.max() ?? 0
            if index > 0 { depth += Self.rankGap / Double(scale) }
            let isPassed = rank.map { $0 >= nodes.count && extents[$0].across == 0 }
            for (place, vertex) in rank.enumerated() {
                places[vertex] = Place(along: centres[vertex] - start, across: depth + thickness / 2)
                // An edge runs straight past a node or label, and behind its own label.
                let neighbours = max(0, place - 1)...min(place + 1, rank.count - 1)
                if vertex >= nodes.count, neighbours.contains(where: { !isPassed[$0] }) {
                    extents[vertex].across = thickness
                }
            }
            depth += thickness
        }
        extent = Place(along: end - start, across: depth)
        self.nodes = Array(places.prefix(nodes.count))
        self.edges = layering.chains.map { chain in
            let inner = chain.vertices.dropFirst().dropLast().flatMap { vertex in
                Stop.passing(places[vertex], thickness: extents[vertex].across)
            }
            let (first, last) = (chain.vertices[0], chain.vertices[chain.vertices.count - 1])
            let stops =
                [Stop(places[first], moved: nodes[first].reach)] + inner
                + [Stop(places[last], moved: -nodes[last].reach)]
            let curve = Self.curve(through: stops)
            return Route(
                curve: chain.isReversed ? curve.reversed() : curve, label: labels[chain.edge].map { places[$0] })
        }
    }

    /// Where an edge's curve passes.
    private struct Stop {
        let place: Place
        /// Whether it crosses the rank at a right angle there.
        var isStraight = true

        init(_ place: Place, moved across: Double) {
            self.place = Place(along: place.along, across: place.across + across)
        }

        static func passing(_ place: Place, thickness: Double) -> [Stop] {
            guard thickness == 0 else {
                return [Stop(place, moved: -thickness / 2), Stop(place, moved: thickness / 2)]
            }
            var stop = Stop(place, moved: 0)
            stop.isStraight = false
            return [stop]
        }
    }

    /// A smooth curve through `stops`, each of which lies further across than the one before it.
    private static func curve(through stops: [Stop]) -> [Place] {
        let slopes = stops.indices.map { index in
            guard !stops[index].isStraight, index > 0, index + 1 < stops.count else { return 0.0 }
            let (before, after) = (stops[index - 1].place, stops[index + 1].place)
            return (after.along - before.along) / max(after.across - before.across, 1)
        }
        var curve = [stops[0].place]
        for index in stops.indices.dropLast() {
            let (from, to) = (stops[index].place, stops[index + 1].place)
            let half = (to.across - from.across) / 2
            curve += [
                Place(along: from.along + slopes[index] * half, across: from.across + half),
                Place(along: to.along - slopes[index + 1] * half, across: to.across - half), to,
            ]
        }
        return curve
    }
}
