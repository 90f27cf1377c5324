internal import CZlib
internal import DataFiles

/// The files in a zip archive, found by its directory; stored plainly or deflated. Source: PKWARE's APPNOTE 6.3.
package struct ZipArchive: Sendable {
    package struct Entry: Sendable {
        package let name: String
        let method: Int
        let flags: Int
        let checksum: UInt32
        let storedCount: Int
        /// How many bytes the file has, uncompressed.
        package let count: Int
        let header: Int
    }

    /// In the order of the archive's directory.
    package private(set) var entries: [Entry] = []
    private let source: ByteSource

    /// - Throws: `DataError` for what is no such archive, and where two files have one name.
    package init(_ source: ByteSource) throws(DataError) {
        self.source = source
        var (at, count) = try Self.directory(of: source)
        var names: Set<String> = []
        for _ in 0..<count {
            let (entry, length) = try Self.entry(in: source, at: at)
            guard names.insert(entry.name).inserted else {
                throw DataError(
                    source.path, at: .byte(at), "it holds two files named \(quoted(entry.name))", cure: "write it again"
                )
            }
            entries.append(entry)
            at += length
        }
    }

    /// Where the directory begins and how many files it names.
    private static func directory(of source: ByteSource) throws(DataError) -> (at: Int, count: Int) {
        let size = min(source.count, 22 + 65_535)
        let tail = Fields(
            try source.bytes(source.count - size..<source.count), path: source.path, at: source.count - size)
        guard size >= 22,
            let end = stride(from: size - 22, through: 0, by: -1).first(where: { tail.isMark(0x0605_4B50, $0) })
        else { throw DataError(source.path, at: .byte(0), "it is no zip archive", cure: "write it by numpy.savez") }
        let count = tail[end + 10, 2]
        let at = tail[end + 16, 4]
        guard count == 0xFFFF || at == 0xFFFF_FFFF, end >= 20, tail.isMark(0x0706_4B50, end - 20) else {
            return (at, count)
        }
        let large = tail[end - 20 + 8, 8]
        let record = Fields(try source.bytes(at: large, count: 56), path: source.path, at: large)
        guard record.isMark(0x0606_4B50, 0) else {
            throw DataError(
                source.path, at: .byte(large), "the archive's directory is not there", cure: "fetch it again")
        }
        return (record[48, 8], record[32, 8])
    }

    private static func entry(in source: ByteSource, at place: Int) throws(DataError) -> (Entry, length: Int) {
        let fixed = Fields(try source.bytes(at: place, count: 46), path: source.path, at: place)
        guard fixed.isMark(0x0201_4B50, 0) else {
            throw DataError(source.path, at: .byte(place), "the archive's directory is damaged", cure: "fetch it again")
        }
        let (nameCount, extraCount) = (fixed[28, 2], fixed[30, 2])
        let words = try source.bytes(at: place + 46, count: nameCount + extraCount)
        guard let name = String(validating: words[..<nameCount], as: UTF8.self) else {
            throw DataError(
                source.path, at: .byte(place), "a file's name is not UTF-8", cure: "write the archive again")
        }
        var sizes = [fixed[24, 4], fixed[20, 4], fixed[42, 4]]
        try takeLargeSizes(&sizes, Fields(Array(words[nameCount...]), path: source.path, at: place + 46 + nameCount))
        let entry = Entry(
            name: name, method: fixed[10, 2], flags: fixed[8, 2], checksum: UInt32(fixed[16, 4]), storedCount: sizes[1],
            count: sizes[0], header: sizes[2])
        return (entry, 46 + nameCount + extraCount + fixed[32, 2])
    }

    /// What does not fit into 32 bits stands in a field of its own, in this order.
    private static func takeLargeSizes(_ sizes: inout [Int], _ extra: Fields) throws(DataError) {
        var at = 0
        while at + 4 <= extra.count {
            let (kind, length) = (extra[at, 2], extra[at + 2, 2])
            at += 4
            if kind == 1 {
                var next = at
                for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
                    guard next + 8 <= min(at + length, extra.count) else { throw extra.cutOff }
                    sizes[index] = extra[next, 8]
                    next += 8
                }
            }
            at += length
        }
    }
}

extension ZipArchive {
    /// The content of a file of the archive.
    /// - Parameter maximumCount: The largest number of bytes to accept, whatever the archive says.
    /// - Throws: `DataError` where it is encrypted, compressed otherwise, larger than allowed, or damaged.
    package func content(of entry: Entry, maximumCount: Int = 1 << 30) throws(DataError) -> [UInt8] {
        func error(_ cause: String, _ cure: String) -> DataError {
            DataError(source.path, at: .byte(entry.header), "the file \(quoted(entry.name)) \(cause)", cure: cure)
        }
        guard entry.flags & 1 == 0 else { throw error("is encrypted", "write it without a password") }
        guard entry.count <= maximumCount else {
            throw error("has \(entry.count) bytes, more than the \(maximumCount) allowed", "split it")
        }
        let local = Fields(try source.bytes(at: entry.header, count: 30), path: source.path, at: entry.header)
        guard local.isMark(0x0403_4B50, 0) else { throw error("is not where the directory says", "fetch it again") }
        let start = entry.header + 30 + local[26, 2] + local[28, 2]
        let stored = try source.bytes(at: start, count: entry.storedCount)
        let bytes: [UInt8]?
        switch entry.method {
        case 0: bytes = stored
        case 8: bytes = inflated(stored[...], count: entry.count, wrapping: .none)
        default: throw error("is compressed by method \(entry.method)", "store it plainly, or deflated")
        }
        guard let bytes, bytes.count == entry.count, UInt32(crc32_z(0, bytes, bytes.count)) == entry.checksum else {
            throw error("is damaged", "fetch it again")
        }
        return bytes
    }

    /// An archive of plainly stored files, each dated 1 January 1980.
    package static func archive(of files: [(name: String, content: [UInt8])]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let name = Array(file.name.utf8)
            let checksum = UInt32(crc32_z(0, file.content, file.content.count))
            let size = UInt32(file.content.count)
            // Version 2.0, names in UTF-8, stored, midnight of the first day.
            let common =
                [20, 1 << 11, 0, 0, 33].flatMap { littleEndianBytes(UInt16($0)) }
                + [checksum, size, size].flatMap { littleEndianBytes($0) } + littleEndianBytes(UInt16(name.count))
            directory +=
                littleEndianBytes(0x0201_4B50 as UInt32) + littleEndianBytes(20 as UInt16) + common
                + [UInt8](repeating: 0, count: 12) + littleEndianBytes(UInt32(archive.count)) + name
            archive += littleEndianBytes(0x0403_4B50 as UInt32) + common + [0, 0] + name + file.content
        }
        let counts = [0, 0, UInt16(files.count), UInt16(files.count)].flatMap { littleEndianBytes($0) }
        return archive + directory + littleEndianBytes(0x0605_4B50 as UInt32) + counts
            + littleEndianBytes(UInt32(directory.count)) + littleEndianBytes(UInt32(archive.count)) + [0, 0]
    }
}

/// Whole numbers at places of a piece of a file, low byte first.
struct Fields {
    private let bytes: [UInt8]
    private let path: String
    private let start: Int

    init(_ bytes: [UInt8], path: String, at start: Int) {
        self.bytes = bytes
        self.path = path
        self.start = start
    }

    var count: Int { bytes.count }
    var cutOff: DataError { DataError(path, at: .byte(start), "what stands there is cut off", cure: "fetch it again") }

    /// The number of `size` bytes at `place`; what is more than `Int` holds is the largest `Int`.
    /// - Precondition: it lies within.
    subscript(place: Int, size: Int) -> Int {
        let value = bytes[place..<place + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(clamping: value)
    }

    func isMark(_ mark: Int, _ place: Int) -> Bool { self[place, 4] == mark }
}
