extension NumberArray {
    /// Reads the IDX file at `path`, plain or gzip, of any of the format's types and any number of dimensions. What images and labels
    /// need, ``IDXArray`` reads.
    ///
    /// - Parameter maximumCount: The largest number of elements to accept, however far a file would expand or says it does.
    /// - Throws: `IDXError` for a file that cannot be read, is not IDX, or is not exactly as long as its header says.
    public init(contentsOfIDX path: String, maximumCount: Int = 1 << 28) throws(IDXError) {
        let reader = try ContentReader(path: path)
        var start: [UInt8] = []
        try reader.read(4, appendingTo: &start)
        guard start.prefix(2).allSatisfy({ $0 == 0 }) else {
            throw IDXError(path, at: 0, .notIDX(firstBytes: Array(start.prefix(2))))
        }
        guard start.count == 4 else {
            throw IDXError(path, at: start.count, .truncated(byteCount: start.count, wanted: 4))
        }
        guard let type = Self.idxTypes[start[2]] else { throw IDXError(path, at: 2, .unknownType(start[2])) }
        let shape = try IDXArray.dimensions(after: &start, reader, count: Int(start[3]), path: path)
        let count = try IDXArray.product(of: shape, maximumCount: min(maximumCount, 1 << 40), path: path)
        let bytes = try IDXArray.elements(
            reader, byteCount: count * type.byteCount, headerCount: start.count, path: path)
        self.init(type: type, shape: shape, bytes: Self.reversingParts(bytes, of: type.byteCount))
    }

    private static let idxTypes: [UInt8: NumberType] = [
        0x08: .uint8, 0x09: .int8, 0x0B: .int16, 0x0C: .int32, 0x0D: .float32, 0x0E: .float64,
    ]
}
