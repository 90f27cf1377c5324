extension Layering {
    /// The vertices' centres along their ranks.
    ///
    /// They make the sum of w·(x_upper − x_lower)² over all segments small, where neighbours on a rank keep their order
    /// and a distance of half their extents and a gap; segments of long edges weigh more, so that these run straight.
    /// The sum is convex: rank after rank is put where it is least, given the ranks beside it, until little moves.
    ///
    /// - Parameters:
    ///   - extents: the vertices' sizes along the rank.
    ///   - isOwn: whether a vertex is the graph's own; the others are those that edges pass through.
    ///   - gap: the space between two vertices.
    func centres(extents: [Double], isOwn: (Int) -> Bool, gap: (Int, Int) -> Double) -> [Double] {
        var links = Array(repeating: [(other: Int, weight: Double, shift: Double)](), count: count)
        for segment in segments {
            let (upper, lower) = (segment.upper, segment.lower)
            let weight = !isOwn(upper) && !isOwn(lower) ? 8.0 : !isOwn(upper) || !isOwn(lower) ? 2 : 1
            let shift = segment.shifts.upper - segment.shifts.lower
            links[upper].append((lower, weight, -shift))
            links[lower].append((upper, weight, shift))
        }
        let offsets = ranks.map { rank in
            rank.indices.dropFirst().reduce(into: [0.0]) { offsets, place in
                let (left, right) = (rank[place - 1], rank[place])
                offsets.append((offsets.last ?? 0) + (extents[left] + extents[right]) / 2 + gap(left, right))
            }
        }
        var centres = Array(repeating: 0.0, count: count)
        for (rank, offsets) in zip(ranks, offsets) {
            for (vertex, offset) in zip(rank, offsets) { centres[vertex] = offset - (offsets.last ?? 0) / 2 }
        }
        for _ in 0..<100 {
            var moved = 0.0
            for rank in Array(ranks.indices) + ranks.indices.reversed() {
                let wishes = zip(ranks[rank], offsets[rank]).map { vertex, offset in
                    let weight = links[vertex].reduce(0) { $0 + $1.weight }
                    guard weight > 0 else { return (value: centres[vertex] - offset, weight: 0.01) }
                    let wish = links[vertex].reduce(0) { $0 + $1.weight * (centres[$1.other] + $1.shift) } / weight
                    return (value: wish - offset, weight: weight)
                }
                for (place, value) in nearestRising(wishes).enumerated() {
                    let vertex = ranks[rank][place]
                    let centre = value + offsets[rank][place]
                    moved = max(moved, abs(centre - centres[vertex]))
                    centres[vertex] = centre
                }
            }
            if moved < 0.05 { break }
        }
        return centres
    }
}

/// The sequence that never falls and is nearest to `wishes` in weighted squares.
///
/// Pool adjacent violators: a value below the one before it is pooled with it at their mean. Source: Ayer, Brunk, Ewing,
/// Reid, Silverman, "An Empirical Distribution Function for Sampling with Incomplete Information", 1955.
private func nearestRising(_ wishes: [(value: Double, weight: Double)]) -> [Double] {
    var pools: [(value: Double, weight: Double, count: Int)] = []
    for wish in wishes {
        var pool = (value: wish.value, weight: wish.weight, count: 1)
        while let last = pools.last, last.value > pool.value {
            pools.removeLast()
            let weight = last.weight + pool.weight
            let value = (last.value * last.weight + pool.value * pool.weight) / weight
            pool = (value, weight, last.count + pool.count)
        }
        pools.append(pool)
    }
    return pools.flatMap { Array(repeating: $0.value, count: $0.count) }
}
