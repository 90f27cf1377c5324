internal import CZlib

/// The parts of a zip file, as PKWARE's APPNOTE.TXT 6.3.10 names them (sections 4.3 and 4.4). All numbers are little-endian.
enum ZipFormat {
    static let localSignature: UInt32 = 0x0403_4B50
    static let centralSignature: UInt32 = 0x0201_4B50
    static let endSignature: UInt32 = 0x0605_4B50
    static let localSize = 30
    static let centralSize = 46
    static let endSize = 22
    /// The length of a comment behind the end record.
    static let longestComment = 0xFFFF
    static let stored: UInt16 = 0
    static let deflated: UInt16 = 8

    /// Bits of the general purpose flag.
    enum Flag {
        static let encrypted: UInt16 = 1 << 0
        /// Sizes and checksum stand behind the data.
        static let descriptor: UInt16 = 1 << 3
        static let utf8: UInt16 = 1 << 11
        static let known = descriptor | utf8 | deflateEffort
        /// How hard the compressor tried.
        static let deflateEffort: UInt16 = 1 << 1 | 1 << 2
    }

    static func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
        let sum: UInt? = bytes.withContiguousStorageIfAvailable { buffer in
            UInt(crc32_z(0, buffer.baseAddress, buffer.count))
        }
        return UInt32(truncatingIfNeeded: sum ?? UInt(checksum(Array(bytes))))
    }
}

/// Bytes that grow by numbers of the format.
struct ZipBytes {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ value: UInt16) {
        bytes += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    mutating func add(_ value: UInt32) {
        add(UInt16(truncatingIfNeeded: value))
        add(UInt16(truncatingIfNeeded: value >> 16))
    }
    mutating func add(_ content: some Sequence<UInt8>) { bytes += content }
}

/// Reads numbers of the format out of bytes that may be anything.
struct ZipCursor {
    private let bytes: [UInt8]
    private(set) var place: Int

    init(_ bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        self.place = place
    }

    mutating func take16() throws(ArchiveError) -> UInt16 {
        let part = try take(2)
        return UInt16(bytes[part.lowerBound]) | UInt16(bytes[part.lowerBound + 1]) << 8
    }

    mutating func take32() throws(ArchiveError) -> UInt32 { UInt32(try take16()) | UInt32(try take16()) << 16 }

    /// The place of the next `count` bytes.
    mutating func take(_ count: Int) throws(ArchiveError) -> Range<Int> {
        guard count >= 0, place >= 0, place <= bytes.count, count <= bytes.count - place else {
            throw ArchiveError(cause: "the archive is cut off")
        }
        defer { place += count }
        return place..<place + count
    }

    mutating func skip(_ count: Int) throws(ArchiveError) { _ = try take(count) }
}
