import Tensors

/// A linear map of the plane, by the images of the unit vectors.
struct Linear {
    let x: SIMD2<Double>
    let y: SIMD2<Double>

    static func * (map: Linear, point: SIMD2<Double>) -> SIMD2<Double> { map.x * point.x + map.y * point.y }
    static func * (left: Linear, right: Linear) -> Linear { Linear(x: left * right.x, y: left * right.y) }
}

/// A smooth bending of the plane: a bicubic Bézier patch of random displacements over the shapes' frame.
/// Source: T. Sederberg, S. Parry, "Free-form deformation of solid geometric models", SIGGRAPH 1986.
struct Bend {
    private var displacements: [SIMD2<Double>] = []

    /// - Parameter strength: The standard deviation of each displacement, along each axis.
    init(strength: Double, stream: inout RandomStream) {
        for _ in 0..<16 {
            displacements.append(SIMD2(stream.normal(), stream.normal()) * strength)
        }
    }

    /// Where `point` comes to lie.
    func apply(to point: SIMD2<Double>) -> SIMD2<Double> {
        let across = Self.weights(point.x / 70)
        let down = Self.weights(point.y / 100)
        var moved = point
        for row in 0..<4 {
            for column in 0..<4 { moved += displacements[4 * row + column] * (across[column] * down[row]) }
        }
        return moved
    }

    /// The cubic Bernstein polynomials at `t`.
    private static func weights(_ t: Double) -> SIMD4<Double> {
        let s = 1 - t
        return SIMD4(s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    }
}
