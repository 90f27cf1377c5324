internal import DataFiles

/// A zip file that somebody else made, read as untrusted input.
///
/// Its directory alone says what is in it; what stands before each file must agree. Counts and sizes are held to
/// ``ArchiveLimits`` before memory is taken, and each file must unpack to its stated size and checksum. Refused are links,
/// encryption, parts of one file in another, bytes that no file owns at the end, a second copy of a name, and the format's
/// extensions for more than 4 GB.
public struct ZipReader: Sendable {
    /// A file in the archive.
    public struct Entry: Sendable {
        /// The file's place in the archive.
        public let path: ArchivePath
        /// In bytes, unpacked.
        public let size: Int
        let isDeflated: Bool
        let checksum: UInt32
        let data: Range<Int>
    }

    private let bytes: [UInt8]
    /// In the order of the archive's directory.
    public let entries: [Entry]

    /// - Throws: why the archive is refused.
    public init(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        guard bytes.count <= limits.archive else {
            throw ArchiveError(cause: "the archive has more than \(limits.archive) bytes")
        }
        self.bytes = bytes
        let end = try EndRecord(of: bytes)
        guard end.count <= limits.files else {
            throw ArchiveError(cause: "the archive has \(end.count) files, and may have \(limits.files)")
        }
        var cursor = ZipCursor(bytes, at: end.directory.lowerBound)
        var headers: [CentralHeader] = []
        for _ in 0..<end.count { headers.append(try CentralHeader(&cursor, bytes)) }
        guard cursor.place == end.directory.upperBound else {
            throw ArchiveError(cause: "its directory has another size than it states")
        }
        let files = headers.filter { !$0.isFolder }
        try ZipReader.checkSizes(files, limits)
        var entries: [Entry] = []
        for header in files { entries.append(try header.entry(in: bytes, before: end.directory.lowerBound)) }
        try ArchivePath.checkDistinct(entries.map(\.path))
        try ZipReader.checkApart(entries)
        self.entries = entries
    }

    /// What is in a file.
    ///
    /// - Throws: where it is damaged, or has another size or checksum than the archive states.
    public func content(of entry: Entry) throws(ArchiveError) -> [UInt8] {
        let content: [UInt8]
        if entry.isDeflated {
            guard let inflated = inflated(bytes[entry.data], count: entry.size, wrapping: .none) else {
                throw ArchiveError(
                    entry.path.description,
                    cause: "it does not unpack to the \(entry.size) bytes that the archive states")
            }
            content = inflated
        } else {
            content = Array(bytes[entry.data])
        }
        guard ZipFormat.checksum(content) == entry.checksum else {
            throw ArchiveError(entry.path.description, cause: "its checksum is not the one that the archive states")
        }
        return content
    }

    private static func checkSizes(_ headers: [CentralHeader], _ limits: ArchiveLimits) throws(ArchiveError) {
        var total = 0
        for header in headers {
            guard header.size <= limits.file else {
                throw ArchiveError(
                    ArchivePath.shown(header.name), cause: "it has \(header.size) bytes, and may have \(limits.file)")
            }
            total += header.size
        }
        guard total <= limits.total else {
            throw ArchiveError(cause: "its files have \(total) bytes, and may have \(limits.total)")
        }
    }

    /// - Throws: that two files share bytes, as in archives that unpack to far more than they hold.
    private static func checkApart(_ entries: [Entry]) throws(ArchiveError) {
        let ordered = entries.sorted { $0.data.lowerBound < $1.data.lowerBound }
        for (first, second) in zip(ordered, ordered.dropFirst()) where second.data.lowerBound < first.data.upperBound {
            throw ArchiveError(second.path.description, cause: "it shares bytes with \(first.path)")
        }
    }
}

/// What the archive's last bytes say of its directory.
private struct EndRecord {
    let count: Int
    let directory: Range<Int>

    init(of bytes: [UInt8]) throws(ArchiveError) {
        guard let place = EndRecord.place(in: bytes) else {
            throw ArchiveError(cause: "it is no zip file, or one that is cut off")
        }
        var cursor = ZipCursor(bytes, at: place + 4)
        let disks = (try cursor.take16(), try cursor.take16())
        let counts = (try cursor.take16(), try cursor.take16())
        let (size, offset) = (Int(try cursor.take32()), Int(try cursor.take32()))
        guard disks == (0, 0), counts.0 == counts.1 else { throw ArchiveError(cause: "it is one part of several") }
        guard counts.1 != .max, offset != Int(UInt32.max) else {
            throw ArchiveError(cause: "it uses the format's extensions for more than 4 GB or 65,534 files")
        }
        guard offset <= place, size == place - offset else {
            throw ArchiveError(cause: "its directory does not lie where it states")
        }
        count = Int(counts.1)
        directory = offset..<place
    }

    /// The record is the one whose comment ends where the file ends.
    private static func place(in bytes: [UInt8]) -> Int? {
        let last = bytes.count - ZipFormat.endSize
        guard last >= 0 else { return nil }
        return stride(from: last, through: max(0, last - ZipFormat.longestComment), by: -1).first { place in
            var cursor = ZipCursor(bytes, at: place)
            guard (try? cursor.take32()) == ZipFormat.endSignature, (try? cursor.skip(16)) != nil,
                let comment = try? cursor.take16()
            else { return false }
            return cursor.place + Int(comment) == bytes.count
        }
    }
}

/// What the directory says of one file.
private struct CentralHeader {
    let name: String
    let flags: UInt16
    let method: UInt16
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    let offset: Int

    var isFolder: Bool { name.hasSuffix("/") }

    init(_ cursor: inout ZipCursor, _ bytes: [UInt8]) throws(ArchiveError) {
        guard try cursor.take32() == ZipFormat.centralSignature else {
            throw ArchiveError(cause: "its directory is damaged")
        }
        let madeBy = try cursor.take16()
        try cursor.skip(2)
        (flags, method) = (try cursor.take16(), try cursor.take16())
        try cursor.skip(4)
        checksum = try cursor.take32()
        (packedSize, size) = (Int(try cursor.take32()), Int(try cursor.take32()))
        let lengths = (
            name: Int(try cursor.take16()), extra: Int(try cursor.take16()), comment: Int(try cursor.take16())
        )
        try cursor.skip(4)
        let attributes = try cursor.take32()
        offset = Int(try cursor.take32())
        name = try ZipName(bytes[try cursor.take(lengths.name)], isUTF8: flags & ZipFormat.Flag.utf8 != 0).text
        try cursor.skip(lengths.extra + lengths.comment)
        try check(madeBy: madeBy, attributes: attributes)
    }

    private func check(madeBy: UInt16, attributes: UInt32) throws(ArchiveError) {
        func refused(_ cause: String) -> ArchiveError { ArchiveError(ArchivePath.shown(name), cause: cause) }
        guard flags & ZipFormat.Flag.encrypted == 0 else { throw refused("it is encrypted") }
        guard flags & ~ZipFormat.Flag.known == 0, method == ZipFormat.stored || method == ZipFormat.deflated else {
            throw refused("it is packed in a way that is not read here")
        }
        guard method == ZipFormat.deflated || packedSize == size else { throw refused("it states two sizes") }
        let kind = attributes >> 16 & 0o170000
        // The high byte says under which system it was made; 3 and 19 have modes.
        guard ![3, 19].contains(madeBy >> 8) || [0, 0o100000, 0o040000].contains(kind) else {
            throw refused("it is a link, or something else that is no file")
        }
        if isFolder {
            guard size == 0, packedSize == 0 else { throw refused("it is a folder with content") }
            _ = try ArchivePath(String(name.dropLast()))
        }
    }

    /// The file, once what stands before its data agrees.
    func entry(in bytes: [UInt8], before limit: Int) throws(ArchiveError) -> ZipReader.Entry {
        let path = try ArchivePath(name)
        var cursor = ZipCursor(bytes, at: offset)
        guard try cursor.take32() == ZipFormat.localSignature else {
            throw ArchiveError(path.description, cause: "it does not lie where the directory states")
        }
        try cursor.skip(2)
        let (localFlags, localMethod) = (try cursor.take16(), try cursor.take16())
        try cursor.skip(4)
        let local = (try cursor.take32(), Int(try cursor.take32()), Int(try cursor.take32()))
        let lengths = (Int(try cursor.take16()), Int(try cursor.take16()))
        let localName = try ZipName(bytes[try cursor.take(lengths.0)], isUTF8: localFlags & ZipFormat.Flag.utf8 != 0)
            .text
        try cursor.skip(lengths.1)
        let isStatedBehind = flags & ZipFormat.Flag.descriptor != 0
        guard localFlags == flags, localMethod == method, localName.utf8.elementsEqual(name.utf8),
            isStatedBehind || local == (checksum, packedSize, size)
        else { throw ArchiveError(path.description, cause: "what stands before it contradicts the directory") }
        let data = try cursor.take(packedSize)
        guard data.upperBound <= limit else {
            throw ArchiveError(path.description, cause: "it reaches into the directory")
        }
        return ZipReader.Entry(
            path: path, size: size, isDeflated: method == ZipFormat.deflated, checksum: checksum, data: data)
    }
}

/// A name as an archive has it.
private struct ZipName {
    let text: String

    init(_ bytes: ArraySlice<UInt8>, isUTF8: Bool) throws(ArchiveError) {
        guard let text = String(validating: bytes, as: UTF8.self), isUTF8 || bytes.allSatisfy({ $0 < 0x80 }) else {
            throw ArchiveError(cause: "a name in its directory is not UTF-8, or is not said to be")
        }
        self.text = text
    }
}
