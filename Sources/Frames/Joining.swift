/// Which rows a join keeps.
public enum JoinKind: Sendable, Hashable {
    /// Those that have a partner.
    case inner
    /// All of the first frame.
    case left
    /// All of both.
    case full
}

extension Frame {
    /// The rows of this frame beside those of `other` that have the same values in the columns `names`.
    ///
    /// Rows stand in the order of this frame, the partners of one row in that of `other`; with `.full`, rows of `other` without a
    /// partner come last. **Where a key stands in several rows, each is paired with each**: 2 rows and 3 rows make 6. A missing key
    /// has no partner. What a row has no partner for is missing. A column of `other` that has the name of one of this frame, and is
    /// no key, gets ` (right)` behind its name.
    ///
    /// - Precondition: a key is of one kind in both frames; integers and numbers are one.
    public func joined(with other: Frame, on names: String..., kind: JoinKind = .inner) -> Frame {
        precondition(!names.isEmpty, "a join needs a column to join on")
        let pairs = pairs(with: other, on: names, kind: kind)
        let (left, right) = (pairs.map(\.left), pairs.map(\.right))
        var result: [(name: String, column: Column)] = named.map { name, column in
            guard names.contains(name) else { return (name, column.gathered(left)) }
            let both = column.appending(other[name])
            return (name, both.gathered(pairs.map { $0.left ?? $0.right.map { $0 + rowCount } }))
        }
        for (name, column) in other.named where !names.contains(name) {
            result.append((self.names.contains(name) ? "\(name) (right)" : name, column.gathered(right)))
        }
        return Frame(result)
    }

    private func pairs(with other: Frame, on names: [String], kind: JoinKind) -> [(left: Int?, right: Int?)] {
        let keys = names.map { name -> Column in
            let (first, second) = (self[name].kind, other[name].kind)
            precondition(
                first == second || Set([first, second]) == [.number, .integer],
                "column “\(name)” holds \(first)s in one frame and \(second)s in the other")
            return self[name].appending(other[name])
        }
        let codes = KeyCodes(keys, rowCount: rowCount + other.rowCount).codes
        func isWhole(_ row: Int) -> Bool { keys.allSatisfy { !$0[row].isMissing } }
        var partners: [Int: [Int]] = [:]
        for row in 0..<other.rowCount where isWhole(rowCount + row) {
            partners[codes[rowCount + row], default: []].append(row)
        }
        var pairs: [(left: Int?, right: Int?)] = []
        var found = Set<Int>()
        for row in 0..<rowCount {
            let matches = isWhole(row) ? partners[codes[row]] ?? [] : []
            if matches.isEmpty, kind != .inner { pairs.append((row, nil)) }
            pairs += matches.map { (row, $0) }
            found.formUnion(matches)
        }
        if kind == .full { pairs += (0..<other.rowCount).filter { !found.contains($0) }.map { (nil, $0) } }
        return pairs
    }
}
