/// A piece of an HDF5 file that is read from its front; whatever goes beyond its end is an error.
struct HDF5Cursor {
    private let bytes: [UInt8]
    private var end: Int
    private let sizes: HDF5Sizes
    private let path: String
    private let start: Int
    private(set) var at = 0

    /// - Parameter start: Where in the file the piece lies.
    init(_ bytes: [UInt8], sizes: HDF5Sizes, path: String, start: Int) {
        self.bytes = bytes
        self.sizes = sizes
        self.path = path
        self.start = start
        end = bytes.count
    }

    var left: Int { end - at }
    /// Where in the file it has come to.
    var place: Int { start + at }

    mutating func bytes(_ count: Int) throws(DataError) -> [UInt8] {
        guard count >= 0, count <= left else { throw damaged("what stands there is cut off") }
        at += count
        return Array(bytes[at - count..<at])
    }

    mutating func skip(_ count: Int) throws(DataError) {
        guard count >= 0, count <= left else { throw damaged("what stands there is cut off") }
        at += count
    }

    /// Skips to the next multiple of eight bytes, or to the end.
    mutating func align() { at = min((at + 7) / 8 * 8, end) }

    /// A whole number of `size` bytes, low byte first.
    mutating func number(_ size: Int) throws(DataError) -> Int {
        let value = try bytes(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let number = Int(exactly: value) else { throw damaged("a number there is \(value)") }
        return number
    }

    var offsetSize: Int { sizes.offset }

    mutating func length() throws(DataError) -> Int { try number(sizes.length) }

    /// An address; `nil` where there is none.
    mutating func address() throws(DataError) -> Int? {
        let word = try bytes(sizes.offset)
        if word.allSatisfy({ $0 == 255 }) { return nil }
        at -= word.count
        return try number(sizes.offset)
    }

    mutating func existingAddress() throws(DataError) -> Int {
        guard let address = try address() else { throw damaged("an address is missing") }
        return address
    }

    mutating func expect(_ mark: String) throws(DataError) {
        guard try bytes(mark.utf8.count).elementsEqual(mark.utf8) else { throw damaged("`\(mark)` is expected there") }
    }

    /// Text up to a zero byte, or of `count` bytes.
    mutating func text(_ count: Int) throws(DataError) -> String {
        let bytes = try bytes(count).prefix { $0 != 0 }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw damaged("a name is not UTF-8") }
        return text
    }

    /// Leaves out all but the next `count` bytes, of which there must be so many.
    mutating func cut(to count: Int) { end = at + count }

    func damaged(_ cause: String) -> DataError {
        DataError(path, at: .byte(start + at), "the HDF5 file is damaged: \(cause)", cure: "write or fetch it again")
    }

    func unsupported(_ what: String, cure: String) -> DataError {
        DataError(path, at: .byte(start + at), "\(what) cannot be read", cure: cure)
    }
}

/// How many bytes addresses and lengths take in a file.
struct HDF5Sizes: Sendable {
    var offset = 8
    var length = 8
}
