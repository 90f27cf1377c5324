extension Layering {
    /// Orders the vertices of each rank so that few edges cross.
    ///
    /// Vertices are sorted by the mean place of their neighbours on the rank above, then on the rank below, and
    /// neighbours change places where that saves crossings; of all orders met on the way the best is kept.
    /// Source: Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981.
    ///
    /// - Parameter extents: the vertices' sizes along the rank: an edge that leaves a wide one at its side counts from there.
    mutating func reduceCrossings(extents: [Double] = []) {
        func share(_ shift: Double, _ vertex: Int) -> Double {
            guard extents.indices.contains(vertex), extents[vertex] > 0 else { return 0 }
            return min(max(shift / extents[vertex], -0.45), 0.45)
        }
        var above = Array(repeating: [Link](), count: count)
        var below = above
        for segment in segments {
            let upper = share(segment.shifts.upper, segment.upper)
            let lower = share(segment.shifts.lower, segment.lower)
            below[segment.upper].append(Link(own: upper, other: segment.lower, far: lower))
            above[segment.lower].append(Link(own: lower, other: segment.upper, far: upper))
        }
        var places = Array(repeating: 0, count: count)
        for rank in ranks.indices { note(rank, in: &places) }
        var best = ranks
        var fewest = crossings(below, places)
        var idle = 0
        for sweep in 0..<24 where fewest > 0 && idle < 4 {
            let downwards = sweep.isMultiple(of: 2)
            for rank in downwards ? Array(ranks.indices.dropFirst()) : ranks.indices.dropLast().reversed() {
                sort(rank, by: downwards ? above : below, places)
                note(rank, in: &places)
            }
            exchangeNeighbours(above, below, &places)
            let found = crossings(below, places)
            idle = found < fewest ? 0 : idle + 1
            if found < fewest { (best, fewest) = (ranks, found) }
        }
        ranks = best
    }

    /// What leads from a vertex to one on the rank beside it.
    private struct Link {
        /// Where it leaves, in parts of the vertex from its middle.
        let own: Double
        let other: Int
        /// Where it arrives.
        let far: Double

        func end(_ places: [Int]) -> Double { Double(places[other]) + far }
    }

    private func note(_ rank: Int, in places: inout [Int]) {
        for (place, vertex) in ranks[rank].enumerated() { places[vertex] = place }
    }

    /// Sorts a rank by the means of neighbours' places. A vertex without neighbours stays where it is.
    private mutating func sort(_ rank: Int, by neighbours: [[Link]], _ places: [Int]) {
        let movable = ranks[rank].filter { !neighbours[$0].isEmpty }
        let means = movable.map { vertex in
            neighbours[vertex].reduce(0) { $0 + $1.end(places) } / Double(neighbours[vertex].count)
        }
        var sorted = movable.indices.sorted { (means[$0], $0) < (means[$1], $1) }.map { movable[$0] }[...]
        ranks[rank] = ranks[rank].map { neighbours[$0].isEmpty ? $0 : sorted.removeFirst() }
    }

    private mutating func exchangeNeighbours(_ above: [[Link]], _ below: [[Link]], _ places: inout [Int]) {
        for rank in ranks.indices {
            for place in ranks[rank].indices.dropLast() {
                let (left, right) = (ranks[rank][place], ranks[rank][place + 1])
                let now =
                    Self.inversions(above[left], above[right], places)
                    + Self.inversions(below[left], below[right], places)
                let then =
                    Self.inversions(above[right], above[left], places)
                    + Self.inversions(below[right], below[left], places)
                if then < now { ranks[rank].swapAt(place, place + 1) }
            }
            note(rank, in: &places)
        }
    }

    /// How many pairs of neighbours lie the other way round than the vertices they belong to.
    private static func inversions(_ left: [Link], _ right: [Link], _ places: [Int]) -> Int {
        left.reduce(0) { sum, a in sum + right.count { a.end(places) > $0.end(places) } }
    }

    /// How many edges cross between all ranks.
    private func crossings(_ below: [[Link]], _ places: [Int]) -> Int {
        ranks.indices.dropLast().reduce(0) { sum, rank in
            // Reading the ends in order of the starts, each pair that falls is a crossing.
            var seen: [Double] = []
            var found = 0
            for vertex in ranks[rank] {
                let ends = below[vertex].map { (own: $0.own, end: $0.end(places)) }.sorted { $0 < $1 }
                for (_, end) in ends {
                    let place = seen.partitioningIndex { $0 > end }
                    found += seen.count - place
                    seen.insert(end, at: place)
                }
            }
            return sum + found
        }
    }
}

extension Array {
    /// The first index whose element meets `condition`, in an array where all that do stand at the end.
    fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
