/// The known name that takes the fewest changes to reach from `name`, if that is close enough to be a slip
/// of the pen: a third of its letters, at least one. Of equally near names, the first in alphabetical order.
func nearestName(to name: String, among known: some Sequence<String>) -> String? {
    let letters = Array(name.unicodeScalars.prefix(64))
    let limit = max(1, letters.count / 3)
    let nearest =
        known
        .map { (distance: editDistance(letters, Array($0.unicodeScalars)), name: $0) }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
    guard let nearest, nearest.distance <= limit, nearest.distance < letters.count else { return nil }
    return nearest.name
}

/// The number of letters inserted, removed, replaced, or exchanged with their neighbour (optimal string
/// alignment) that turn `a` into `b`.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var earlier: [Int] = []
    var previous = Array(0...b.count)
    for (i, letter) in a.enumerated() {
        var current = [i + 1]
        for (j, other) in b.enumerated() {
            var distance = min(previous[j] + (letter == other ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, letter == b[j - 1], a[i - 1] == other {
                distance = min(distance, earlier[j - 1] + 1)
            }
            current.append(distance)
        }
        (earlier, previous) = (previous, current)
    }
    return previous[b.count]
}
