/// An HDF5 file's bytes by the addresses in it.
struct HDF5Storage: Sendable {
    let source: ByteSource
    private(set) var sizes = HDF5Sizes()
    /// What is added to every address.
    private var base = 0
    /// Where the header of the file's first group lies.
    private(set) var root = 0

    static let signature: [UInt8] = [0x89] + Array("HDF\r\n".utf8) + [0x1A, 0x0A]

    /// Reads the superblock, of version 0 to 3.
    init(_ source: ByteSource) throws(DataError) {
        self.source = source
        var start = 0
        while try !Self.isSignature(at: start, source) {
            start = max(512, 2 * start)
            guard start + 8 <= source.count else {
                throw DataError(
                    source.path, at: .byte(0), "it is no HDF5 file", cure: "give one that Keras or h5py has written")
            }
        }
        let size = min(128, source.count - start)
        let whole = try source.bytes(start..<start + size)
        func cursor(from place: Int) -> HDF5Cursor {
            HDF5Cursor(Array(whole.dropFirst(place)), sizes: sizes, path: source.path, start: start + place)
        }
        var words = cursor(from: 8)
        let version = try words.number(1)
        try words.skip(version < 2 ? 4 : 0)
        sizes = HDF5Sizes(offset: try words.number(1), length: try words.number(1))
        guard [2, 4, 8].contains(sizes.offset), [2, 4, 8].contains(sizes.length), version <= 3 else {
            throw words.unsupported(
                "version \(version) of the format", cure: "write it by h5py with libver=('earliest', 'v108')")
        }
        var rest = cursor(from: version < 2 ? version == 0 ? 24 : 28 : 12)
        base = try rest.existingAddress()
        _ = (try rest.address(), try rest.address())
        if version < 2 { _ = (try rest.address(), try rest.address()) }
        root = try rest.existingAddress()
    }

    private static func isSignature(at place: Int, _ source: ByteSource) throws(DataError) -> Bool {
        guard place + 8 <= source.count else { return false }
        return try source.bytes(place..<place + 8) == signature
    }

    /// The `count` bytes at an address, to be read from their front.
    func cursor(at address: Int, count: Int) throws(DataError) -> HDF5Cursor {
        let start = try place(of: address)
        return HDF5Cursor(
            try source.bytes(at: start, count: count), sizes: sizes, path: source.path, start: start)
    }

    /// The `count` bytes `distance` behind an address.
    func cursor(at address: Int, plus distance: Int, count: Int) throws(DataError) -> HDF5Cursor {
        let (sum, overflow) = address.addingReportingOverflow(distance)
        return try cursor(at: overflow ? .max : sum, count: count)
    }

    /// What lies at an address, at most `count` bytes.
    func cursor(at address: Int, upTo count: Int) throws(DataError) -> HDF5Cursor {
        try cursor(at: address, count: max(0, min(count, source.count - place(of: address))))
    }

    func bytes(at address: Int, count: Int) throws(DataError) -> [UInt8] {
        try source.bytes(at: place(of: address), count: count)
    }

    private func place(of address: Int) throws(DataError) -> Int {
        let (place, overflow) = base.addingReportingOverflow(address)
        guard !overflow, place <= source.count else {
            throw DataError(
                source.path, at: .byte(source.count), "the HDF5 file ends before its address \(address)",
                cure: "write or fetch it again")
        }
        return place
    }
}

/// A way through the blocks of a file, which ends also where they form a circle: no block is entered twice, and no more is read
/// than some times the file.
struct HDF5Walk {
    private let storage: HDF5Storage
    private var visited: Set<Int> = []
    private var room: Int

    init(_ storage: HDF5Storage) {
        self.storage = storage
        room = 4 * storage.source.count + 1 << 16
    }

    /// The block at an address, of `count` bytes.
    mutating func block(at address: Int, count: Int) throws(DataError) -> HDF5Cursor {
        let cursor = try storage.cursor(at: address, count: count)
        room -= count
        guard visited.insert(address).inserted, room >= 0 else {
            throw cursor.damaged("its blocks form a circle, or overlap")
        }
        return cursor
    }

    /// As ``block(at:count:)``, for what may end with the file.
    mutating func block(at address: Int, upTo count: Int) throws(DataError) -> HDF5Cursor {
        let left = try storage.cursor(at: address, upTo: count).left
        return try block(at: address, count: left)
    }
}
