#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A regular file open for reading, front to back.
package final class StoredFile {
    let path: String
    /// How many bytes have been read.
    private(set) var position = 0
    private let descriptor: Int32

    /// - Throws: `IDXError` where the path cannot be opened or is no regular file.
    init(path: String) throws(IDXError) {
        // Without O_NONBLOCK, opening a pipe waits for someone to write to it.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw IDXError(path, .unreadable(reason: Self.lastReason)) }
        self.path = path
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw IDXError(path, .notAFile)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Fills `buffer` from its start; the count is smaller than the buffer's only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(IDXError) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        var filled = 0
        while filled < buffer.count {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, base + filled, buffer.count - filled)
            #else
                let count = Darwin.read(descriptor, base + filled, buffer.count - filled)
            #endif
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw IDXError(path, at: position, .unreadable(reason: Self.lastReason))
            }
            filled += count
            position += count
        }
        return filled
    }

    /// Whether there is something at `path`, whatever it is.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Writes `parts`, one after the other, to `path`: whole, or not at all.
    package static func write(_ parts: [[UInt8]], to path: String) throws(IDXError) {
        let draft = "\(path).\(getpid()).draft"
        guard let file = fopen(draft, "wbx") else { throw IDXError(path, .unwritable(reason: lastReason)) }
        var failure: String?
        for part in parts where failure == nil && fwrite(part, 1, part.count, file) != part.count {
            failure = lastReason
        }
        if fclose(file) != 0, failure == nil { failure = lastReason }
        if failure == nil, rename(draft, path) != 0 { failure = lastReason }
        if let failure {
            unlink(draft)
            throw IDXError(path, .unwritable(reason: failure))
        }
    }

    fileprivate static var lastReason: String { String(cString: strerror(errno)) }
}

/// A regular file open for reading at any place.
final class SeekableFile: Sendable {
    let path: String
    /// How long the file was when it was opened.
    let byteCount: Int
    private let descriptor: Int32

    /// - Throws: `IDXError` where the path cannot be opened or is no regular file.
    init(path: String) throws(IDXError) {
        // As in `StoredFile`.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw IDXError(path, .unreadable(reason: StoredFile.lastReason)) }
        self.path = path
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        byteCount = isKnown ? Int(status.st_size) : 0
        guard isKnown, status.st_mode & S_IFMT == S_IFREG else { throw IDXError(path, .notAFile) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The bytes of `range`.
    /// - Throws: `IDXError` where they cannot be read, or the file has become shorter.
    /// - Precondition: `range` lies in the file as it was opened.
    func read(_ range: Range<Int>) throws(IDXError) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "\(range) of \(byteCount) bytes")
        var failure: IDXError?
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            filled = 0
            while filled < range.count {
                let place = buffer.baseAddress.map { $0 + filled }
                let count = pread(descriptor, place, range.count - filled, off_t(range.lowerBound + filled))
                if count < 0 && errno == EINTR { continue }
                if count <= 0 {
                    let end = range.lowerBound + filled
                    failure = IDXError(
                        path, at: end,
                        count == 0
                            ? .truncated(byteCount: end, wanted: range.upperBound)
                            : .unreadable(reason: StoredFile.lastReason))
                    break
                }
                filled += count
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
