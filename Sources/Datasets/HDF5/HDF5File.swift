/// An HDF5 file as Keras, h5py and PyTables write it: groups of datasets of numbers, and texts as attributes.
///
/// Read are superblocks of version 0 to 3, groups and headers of either kind, datasets in one piece or in chunks that a tree of version 1
/// finds, plain, shuffled, deflated or with checksums. A dataset is read when it is asked for, so that one that cannot be read keeps
/// none of the others back. Links by name, to other files and to filters in libraries are never followed.
///
/// This reader is our own. The HDF Group's library loads filters from folders that an environment variable names, follows links to
/// other files, and comes with curl and its dependencies: more than 10 MB in every process that runs cells, for a tenth of the format.
///
/// Source: The HDF Group, "HDF5 File Format Specification Version 3.0".
public struct HDF5File: Sendable {
    private let storage: HDF5Storage
    private var path: String { storage.source.path }

    /// - Throws: `DataError` for a file that cannot be read or is no HDF5 file.
    public init(contentsOf path: String) throws(DataError) { try self.init(ByteSource(contentsOf: path)) }

    package init(_ source: ByteSource) throws(DataError) { storage = try HDF5Storage(source) }

    /// The paths of all datasets, such as `layers/dense/vars/0`, sorted.
    /// - Throws: `DataError` where the file is damaged.
    public func datasets() throws(DataError) -> [String] {
        var result: [String] = []
        var visited: Set<Int> = [storage.root]
        var pending = [(path: "", address: storage.root)]
        while let (path, address) = pending.popLast() {
            let object = try HDF5Object(at: address, in: storage)
            guard let group = try HDF5Group(object, in: storage) else {
                if object.first(.layout) != nil { result.append(path) }
                continue
            }
            // A group may hold another that holds it.
            for (name, address) in group.members.sorted(by: { $0.key < $1.key })
            where visited.insert(address).inserted {
                pending.append((path.isEmpty ? name : "\(path)/\(name)", address))
            }
        }
        return result.sorted()
    }

    /// The names in the group at `path`, sorted; the file's own where the path is empty.
    public func members(of path: String) throws(DataError) -> [String] {
        guard let group = try HDF5Group(object(at: path), in: storage) else { return [] }
        return group.members.keys.sorted()
    }

    /// The numbers of the dataset at `path`.
    /// - Parameter maximumByteCount: The most memory to take, however far the file would expand.
    /// - Throws: `DataError` where there is none, it is damaged or larger, or it holds something else than numbers.
    public func array(at path: String, maximumByteCount: Int = 1 << 30) throws(DataError) -> NumberArray {
        let object = try object(at: path)
        guard let dataset = try HDF5Dataset(object, in: storage) else {
            throw error("`\(path)` is a group, not a dataset", cure: "take one of those in it")
        }
        var type: NumberType
        var isBigEndian = false
        switch dataset.type {
        case .numbers(let number, let order): (type, isBigEndian) = (number, order)
        // As Keras keeps a type that HDF5 did not know.
        case .opaque(2) where try texts(ofAttribute: "dtype", at: path) == ["bfloat16"]: type = .bfloat16
        default: throw error("`\(path)` holds no numbers", cure: "write it as float32, float64 or integers")
        }
        var bytes = try dataset.bytes(elementSize: type.byteCount, maximumByteCount: maximumByteCount)
        if isBigEndian { bytes = NumberArray.reversingParts(bytes, of: type.partByteCount) }
        return NumberArray(type: type, shape: dataset.shape, bytes: bytes)
    }

    /// The texts of an attribute of the group or dataset at `path`, one or a list; `nil` where it has none of this name.
    public func texts(ofAttribute name: String, at path: String = "") throws(DataError) -> [String]? {
        let attributes = try HDF5Attribute.all(of: object(at: path), in: storage)
        guard let attribute = attributes.first(where: { $0.name == name }) else { return nil }
        return try attribute.texts()
    }

    private func object(at path: String) throws(DataError) -> HDF5Object {
        var address = storage.root
        for name in path.split(separator: "/") {
            let group = try HDF5Group(HDF5Object(at: address, in: storage), in: storage)
            guard let member = group?.members[String(name)] else {
                throw error("there is no `\(path)`", cure: "take one of its `datasets()`")
            }
            address = member
        }
        return try HDF5Object(at: address, in: storage)
    }

    private func error(_ cause: String, cure: String) -> DataError { DataError(path, cause, cure: cure) }
}
