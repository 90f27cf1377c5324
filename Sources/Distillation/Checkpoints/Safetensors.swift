public import Datasets

/// Named tensors in one file, as other tools read and write them: eight bytes with the header's length (low byte first), the header
/// (JSON that gives each tensor's type, shape and place), the numbers (low byte first) without gaps. ``SafetensorsFile`` reads a file
/// tensor by tensor.
/// Source: the format's description, github.com/huggingface/safetensors.
public struct Safetensors: Sendable, Hashable {
    /// The tensors by name.
    public private(set) var tensors: [String: NumberArray] = [:]
    /// What else the file says.
    public var metadata: [String: String]

    /// A file without tensors.
    public init(metadata: [String: String] = [:]) { self.metadata = metadata }

    /// Adds a tensor.
    /// - Precondition: the format has its type; it has all but ``NumberType/complex128``.
    public mutating func add(_ name: String, _ tensor: NumberArray) {
        precondition(SafetensorsType.name(of: tensor.type) != nil, "safetensors have no type \(tensor.type.rawValue)")
        tensors[name] = tensor
    }

    /// Adds a tensor of 32-bit numbers, row by row.
    /// - Precondition: there are as many as the shape says.
    public mutating func add(_ name: String, shape: [Int], _ numbers: [Float]) {
        add(name, NumberArray(shape: shape, numbers))
    }

    /// Adds a list of 64-bit integers.
    public mutating func add(_ name: String, _ numbers: [UInt64]) { add(name, NumberArray(unsigned: numbers)) }

    /// The bytes of the file: tensors in the order of type and name (wider types first, so that each is aligned), the header padded
    /// with spaces to a multiple of eight bytes.
    public var encoded: [UInt8] {
        let order = tensors.sorted { ($1.value.type.byteCount, $0.key) < ($0.value.type.byteCount, $1.key) }
        var entries: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { "\(HeaderText.quoted($0)):\(HeaderText.quoted($1))" }
            entries.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
        }
        var data: [UInt8] = []
        for (name, tensor) in order {
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let offsets = "\(data.count),\(data.count + tensor.bytes.count)"
            let type = SafetensorsType.name(of: tensor.type) ?? ""
            entries.append(
                "\(HeaderText.quoted(name)):{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(offsets)]}")
            data += tensor.bytes
        }
        var header = Array("{\(entries.joined(separator: ","))}".utf8)
        header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
    }

    /// Writes the file so that at every moment the old one or the new one stands there, whole.
    public func write(to path: String) throws(SafetensorsError) {
        do throws(DataError) { try writeWhole(encoded, to: path) } catch {
            throw SafetensorsError(path, "it \(error.cause)")
        }
    }

    /// Reads all tensors of a file.
    /// - Throws: an error that names the file and what is wrong with it, as ``SafetensorsFile`` does.
    public init(contentsOf path: String) throws(SafetensorsError) { try self.init(SafetensorsFile(contentsOf: path)) }

    /// Reads all tensors of the bytes of a file.
    /// - Parameter path: What errors call the file.
    public init(decoding bytes: [UInt8], path: String) throws(SafetensorsError) {
        try self.init(SafetensorsFile(decoding: bytes, path: path))
    }

    private init(_ file: SafetensorsFile) throws(SafetensorsError) {
        self.init(metadata: file.metadata)
        for name in file.names { tensors[name] = try file.tensor(named: name) }
    }
}
