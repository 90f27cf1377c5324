public import Tensors

/// Which samples belong together, so that no split has some of a group on one side and some on the other: copies of a row, takes
/// of a speaker, sentences of a text.
public struct Grouping: Sendable, Hashable {
    /// Each sample's group, counted from 0 in the order of their first samples.
    public let groups: [Int]

    /// Samples with equal keys belong together.
    public init<Key: Hashable>(by keys: [Key]) {
        var known: [Key: Int] = [:]
        var groups: [Int] = []
        for key in keys {
            let group = known[key] ?? known.count
            known[key] = group
            groups.append(group)
        }
        self.groups = groups
    }

    /// How many groups there are.
    public var groupCount: Int { (groups.max() ?? -1) + 1 }

    /// Samples belong together that do in either, and so those that a chain of such pairs connects.
    ///
    /// - Precondition: both are about the same number of samples.
    public func joined(with other: Grouping) -> Grouping {
        precondition(
            groups.count == other.groups.count, "\(groups.count) samples against \(other.groups.count)")
        var parents = Array(0..<groupCount)
        func root(_ group: Int) -> Int {
            var group = group
            while parents[group] != group { group = parents[group] }
            return group
        }
        var firstOf: [Int: Int] = [:]
        for (group, otherGroup) in zip(groups, other.groups) {
            guard let first = firstOf[otherGroup] else {
                firstOf[otherGroup] = group
                continue
            }
            let (a, b) = (root(first), root(group))
            parents[max(a, b)] = min(a, b)
        }
        return Grouping(by: groups.map(root))
    }

    /// Shares whole groups out among `count` folds: in random order, larger ones first, each to the fold that has the fewest
    /// samples, the first of those.
    ///
    /// - Returns: the samples of each fold, in ascending order.
    /// - Precondition: `count` is in `1...groupCount`.
    public func folds(_ count: Int, by stream: inout RandomStream) -> [[Int]] {
        precondition((1...max(groupCount, 1)).contains(count), "\(groupCount) groups cannot make \(count) folds")
        let members = members
        let order = stream.permutation(of: groupCount)
        let places = order.indices.sorted {
            let (a, b) = (members[order[$0]].count, members[order[$1]].count)
            return a == b ? $0 < $1 : a > b
        }
        var folds = Array(repeating: [Int](), count: count)
        for place in places {
            let smallest = folds.indices.reduce(0) { folds[$1].count < folds[$0].count ? $1 : $0 }
            folds[smallest] += members[order[place]]
        }
        return folds.map { $0.sorted() }
    }

    /// Puts groups aside, in random order, until they have at least `count` samples.
    ///
    /// - Returns: the samples that remain and those put aside, both in ascending order.
    /// - Precondition: `count` is in `0...` the number of samples.
    public func holdingOut(atLeast count: Int, by stream: inout RandomStream) -> (kept: [Int], heldOut: [Int]) {
        precondition((0...groups.count).contains(count), "\(groups.count) samples have no \(count) to hold out")
        let members = members
        var heldOut: [Int] = []
        for group in stream.permutation(of: groupCount) where heldOut.count < count { heldOut += members[group] }
        let isHeldOut = Set(heldOut)
        return (groups.indices.filter { !isHeldOut.contains($0) }, heldOut.sorted())
    }

    /// The groups that have samples on both sides: none, where the split keeps them whole.
    public func groupsOnBothSides(_ first: some Sequence<Int>, _ second: some Sequence<Int>) -> [Int] {
        Set(first.map { groups[$0] }).intersection(second.map { groups[$0] }).sorted()
    }

    /// The samples of each group, in ascending order.
    public var members: [[Int]] {
        var members = Array(repeating: [Int](), count: groupCount)
        for (sample, group) in groups.enumerated() { members[group].append(sample) }
        return members
    }
}
