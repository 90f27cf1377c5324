// The largest singular value of an infinite matrix's corner, by the power method: divisions, closures, arrays.
func entry(_ i: Int, _ j: Int) -> Double {
    let diagonal = i + j
    return 1 / Double(diagonal * (diagonal + 1) / 2 + i + 1)
}
// ----
func product(_ vector: [Double], _ entry: (Int, Int) -> Double) -> [Double] {
    vector.indices.map { i in
        var sum = 0.0
        for j in vector.indices { sum += entry(i, j) * vector[j] }
        return sum
    }
}
// ----
func squared(_ vector: [Double]) -> [Double] { product(product(vector, entry)) { entry($1, $0) } }
// ----
let size = 2000
var (u, v) = ([Double](repeating: 1, count: size), [Double](repeating: 0, count: size))
// ----
let start = ContinuousClock.now
for _ in 0..<30 {
    v = squared(u)
    u = squared(v)
}
let (above, below) = (zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }, v.reduce(0) { $0 + $1 * $1 })
print((above / below).squareRoot())
print("seconds", (ContinuousClock.now - start) / .seconds(1))
