/// Numbers of an HDF5 file, or what stands for them.
struct HDF5Dataset {
    let type: HDF5Type
    let shape: [Int]
    private let layout: HDF5Layout
    private let filters: HDF5Filters
    private let fill: [UInt8]
    private let storage: HDF5Storage
    private let object: HDF5Object

    /// `nil` where the object is no dataset.
    init?(_ object: HDF5Object, in storage: HDF5Storage) throws(DataError) {
        guard object.first(.layout) != nil else { return nil }
        let space = try object.required(.dataspace)
        guard object.first(.externalFiles) == nil else {
            throw space.unsupported("a dataset that lies in other files", cure: "copy it into one file")
        }
        self.object = object
        self.storage = storage
        shape = try hdf5Shape(space)
        type = try HDF5Type(object.required(.datatype))
        layout = try HDF5Layout(object.required(.layout), rank: shape.count)
        filters = try object.first(.filters).map(HDF5Filters.init) ?? HDF5Filters()
        fill = try object.first(.fillValue).map(Self.fillValue) ?? []
    }

    /// The elements, row by row, each of `elementSize` bytes.
    func bytes(elementSize: Int, maximumByteCount: Int) throws(DataError) -> [UInt8] {
        let nowhere = try storage.cursor(at: object.address, count: 0)
        let count = try Self.byteCount(shape, elementSize, maximumByteCount, nowhere)
        switch layout {
        case .compact(let bytes):
            guard bytes.count == count else { throw nowhere.damaged("\(bytes.count) bytes are kept of \(count)") }
            return bytes
        case .contiguous(let address):
            guard let address else { return filled(count, elementSize) }
            return try storage.bytes(at: address, count: count)
        case .single(let chunk, let shape):
            return try joined(chunk.map { [$0] } ?? [], of: shape, elementSize, maximumByteCount, nowhere)
        case .chunked(let tree, let chunkShape):
            let chunks = try tree.map { tree throws(DataError) in
                try HDF5Chunk.all(inTreeAt: tree, rank: shape.count, storage)
            }
            return try joined(chunks ?? [], of: chunkShape, elementSize, maximumByteCount, nowhere)
        }
    }

    private func joined(
        _ chunks: [HDF5Chunk], of chunkShape: [Int], _ elementSize: Int, _ maximumByteCount: Int, _ nowhere: HDF5Cursor
    ) throws(DataError) -> [UInt8] {
        // Chunks at the ends reach beyond the dataset: what all take together is bounded, too.
        let padded = zip(shape, chunkShape).map { size, chunk in
            let whole = size == 0 ? 0 : (size - 1) / chunk + 1
            return whole.multipliedReportingOverflow(by: chunk).overflow ? Int.max : whole * chunk
        }
        _ = try Self.byteCount(padded, elementSize, 4 * maximumByteCount, nowhere)
        let chunkCount = try Self.byteCount(chunkShape, elementSize, 4 * maximumByteCount, nowhere)
        let count = try Self.byteCount(shape, elementSize, maximumByteCount, nowhere)
        var result = filled(count, elementSize)
        var places: Set<[Int]> = []
        for chunk in chunks {
            let isWithin = zip(chunk.place, zip(shape, chunkShape)).allSatisfy { $0 < $1.0 && $0 % $1.1 == 0 }
            guard isWithin, places.insert(chunk.place).inserted else {
                throw nowhere.damaged("a chunk lies at \(chunk.place) of a dataset of shape \(shape)")
            }
            let stored = try storage.bytes(at: chunk.address, count: chunk.storedCount ?? chunkCount)
            guard
                let bytes = filters.undone(
                    stored, leftOut: chunk.filtersLeftOut, count: chunkCount, elementSize: elementSize)
            else { throw nowhere.damaged("the chunk at \(chunk.place) cannot be uncompressed") }
            copy(bytes, of: chunkShape, to: chunk.place, elementSize, into: &result)
        }
        return result
    }

    /// Copies what of a chunk lies in the dataset, row by row.
    private func copy(
        _ chunk: [UInt8], of chunkShape: [Int], to place: [Int], _ elementSize: Int, into result: inout [UInt8]
    ) {
        let sizes = shape.indices.map { min(chunkShape[$0], shape[$0] - place[$0]) }
        guard let last = sizes.last, let lastPlace = place.last else {
            result = chunk
            return
        }
        let rank = shape.count
        var index = [Int](repeating: 0, count: rank)
        while true {
            var (from, to) = (0, 0)
            for axis in 0..<rank - 1 {
                from = (from + index[axis]) * chunkShape[axis + 1]
                to = (to + place[axis] + index[axis]) * shape[axis + 1]
            }
            let start = (to + lastPlace) * elementSize
            result.replaceSubrange(
                start..<start + last * elementSize, with: chunk[from * elementSize..<(from + last) * elementSize])
            var axis = rank - 2
            while axis >= 0 {
                index[axis] += 1
                if index[axis] < sizes[axis] { break }
                index[axis] = 0
                axis -= 1
            }
            if axis < 0 { return }
        }
    }

    /// What stands where nothing was written.
    private func filled(_ count: Int, _ elementSize: Int) -> [UInt8] {
        guard fill.count == elementSize, fill.contains(where: { $0 != 0 }) else {
            return [UInt8](repeating: 0, count: count)
        }
        return (0..<count).map { fill[$0 % elementSize] }
    }

    private static func fillValue(_ message: HDF5Cursor) throws(DataError) -> [UInt8] {
        var words = message
        let version = try words.number(1)
        if version < 3 {
            try words.skip(2)
            let isDefined = try words.number(1) == 1
            return version == 1 || isDefined ? try words.bytes(words.number(4)) : []
        }
        return try words.number(1) & 0x20 == 0 ? [] : words.bytes(words.number(4))
    }

    private static func byteCount(
        _ shape: [Int], _ elementSize: Int, _ maximum: Int, _ nowhere: HDF5Cursor
    ) throws(DataError) -> Int {
        if shape.contains(0) { return 0 }
        var count = elementSize
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, product <= maximum else {
                throw nowhere.unsupported(
                    "a dataset of shape \(shape), more than \(maximum) bytes",
                    cure: "split it, or allow a larger maximumByteCount")
            }
            count = product
        }
        return count
    }
}
