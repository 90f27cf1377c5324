internal import LocalTime

/// Writes a zip file whose bytes follow from its files and one date, and from nothing else.
///
/// Files are stored as they are, not compressed: what a compressor writes changes with its version, and pictures, the larger
/// part of a book, are compressed already. A zip library would add a build dependency for these hundred lines, and those that
/// Swift has take the time and the owner from the disk.
public struct ZipWriter {
    private var archive = ZipBytes()
    private var directory = ZipBytes()
    private var paths: [ArchivePath] = []
    private let date: ZipDate

    /// An empty archive.
    ///
    /// - Parameter date: the date that every file in the archive bears.
    public init(date: ZipDate) { self.date = date }

    /// Packs files, in the order of their paths' bytes.
    ///
    /// - Throws: where a path is refused, or the archive would be too large for the format (4 GB, 65,535 files).
    public static func pack(_ files: [ArchivePath: [UInt8]], date: ZipDate) throws(ArchiveError) -> [UInt8] {
        var writer = ZipWriter(date: date)
        for (path, content) in files.sorted(by: { $0.key < $1.key }) { try writer.add(content, at: path) }
        return try writer.finish()
    }

    private mutating func add(_ content: [UInt8], at path: ArchivePath) throws(ArchiveError) {
        let name = Array(path.description.utf8)
        let start = archive.bytes.count
        guard let size = UInt32(exactly: content.count), let offset = UInt32(exactly: start), size < .max else {
            throw ArchiveError(path.description, cause: "an archive without extensions holds less than 4 GB")
        }
        var common = ZipBytes()
        common.add(UInt16(20))
        common.add(ZipFormat.Flag.utf8)
        common.add(ZipFormat.stored)
        common.add(date.time)
        common.add(date.day)
        common.add(ZipFormat.checksum(content))
        common.add(size)
        common.add(size)
        common.add(UInt16(name.count))
        common.add(UInt16(0))
        archive.add(ZipFormat.localSignature)
        archive.add(common.bytes)
        archive.add(name)
        archive.add(content)
        directory.add(ZipFormat.centralSignature)
        // Made under Unix, so that the mode below is read as one.
        directory.add(UInt16(3 << 8 | 20))
        directory.add(common.bytes)
        for _ in 0..<3 { directory.add(UInt16(0)) }
        directory.add(UInt32(0o100644) << 16)
        directory.add(offset)
        directory.add(name)
        paths.append(path)
    }

    private mutating func finish() throws(ArchiveError) -> [UInt8] {
        try ArchivePath.checkDistinct(paths)
        guard let count = UInt16(exactly: paths.count), let size = UInt32(exactly: directory.bytes.count),
            let offset = UInt32(exactly: archive.bytes.count), count < .max, offset < .max
        else { throw ArchiveError(cause: "an archive without extensions holds fewer than 65,535 files and 4 GB") }
        archive.add(directory.bytes)
        archive.add(ZipFormat.endSignature)
        archive.add(UInt32(0))
        archive.add(count)
        archive.add(count)
        archive.add(size)
        archive.add(offset)
        archive.add(UInt16(0))
        return archive.bytes
    }
}

/// A date as a zip file has it: of the years 1980 to 2107, in steps of two seconds, of no zone; taken for UTC here.
public struct ZipDate: Hashable, Sendable {
    let day: UInt16
    let time: UInt16

    /// - Parameter seconds: since 1970, in UTC; dates outside of the format's years become the nearest in them.
    public init(secondsSince1970 seconds: Int) {
        let (first, last) = (315_532_800, 4_354_819_198)
        let seconds = min(max(seconds, first), last)
        guard let date = LocalDate(daysSince1970: seconds / 86_400) else {
            preconditionFailure("the calendar has all of the format's years")
        }
        let (year, month, dayOfMonth) = date.parts
        let rest = seconds % 86_400
        day = UInt16((year - 1980) << 9 | month << 5 | dayOfMonth)
        time = UInt16((rest / 3_600) << 11 | (rest / 60 % 60) << 5 | (rest % 60) / 2)
    }
}
