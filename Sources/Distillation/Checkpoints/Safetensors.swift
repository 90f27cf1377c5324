internal import Foundation

/// Named tensors in one file, as other tools read and write them: eight bytes with the header's length (low byte first), the header
/// (JSON that gives each tensor's type, shape and place), the numbers (low byte first) without gaps.
/// Source: the format's description, github.com/huggingface/safetensors.
public struct Safetensors: Sendable, Hashable {
    /// What a tensor's numbers are.
    public enum ElementType: String, Sendable, Hashable, CaseIterable {
        /// 32-bit numbers.
        case float32 = "F32"
        /// Unsigned integers of 64 bits.
        case uint64 = "U64"

        var size: Int { self == .float32 ? 4 : 8 }
    }

    /// A tensor: its numbers row by row, as bytes.
    public struct Tensor: Sendable, Hashable {
        public let type: ElementType
        public let shape: [Int]
        let bytes: [UInt8]
    }

    /// The tensors by name.
    public private(set) var tensors: [String: Tensor] = [:]
    /// What else the file says.
    public var metadata: [String: String]

    public init(metadata: [String: String] = [:]) { self.metadata = metadata }

    /// The largest header that is read, in bytes: that of the reference implementation.
    static let headerLimit = 100_000_000

    /// Adds a tensor of 32-bit numbers, row by row.
    /// - Precondition: there are as many as the shape says.
    public mutating func add(_ name: String, shape: [Int], _ numbers: [Float]) {
        precondition(shape.reduce(1, *) == numbers.count, "\(numbers.count) numbers for a tensor of shape \(shape)")
        let bytes = numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } }
        tensors[name] = Tensor(type: .float32, shape: shape, bytes: bytes)
    }

    /// Adds a list of 64-bit integers.
    public mutating func add(_ name: String, _ numbers: [UInt64]) {
        let bytes = numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
        tensors[name] = Tensor(type: .uint64, shape: [numbers.count], bytes: bytes)
    }

    /// The bytes of the file: tensors in the order of type and name (wider types first, so that each is aligned), the header padded
    /// with spaces to a multiple of eight bytes.
    public var encoded: [UInt8] {
        let order = tensors.sorted { ($1.value.type.size, $0.key) < ($0.value.type.size, $1.key) }
        var entries: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { "\(HeaderText.quoted($0)):\(HeaderText.quoted($1))" }
            entries.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
        }
        var data: [UInt8] = []
        for (name, tensor) in order {
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let offsets = "\(data.count),\(data.count + tensor.bytes.count)"
            entries.append(
                "\(HeaderText.quoted(name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offsets)]}")
            data += tensor.bytes
        }
        var header = Array("{\(entries.joined(separator: ","))}".utf8)
        header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
    }

    /// Writes the file so that at every moment the old one or the new one stands there, whole.
    public func write(to path: String) throws(SafetensorsError) {
        let draft = "\(path).\(getpid()).draft"
        do {
            try Data(encoded).write(to: URL(fileURLWithPath: draft))
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw SafetensorsError(path, "it cannot be written: \(error.localizedDescription)")
        }
        if rename(draft, path) != 0 {
            let reason = String(cString: strerror(errno))
            try? FileManager.default.removeItem(atPath: draft)
            throw SafetensorsError(path, "it cannot be written: \(reason)")
        }
    }

    /// Reads a file.
    /// - Throws: an error that names the file and what is wrong with it; see ``init(decoding:path:)``.
    public init(contentsOf path: String) throws(SafetensorsError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw SafetensorsError(path, "it cannot be read: \(error.localizedDescription)")
        }
        try self.init(decoding: Array(data), path: path)
    }

    /// Reads the bytes of a file.
    ///
    /// Refused are: a header that is longer than the file or than 100 MB, or is no such JSON; a name that occurs twice; a type that is
    /// not 32-bit numbers or 64-bit integers; a size that does not fit the shape; tensors that overlap or leave a hole; bytes that
    /// are missing or too many; a number that is NaN or infinite.
    /// - Parameter path: What errors call the file.
    public init(decoding bytes: [UInt8], path: String) throws(SafetensorsError) {
        guard bytes.count >= 8 else { throw SafetensorsError(path, "it has \(bytes.count) bytes, fewer than a header") }
        let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= Self.headerLimit else {
            throw SafetensorsError(
                path, "its header is said to have \(length) bytes; at most \(Self.headerLimit) are read")
        }
        let start = 8 + Int(length)
        guard start <= bytes.count else {
            throw SafetensorsError(path, "its header is said to have \(length) bytes, but \(bytes.count - 8) follow")
        }
        let header: SafetensorsHeader
        do {
            header = try SafetensorsHeader(parsing: bytes[8..<start])
        } catch {
            throw SafetensorsError(path, "its header \(error.reason)")
        }
        metadata = header.metadata
        var position = 0
        for entry in header.entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
            let data = bytes.count - start
            let problem = Self.problem(of: entry, at: position, of: data)
            if let problem { throw SafetensorsError(path, "tensor `\(entry.name)` \(problem)") }
            guard let type = ElementType(rawValue: entry.type) else {
                let known = ElementType.allCases.map(\.rawValue).joined(separator: " and ")
                throw SafetensorsError(path, "tensor `\(entry.name)` is of type \(entry.type); \(known) are read")
            }
            let tensor = Tensor(
                type: type, shape: entry.shape, bytes: Array(bytes[start + entry.begin..<start + entry.end]))
            if let place = tensor.firstNotFinite {
                throw SafetensorsError(path, "number \(place) of tensor `\(entry.name)` is NaN or infinite")
            }
            tensors[entry.name] = tensor
            position = entry.end
        }
        guard start + position == bytes.count else {
            throw SafetensorsError(path, "\(bytes.count - start - position) bytes at its end belong to no tensor")
        }
    }

    /// What is wrong with a tensor's place, where those before it end at `position` and there are `available` bytes.
    private static func problem(of entry: SafetensorsHeader.Entry, at position: Int, of available: Int) -> String? {
        if entry.end < entry.begin { return "ends at byte \(entry.end), before it begins at \(entry.begin)" }
        if entry.begin < position { return "begins at byte \(entry.begin), within the tensor before it" }
        if entry.begin > position { return "begins at byte \(entry.begin), after a hole from \(position)" }
        if entry.end > available { return "ends at byte \(entry.end), but there are \(available): the file is cut off" }
        guard let type = ElementType(rawValue: entry.type) else { return nil }
        var size = type.size
        for length in entry.shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: length)
            if overflow { return "has the shape \(entry.shape), which no file can hold" }
            size = product
        }
        return size == entry.end - entry.begin
            ? nil : "has \(entry.end - entry.begin) bytes, but its shape \(entry.shape) needs \(size)"
    }
}

extension Safetensors.Tensor {
    /// The 32-bit numbers, row by row; none where the tensor is of another type.
    public var numbers: [Float] {
        guard type == .float32 else { return [] }
        return bytes.withUnsafeBytes { raw in
            (0..<raw.count / 4).map {
                Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
    }

    /// The 64-bit integers; none where the tensor is of another type.
    public var integers: [UInt64] {
        guard type == .uint64 else { return [] }
        return bytes.withUnsafeBytes { raw in
            (0..<raw.count / 8).map {
                UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
            }
        }
    }

    fileprivate var firstNotFinite: Int? { numbers.firstIndex { !$0.isFinite } }
}
