/// Whether two lists of numbers agree to an absolute tolerance.
func close(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-11) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
}
