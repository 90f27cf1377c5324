internal import CZlib

/// What stands around deflated data.
package enum DeflateWrapping {
    /// Nothing (RFC 1951), as in a zip archive.
    case none
    /// zlib's header and checksum (RFC 1950).
    case zlib
}

/// Deflated data as they were. They may be anything: memory grows only as data come, and to no more than `count` bytes.
///
/// - Returns: `nil` where they are damaged, end early, unpack to another number of bytes than `count`, or do not end where the
///   deflated ones do.
package func inflated(_ stored: ArraySlice<UInt8>, count: Int, wrapping: DeflateWrapping) -> [UInt8]? {
    var stream = z_stream()
    let bits = wrapping == .none ? -MAX_WBITS : MAX_WBITS
    guard inflateInit2_(&stream, bits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    // One more than wanted, so that data that go on are found.
    var piece = [UInt8](repeating: 0, count: min(count + 1, 1 << 16))
    return stored.withUnsafeBufferPointer { input in
        var at = 0
        var status = Z_OK
        while status == Z_OK {
            let given = min(input.count - at, 1 << 30)
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + at })
            stream.avail_in = UInt32(given)
            let produced = piece.withUnsafeMutableBufferPointer { output in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                status = inflate(&stream, Z_NO_FLUSH)
                return output.count - Int(stream.avail_out)
            }
            at += given - Int(stream.avail_in)
            result += piece[..<produced]
            if result.count > count { return nil }
        }
        return status == Z_STREAM_END && at == input.count && result.count == count ? result : nil
    }
}
