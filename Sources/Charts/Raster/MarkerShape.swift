/// What is drawn at a point.
///
/// ```swift
/// Points(x: widths, y: errors, shape: .diamond)
/// ```
public enum MarkerShape: String, Codable, Sendable, CaseIterable {
    /// A disc.
    case circle
    /// A square.
    case square
    /// A square on its corner.
    case diamond
    /// A triangle pointing up.
    case triangle
    /// An upright cross.
    case plus
    /// A diagonal cross.
    case cross

    /// The outline around `center`; shapes other than the disc are sized to look as large as it.
    func path(center: Point, diameter: Double) -> Path {
        let r = diameter / 2
        switch self {
        case .circle: return Self.circle(center, r)
        case .square: return polygon(center, r * 0.89, [(-1, -1), (1, -1), (1, 1), (-1, 1)])
        case .diamond: return polygon(center, r * 1.26, [(0, -1), (1, 0), (0, 1), (-1, 0)])
        case .triangle: return polygon(center, r * 1.2, [(0, -1), (1, 0.75), (-1, 0.75)])
        case .plus:
            let arms = [
                (-1, -0.3), (-0.3, -0.3), (-0.3, -1), (0.3, -1), (0.3, -0.3), (1, -0.3),
                (1, 0.3), (0.3, 0.3), (0.3, 1), (-0.3, 1), (-0.3, 0.3), (-1, 0.3),
            ]
            return polygon(center, r * 1.15, arms)
        case .cross:
            let arms = [
                (0, -0.42), (0.7, -1.12), (1.12, -0.7), (0.42, 0), (1.12, 0.7), (0.7, 1.12),
                (0, 0.42), (-0.7, 1.12), (-1.12, 0.7), (-0.42, 0), (-1.12, -0.7), (-0.7, -1.12),
            ]
            return polygon(center, r * 0.92, arms)
        }
    }

    private func polygon(_ center: Point, _ radius: Double, _ corners: [(Double, Double)]) -> Path {
        Path(polygon: corners.map { center + Point($0.0, $0.1) * radius })
    }

    private static func circle(_ c: Point, _ r: Double) -> Path {
        let k = r * 0.5522847498307936  // 4/3 · (√2 − 1): the cubic that meets the circle in its middle
        var path = Path()
        path.elements = [
            .move(Point(c.x + r, c.y)),
            .cubic(Point(c.x + r, c.y + k), Point(c.x + k, c.y + r), Point(c.x, c.y + r)),
            .cubic(Point(c.x - k, c.y + r), Point(c.x - r, c.y + k), Point(c.x - r, c.y)),
            .cubic(Point(c.x - r, c.y - k), Point(c.x - k, c.y - r), Point(c.x, c.y - r)),
            .cubic(Point(c.x + k, c.y - r), Point(c.x + r, c.y - k), Point(c.x + r, c.y)),
        ]
        return path
    }
}
