/// Where the two chunks that matter lie in a WAV file.
struct WaveChunks {
    let bytes: [UInt8]
    let format: Range<Int>
    let data: Range<Int>

    init(_ bytes: [UInt8], path: String) throws(DataError) {
        self.bytes = bytes
        try Self.checkOpening(bytes, path: path)
        var found: [String: Range<Int>] = [:]
        var start = 12
        var lastIsOdd = false
        while start < bytes.count {
            guard bytes.count - start >= 8 else {
                throw Self.cutOff(path, at: start, "the head of a chunk has \(bytes.count - start) of 8 bytes")
            }
            let name = String(decoding: bytes[start..<start + 4], as: UTF8.self)
            let size = Int(bytes.number(at: start + 4, byteCount: 4))
            guard size <= bytes.count - start - 8 else {
                throw Self.cutOff(
                    path, at: start + 4,
                    "the chunk \(quoted(name)) says \(size) bytes, and \(bytes.count - start - 8) are left")
            }
            if name == "fmt " || name == "data" {
                guard found[name] == nil else {
                    throw DataError(
                        path, at: .byte(start), "there is a second chunk \(quoted(name))",
                        cure: "give a file with one sound")
                }
                found[name] = start + 8..<start + 8 + size
            }
            lastIsOdd = !size.isMultiple(of: 2)
            start += 8 + size + size % 2
        }
        try Self.checkTotal(bytes, mayLackOne: lastIsOdd, path: path)
        format = try Self.chunk("fmt ", in: found, path: path)
        data = try Self.chunk("data", in: found, path: path)
        guard format.lowerBound < data.lowerBound else {
            throw DataError(
                path, at: .byte(data.lowerBound - 8), "the samples stand before their format",
                cure: "write the sound anew")
        }
    }

    private static func checkOpening(_ bytes: [UInt8], path: String) throws(DataError) {
        guard bytes.count >= 12 else { throw cutOff(path, at: bytes.count, "the content ends in the file's head") }
        let opening = String(decoding: bytes[..<4], as: UTF8.self)
        guard opening == "RIFF", bytes[8..<12].elementsEqual("WAVE".utf8) else {
            let known = ["RIFX": "the numbers are big-endian (RIFX)", "RF64": "the file is of the 64-bit format RF64"]
            throw DataError(
                path, at: .byte(0), known[opening] ?? "a WAV file begins with RIFF, a size and WAVE, this one does not",
                cure: "give a WAV file")
        }
    }

    /// The head's size must be the file's; where the last chunk is odd, either may leave out the byte that evens it.
    private static func checkTotal(_ bytes: [UInt8], mayLackOne: Bool, path: String) throws(DataError) {
        let said = Int(bytes.number(at: 4, byteCount: 4)) + 8
        guard said == bytes.count || mayLackOne && abs(said - bytes.count) == 1 else {
            throw DataError(
                path, at: .byte(4), "the head says \(said) bytes in all, and there are \(bytes.count)",
                cure: "fetch the file again, or have it written with its true size")
        }
    }

    private static func chunk(
        _ name: String, in found: [String: Range<Int>], path: String
    ) throws(DataError) -> Range<Int> {
        guard let range = found[name] else {
            throw DataError(path, "there is no chunk \(quoted(name))", cure: "give a WAV file with samples")
        }
        return range
    }

    private static func cutOff(_ path: String, at offset: Int, _ cause: String) -> DataError {
        DataError(path, at: .byte(offset), cause, cure: "fetch the file again")
    }
}

extension [UInt8] {
    /// The little-endian number of up to 8 bytes that begins at `start`.
    func number(at start: Int, byteCount: Int) -> UInt64 {
        (0..<byteCount).reduce(0) { $0 | UInt64(self[start + $1]) << (8 * UInt64($1)) }
    }
}
