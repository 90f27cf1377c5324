/// How many of many points lie in each hexagon of a grid, as its colour.
///
/// ```swift
/// Chart("A million flights", x: "distance", y: "delay") { Hexagons(x: distances, y: delays) }
/// ```
public struct Hexagons: Codable, Hashable, Sendable, MarkConvertible {
    /// The middles of the hexagons in which there are points, from below, each row from the left.
    let x, y: Exact<[Double]>
    /// How many points are in each.
    public let counts: [Int]
    /// Half a hexagon's width, and half its height from corner to corner, in the units of the axes.
    let halfWidth, halfHeight: Exact<Double>
    /// How numbers become colours.
    public let colors: ColorScale

    /// The points (x, y) that are finite, in hexagons of which `across` stand side by side. Axes are to be linear.
    public init(
        x: some Sequence<some PlottableNumber>, y: some Sequence<some PlottableNumber>, across: Int = 32,
        colors: ColorScale = .blues
    ) {
        let points = zip(doubles(x), doubles(y)).filter { $0.isFinite && $1.isFinite }
        let columns = Double(min(max(across, 2), 500))
        let (left, right) = (points.map(\.0).min() ?? 0, points.map(\.0).max() ?? 1)
        let (bottom, top) = (points.map(\.1).min() ?? 0, points.map(\.1).max() ?? 1)
        // In halves, so that differences of the largest numbers are finite.
        func half(_ size: Double) -> Double { size > 0 ? size : 0.5 }
        let halfWidth = half((right / 2 - left / 2) / columns)
        // Regular on a chart half as wide again as it is high; rows are three quarters of a hexagon apart.
        let halfRise = half((top / 2 - bottom / 2) / columns * 1.5 * 0.8660254037844386)
        let (width, rise) = (halfWidth * 2, min(halfRise * 2, .greatestFiniteMagnitude))
        var found: [Place: Int] = [:]
        for (x, y) in points {
            let place = Place(column: (x / 2 - left / 2) / halfWidth, row: (y / 2 - bottom / 2) / halfRise)
            found[place, default: 0] += 1
        }
        let places = found.keys.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
        self.x = Exact(places.map { left + (Double($0.column) + ($0.row % 2 == 0 ? 0 : 0.5)) * width })
        self.y = Exact(places.map { bottom + Double($0.row) * rise })
        counts = places.map { found[$0] ?? 0 }
        self.halfWidth = Exact(halfWidth)
        halfHeight = Exact(halfRise * 4 / 3)
        self.colors = colors
    }

    /// The middles of the hexagons, in the units of the axes.
    package var middles: [Point] { zip(x.wrappedValue, y.wrappedValue).map { Point($0, $1) } }

    /// How far middles lie apart along a row, and how far rows lie apart.
    package var size: (width: Double, height: Double) { (halfWidth.wrappedValue * 2, halfHeight.wrappedValue * 1.5) }

    /// A hexagon of the grid; those of odd rows stand half a column to the right.
    private struct Place: Hashable {
        let column, row: Int

        /// The hexagon whose middle is nearest, in units of columns and rows.
        init(column x: Double, row y: Double) {
            func nearest(_ row: Double) -> (column: Double, distance: Double) {
                let shift = row.truncatingRemainder(dividingBy: 2) == 0 ? 0 : 0.5
                let column = (x - shift).rounded()
                let (across, up) = (x - shift - column, (y - row) * 0.8660254037844386)
                return (column, across * across + up * up)
            }
            let (below, above) = (y.rounded(.down), y.rounded(.down) + 1)
            let (one, other) = (nearest(below), nearest(above))
            let isBelow = one.distance <= other.distance
            column = Int(isBelow ? one.column : other.column)
            row = Int(isBelow ? below : above)
        }
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension Hexagons: MarkContent {
    package static var name: String { "hexagons" }
    package var isSeries: Bool { false }
    package var isReadAlongX: Bool { true }

    private var most: Double { Double(counts.max() ?? 1) }

    package var colorKey: ColorKey? {
        ColorKey(from: 0, to: max(1, most), colors: colors, format: .automatic, label: "points")
    }

    package func reach(x: inout Extent, y: inout Extent) {
        x.include(self.x.wrappedValue.flatMap { [$0 - halfWidth.wrappedValue, $0 + halfWidth.wrappedValue] })
        y.include(self.y.wrappedValue.flatMap { [$0 - halfHeight.wrappedValue, $0 + halfHeight.wrappedValue] })
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let (wide, high) = (halfWidth.wrappedValue, halfHeight.wrappedValue)
        let corners: [(Double, Double)] = [(0, 1), (1, 0.5), (1, -0.5), (0, -1), (-1, -0.5), (-1, 0.5)]
        list.append(.clip(plot.area))
        for (index, count) in counts.enumerated() {
            let (x, y) = (x.wrappedValue[index], y.wrappedValue[index])
            let points = corners.compactMap { corner -> Point? in
                guard let across = plot.x.place(x + corner.0 * wide), let up = plot.y.place(y + corner.1 * high) else {
                    return nil
                }
                return Point(across, up)
            }
            guard points.count == corners.count else { continue }
            list.append(.fill(Path(polygon: points), colors.color(Double(count) / most, theme: plot.theme)))
        }
        list.append(.endClip)
    }

    package func readings(in plot: Plot) -> [Reading] {
        counts.indices.compactMap { index in
            Reading(Point(x.wrappedValue[index], y.wrappedValue[index]), in: plot, value: "\(counts[index])")
        }
    }

    package func summary(x: String, y: String) -> String {
        let name = Words.phrase(
            "{1} in {2}", Words.count(counts.reduce(0, +), "point"), Words.count(counts.count, "hexagon"))
        guard let index = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return name }
        let place = Words.joined([(x, self.x), (y, self.y)].map { "\($0) \(Words.number($1.wrappedValue[index]))" })
        return Words.phrase("{1}, the most, {2}, at {3}", name, "\(counts[index])", place)
    }
}
