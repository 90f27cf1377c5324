/// Cuts a line into its dashes.
package enum Dasher {
    /// The stretches of the line along `points` that `lengths` (drawn, left out, drawn, …) leaves.
    ///
    /// A line of more than a hundred thousand dashes is drawn whole.
    package static func dash(_ points: [Point], _ lengths: [Double]) -> [[Point]] {
        let period = lengths.reduce(0, +)
        let total = zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
        guard period > 0, lengths.allSatisfy({ $0 > 0 }), total / period < 100_000, let first = points.first else {
            return [points]
        }
        var dashes: [[Point]] = []
        var current = [first]
        var (index, left) = (0, lengths[0])
        for (a, b) in zip(points, points.dropFirst()) {
            let length = (b - a).length
            var done = 0.0
            while length - done > left {
                done += left
                let cut = a + (b - a) * (done / length)
                if index % 2 == 0 {
                    current.append(cut)
                    dashes.append(current)
                    current = []
                } else {
                    current = [cut]
                }
                index = (index + 1) % (lengths.count % 2 == 0 ? lengths.count : lengths.count * 2)
                left = lengths[index % lengths.count]
            }
            left -= length - done
            if index % 2 == 0 { current.append(b) }
        }
        if current.count > 1 { dashes.append(current) }
        return dashes
    }
}
