/// What the elements of a dataset or an attribute are.
enum HDF5Type {
    case numbers(NumberType, isBigEndian: Bool)
    /// Text of so many bytes, padded with zeros or spaces.
    case text(byteCount: Int)
    /// Text that lies elsewhere in the file.
    case textElsewhere
    /// Bytes without a meaning.
    case opaque(byteCount: Int)

    init(_ message: HDF5Cursor) throws(DataError) {
        var words = message
        let kind = try words.number(1) & 15
        let flags = try words.number(3)
        let size = try words.number(4)
        let isBigEndian = flags & 1 == 1
        switch kind {
        case 0: self = .numbers(try Self.integer(size, isSigned: flags & 8 != 0, words), isBigEndian: isBigEndian)
        case 1:
            guard flags & 0x40 == 0 else { throw words.unsupported("a VAX number", cure: Self.cure) }
            self = .numbers(try Self.float(size, words), isBigEndian: isBigEndian)
        case 3: self = .text(byteCount: size)
        case 5: self = .opaque(byteCount: size)
        // An enumeration, such as h5py's booleans: the numbers of its base type, which follows.
        case 8:
            guard try words.number(1) & 15 == 0 else { throw words.unsupported("such an enumeration", cure: Self.cure) }
            let base = try words.number(3)
            let type = try Self.integer(try words.number(4), isSigned: base & 8 != 0, words)
            self = .numbers(type, isBigEndian: base & 1 == 1)
        case 9 where flags & 15 == 1: self = .textElsewhere
        default: throw words.unsupported("a dataset of type class \(kind)", cure: Self.cure)
        }
    }

    private static let cure = "write its numbers as float32, float64 or integers"

    private static func integer(_ size: Int, isSigned: Bool, _ words: HDF5Cursor) throws(DataError) -> NumberType {
        switch (size, isSigned) {
        case (1, true): .int8
        case (1, false): .uint8
        case (2, true): .int16
        case (2, false): .uint16
        case (4, true): .int32
        case (4, false): .uint32
        case (8, true): .int64
        case (8, false): .uint64
        default: throw words.unsupported("integers of \(size) bytes", cure: cure)
        }
    }

    private static func float(_ size: Int, _ words: HDF5Cursor) throws(DataError) -> NumberType {
        var words = words
        try words.skip(5)
        let exponent = try words.number(1)
        try words.skip(1)
        let mantissa = try words.number(1)
        switch (size, exponent, mantissa) {
        case (1, 4, 3): return .float8E4M3
        case (1, 5, 2): return .float8E5M2
        case (2, 5, 10): return .float16
        case (2, 8, 7): return .bfloat16
        case (4, 8, 23): return .float32
        case (8, 11, 52): return .float64
        default:
            throw words.unsupported("a number of \(size) bytes with \(exponent) bits of exponent", cure: cure)
        }
    }

    /// How many bytes an element takes where it is stored.
    func byteCount(_ sizes: HDF5Sizes) -> Int {
        switch self {
        case .numbers(let type, _): type.byteCount
        case .text(let count), .opaque(let count): count
        case .textElsewhere: 8 + sizes.offset
        }
    }
}

/// The shape that a message gives: of a single number no sizes, of nothing a size of 0.
func hdf5Shape(_ message: HDF5Cursor) throws(DataError) -> [Int] {
    var words = message
    let (version, rank) = (try words.number(1), try words.number(1))
    try words.skip(1)
    switch version {
    case 1: try words.skip(5)
    case 2: if try words.number(1) == 2 { return [0] }
    default: throw words.damaged("a shape is of version \(version)")
    }
    guard rank <= 32 else { throw words.damaged("an array has \(rank) dimensions") }
    var shape: [Int] = []
    for _ in 0..<rank { shape.append(try words.length()) }
    return shape
}
