public import Digest

/// An array of unsigned bytes as the IDX format holds it.
///
/// The format, by Y. LeCun, C. Cortes and C. J. C. Burges for "The MNIST database of handwritten digits": two zero
/// bytes, the element's type code (8: unsigned byte), the number of dimensions, each dimension's size as a
/// big-endian 32-bit integer, then the elements in C order. An array has exactly one such encoding.
public struct IDXArray: Sendable, Hashable {
    /// The sizes, outermost first; each at least 1.
    public let dimensions: [Int]
    /// The elements in C order (the last index runs fastest).
    public let elements: [UInt8]

    /// - Precondition: 1 to 255 dimensions, each of 1 to 2³² − 1, whose product is `elements.count`.
    public init(dimensions: [Int], elements: [UInt8]) {
        precondition(
            (1...255).contains(dimensions.count) && dimensions.allSatisfy { (1...Int(UInt32.max)).contains($0) },
            "\(dimensions) are not the dimensions of an IDX array")
        precondition(
            dimensions.reduce(1, *) == elements.count,
            "\(elements.count) elements do not fill the dimensions \(dimensions)")
        self.dimensions = dimensions
        self.elements = elements
    }

    /// Reads the IDX file at `path`, plain or gzip, whichever its first bytes say.
    ///
    /// Never holds more than `maximumCount` elements, however far a file would expand or says it does.
    ///
    /// - Parameters:
    ///   - dimensionCount: How many dimensions the array must have: 3 for images, 1 for labels.
    ///   - maximumCount: The largest number of elements to accept.
    /// - Throws: `IDXError` for a file that cannot be read, is not IDX, or is not exactly as long as its header says.
    public init(contentsOf path: String, dimensionCount: Int, maximumCount: Int = 1 << 28) throws(IDXError) {
        let reader = try ContentReader(path: path)
        var header: [UInt8] = []
        try reader.read(4, appendingTo: &header)
        try Self.checkMagic(header, dimensionCount: dimensionCount, path: path)
        let dimensions = try Self.dimensions(after: &header, reader, count: dimensionCount, path: path)
        let count = try Self.product(of: dimensions, maximumCount: maximumCount, path: path)
        let elements = try Self.elements(reader, byteCount: count, headerCount: header.count, path: path)
        self.init(dimensions: dimensions, elements: elements)
    }

    /// Writes the array to `path` as a plain IDX file, whole or not at all.
    ///
    /// - Throws: `IDXError` where the file cannot be written.
    public func write(to path: String) throws(IDXError) {
        try StoredFile.write([header, elements], to: path)
    }

    /// The SHA-256 of the array's encoding, which is that of the uncompressed file it was read from.
    public var digest: SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update(header)
        hasher.update(elements)
        return hasher.finalize()
    }

    /// Where in the encoding the element of this index lies, in bytes.
    func offset(ofElement index: Int) -> Int { header.count + index }

    private var header: [UInt8] {
        [0, 0, Self.unsignedByte, UInt8(dimensions.count)]
            + dimensions.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
    }

    private static let unsignedByte: UInt8 = 0x08
}

// MARK: - The header

extension IDXArray {
    private static func checkMagic(_ magic: [UInt8], dimensionCount: Int, path: String) throws(IDXError) {
        guard magic.prefix(2).allSatisfy({ $0 == 0 }) else {
            throw IDXError(path, at: 0, .notIDX(firstBytes: Array(magic.prefix(2))))
        }
        try checkHeader(magic, holds: 4, path: path)
        guard magic[2] == unsignedByte else { throw IDXError(path, at: 2, .elementType(magic[2])) }
        guard magic[3] == dimensionCount else {
            throw IDXError(path, at: 3, .dimensionCount(Int(magic[3]), wanted: dimensionCount))
        }
    }

    /// Reads the sizes of `count` dimensions, and appends their bytes to `header`.
    static func dimensions(
        after header: inout [UInt8], _ reader: ContentReader, count: Int, path: String
    ) throws(IDXError) -> [Int] {
        try reader.read(4 * count, appendingTo: &header)
        try checkHeader(header, holds: 4 + 4 * count, path: path)
        var dimensions: [Int] = []
        for index in 0..<count {
            let start = 4 + 4 * index
            let size = header[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            guard size > 0 else { throw IDXError(path, at: start, .emptyDimension(index: index)) }
            dimensions.append(size)
        }
        return dimensions
    }

    static func product(of dimensions: [Int], maximumCount: Int, path: String) throws(IDXError) -> Int {
        var product = 1
        for dimension in dimensions {
            let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
            guard !overflow, next <= maximumCount else {
                throw IDXError(path, at: 4, .tooLarge(dimensions: dimensions, maximumCount: maximumCount))
            }
            product = next
        }
        return product
    }

    /// Reads all that follows the header, which must be `byteCount` bytes.
    static func elements(
        _ reader: ContentReader, byteCount: Int, headerCount: Int, path: String
    ) throws(IDXError) -> [UInt8] {
        var elements: [UInt8] = []
        try reader.read(byteCount, appendingTo: &elements)
        let found = headerCount + elements.count
        guard elements.count == byteCount else {
            throw IDXError(path, at: found, .truncated(byteCount: found, wanted: headerCount + byteCount))
        }
        // Reading on to the end also has zlib compare its checksum.
        var rest: [UInt8] = []
        try reader.read(1, appendingTo: &rest)
        guard rest.isEmpty else { throw IDXError(path, at: found, .trailingBytes(wanted: found)) }
        return elements
    }

    private static func checkHeader(_ header: [UInt8], holds count: Int, path: String) throws(IDXError) {
        guard header.count == count else {
            throw IDXError(path, at: header.count, .truncated(byteCount: header.count, wanted: count))
        }
    }
}
