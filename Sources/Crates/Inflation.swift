internal import CZlib

/// Unpacks a raw deflate stream (RFC 1951) that may be anything.
///
/// - Parameter count: how many bytes it must unpack to; no more are taken.
/// - Returns: the bytes; `nil` where the stream is damaged, ends early, goes on behind its end, or unpacks to another count.
func inflated(_ packed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
    // Deflate packs at most 1032 bytes into one, so that a size beyond that is a lie, and no memory is taken for it.
    guard count <= packed.count * 1_040 else { return nil }
    var stream = z_stream()
    let rawDeflate = -MAX_WBITS
    guard inflateInit2_(&stream, rawDeflate, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        return nil
    }
    defer { inflateEnd(&stream) }
    var isWhole = false
    // One byte more than there should be shows that there are too many.
    let bytes = [UInt8](unsafeUninitializedCapacity: count + 1) { output, written in
        var input = Array(packed)
        input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(count + 1)
            let status = inflate(&stream, Z_FINISH)
            written = Int(stream.total_out)
            isWhole = status == Z_STREAM_END && stream.avail_in == 0
        }
    }
    return isWhole && bytes.count == count ? bytes : nil
}
