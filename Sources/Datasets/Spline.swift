/// A path through control points: the uniform Catmull–Rom spline (E. Catmull, R. Rom, "A class of local
/// interpolating splines", 1974), its ends continued straight on, as a polyline.
func catmullRom(through points: [SIMD2<Double>], stepsPerSpan: Int) -> [SIMD2<Double>] {
    guard let first = points.first, points.count > 1 else { return points }
    var path = [first]
    for span in 0..<points.count - 1 {
        let p1 = points[span]
        let p2 = points[span + 1]
        // A point given twice is a corner: the path stops there and turns.
        if p1 == p2 { continue }
        let p0 = span > 0 ? points[span - 1] : p1 + p1 - p2
        let p3 = span + 2 < points.count ? points[span + 2] : p2 + p2 - p1
        for step in 1...stepsPerSpan {
            let t = Double(step) / Double(stepsPerSpan)
            let linear = p2 - p0
            let quadratic = 2 * p0 - 5 * p1 + 4 * p2 - p3
            let cubic = 3 * (p1 - p2) + (p3 - p0)
            path.append(0.5 * (2 * p1 + (linear + (quadratic + cubic * t) * t) * t))
        }
    }
    return path
}
