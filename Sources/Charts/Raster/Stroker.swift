/// Turns lines with a width into outlines: a rectangle for each segment, a wedge for each join, a cap at each end, all
/// wound the same way, so that their union is what the winding number says is inside.
package struct Stroker {
    let halfWidth: Double
    let style: StrokeStyle
    /// A mitre longer than this many half widths becomes a bevel.
    private static let miterLimit = 4.0

    /// - Parameter scale: pixels in a point.
    package init(_ style: StrokeStyle, scale: Double) {
        self.style = style
        halfWidth = style.width * scale / 2
    }

    /// Adds the outline of the line along `points`, in pixels.
    package func stroke(_ points: some Sequence<Point>, into coverage: Coverage) {
        let points = withoutRepeats(points)
        guard points.count > 1 else {
            if let only = points.first, style.cap != .butt { dot(only, coverage) }
            return
        }
        var before = (points[1] - points[0]).normalized
        cap(at: points[0], towards: before * -1, coverage)
        for index in 1..<points.count {
            let direction = (points[index] - points[index - 1]).normalized
            if index > 1 { join(at: points[index - 1], before, direction, coverage) }
            let side = direction.normal * halfWidth
            let (a, b) = (points[index - 1], points[index])
            add([a - side, b - side, b + side, a + side], coverage)
            before = direction
        }
        cap(at: points[points.count - 1], towards: before, coverage)
    }

    private func withoutRepeats(_ points: some Sequence<Point>) -> [Point] {
        var kept: [Point] = []
        for point in points {
            if let last = kept.last, (point - last).length < 1e-6 { continue }
            kept.append(point)
        }
        return kept
    }

    private func join(at point: Point, _ before: Point, _ after: Point, _ coverage: Coverage) {
        let turn = before.cross(after)
        let along = before.dot(after)
        if along > 0, abs(turn) < 1e-4 { return }
        let sign: Double = turn > 0 ? -1 : 1
        let (from, to) = (before.normal * (sign * halfWidth), after.normal * (sign * halfWidth))
        var wedge = [point, point + from]
        switch style.join {
        case .bevel: break
        case .round: appendArc(around: point, from, to, &wedge, depth: 6)
        case .miter:
            let middle = from + to
            let square = middle.dot(middle)
            // The mitre's tip is at middle · 2r²/|middle|².
            let reach = 2 * halfWidth * halfWidth / square
            if square > 0, reach * square.squareRoot() < Self.miterLimit * halfWidth {
                wedge.append(point + middle * reach)
            }
        }
        wedge.append(point + to)
        add(sign > 0 ? wedge.reversed() : wedge, coverage)
    }

    private func cap(at point: Point, towards direction: Point, _ coverage: Coverage) {
        let side = direction.normal * halfWidth
        let ahead = direction * halfWidth
        switch style.cap {
        case .butt: break
        case .square: add([point - side, point - side + ahead, point + side + ahead, point + side], coverage)
        case .round:
            var fan = [point - side]
            appendArc(around: point, side * -1, ahead, &fan, depth: 6)
            fan.append(point + ahead)
            appendArc(around: point, ahead, side, &fan, depth: 6)
            fan.append(point + side)
            add(fan, coverage)
        }
    }

    private func dot(_ point: Point, _ coverage: Coverage) {
        cap(at: point, towards: Point(1, 0), coverage)
        cap(at: point, towards: Point(-1, 0), coverage)
    }

    /// Adds the points strictly between two on a circle, halving the angle until chords are flat.
    private func appendArc(around center: Point, _ from: Point, _ to: Point, _ points: inout [Point], depth: Int) {
        let middle = from + to
        let length = middle.length
        // The arc rises halfWidth − length/2 above its chord.
        guard depth > 0, length > 1e-9, halfWidth - length / 2 > 0.03 else { return }
        let between = middle * (halfWidth / length)
        appendArc(around: center, from, between, &points, depth: depth - 1)
        points.append(center + between)
        appendArc(around: center, between, to, &points, depth: depth - 1)
    }

    private func add(_ polygon: [Point], _ coverage: Coverage) {
        for index in polygon.indices {
            coverage.addEdge(polygon[index == 0 ? polygon.count - 1 : index - 1], polygon[index])
        }
    }
}
