/// A point the pen passed, in pixels, and how wide the pen was there.
struct PenPoint {
    var position: SIMD2<Double>
    var radius: Double
}

/// A grey image that pens draw on; each pixel keeps the most any pen covered of it.
struct Canvas {
    let side: Int
    /// Coverage by row and column, 0 to 1.
    private(set) var coverage: [Double]

    init(side: Int) {
        self.side = side
        coverage = Array(repeating: 0, count: side * side)
    }

    /// Draws a pen whose edge fades from full to none over `softness` pixels.
    mutating func draw(_ path: [PenPoint], softness: Double) {
        for (start, end) in zip(path, path.dropFirst()) { draw(from: start, to: end, softness: softness) }
    }

    /// Covers a pixel by how deep its centre lies within the round pen nearest to it on the segment.
    private mutating func draw(from start: PenPoint, to end: PenPoint, softness: Double) {
        let along = end.position - start.position
        let squaredLength = along.x * along.x + along.y * along.y
        let reach = max(start.radius, end.radius) + softness
        let columns = pixels(from: start.position.x, to: end.position.x, reach: reach)
        let rows = pixels(from: start.position.y, to: end.position.y, reach: reach)
        for row in rows {
            for column in columns {
                let pixel = SIMD2(Double(column), Double(row)) - start.position
                let projection = pixel.x * along.x + pixel.y * along.y
                let t = squaredLength > 0 ? min(max(projection / squaredLength, 0), 1) : 0
                let apart = pixel - along * t
                let distance = (apart.x * apart.x + apart.y * apart.y).squareRoot()
                let radius = start.radius + (end.radius - start.radius) * t
                let depth = min((radius - distance) / softness + 0.5, 1)
                let index = row * side + column
                if depth > coverage[index] { coverage[index] = depth }
            }
        }
    }

    /// The rows or columns whose centres may lie within `reach` of a segment.
    private func pixels(from start: Double, to end: Double, reach: Double) -> Range<Int> {
        let first = max((min(start, end) - reach).rounded(.up), 0)
        let last = min((max(start, end) + reach).rounded(.down), Double(side - 1))
        return first > last ? 0..<0 : Int(first)..<Int(last) + 1
    }
}
