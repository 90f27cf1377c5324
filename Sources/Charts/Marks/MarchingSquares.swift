/// The lines at which a grid of heights reaches a level, in columns and rows of the grid: (2, 0.5) is in the third column, between the
/// first two rows.
package struct MarchingSquares {
    /// The lines, each from one end to the other; the last point of a closed one is its first.
    package private(set) var lines: [[Point]] = []

    private let heights: [[Double]]
    private let level: Double

    /// A side between two neighbours of the grid: that to the right of a place, or that below it.
    private struct Side: Hashable {
        let row, column: Int
        let isDown: Bool
    }

    /// - Parameter heights: rows of equal length.
    package init(_ heights: [[Double]], level: Double) {
        self.heights = heights
        self.level = level
        join(segments())
    }

    /// The straight pieces, square by square, each from the side at which heights above the level are to the left.
    private func segments() -> [(from: Side, to: Side)] {
        var found: [(from: Side, to: Side)] = []
        for row in 0..<max(0, heights.count - 1) {
            for column in 0..<max(0, heights[row].count - 1) { found += segments(row, column) }
        }
        return found
    }

    private func segments(_ row: Int, _ column: Int) -> [(from: Side, to: Side)] {
        // The corners, and the sides after each of them, clockwise from the upper left.
        let corners = [
            heights[row][column], heights[row][column + 1], heights[row + 1][column + 1], heights[row + 1][column],
        ]
        guard corners.allSatisfy(\.isFinite) else { return [] }
        let sides = [
            Side(row: row, column: column, isDown: false), Side(row: row, column: column + 1, isDown: true),
            Side(row: row + 1, column: column, isDown: false), Side(row: row, column: column, isDown: true),
        ]
        let isAbove = corners.map { $0 >= level }
        // Clockwise, the level is left at one side and reached again at another.
        let leaving = (0..<4).filter { isAbove[$0] && !isAbove[($0 + 1) % 4] }
        let reaching = (0..<4).filter { !isAbove[$0] && isAbove[($0 + 1) % 4] }
        guard let first = leaving.first, let other = reaching.first else { return [] }
        if leaving.count == 1 { return [(sides[first], sides[other])] }
        // Of two opposite corners above the level, the middle says whether they hang together.
        let middle = corners.reduce(0) { $0 + $1 / 4 }
        return leaving.map { side in
            let next = middle >= level ? (side + 1) % 4 : (side + 3) % 4
            return (sides[side], sides[next])
        }
    }

    /// Joins the pieces at the sides that they share. Each side ends one piece and begins one at most.
    private mutating func join(_ segments: [(from: Side, to: Side)]) {
        var following: [Side: Side] = [:]
        var reached: Set<Side> = []
        for segment in segments {
            following[segment.from] = segment.to
            reached.insert(segment.to)
        }
        // Open lines begin where none ends; what is left then is closed.
        let starts = segments.map(\.from)
        for start in starts.filter({ !reached.contains($0) }) + starts {
            guard following[start] != nil else { continue }
            var line = [place(start)]
            var side = start
            while let next = following.removeValue(forKey: side) {
                line.append(place(next))
                side = next
            }
            lines.append(line)
        }
    }

    /// Where the level is reached on a side.
    private func place(_ side: Side) -> Point {
        let start = heights[side.row][side.column]
        let end = side.isDown ? heights[side.row + 1][side.column] : heights[side.row][side.column + 1]
        // Halves, so that differences of the largest numbers are finite.
        let share = (level / 2 - start / 2) / (end / 2 - start / 2)
        return Point(
            Double(side.column) + (side.isDown ? 0 : share), Double(side.row) + (side.isDown ? share : 0))
    }
}
