import CZlib

/// The content of a file, front to back: as stored, or uncompressed where the file begins as gzip does (RFC 1952,
/// with any number of members; zeros may follow the last, as tapes and downloads append them). Holds two fixed buffers, whatever the file says of its length.
final class ContentReader {
    private let file: StoredFile
    private let stored = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    private let stream: UnsafeMutablePointer<z_stream>
    private let isCompressed: Bool
    /// Whether the last gzip member begun has been read to its end.
    private var memberIsComplete = false

    /// - Throws: `IDXError` where the file cannot be opened or read.
    init(path: String) throws(IDXError) {
        file = try StoredFile(path: path)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let count = try file.read(into: stored)
        stream.pointee.next_in = stored.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
        isCompressed = count >= 2 && stored[0] == 0x1F && stored[1] == 0x8B
        if isCompressed {
            let gzipOnly: Int32 = 16 + MAX_WBITS
            let status = inflateInit2_(stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
            guard status == Z_OK else { throw damaged("zlib did not start, status \(status)") }
        }
    }

    deinit {
        if isCompressed { inflateEnd(stream) }
        stream.deallocate()
        stored.deallocate()
    }

    /// Appends the next `count` bytes to `bytes`, or as many as there are.
    func read(_ count: Int, appendingTo bytes: inout [UInt8]) throws(IDXError) {
        var piece = [UInt8](repeating: 0, count: min(count, 1 << 16))
        var missing = count
        while missing > 0 {
            let produced = try fill(&piece, count: min(missing, piece.count))
            if produced == 0 { return }
            bytes += piece[..<produced]
            missing -= produced
        }
    }

    /// Fills `piece` with up to `count` bytes; 0 means the end of the content.
    private func fill(_ piece: inout [UInt8], count: Int) throws(IDXError) -> Int {
        while true {
            if stream.pointee.avail_in == 0 { try refill() }
            while memberIsComplete, stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
                stream.pointee.next_in += 1
                stream.pointee.avail_in -= 1
                if stream.pointee.avail_in == 0 { try refill() }
            }
            if stream.pointee.avail_in == 0 {
                if isCompressed && !memberIsComplete { throw damaged("unexpected end") }
                return 0
            }
            let produced = isCompressed ? try inflateSome(&piece, count) : copySome(&piece, count)
            if produced > 0 { return produced }
        }
    }

    private func refill() throws(IDXError) {
        stream.pointee.next_in = stored.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(try file.read(into: stored))
    }

    private func copySome(_ piece: inout [UInt8], _ count: Int) -> Int {
        let copied = min(count, Int(stream.pointee.avail_in))
        piece.withUnsafeMutableBytes { target in
            target.baseAddress?.copyMemory(from: stream.pointee.next_in, byteCount: copied)
        }
        stream.pointee.next_in += copied
        stream.pointee.avail_in -= UInt32(copied)
        return copied
    }

    private func inflateSome(_ piece: inout [UInt8], _ count: Int) throws(IDXError) -> Int {
        if memberIsComplete {
            inflateReset(stream)
            memberIsComplete = false
        }
        let status = piece.withUnsafeMutableBufferPointer { target in
            stream.pointee.next_out = target.baseAddress
            stream.pointee.avail_out = UInt32(count)
            return inflate(stream, Z_NO_FLUSH)
        }
        memberIsComplete = status == Z_STREAM_END
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            throw damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)")
        }
        return count - Int(stream.pointee.avail_out)
    }

    private func damaged(_ reason: String) -> IDXError {
        IDXError(file.path, at: file.position - Int(stream.pointee.avail_in), .damagedGzip(reason: reason))
    }
}
