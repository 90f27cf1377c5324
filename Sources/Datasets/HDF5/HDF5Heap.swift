/// A heap of objects of any size, in blocks that double: what links and attributes lie in where an object has many.
struct HDF5Heap {
    private let storage: HDF5Storage
    private let root: Int
    /// How many rows of blocks the root has; none where it is a single block.
    private let rootRows: Int
    private let width: Int
    private let firstSize: Int
    private let largestDirect: Int
    /// How many bytes a place in the heap takes, and the length of an object.
    private let placeSize: Int
    private let lengthSize: Int

    init(at address: Int, in storage: HDF5Storage) throws(DataError) {
        self.storage = storage
        let (offset, length) = (storage.sizes.offset, storage.sizes.length)
        var words = try storage.cursor(at: address, count: 22 + 12 * length + 3 * offset)
        try words.expect("FRHP")
        try words.skip(3)
        let filters = try words.number(2)
        try words.skip(1)
        let largestManaged = try words.number(4)
        try words.skip(10 * length + 2 * offset)
        width = try words.number(2)
        firstSize = try words.length()
        largestDirect = try words.length()
        let bits = try words.number(2)
        try words.skip(2)
        guard filters == 0 else {
            throw words.unsupported("a compressed heap of links", cure: "write the file with libver='earliest'")
        }
        guard (1...1024).contains(width), (1...1 << 32).contains(firstSize),
            (firstSize...1 << 32).contains(largestDirect),
            firstSize.nonzeroBitCount == 1, largestDirect.nonzeroBitCount == 1, (8...64).contains(bits),
            largestManaged > 0
        else { throw words.damaged("a heap's sizes cannot be") }
        root = try words.existingAddress()
        rootRows = try words.number(2)
        placeSize = (bits + 7) / 8
        lengthSize = min(
            (largestDirect.trailingZeroBitCount + 7) / 8, (63 - largestManaged.leadingZeroBitCount) / 8 + 1)
    }

    /// The object that the first bytes of `identifier` name.
    func object(_ identifier: [UInt8]) throws(DataError) -> HDF5Cursor {
        var words = HDF5Cursor(identifier, sizes: storage.sizes, path: storage.source.path, start: 0)
        guard try words.number(1) & 0x30 == 0 else {
            throw words.unsupported("an attribute or name of this size", cure: "write the file with libver='earliest'")
        }
        var place = try words.number(placeSize)
        let length = try words.number(lengthSize)
        var block = root
        var rows = rootRows
        // Each step goes into a smaller block.
        while rows > 0 {
            (block, rows) = try child(of: block, rows: rows, holding: &place)
        }
        return try storage.cursor(at: block, plus: place, count: length)
    }

    /// The block within an indirect one that holds `place`, which becomes the place in it, and how many rows it has in turn.
    private func child(of block: Int, rows: Int, holding place: inout Int) throws(DataError) -> (block: Int, rows: Int)
    {
        let offset = storage.sizes.offset
        let head = 5 + offset + placeSize
        var size = firstSize
        for row in 0..<min(rows, 64) {
            if row > 1 { size *= 2 }
            if place < width * size {
                let index = row * width + place / size
                var words = try storage.cursor(at: block, plus: head + index * offset, count: offset)
                place %= size
                let rows = size <= largestDirect ? 0 : 1 + (size / firstSize / width).bitWidthOfRows
                return (try words.existingAddress(), rows)
            }
            place -= width * size
            guard size < 1 << 40 else { break }
        }
        throw try storage.cursor(at: block, count: 0).damaged("an object lies outside of its heap")
    }
}

extension Int {
    /// The rows beyond the first that a block this many times its first row's size has.
    fileprivate var bitWidthOfRows: Int { self < 1 ? 0 : 63 - leadingZeroBitCount }
}
