/// Replaces curves by chords that stay within a tenth of a pixel of them.
enum Curve {
    /// A quadratic Bézier curve from `a` to `c`.
    static func flatten(_ a: Point, _ b: Point, _ c: Point, _ line: (Point) -> Void) {
        let bend = (a - b * 2 + c).length
        let count = steps(bend / 4)
        for index in 1...count {
            let t = Double(index) / Double(count)
            let s = 1 - t
            line(index == count ? c : a * (s * s) + b * (2 * s * t) + c * (t * t))
        }
    }

    /// A cubic Bézier curve from `a` to `d`.
    static func flatten(_ a: Point, _ b: Point, _ c: Point, _ d: Point, _ line: (Point) -> Void) {
        let bend = max((a - b * 2 + c).length, (b - c * 2 + d).length)
        let count = steps(bend * 0.75)
        for index in 1...count {
            let t = Double(index) / Double(count)
            let s = 1 - t
            let point = a * (s * s * s) + b * (3 * s * s * t) + c * (3 * s * t * t) + d * (t * t * t)
            line(index == count ? d : point)
        }
    }

    /// How many chords keep the error of a curve that departs `depth` pixels from one chord below 0.1 pixel: the error
    /// falls with the square of their number.
    private static func steps(_ depth: Double) -> Int { 1 + Int(min((depth / 0.1).squareRoot(), 200)) }
}
