/// Geometry of lines through points with gaps.
enum Polyline {
    /// The stretches between gaps.
    static func runs(_ points: [Point?]) -> [[Point]] {
        points.split(separator: nil).map { $0.compactMap(\.self) }
    }

    /// Points along a line.
    static func length(_ points: [Point]) -> Double {
        zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
    }

    /// The points of a line that have at least `reach` of it on both sides, and how steep it is around each: 0 where it is level, 1
    /// where it is upright.
    static func middles(_ points: [Point], reach: Double) -> [(place: Point, steepness: Double)] {
        var lengths = [0.0]
        for (a, b) in zip(points, points.dropFirst()) { lengths.append(lengths[lengths.count - 1] + (b - a).length) }
        let whole = lengths[lengths.count - 1]
        var (first, last) = (0, 0)
        return points.indices.compactMap { index in
            guard lengths[index] >= reach, lengths[index] <= whole - reach else { return nil }
            while lengths[first] < lengths[index] - reach { first += 1 }
            while last < points.count - 1, lengths[last] < lengths[index] + reach { last += 1 }
            let way = points[last] - points[first]
            return (points[index], way.length > 0 ? abs(way.y) / way.length : 1)
        }
    }

    /// The corners of steps that keep a point's height until the next.
    static func stepped(_ points: [Point]) -> [Point] {
        var corners = Array(points.prefix(1))
        for (a, b) in zip(points, points.dropFirst()) { corners += [Point(b.x, a.y), b] }
        return corners
    }

    /// The same line with at most four points (first, lowest, highest, last) for each stretch that stays within a
    /// quarter of a point horizontally (the M4 aggregation of Jugel et al. 2014), if there are many points.
    static func thinned(_ points: [Point]) -> [Point] {
        guard points.count > 4000 else { return points }
        var kept: [Point] = []
        var start = 0
        while start < points.count {
            let column = (points[start].x * 4).rounded(.down)
            var (end, lowest, highest) = (start, start, start)
            while end < points.count, (points[end].x * 4).rounded(.down) == column {
                if points[end].y < points[lowest].y { lowest = end }
                if points[end].y > points[highest].y { highest = end }
                end += 1
            }
            for index in Set([start, lowest, highest, end - 1]).sorted() { kept.append(points[index]) }
            start = end
        }
        return kept
    }

    /// The points without those that would be drawn within a quarter of a point of an earlier one, if there are many,
    /// or within one point, if there are very many.
    static func distinct(_ points: [Point]) -> [Point] {
        guard points.count > 20_000 else { return points }
        let cells = points.count > 250_000 ? 1.0 : 4.0
        var seen: Set<Int> = []
        return points.filter { seen.insert(Int($0.x * cells) << 32 | Int($0.y * cells)).inserted }
    }

    /// The parts of a line inside a rectangle.
    static func clipped(_ points: [Point], to rect: Rect) -> [[Point]] {
        if points.allSatisfy(rect.contains) { return [points] }
        var pieces: [[Point]] = []
        var current: [Point] = []
        for (a, b) in zip(points, points.dropFirst()) {
            guard let (from, to) = clipped(a, b, to: rect) else {
                if current.count > 1 { pieces.append(current) }
                current = []
                continue
            }
            if current.last != from {
                if current.count > 1 { pieces.append(current) }
                current = [from]
            }
            current.append(to)
        }
        if current.count > 1 { pieces.append(current) }
        return pieces
    }

    /// The part of a segment inside a rectangle (Liang and Barsky 1984).
    private static func clipped(_ a: Point, _ b: Point, to rect: Rect) -> (Point, Point)? {
        let delta = b - a
        var (enter, leave) = (0.0, 1.0)
        let sides = [
            (-delta.x, a.x - rect.x), (delta.x, rect.maxX - a.x), (-delta.y, a.y - rect.y), (delta.y, rect.maxY - a.y),
        ]
        for (rate, room) in sides {
            if rate == 0 {
                if room < 0 { return nil }
            } else if rate < 0 {
                enter = max(enter, room / rate)
            } else {
                leave = min(leave, room / rate)
            }
        }
        guard enter <= leave else { return nil }
        return (enter == 0 ? a : a + delta * enter, leave == 1 ? b : a + delta * leave)
    }
}
