/// A flowchart as its boxes place it, piece by piece.
struct FlowchartDrawing {
    struct Stop {
        var point: PagePoint
        var isStraight: Bool
    }

    /// The way of an edge through boxes, from its upper end to its lower one.
    private struct Way {
        var stops: [Stop]
        let isReversed: Bool
        let axes: Axes
        let label: PagePoint?
    }

    var centres: [Int: PagePoint] = [:]
    /// The sizes of boxes.
    var sizes: [Int: NodeSize] = [:]
    private var ways: [Int: Way] = [:]

    /// Begins the way of `edge` with its piece in the innermost box that holds both ends.
    mutating func start(
        _ edge: Int, _ stops: [Stop], isReversed: Bool, _ axes: Axes, label: PagePoint?
    ) {
        ways[edge] = Way(stops: stops, isReversed: isReversed, axes: axes, label: label)
    }

    /// Adds the piece in a box further in, at the lower end if the edge enters it and at the upper one if not.
    mutating func extend(_ edge: Int, with stops: [Stop], isEntry: Bool) {
        guard let way = ways[edge] else { return }
        // The border's stop is in both pieces.
        ways[edge]?.stops = isEntry ? way.stops.dropLast() + stops : stops + way.stops.dropFirst()
    }

    /// The curve of `edge` in its own direction, and where its label lies.
    func curve(of edge: Int) -> (points: [PagePoint], label: PagePoint?)? {
        guard let way = ways[edge] else { return nil }
        let stops = way.stops.map { RankedLayout.Stop(place: way.axes.place($0.point), isStraight: $0.isStraight) }
        let points = Self.curve(through: stops).map { place in
            // The axes mirror about the page's corner.
            way.axes.point(place)
        }
        return (way.isReversed ? points.reversed() : points, way.label)
    }

    /// A smooth curve through `stops`, each of which lies further across than the one before it.
    private static func curve(through stops: [RankedLayout.Stop]) -> [RankedLayout.Place] {
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
                .init(along: from.along + slopes[index] * half, across: from.across + half),
                .init(along: to.along - slopes[index + 1] * half, across: to.across - half), to,
            ]
        }
        return curve
    }
}
