import CZlib
public import Digest

/// Why a file's content cannot be known.
public struct ContentError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}

/// The SHA-256 of a file's content, uncompressed where it is gzip: the same for a file and its `.gz`.
///
/// - Throws: where the file cannot be read, or is gzip and damaged or cut off.
public func contentDigest(ofFile path: String) throws(ContentError) -> SHA256Digest {
    guard let file = gzopen(path, "rb") else { throw ContentError(description: "it cannot be read") }
    defer { gzclose(file) }
    var hasher = SHA256Hasher()
    var piece = [UInt8](repeating: 0, count: 1 << 17)
    while true {
        let count = gzread(file, &piece, UInt32(piece.count))
        if count <= 0 { break }
        hasher.update(piece[..<Int(count)])
    }
    var status: Int32 = 0
    let reason = gzerror(file, &status)
    guard status == Z_OK else {
        let words = reason.map { String(cString: $0) } ?? "zlib status \(status)"
        throw ContentError(description: words.hasPrefix(path + ": ") ? String(words.dropFirst(path.count + 2)) : words)
    }
    return hasher.finalize()
}
