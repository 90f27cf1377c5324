/// Whether two numbers agree to about `digits` significant digits.
func agree(_ left: Double, _ right: Double, digits: Double = 12) -> Bool {
    if left == right { return true }
    var tolerance = max(abs(left), abs(right))
    for _ in 0..<Int(digits) { tolerance /= 10 }
    return abs(left - right) <= tolerance
}
