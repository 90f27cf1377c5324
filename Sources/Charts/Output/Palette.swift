/// A bitmap as indices into at most 256 colours.
///
/// The commonest colours are kept exactly; where there are more than 256, which is the mixtures at smooth edges, a rare
/// one may be replaced by a commoner one that differs by at most `tolerance` in each part.
struct Palette {
    private(set) var colors: [UInt32] = []
    private(set) var indices: [UInt8] = []

    /// More different colours than this are not reduced.
    private static let mostColors = 30_000
    /// Of 255; a difference that cannot be seen on the edge of a line.
    private static let tolerances = [0, 3, 6, 9, 12]

    /// The palette of `bitmap`, or nil where 256 colours are not enough.
    init?(_ bitmap: Bitmap) {
        var table = ColorTable()
        guard let numbers = table.number(bitmap.pixels, limit: Self.mostColors) else { return nil }
        guard let (colors, mapping) = Self.reduce(table) else { return nil }
        self.colors = colors
        indices = numbers.map { mapping[Int($0)] }
    }

    /// The palette, and the index in it of each colour of the table.
    private static func reduce(_ table: ColorTable) -> (colors: [UInt32], mapping: [UInt8])? {
        let order = table.colors.indices.sorted {
            (table.counts[$1], table.colors[$0]) < (table.counts[$0], table.colors[$1])
        }
        for tolerance in tolerances where table.colors.count <= 256 || tolerance > 0 {
            var chosen: [UInt32] = []
            var mapping = [UInt8](repeating: 0, count: table.colors.count)
            var fits = true
            for number in order {
                let (nearest, distance) = nearest(to: table.colors[number], in: chosen)
                if distance <= tolerance {
                    mapping[number] = UInt8(nearest)
                } else if chosen.count < 256 {
                    mapping[number] = UInt8(chosen.count)
                    chosen.append(table.colors[number])
                } else {
                    fits = false
                    break
                }
            }
            if fits { return (chosen, mapping) }
        }
        return nil
    }

    /// The first colour that differs least, and by how much in its worst part.
    private static func nearest(to color: UInt32, in colors: [UInt32]) -> (index: Int, distance: Int) {
        func parts(_ color: UInt32) -> SIMD4<Int32> {
            SIMD4(Int32(color >> 16 & 255), Int32(color >> 8 & 255), Int32(color & 255), 0)
        }
        let wanted = parts(color)
        var best = (index: 0, distance: Int.max)
        for (index, candidate) in colors.enumerated() {
            let difference = wanted &- parts(candidate)
            let distance = Int(pointwiseMax(difference, 0 &- difference).max())
            if distance < best.distance { best = (index, distance) }
        }
        return best
    }
}

/// The different colours of a bitmap in the order in which they first appear, and how often each appears.
private struct ColorTable {
    var colors: [UInt32] = []
    var counts: [Int] = []
    /// Open addressing; a slot holds number + 1, so that 0 is empty.
    private var slots = [Int32](repeating: 0, count: 1 << 16)

    /// The number of each pixel's colour, or nil when there are more than `limit`.
    mutating func number(_ pixels: [UInt32], limit: Int) -> [UInt16]? {
        var overflow = false
        let numbers = [UInt16](unsafeUninitializedCapacity: pixels.count) { numbers, count in
            pixels.withUnsafeBufferPointer { pixels in
                var place = 0
                while place < pixels.count {
                    let start = place
                    let color = pixels[place]
                    while place < pixels.count, pixels[place] == color { place &+= 1 }
                    let number = number(of: color)
                    counts[number] += place - start
                    numbers[start..<place].initialize(repeating: UInt16(number))
                    if colors.count > limit {
                        overflow = true
                        return
                    }
                }
                count = pixels.count
            }
        }
        return overflow ? nil : numbers
    }

    private mutating func number(of color: UInt32) -> Int {
        var slot = Int((color &* 0x9E37_79B1) >> 16)
        while slots[slot] != 0, colors[Int(slots[slot]) - 1] != color { slot = (slot + 1) & ((1 << 16) - 1) }
        if slots[slot] == 0 {
            colors.append(color)
            counts.append(0)
            slots[slot] = Int32(colors.count)
        }
        return Int(slots[slot]) - 1
    }
}
