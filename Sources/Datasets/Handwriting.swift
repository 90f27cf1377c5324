import Tensors

/// One writing of a digit: a shape, bent, slanted and placed as one hand did once. All choices come from one stream,
/// in a fixed order, and no function of the system's mathematical library is used.
struct Handwriting {
    /// The pen's paths, in pixels.
    private(set) var paths: [[PenPoint]] = []

    private typealias Point = DigitShape.Point

    /// How much writings differ: standard deviations, where nothing else is said.
    private enum Spread {
        // In the shape's units, where a digit is 100 high.
        static let controlPoint = 1.5
        static let bend = 5.0
        static let strokeEnd = 5.0
        // Ratios; the turn as twice the tangent of half its angle.
        static let meanSlant = 0.12
        static let slant = 0.2
        static let turn = 0.1
        static let aspect = 0.13
        static let size = 0.08
        static let pressure = 0.15
        // In pixels.
        static let meanSize = 20.0
        static let shift = 0.9
        static let meanPenRadius = 1.25
        static let penRadius = 0.36
        static let penRadii = 0.6...1.9
    }

    /// Writes `shape` into the middle of an image of `side` × `side` pixels.
    init(of shape: DigitShape, side: Int, stream: inout RandomStream) {
        let bend = Bend(strength: Spread.bend, stream: &stream)
        let frame = Self.frame(stream: &stream)
        var strokes = shape.strokes.map { stroke in
            let moved = Self.unsteady(stroke, stream: &stream)
            return catmullRom(through: moved.map { frame * bend.apply(to: $0) }, stepsPerSpan: 6)
        }
        let radius = Self.penRadius(stream: &stream)
        let size = Spread.meanSize * (1 + Spread.size * stream.normal())
        let shift = Point(stream.normal(), stream.normal()) * Spread.shift
        Self.place(&strokes, box: size - 2 * radius, centre: Point(repeating: Double(side - 1) / 2) + shift)
        paths = strokes.map { Self.inked($0, radius: radius, stream: &stream) }
    }

    /// The control points as an unsteady hand meets them, the ends sooner or later than the shape says.
    private static func unsteady(_ stroke: [Point], stream: inout RandomStream) -> [Point] {
        var moved: [Point] = []
        for (index, point) in stroke.enumerated() {
            if index > 0, point == stroke[index - 1] {
                moved.append(moved[index - 1])
            } else {
                moved.append(point + Point(stream.normal(), stream.normal()) * Spread.controlPoint)
            }
        }
        let last = stroke.count - 1
        moved[0] += direction(from: stroke[1], to: stroke[0]) * (stream.normal() * Spread.strokeEnd)
        moved[last] += direction(from: stroke[last - 1], to: stroke[last]) * (stream.normal() * Spread.strokeEnd)
        return moved
    }

    private static func direction(from start: Point, to end: Point) -> Point {
        let along = end - start
        let length = (along.x * along.x + along.y * along.y).squareRoot()
        return length > 0 ? along / length : .zero
    }

    /// Aspect, then slant, then turn.
    private static func frame(stream: inout RandomStream) -> Linear {
        let aspect = max(1 + Spread.aspect * stream.normal(), 0.5)
        let slant = Spread.meanSlant + Spread.slant * stream.normal()
        let half = Spread.turn * stream.normal() / 2
        // The rational parametrisation of the circle, by t = tan(angle / 2).
        let cosine = (1 - half * half) / (1 + half * half)
        let sine = 2 * half / (1 + half * half)
        let slanted = Linear(x: Point(aspect, 0), y: Point(-slant, 1))
        return Linear(x: Point(cosine, sine), y: Point(-sine, cosine)) * slanted
    }

    /// Half the pen's width in pixels.
    private static func penRadius(stream: inout RandomStream) -> Double {
        min(
            max(Spread.meanPenRadius + Spread.penRadius * stream.normal(), Spread.penRadii.lowerBound),
            Spread.penRadii.upperBound)
    }

    /// Scales the strokes into a square of `box` pixels, keeping their aspect, and moves their centre of mass to
    /// `centre`, as the images of MNIST were made.
    private static func place(_ strokes: inout [[Point]], box: Double, centre: Point) {
        var low = Point(repeating: .infinity)
        var high = Point(repeating: -.infinity)
        var mass = 0.0
        var moment = Point.zero
        for stroke in strokes {
            for point in stroke {
                low = pointwiseMin(low, point)
                high = pointwiseMax(high, point)
            }
            for (start, end) in zip(stroke, stroke.dropFirst()) {
                let along = end - start
                let length = (along.x * along.x + along.y * along.y).squareRoot()
                mass += length
                moment += (start + end) * (length / 2)
            }
        }
        let scale = box / max(high.x - low.x, high.y - low.y)
        let middle = moment / mass
        for index in strokes.indices { strokes[index] = strokes[index].map { centre + ($0 - middle) * scale } }
    }

    /// The path with the pen's width along it: more pressed at one end than at the other.
    private static func inked(_ path: [Point], radius: Double, stream: inout RandomStream) -> [PenPoint] {
        let startPressure = 1 + Spread.pressure * stream.normal()
        let endPressure = 1 + Spread.pressure * stream.normal()
        return path.enumerated().map { index, position in
            let t = Double(index) / Double(path.count - 1)
            let pressure = startPressure + (endPressure - startPressure) * t
            return PenPoint(position: position, radius: radius * max(pressure, 0.5))
        }
    }
}
