/// The header of a `.npy` file: the magic bytes, the version, the length, and a dictionary in Python's notation.
/// Source: NumPy Enhancement Proposal 1 and the description of `numpy.lib.format`, versions 1.0 to 3.0.
struct NPYHeader {
    let type: NumberType
    let isBigEndian: Bool
    /// Whether the first index runs fastest.
    let isFortranOrder: Bool
    let shape: [Int]
    /// Where the numbers begin.
    let end: Int

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// More than the header of any plain array has.
    private static let longest = 1 << 16

    init(reading source: ByteSource) throws(DataError) {
        let start = try source.bytes(0..<min(12, source.count))
        guard start.count >= 10, start.starts(with: Self.magic) else {
            throw DataError(
                source.path, at: .byte(0), "it does not begin as a .npy file does", cure: "write it by numpy.save")
        }
        let isFirst = start[6] == 1
        guard (1...3).contains(start[6]), start[7] == 0, isFirst || start.count == 12 else {
            throw DataError(
                source.path, at: .byte(6), "it is of version \(start[6]).\(start[7]) of the format",
                cure: "write it in version 1.0, 2.0 or 3.0")
        }
        let size = (isFirst ? start[8..<10] : start[8..<12]).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard size <= Self.longest else {
            throw DataError(
                source.path, at: .byte(8), "its header is said to have \(size) bytes",
                cure: "give a file of plain numbers, whose header has fewer than \(Self.longest)")
        }
        end = (isFirst ? 10 : 12) + size
        let bytes = try source.bytes(end - size..<end)
        var text = PythonDictionary(bytes[...], path: source.path, offset: end - size)
        (type, isBigEndian) = try Self.type(text.fields(), text)
        isFortranOrder = text.isFortranOrder
        shape = text.shape
    }

    private static func type(
        _ description: String, _ text: PythonDictionary
    ) throws(DataError) -> (NumberType, isBigEndian: Bool) {
        let order = description.first ?? " "
        let code = String(description.dropFirst())
        guard "<>|=".contains(order), let type = types[code], order != "|" || type.byteCount == 1 else {
            throw text.error("its numbers are of type \(quoted(description))", cure: cure(of: code))
        }
        return (type, order == ">")
    }

    private static let types: [String: NumberType] = [
        "b1": .bool, "i1": .int8, "u1": .uint8, "i2": .int16, "u2": .uint16, "i4": .int32, "u4": .uint32, "i8": .int64,
        "u8": .uint64, "f2": .float16, "f4": .float32, "f8": .float64, "c8": .complex64, "c16": .complex128,
    ]

    private static func cure(of code: String) -> String {
        switch code.first {
        case "O": "objects are never read, as reading them could run code; save an array of numbers"
        case "U", "S", "a": "save text as CSV, or the number of each word"
        case "M", "m": "save times as numbers: a.astype('int64')"
        case "V": "save plain numbers: of ml_dtypes, a.astype('float32'); of a record, each of its fields"
        default: "save it as float64, float32 or integers: a.astype('float64')"
        }
    }

    /// The header that NumPy 2 writes for an array of such numbers, row by row: of version 1.0, and so long that the numbers begin at
    /// a multiple of 64 bytes. `nil` for types that NumPy does not know.
    static func written(_ type: NumberType, shape: [Int]) -> [UInt8]? {
        guard let code = types.first(where: { $0.value == type })?.key else { return nil }
        let order = type.byteCount == 1 ? "|" : "<"
        let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
        var text = "{'descr': '\(order)\(code)', 'fortran_order': False, 'shape': (\(sizes)), }"
        // Room for the first size to grow to 21 digits.
        if let first = shape.first { text += String(repeating: " ", count: max(0, 21 - "\(first)".count)) }
        text += String(repeating: " ", count: 64 - (10 + text.utf8.count + 1) % 64) + "\n"
        return magic + [1, 0, UInt8(text.utf8.count & 255), UInt8(text.utf8.count >> 8)] + text.utf8
    }
}
