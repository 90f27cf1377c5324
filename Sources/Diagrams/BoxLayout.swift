/// What lies in a box, or in the whole chart, with its place from the upper left corner.
struct BoxLayout {
    /// A place on a box's border that an edge passes on its way in or out.
    struct Port: Hashable {
        let edge: Int
        /// Whether the edge passes it downwards on its way in.
        let isEntry: Bool
    }

    private let box: Int?
    private let axes: Axes
    private let ranks: RankedLayout
    private let members: [Int]
    private let ports: [Port]
    /// The edge of each arc of the ranks.
    private let edges: [Int]
    private let inner: [Int: BoxLayout]
    /// Where the ranks begin.
    private let origin: PagePoint
    let width, height: Double

    private static let padding = 14.0

    /// Lays out the members of `box`, and in them theirs, so that edges with `ports` reach its border.
    init(_ sizes: FlowchartSizes, box: Int?, direction: Flowchart.Direction, ports: [Port] = []) {
        let axes = Axes(direction)
        let members = sizes.members[box] ?? []
        let arcs = Arcs(sizes, box: box, members: members, ports: ports)
        var inner: [Int: BoxLayout] = [:]
        for member in members where sizes.isBox(member) {
            let passed = arcs.ports(into: member, sizes)
            // Edges that pass the border run as they do outside.
            let own = passed.isEmpty ? sizes.chart.nodes[member].direction : nil
            inner[member] = BoxLayout(sizes, box: member, direction: own ?? direction, ports: passed)
        }
        let nodes = members.map { Self.node($0, sizes, inner[$0], axes) }
        let passages = ports.map { port in
            RankedLayout.Node(
                extent: .init(along: 0, across: 0), outline: .init(), pin: port.isEntry ? .first : .last)
        }
        ranks = RankedLayout(
            nodes: nodes + passages,
            edges: arcs.all.map { Self.edge($0, sizes, members: members, inner, axes, isPassing: $0.port != nil) })
        (self.box, self.axes, self.members, self.ports, self.inner) = (box, axes, members, ports, inner)
        edges = arcs.all.map(\.edge)
        let content = axes.size(ranks.extent)
        guard let box else {
            (width, height, origin) = (content.width, content.height, PagePoint(x: 0, y: 0))
            return
        }
        let title = sizes.texts[box]
        width = max(content.width, title.width) + 2 * Self.padding
        let above = title.height + 10
        height = content.height + above + Self.padding
        origin = PagePoint(x: (width - content.width) / 2, y: above)
    }

    private static func node(
        _ member: Int, _ sizes: FlowchartSizes, _ inner: BoxLayout?, _ axes: Axes
    ) -> RankedLayout.Node {
        let size = inner.map { NodeSize(width: $0.width, height: $0.height) } ?? sizes.nodes[member]
        let room = sizes.loopRoom(at: member)
        let outline = NodeOutline(shape: sizes.chart.nodes[member].shape, size: size)
        return RankedLayout.Node(
            extent: axes.extent(width: size.width + 2 * room.width, height: max(size.height, room.height)),
            outline: RankedLayout.Outline(span: outline.span(towards: axes.direction)) { shift, isLeaving in
                outline.reach(towards: isLeaving ? axes.direction : axes.opposite, at: shift)
            })
    }

    private static func edge(
        _ arc: Arcs.Arc, _ sizes: FlowchartSizes, members: [Int], _ inner: [Int: BoxLayout], _ axes: Axes,
        isPassing: Bool
    ) -> RankedLayout.Edge {
        let edge = sizes.chart.edges[arc.edge]
        let label = isPassing ? nil : sizes.labels[arc.edge]
        func shift(_ vertex: Int) -> Double? {
            guard vertex < members.count else { return nil }
            return inner[members[vertex]]?.shift(of: arc.edge)
        }
        // A piece inside a box has one end of the edge; the other is the border.
        let holdsTarget = [arc.from, arc.to].contains { $0 < members.count && sizes.holds(members[$0], edge.to) }
        let tips = isPassing ? (holdsTarget ? (edge.head, edge.head) : (edge.tail, edge.tail)) : (edge.tail, edge.head)
        let line = edge.line.rawValue * 4
        return RankedLayout.Edge(
            from: arc.from, to: arc.to, length: isPassing ? 1 : edge.length,
            label: label.map { axes.extent(width: $0.width + 12, height: $0.height + 4) },
            ports: (shift(arc.from), shift(arc.to)),
            looks: (line + tips.0.rawValue, line + tips.1.rawValue))
    }

    /// How far along the ranks `edge` passes the border beside the box's middle; `nil` where it does not pass.
    private func shift(of edge: Int) -> Double? {
        guard let port = ports.firstIndex(where: { $0.edge == edge }) else { return nil }
        let point = point(ranks.nodes[members.count + port])
        return axes.place(.init(x: point.x - width / 2, y: point.y - height / 2)).along
    }

    private func point(_ place: RankedLayout.Place) -> PagePoint {
        let point = axes.point(place, depth: ranks.extent.across)
        return .init(x: origin.x + point.x, y: origin.y + point.y)
    }

    /// Puts everything into `drawing`, with the box's corner at `corner`.
    func place(in drawing: inout FlowchartDrawing, at corner: PagePoint) {
        func moved(_ place: RankedLayout.Place) -> PagePoint {
            let point = point(place)
            return .init(x: corner.x + point.x, y: corner.y + point.y)
        }
        for (index, route) in ranks.edges.enumerated() {
            let edge = edges[index]
            let points = route.stops.map { FlowchartDrawing.Stop(point: moved($0.place), isStraight: $0.isStraight) }
            if let port = ports.first(where: { $0.edge == edge }) {
                drawing.extend(edge, with: border(points, port, corner), isEntry: port.isEntry)
            } else {
                drawing.start(edge, points, isReversed: route.isReversed, axes, label: route.label.map(moved))
            }
        }
        for (index, member) in members.enumerated() {
            let centre = moved(ranks.nodes[index])
            drawing.centres[member] = centre
            guard let layout = inner[member] else { continue }
            drawing.sizes[member] = NodeSize(width: layout.width, height: layout.height)
            layout.place(
                in: &drawing, at: .init(x: centre.x - layout.width / 2, y: centre.y - layout.height / 2))
        }
    }

    /// `stops`, and the one on the box's border.
    private func border(
        _ stops: [FlowchartDrawing.Stop], _ port: Port, _ corner: PagePoint
    ) -> [FlowchartDrawing.Stop] {
        guard let end = port.isEntry ? stops.first : stops.last else { return stops }
        var point = end.point
        switch port.isEntry ? axes.opposite : axes.direction {
        case .up: point.y = corner.y
        case .down: point.y = corner.y + height
        case .left: point.x = corner.x
        case .right: point.x = corner.x + width
        }
        let stop = FlowchartDrawing.Stop(point: point, isStraight: true)
        return port.isEntry ? [stop] + stops : stops + [stop]
    }
}

/// The edges of a box as its members' ranks have them: between members, and from and to the border.
private struct Arcs {
    struct Arc {
        let edge: Int
        let from, to: Int
        let port: BoxLayout.Port?
    }

    private(set) var all: [Arc] = []
    private let members: [Int]
    private let turned: Set<Int>

    init(_ sizes: FlowchartSizes, box: Int?, members: [Int], ports: [BoxLayout.Port]) {
        self.members = members
        let places = Dictionary(members.enumerated().map { ($1, $0) }) { first, _ in first }
        func vertex(_ node: Int) -> Int? { sizes.member(of: box, holding: node).flatMap { places[$0] } }
        for (index, edge) in sizes.chart.edges.enumerated() where edge.from != edge.to && sizes.home(of: index) == box {
            guard let from = vertex(edge.from), let to = vertex(edge.to) else { continue }
            all.append(Arc(edge: index, from: from, to: to, port: nil))
        }
        for (index, port) in ports.enumerated() {
            let edge = sizes.chart.edges[port.edge]
            guard let end = vertex(edge.from) ?? vertex(edge.to) else { continue }
            let border = members.count + index
            all.append(
                Arc(edge: port.edge, from: port.isEntry ? border : end, to: port.isEntry ? end : border, port: port))
        }
        turned = Layering.turned(count: members.count + ports.count, edges: all.map { ($0.from, $0.to) })
    }

    /// The edges that lead to or from what `member` holds.
    func ports(into member: Int, _ sizes: FlowchartSizes) -> [BoxLayout.Port] {
        all.enumerated().compactMap { index, arc in
            let edge = sizes.chart.edges[arc.edge]
            guard let vertex = members.firstIndex(of: member), arc.from == vertex || arc.to == vertex,
                edge.from != member, edge.to != member
            else { return nil }
            let isLower = (arc.to == vertex) != turned.contains(index)
            return BoxLayout.Port(edge: arc.edge, isEntry: isLower)
        }
    }
}
