extension Layering {
    /// Orders the vertices of each rank so that few edges cross.
    ///
    /// Vertices are sorted by the mean place of their neighbours on the rank above, then on the rank below, and
    /// neighbours change places where that saves crossings; of all orders met on the way the best is kept.
    /// Source: Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981.
    mutating func reduceCrossings() {
        var above = Array(repeating: [Int](), count: count)
        var below = above
        for (upper, lower) in segments {
            below[upper].append(lower)
            above[lower].append(upper)
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

    private func note(_ rank: Int, in places: inout [Int]) {
        for (place, vertex) in ranks[rank].enumerated() { places[vertex] = place }
    }

    /// Sorts a rank by the means of neighbours' places. A vertex without neighbours stays where it is.
    private mutating func sort(_ rank: Int, by neighbours: [[Int]], _ places: [Int]) {
        let movable = ranks[rank].filter { !neighbours[$0].isEmpty }
        let means = movable.map { vertex in
            Double(neighbours[vertex].reduce(0) { $0 + places[$1] }) / Double(neighbours[vertex].count)
        }
        var sorted = movable.indices.sorted { (means[$0], $0) < (means[$1], $1) }.map { movable[$0] }[...]
        ranks[rank] = ranks[rank].map { neighbours[$0].isEmpty ? $0 : sorted.removeFirst() }
    }

    private mutating func exchangeNeighbours(_ above: [[Int]], _ below: [[Int]], _ places: inout [Int]) {
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
    private static func inversions(_ left: [Int], _ right: [Int], _ places: [Int]) -> Int {
        left.reduce(0) { sum, a in sum + right.count { places[a] > places[$0] } }
    }

    /// How many edges cross between all ranks.
    private func crossings(_ below: [[Int]], _ places: [Int]) -> Int {
        ranks.indices.dropLast().reduce(0) { sum, rank in
            // Reading the ends in order of the starts, each pair that falls is a crossing.
            var seen: [Int] = []
            var found = 0
            for vertex in ranks[rank] {
                let ends = below[vertex].map { places[$0] }.sorted()
                for end in ends { found += seen.count - seen.partitioningIndex { $0 > end } }
                for end in ends { seen.insert(end, at: seen.partitioningIndex { $0 > end }) }
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
