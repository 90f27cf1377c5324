/// How the directions of ranks and of edges lie on the page.
struct Axes {
    let direction: Flowchart.Direction
    private var isHorizontal: Bool { direction == .right || direction == .left }

    init(_ direction: Flowchart.Direction) { self.direction = direction }

    /// The direction that edges come from.
    var opposite: Flowchart.Direction {
        switch direction {
        case .down: .up
        case .up: .down
        case .right: .left
        case .left: .right
        }
    }

    /// A size as it counts along a rank and across it.
    func extent(width: Double, height: Double) -> RankedLayout.Place {
        isHorizontal ? .init(along: height, across: width) : .init(along: width, across: height)
    }

    /// The opposite of ``extent(width:height:)``.
    func size(_ extent: RankedLayout.Place) -> (width: Double, height: Double) {
        isHorizontal ? (extent.across, extent.along) : (extent.along, extent.across)
    }

    /// The place on the page; `depth` is the whole extent across the ranks.
    func point(_ place: RankedLayout.Place, depth: Double = 0) -> PagePoint {
        switch direction {
        case .down: PagePoint(x: place.along, y: place.across)
        case .up: PagePoint(x: place.along, y: depth - place.across)
        case .right: PagePoint(x: place.across, y: place.along)
        case .left: PagePoint(x: depth - place.across, y: place.along)
        }
    }

    /// The opposite of ``point(_:depth:)`` for a depth of 0.
    func place(_ point: PagePoint) -> RankedLayout.Place {
        switch direction {
        case .down: .init(along: point.x, across: point.y)
        case .up: .init(along: point.x, across: -point.y)
        case .right: .init(along: point.y, across: point.x)
        case .left: .init(along: point.y, across: -point.x)
        }
    }
}
