/// A graph on ranks that follow each other, whatever way they lie on the page.
struct RankedLayout {
    /// A place, or a size: along the ranks and across them, in the direction of edges.
    struct Place: Hashable {
        var along, across: Double
    }

    struct Node {
        /// The room it takes.
        let extent: Place
        let outline: Outline
        /// Where it has to lie: a place on a border that an edge passes through.
        var pin: Layering.Pin?
    }

    /// Where edges leave and reach a node.
    struct Outline {
        /// How far from its middle they may do so along the ranks.
        var span = 0.0
        /// How far from its middle its outline lies across the ranks, on the side where edges arrive or leave, given the place along.
        var reach: (_ along: Double, _ isLeaving: Bool) -> Double = { _, _ in 0 }
    }

    struct Edge {
        let from, to, length: Int
        /// The room its label takes.
        var label: Place?
        /// Where along the ranks it has to leave and reach its nodes, from their middles, where that is settled.
        var ports: (from: Double?, to: Double?) = (nil, nil)
        /// What its ends look like: alike ones may share a port.
        var looks = (from: 0, to: 0)
    }

    /// The way of an edge, from its upper end to its lower one.
    struct Route {
        let stops: [Stop]
        let isReversed: Bool
        let label: Place?
    }

    /// Where an edge's curve passes.
    struct Stop {
        var place: Place
        /// Whether it crosses the rank at a right angle there.
        var isStraight = true
    }

    private(set) var nodes: [Place] = []
    private(set) var edges: [Route] = []
    private(set) var extent = Place(along: 0, across: 0)

    private static let nodeGap = 36.0
    private static let edgeGap = 18.0
    private static let rankGap = 46.0
    private static let borderGap = 16.0

    private let given: [Node]
    private let scale: Int
    private var layering: Layering
    /// The room of each vertex, those that edges pass through among them.
    private var extents: [Place]
    private var places: [Place] = []
    /// Where each rank begins and ends.
    private var bands: [(start: Double, end: Double)] = []

    /// Places `nodes` and routes `edges`, of which none leads from a node to itself.
    init(nodes: [Node], edges: [Edge]) {
        given = nodes
        // Labels, and edges that would lie upon each other, need a rank of their own in between.
        let pairs = Set(edges.map { Set([$0.from, $0.to]) })
        scale = edges.contains { $0.label != nil } || pairs.count < edges.count ? 2 : 1
        let factor = scale
        let pins = nodes.enumerated().compactMap { index, node in node.pin.map { (index, $0) } }
        layering = Layering(
            count: nodes.count, edges: edges.map { ($0.from, $0.to, $0.length * factor) },
            pins: Dictionary(pins) { first, _ in first })
        extents = nodes.map(\.extent)
        extents += Array(repeating: Place(along: 0, across: 0), count: layering.count - nodes.count)
        let labels = makeRoom(for: edges)
        layering.reduceCrossings(extents: extents.map(\.along))
        placeVertices()
        let ports = Ports(layering, edges, nodes, places)
        self.nodes = Array(places.prefix(nodes.count))
        self.edges = layering.chains.indices.map { index in
            Route(
                stops: stops(of: index, ports), isReversed: layering.chains[index].isReversed,
                label: labels[layering.chains[index].edge].map { places[$0] })
        }
    }

    private func isOwn(_ vertex: Int) -> Bool { vertex < given.count && given[vertex].pin == nil }

    /// Settles where edges with settled ports run, and what vertices their labels take.
    private mutating func makeRoom(for edges: [Edge]) -> [Int: Int] {
        var labels: [Int: Int] = [:]
        for index in layering.chains.indices {
            let chain = layering.chains[index]
            let edge = edges[chain.edge]
            let (upper, lower) = chain.isReversed ? (edge.ports.to, edge.ports.from) : (edge.ports.from, edge.ports.to)
            layering.chains[index].shifts = (upper ?? 0, lower ?? 0)
            guard let label = edge.label else { continue }
            let middle = chain.vertices[chain.vertices.count / 2]
            labels[chain.edge] = middle
            extents[middle] = label
        }
        return labels
    }

    private mutating func placeVertices() {
        let centres = layering.centres(extents: extents.map(\.along), isOwn: isOwn) {
            isOwn($0) && isOwn($1) ? Self.nodeGap : Self.edgeGap
        }
        let start = centres.indices.map { centres[$0] - extents[$0].along / 2 }.min() ?? 0
        let end = centres.indices.map { centres[$0] + extents[$0].along / 2 }.max() ?? 0
        places = centres.map { Place(along: $0 - start, across: 0) }
        var depth = 0.0
        var wasBorder = false
        for (index, rank) in layering.ranks.enumerated() {
            let thickness = rank.map { extents[$0].across }.max() ?? 0
            let isBorder = thickness == 0 && rank.contains { $0 < given.count }
            if index > 0 { depth += isBorder || wasBorder ? Self.borderGap : Self.rankGap / Double(scale) }
            wasBorder = isBorder
            for vertex in rank { places[vertex].across = depth + thickness / 2 }
            bands.append((depth, depth + thickness))
            depth += thickness
        }
        straighten()
        extent = Place(along: end - start, across: depth)
    }

    /// An edge runs straight past the nodes and labels of a rank, and behind its own label.
    private mutating func straighten() {
        for (rank, band) in zip(layering.ranks, bands) {
            for vertex in rank where vertex >= given.count { extents[vertex].across = band.end - band.start }
        }
    }

    private func stops(of index: Int, _ ports: Ports) -> [Stop] {
        let chain = layering.chains[index]
        let inner = chain.vertices.dropFirst().dropLast().flatMap { vertex in
            let (place, thickness) = (places[vertex], extents[vertex].across)
            return thickness == 0
                ? [Stop(place: place, isStraight: false)]
                : [-1.0, 1].map { Stop(place: Place(along: place.along, across: place.across + $0 * thickness / 2)) }
        }
        let shifts = ports.shifts[index]
        return leaving(chain.vertices[0], shifts.upper) + inner
            + leaving(chain.vertices[chain.vertices.count - 1], shifts.lower, downwards: false)
    }

    /// The stops where an edge leaves `vertex`: at its outline, and where its rank ends if a neighbour reaches further.
    private func leaving(_ vertex: Int, _ shift: Double, downwards: Bool = true) -> [Stop] {
        let place = places[vertex]
        guard isOwn(vertex) else {
            guard let band = downwards ? bands.first : bands.last else { return [] }
            // Straight past what else lies on the rank.
            let across = band.start < band.end ? [band.start, band.end] : [band.start]
            return across.map { Stop(place: Place(along: place.along, across: $0)) }
        }
        let reach = given[vertex].outline.reach(shift, downwards)
        let sign = downwards ? 1.0 : -1
        let start = Place(along: place.along + shift, across: place.across + sign * reach)
        guard let rank = layering.ranks.firstIndex(where: { $0.contains(vertex) }), layering.ranks[rank].count > 1
        else {
            return [Stop(place: start)]
        }
        let edge = downwards ? bands[rank].end : bands[rank].start
        guard abs(edge - start.across) > 4 else { return [Stop(place: start)] }
        let end = Stop(place: Place(along: start.along, across: edge))
        return downwards ? [Stop(place: start), end] : [end, Stop(place: start)]
    }
}

/// Where along its ends each edge leaves and reaches its nodes.
private struct Ports {
    /// For each chain, from the nodes' middles.
    private(set) var shifts: [(upper: Double, lower: Double)]

    private static let gap = 16.0

    private struct End {
        let chain: Int
        /// Where the edge comes from or goes to, along the ranks.
        let next: Double
        let other: Int
        let look: Int
    }

    private struct Side: Hashable {
        let node: Int
        let isUpper: Bool
    }

    /// Ends that look alike and lead to different nodes meet in the middle of a side; others stand beside each other, in the order in
    /// which they go on.
    init(
        _ layering: Layering, _ edges: [RankedLayout.Edge], _ nodes: [RankedLayout.Node], _ places: [RankedLayout.Place]
    ) {
        shifts = layering.chains.map(\.shifts)
        var sides: [Side: [End]] = [:]
        var taken: [Side: [Double]] = [:]
        for (index, chain) in layering.chains.enumerated() {
            let edge = edges[chain.edge]
            let (vertices, last) = (chain.vertices, chain.vertices.count - 1)
            let looks = chain.isReversed ? (edge.looks.to, edge.looks.from) : edge.looks
            let settled = chain.isReversed ? (edge.ports.to, edge.ports.from) : edge.ports
            if let shift = settled.0 { taken[Side(node: vertices[0], isUpper: true), default: []].append(shift) }
            if let shift = settled.1 { taken[Side(node: vertices[last], isUpper: false), default: []].append(shift) }
            if settled.0 == nil, nodes[vertices[0]].pin == nil {
                let end = End(
                    chain: index, next: places[vertices[1]].along + (last == 1 ? shifts[index].lower : 0),
                    other: vertices[last], look: looks.0)
                sides[Side(node: vertices[0], isUpper: true), default: []].append(end)
            }
            if settled.1 == nil, nodes[vertices[last]].pin == nil {
                let end = End(
                    chain: index, next: places[vertices[last - 1]].along + (last == 1 ? shifts[index].upper : 0),
                    other: vertices[0], look: looks.1)
                sides[Side(node: vertices[last], isUpper: false), default: []].append(end)
            }
        }
        for (side, ends) in sides {
            let isApart = Set(ends.map(\.look)).count > 1 || Set(ends.map(\.other)).count < ends.count
            let taken = taken[side] ?? []
            guard isApart || !taken.isEmpty else { continue }
            let sorted = ends.sorted { ($0.next, $0.chain) < ($1.next, $1.chain) }
            let gap = min(Self.gap, 2 * nodes[side.node].outline.span / Double(max(ends.count - 1, 1)))
            let middle = Self.free(of: taken, span: nodes[side.node].outline.span)
            for (place, end) in sorted.enumerated() {
                let shift = middle + (isApart ? (Double(place) - Double(ends.count - 1) / 2) * gap : 0)
                if side.isUpper { shifts[end.chain].upper = shift } else { shifts[end.chain].lower = shift }
            }
        }
    }

    /// The place nearest to a side's middle that keeps its distance from those `taken`.
    private static func free(of taken: [Double], span: Double) -> Double {
        let places = stride(from: 0, through: span, by: 8).flatMap { [$0, -$0] }
        return places.first { place in taken.allSatisfy { abs($0 - place) >= gap } } ?? 0
    }
}
