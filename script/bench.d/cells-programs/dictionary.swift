// Words counted by a key of one's own: hashing and equality of another cell's type.
struct Place: Hashable {
    let row: Int32
    let column: Int32
}
// ----
struct Walk: Sequence, IteratorProtocol {
    var state: UInt64
    mutating func next() -> Place? {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Place(row: Int32(state >> 33 & 511), column: Int32(state >> 50 & 511))
    }
}
// ----
func visits(_ count: Int) -> [Place: Int] {
    var visits: [Place: Int] = [:]
    for place in Walk(state: 7).prefix(count) { visits[place, default: 0] += 1 }
    return visits
}
// ----
func neighbours(_ place: Place) -> [Place] {
    [(-1, 0), (1, 0), (0, -1), (0, 1)].map { Place(row: place.row + $0.0, column: place.column + $0.1) }
}
// ----
let start = ContinuousClock.now
let found = visits(4_000_000)
var crowded = 0
for (place, count) in found where neighbours(place).contains(where: { found[$0, default: 0] > count }) { crowded += 1 }
print(found.count, found.values.max()!, crowded)
print("seconds", (ContinuousClock.now - start) / .seconds(1))
