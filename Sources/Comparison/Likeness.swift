/// Many mismatches of one kind, told as one: the first, and how many more there are.
///
/// Those are of one kind whose places differ only in numbers and in the names of rows: one column of a table, one value of many
/// marks.
func grouped(_ mismatches: [Mismatch]) -> [Mismatch] {
    let most = 3
    var order: [String] = []
    var groups: [String: [Mismatch]] = [:]
    for mismatch in mismatches {
        let kind = mismatch.what.replacing(/row “[^”]*”/, with: "row").replacing(/[0-9]+/, with: "0")
        if groups[kind] == nil { order.append(kind) }
        groups[kind, default: []].append(mismatch)
    }
    return order.flatMap { kind -> [Mismatch] in
        guard let group = groups[kind], var first = group.first, let last = group.last, group.count > most else {
            return groups[kind] ?? []
        }
        let rest = "and \(group.count - 1) more like it, the last at \(last.what)"
        first.distance = [first.distance, rest].compactMap(\.self).joined(separator: "; ")
        return [first]
    }
}
