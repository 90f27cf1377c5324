/// Arrays by name in a `.npz` file, as `numpy.savez` and `numpy.savez_compressed` write them: a zip archive of `.npy` files. An array is
/// read when it is asked for, so that one of a type that cannot be read keeps none of the others back.
public struct NPZFile: Sendable {
    /// The arrays' names, in the order of the file.
    public var names: [String] { archive.entries.compactMap { Self.name(of: $0) } }

    private let archive: ZipArchive
    private let path: String

    /// - Throws: `DataError` for a file that cannot be read or is no zip archive.
    public init(contentsOf path: String) throws(DataError) { try self.init(ByteSource(contentsOf: path)) }

    package init(_ source: ByteSource) throws(DataError) {
        archive = try ZipArchive(source)
        path = source.path
    }

    /// The array of this name.
    /// - Parameter maximumByteCount: The most memory to take, however far the file would expand.
    /// - Throws: `DataError` where there is none, it is damaged or larger, or it holds something else than numbers.
    public func array(named name: String, maximumByteCount: Int = 1 << 30) throws(DataError) -> NumberArray {
        guard let entry = archive.entries.first(where: { Self.name(of: $0) == name }) else {
            throw DataError(
                path, "there is no array \(quoted(name))",
                cure: "take one of \(names.prefix(20).joined(separator: ", "))")
        }
        let bytes = try archive.content(of: entry, maximumCount: maximumByteCount)
        return try NumberArray(npy: ByteSource(bytes, path: "\(path)/\(entry.name)"))
    }

    /// Writes arrays as a `.npz` file that `numpy.load` reads, whole or not at all: the same bytes each time.
    /// - Precondition: no name occurs twice, and all together take less than 4 GiB.
    /// - Throws: where the file cannot be written, or NumPy does not know a type.
    public static func write(_ arrays: KeyValuePairs<String, NumberArray>, to path: String) throws {
        precondition(Set(arrays.map(\.key)).count == arrays.count, "two arrays of one name")
        let files = try arrays.map { (name: $0 + ".npy", content: try $1.npy()) }
        precondition(files.reduce(0) { $0 + $1.content.count } < 1 << 32 - 1 << 20, "arrays of 4 GiB and more")
        try writeWhole(ZipArchive.archive(of: files), to: path)
    }

    private static func name(of entry: ZipArchive.Entry) -> String? {
        entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : nil
    }
}
