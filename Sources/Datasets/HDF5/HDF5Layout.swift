/// Where a dataset's elements lie.
enum HDF5Layout {
    /// In the header itself.
    case compact([UInt8])
    /// In one piece; `nil` where nothing was ever written.
    case contiguous(address: Int?)
    /// In pieces of one shape, which a tree finds.
    case chunked(tree: Int?, shape: [Int])
    /// In a single piece that filters have passed.
    case single(HDF5Chunk?, shape: [Int])

    /// - Parameter rank: How many dimensions the dataset has.
    init(_ message: HDF5Cursor, rank: Int) throws(DataError) {
        var words = message
        let (version, kind) = (try words.number(1), try words.number(1))
        guard (3...5).contains(version) else {
            throw words.unsupported("a layout of version \(version)", cure: Self.cure)
        }
        switch (kind, version) {
        case (0, _): self = .compact(try words.bytes(words.number(2)))
        case (1, _): self = .contiguous(address: try words.address())
        case (2, 3):
            let count = try words.number(1)
            let tree = try words.address()
            self = .chunked(tree: tree, shape: try Self.shape(&words, count: count, size: 4, rank: rank))
        case (2, _):
            let flags = try words.number(1)
            let count = try words.number(1)
            let shape = try Self.shape(&words, count: count, size: words.number(1), rank: rank)
            guard try words.number(1) == 1 else {
                throw words.unsupported("chunks with such an index", cure: Self.cure)
            }
            let size = flags & 2 == 0 ? nil : try words.length()
            let left = flags & 2 == 0 ? 0 : try words.number(4)
            let place = [Int](repeating: 0, count: rank)
            self = .single(
                try words.address().map {
                    HDF5Chunk(address: $0, storedCount: size, filtersLeftOut: left, place: place)
                },
                shape: shape)
        default: throw words.unsupported("a dataset of storage class \(kind)", cure: Self.cure)
        }
    }

    private static let cure = "write it by h5py with libver=('earliest', 'v108')"

    /// A chunk's shape, which the size of an element follows.
    private static func shape(
        _ words: inout HDF5Cursor, count: Int, size: Int, rank: Int
    ) throws(DataError) -> [Int] {
        var shape: [Int] = []
        for _ in 0..<count { shape.append(try words.number(size)) }
        guard shape.count == rank + 1, shape.allSatisfy({ $0 > 0 }) else {
            throw words.damaged("chunks have another number of dimensions than their dataset")
        }
        return shape.dropLast()
    }
}

/// A piece of a dataset.
struct HDF5Chunk {
    let address: Int
    /// How many bytes it takes in the file; `nil` where no filter has passed it.
    let storedCount: Int?
    /// A bit for each filter that has not passed it.
    let filtersLeftOut: Int
    /// The indices of its first element.
    let place: [Int]

    /// The chunks that a tree of version 1 finds.
    static func all(inTreeAt tree: Int, rank: Int, _ storage: HDF5Storage) throws(DataError) -> [HDF5Chunk] {
        let head = 8 + 2 * storage.sizes.offset
        let keySize = 8 + 8 * (rank + 1)
        var walk = HDF5Walk(storage)
        var chunks: [HDF5Chunk] = []
        var pending = [tree]
        while let address = pending.popLast() {
            var node = try storage.cursor(at: address, count: 8)
            try node.expect("TREE")
            guard try node.number(1) == 1 else { throw node.damaged("a dataset's tree is of another kind") }
            let (level, count) = (try node.number(1), try node.number(2))
            node = try walk.block(at: address, count: head + count * (keySize + storage.sizes.offset))
            try node.skip(head)
            for _ in 0..<count {
                let (size, left) = (try node.number(4), try node.number(4))
                var place: [Int] = []
                for _ in 0..<rank { place.append(try node.number(8)) }
                try node.skip(8)
                let child = try node.existingAddress()
                if level > 0 {
                    pending.append(child)
                } else {
                    chunks.append(HDF5Chunk(address: child, storedCount: size, filtersLeftOut: left, place: place))
                }
            }
        }
        return chunks
    }
}
