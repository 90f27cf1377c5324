/// The name in `names` that `word` was most likely meant to be: the one with the fewest edits, where they are
/// few for its length; `nil` where none is near.
public func nearestName(to word: String, in names: some Sequence<String>) -> String? {
    // Nobody slips on a name as long as that, and the table of edits would be as long.
    guard word.utf8.count <= 100 else { return nil }
    let best = names.map { (name: $0, edits: editDistance(word.lowercased(), $0.lowercased())) }
        .min { ($0.edits, $0.name) < ($1.edits, $1.name) }
    guard let best, best.edits <= max(1, word.count / 2) else { return nil }
    return best.name
}

/// ", did you mean `name`?" for the nearest of `names`, or a list of them all where none is near.
package func suggestion(for word: String, in names: [String]) -> String {
    if let near = nearestName(to: word, in: names) { return "did you mean `\(near)`?" }
    return "known are \(names.sorted().joined(separator: ", "))"
}

/// The Levenshtein distance between two words.
func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            let substituted = previous[column] + (letter == other ? 0 : 1)
            current.append(min(substituted, previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[right.count]
}
