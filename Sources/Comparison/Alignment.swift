/// Which elements of two lists belong together, in order, at the least cost.
///
/// - Parameter cost: what it costs to take two elements for the same; `nil` where they cannot be. To leave one element
///   without a partner costs 2.
/// - Returns: pairs of indices; one is `nil` where an element has no partner.
func aligned<Element>(
    _ old: [Element], _ new: [Element], cost: (Element, Element) -> Int?
) -> [(old: Int?, new: Int?)] {
    let single = 2
    // least[i][j] is the least cost of the elements from i and j on.
    var least = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
    var pairing = least
    for i in stride(from: old.count, through: 0, by: -1) {
        for j in stride(from: new.count, through: 0, by: -1) where i < old.count || j < new.count {
            let both = i < old.count && j < new.count ? cost(old[i], new[j]) : nil
            pairing[i][j] = both ?? .max
            least[i][j] = min(
                both.map { $0 + least[i + 1][j + 1] } ?? .max,
                i < old.count ? single + least[i + 1][j] : .max,
                j < new.count ? single + least[i][j + 1] : .max)
        }
    }
    var result: [(Int?, Int?)] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
        if i < old.count, j < new.count, pairing[i][j] != .max, least[i][j] == pairing[i][j] + least[i + 1][j + 1] {
            result.append((i, j))
            (i, j) = (i + 1, j + 1)
        } else if i < old.count, least[i][j] == single + least[i + 1][j] {
            result.append((i, nil))
            i += 1
        } else {
            result.append((nil, j))
            j += 1
        }
    }
    return result
}
