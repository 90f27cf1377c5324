import CZlib
public import Digest

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a file's content cannot be known.
public struct ContentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause.
    public let description: String
}

/// The SHA-256 of a file's content, uncompressed where it is gzip: the same for a file and its `.gz`.
///
/// - Parameter descriptor: an open file, read from where it stands; it stays open.
/// - Throws: where the file cannot be read, is gzip and damaged or cut off, or unpacks to more than any data set has.
public func contentDigest(ofDescriptor descriptor: Int32) throws(ContentError) -> SHA256Digest {
    let copy = dup(descriptor)
    guard let file = gzdopen(copy, "rb") else {
        close(copy)
        throw ContentError(description: "it cannot be read")
    }
    defer { gzclose(file) }
    var hasher = SHA256Hasher()
    var piece = [UInt8](repeating: 0, count: 1 << 17)
    var total = 0
    while true {
        let count = gzread(file, &piece, UInt32(piece.count))
        if count <= 0 { break }
        total += Int(count)
        guard total <= mostContent else { throw ContentError(description: "it unpacks to more than 16 GB") }
        hasher.update(piece[..<Int(count)])
    }
    var status: Int32 = 0
    let reason = gzerror(file, &status)
    guard status == Z_OK else {
        let words = reason.map { String(cString: $0) } ?? "zlib status \(status)"
        // What zlib has no path of it names by the descriptor.
        let name = "<fd:\(copy)>: "
        throw ContentError(description: words.hasPrefix(name) ? String(words.dropFirst(name.count)) : words)
    }
    return hasher.finalize()
}

/// A stranger's file of some megabytes could unpack without end.
private let mostContent = 16 << 30
