/// Bytes that can be read at any place: those of an open file, or some in memory.
package struct ByteSource: Sendable {
    private enum Content: Sendable {
        case file(SeekableFile)
        case memory([UInt8])
    }

    /// What errors call it.
    package let path: String
    /// How many bytes there are.
    package let count: Int
    private let content: Content

    /// - Throws: where the path cannot be opened or is no regular file.
    package init(contentsOf path: String) throws(DataError) {
        do throws(IDXError) {
            let file = try SeekableFile(path: path)
            self.path = path
            count = file.byteCount
            content = .file(file)
        } catch { throw DataError(error) }
    }

    package init(_ bytes: [UInt8], path: String) {
        self.path = path
        count = bytes.count
        content = .memory(bytes)
    }

    /// The bytes of `range`.
    /// - Throws: where it goes beyond the end, or they cannot be read. No memory is taken before that is known.
    package func bytes(_ range: Range<Int>) throws(DataError) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw DataError(
                path, at: .byte(range.lowerBound), "the content ends after \(count) of \(range.upperBound) bytes",
                cure: "fetch or write the file again")
        }
        switch content {
        case .memory(let bytes): return Array(bytes[range])
        case .file(let file):
            do throws(IDXError) { return try file.read(range) } catch { throw DataError(error) }
        }
    }

    /// The `length` bytes from `start`.
    package func bytes(at start: Int, count length: Int) throws(DataError) -> [UInt8] {
        let (end, overflow) = start.addingReportingOverflow(length)
        guard start >= 0, length >= 0, !overflow else {
            throw DataError(
                path, at: .byte(max(start, 0)), "\(length) bytes are said to lie there",
                cure: "fetch or write the file again")
        }
        return try bytes(start..<end)
    }
}

extension DataError {
    init(_ error: IDXError) {
        self.init(error.file, at: error.offset.map { .byte($0) }, "\(error.cause)", cure: error.cure)
    }
}

/// Writes `bytes` to `path`: whole, or not at all.
package func writeWhole(_ bytes: [UInt8], to path: String) throws(DataError) {
    do throws(IDXError) { try StoredFile.write([bytes], to: path) } catch { throw DataError(error) }
}
