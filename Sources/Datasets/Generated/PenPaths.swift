/// How a digit was written: the pen's way on the paper, stroke by stroke.
public struct PenPath: Sendable, Hashable {
    /// Each stroke's points, in pixels of the image, x to the right and y down.
    public let strokes: [[SIMD2<Double>]]

    /// `count` points along the way, equally far apart within the strokes, as 2·`count` numbers x₀, y₀, x₁, y₁, …, divided by
    /// half the image's side so that they lie around −1 … 1. The way between strokes takes no points.
    ///
    /// - Precondition: `count >= 2`.
    public func points(_ count: Int, side: Int = SyntheticDigits.side) -> [Float] {
        precondition(count >= 2, "a way has at least two points, not \(count)")
        let segments = strokes.flatMap { zip($0, $0.dropFirst()) }
        let lengths = segments.map { length($1 - $0) }
        let total = lengths.reduce(0, +)
        let half = Double(side - 1) / 2
        var points: [Float] = []
        var segment = 0
        var before = 0.0
        for index in 0..<count {
            let place = total * Double(index) / Double(count - 1)
            while segment + 1 < segments.count && before + lengths[segment] < place {
                before += lengths[segment]
                segment += 1
            }
            let share = lengths[segment] > 0 ? min(max((place - before) / lengths[segment], 0), 1) : 0
            let point = segments[segment].0 + (segments[segment].1 - segments[segment].0) * share
            points += [Float((point.x - half) / half), Float((point.y - half) / half)]
        }
        return points
    }

    private func length(_ way: SIMD2<Double>) -> Double { (way.x * way.x + way.y * way.y).squareRoot() }
}

extension SyntheticDigits {
    /// The ways of the pen for the first `count` images of the training stream: way i is the one that drew image i.
    public func trainingPaths(count: Int) -> [PenPath] { paths(count: count, of: .training) }

    /// The ways of the pen for the first `count` images of the test stream.
    public func testPaths(count: Int) -> [PenPath] { paths(count: count, of: .test) }

    private func paths(count: Int, of part: Part) -> [PenPath] {
        (0..<count).map { index in
            var stream = stream(of: part, index: index)
            let (_, writing) = Self.writing(&stream)
            return PenPath(strokes: writing.paths.map { $0.map(\.position) })
        }
    }
}
