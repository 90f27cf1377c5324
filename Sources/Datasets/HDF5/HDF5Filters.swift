internal import DataFiles

/// What the bytes of a chunk went through when they were written, in that order.
struct HDF5Filters {
    private enum Filter: Int {
        case deflate = 1
        case shuffle = 2
        /// A checksum behind the bytes.
        case fletcher32 = 3
    }

    private var filters: [Filter] = []

    /// No filters.
    init() {}

    init(_ message: HDF5Cursor) throws(DataError) {
        var words = message
        let (version, count) = (try words.number(1), try words.number(1))
        if version == 1 { try words.skip(6) }
        for _ in 0..<count {
            let kind = try words.number(2)
            let nameCount = version == 1 || kind >= 256 ? try words.number(2) : 0
            try words.skip(2)
            let valueCount = try words.number(2)
            try words.skip(version == 1 ? (nameCount + 7) / 8 * 8 : nameCount)
            try words.skip(4 * valueCount + (version == 1 && valueCount % 2 == 1 ? 4 : 0))
            guard let filter = Filter(rawValue: kind) else {
                throw words.unsupported(
                    "a dataset that went through filter \(kind)", cure: "write it with compression='gzip' or none")
            }
            filters.append(filter)
        }
    }

    /// The bytes as they were; `nil` where they are damaged.
    /// - Parameters:
    ///   - count: How many there are without filters.
    ///   - elementSize: How many bytes an element takes.
    func undone(_ stored: [UInt8], leftOut: Int, count: Int, elementSize: Int) -> [UInt8]? {
        var bytes = stored
        for (index, filter) in filters.enumerated().reversed() where leftOut >> index & 1 == 0 {
            switch filter {
            case .fletcher32:
                guard bytes.count >= 4 else { return nil }
                bytes.removeLast(4)
            case .deflate:
                // A checksum that comes before compression adds its bytes.
                let extra = 4 * filters[..<index].count { $0 == .fletcher32 }
                guard let inflated = inflated(bytes[...], count: count + extra, wrapping: .zlib) else { return nil }
                bytes = inflated
            case .shuffle: bytes = Self.unshuffled(bytes, size: elementSize)
            }
        }
        return bytes.count == count ? bytes : nil
    }

    /// Elements whose first bytes stand together, then their second ones, and so on; what fills no element stands behind.
    private static func unshuffled(_ bytes: [UInt8], size: Int) -> [UInt8] {
        guard size > 1 else { return bytes }
        let count = bytes.count / size
        var result = bytes
        for element in 0..<count {
            for part in 0..<size { result[element * size + part] = bytes[part * count + element] }
        }
        return result
    }
}
