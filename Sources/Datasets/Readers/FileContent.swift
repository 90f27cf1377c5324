/// The whole content of a data file, plain or gzip.
package enum FileContent {
    /// Enough for every set that is known, and little enough to hold.
    package static let largestCount = 1 << 28

    /// The bytes of the file at `path`, or of its gzip twin where only that is there.
    static func bytes(of path: String, maximumCount: Int = largestCount) throws(DataError) -> [UInt8] {
        let file = StoredFile.exists(path) || !StoredFile.exists(path + ".gz") ? path : path + ".gz"
        do throws(IDXError) {
            let reader = try ContentReader(path: file)
            var bytes: [UInt8] = []
            try reader.read(maximumCount, appendingTo: &bytes)
            var rest: [UInt8] = []
            try reader.read(1, appendingTo: &rest)
            guard rest.isEmpty else { throw IDXError(file, .tooLarge(dimensions: [], maximumCount: maximumCount)) }
            return bytes
        } catch {
            if case .tooLarge = error.cause {
                throw DataError(
                    file, at: .byte(maximumCount), "the content goes on after \(maximumCount) bytes",
                    cure: "give a file of the set that is meant")
            }
            throw DataError(error)
        }
    }

    /// The bytes of the UTF-8 text at `path`, without a byte order mark.
    package static func text(of path: String, maximumCount: Int = largestCount) throws(DataError) -> [UInt8] {
        var bytes = try bytes(of: path, maximumCount: maximumCount)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        // Most files have nothing but ASCII in them, which one look at each byte tells.
        var (all, hasZero) = (0 as UInt8, false)
        for byte in bytes {
            all |= byte
            hasZero = hasZero || byte == 0
        }
        guard !hasZero else {
            throw DataError(
                path, at: .byte(bytes.firstIndex(of: 0) ?? 0), "a zero byte stands in the text",
                cure: "give a text file in UTF-8")
        }
        guard all < 0x80 || String(validating: bytes, as: UTF8.self) != nil else {
            throw DataError(
                path, at: .line(firstLineThatIsNotUTF8(bytes[...])), "the line is not UTF-8",
                cure: "store the file as UTF-8")
        }
        return bytes
    }

    /// The lines of the UTF-8 text at `path`, without their ends (LF or CR LF); line i has the number i + 1.
    ///
    /// A byte order mark is left out. Text that ends without a line end ends with a whole line all the same.
    static func lines(of path: String) throws(DataError) -> [Substring] {
        let text = String(decoding: try text(of: path), as: UTF8.self)
        // On bytes, as CR LF is one character.
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
    }

    private static func firstLineThatIsNotUTF8(_ bytes: ArraySlice<UInt8>) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return 1 + (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0)
    }
}
