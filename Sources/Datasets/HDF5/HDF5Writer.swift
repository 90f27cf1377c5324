extension HDF5File {
    /// Writes arrays as an HDF5 file that h5py, Keras and MATLAB read, whole or not at all: the same bytes each time.
    ///
    /// Integers and numbers of 16, 32 and 64 bits are written, each array in one piece.
    /// - Parameter arrays: By their paths, such as `layers/dense/vars/0`; what stands before the last slash are groups.
    /// - Precondition: every name in a path has a character, and 60,000 bytes at most; no array's path leads on to another's.
    /// - Throws: where the file cannot be written, or an array is of a type that HDF5 has not.
    public static func write(_ arrays: [String: NumberArray], to path: String) throws {
        try writeWhole(HDF5Writer.file(of: arrays), to: path)
    }
}

/// Lays an HDF5 file out: the superblock of version 0, a header for each group with the links to its members, a header and the numbers
/// of each dataset. Headers are of version 1, whose parts bear no checksums, and groups need no tree of names.
///
/// Source: The HDF Group, "HDF5 File Format Specification Version 3.0", II.A, IV.A.1.a and IV.A.2.
struct HDF5Writer {
    private var bytes: [UInt8]

    /// A group or a dataset.
    private enum Node {
        case group([String: Node])
        case dataset(NumberArray)
    }

    private static let superblockSize = 96
    private static let nowhere = [UInt8](repeating: 0xFF, count: 8)

    /// The bytes of a file that holds the arrays by their paths.
    static func file(of arrays: [String: NumberArray]) throws(NumberError) -> [UInt8] {
        var root = Node.group([:])
        for (path, array) in arrays.sorted(by: { $0.key < $1.key }) {
            let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            precondition(names.allSatisfy { !$0.isEmpty && $0.utf8.count <= 60_000 }, "`\(path)` has an empty name")
            add(array, at: names[...], to: &root, path)
        }
        var writer = HDF5Writer()
        let place = try writer.write(root)
        writer.writeSuperblock(root: place)
        return writer.bytes
    }

    private init() { bytes = [UInt8](repeating: 0, count: Self.superblockSize) }

    private static func add(_ array: NumberArray, at names: ArraySlice<String>, to node: inout Node, _ path: String) {
        guard case .group(var members) = node, let name = names.first else {
            preconditionFailure("`\(path)` leads through an array")
        }
        if names.count == 1 {
            precondition(members.updateValue(.dataset(array), forKey: name) == nil, "`\(path)` is a group, too")
        } else {
            add(array, at: names.dropFirst(), to: &members[name, default: .group([:])], path)
        }
        node = .group(members)
    }

    // MARK: Objects

    /// Writes an object behind all that it leads to.
    /// - Returns: Where its header is.
    private mutating func write(_ node: Node) throws(NumberError) -> Int {
        switch node {
        case .group(let members):
            precondition(members.count <= 60_000, "a group has \(members.count) members")
            // Others look for both before they add to a group.
            var messages = [
                Message(kind: .linkInfo, body: [0, 0] + Self.nowhere + Self.nowhere),
                Message(kind: .groupInfo, body: [0, 0]),
            ]
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                messages.append(Self.link(name, to: try write(member)))
            }
            return writeHeader(messages)
        case .dataset(let array):
            let type = try Self.type(array.type)
            let place = append(array.bytes)
            let address = array.bytes.isEmpty ? Self.nowhere : littleEndianBytes(UInt64(place))
            return writeHeader([
                Message(kind: .dataspace, body: Self.shape(array.shape)), Message(kind: .datatype, body: type),
                // Space is taken when numbers are written, and what was not is 0.
                Message(kind: .fillValue, body: [2, 2, 2, 1, 0, 0, 0, 0]),
                Message(kind: .layout, body: [3, 1] + address + littleEndianBytes(UInt64(array.bytes.count))),
            ])
        }
    }

    /// One thing that a header says.
    private struct Message {
        let kind: HDF5Object.Kind
        let body: [UInt8]

        var bytes: [UInt8] {
            let padded = body + [UInt8](repeating: 0, count: (8 - body.count % 8) % 8)
            return littleEndianBytes(UInt16(kind.rawValue)) + littleEndianBytes(UInt16(padded.count)) + [0, 0, 0, 0]
                + padded
        }
    }

    private mutating func writeHeader(_ messages: [Message]) -> Int {
        let body = messages.flatMap(\.bytes)
        return append(
            [1, 0] + littleEndianBytes(UInt16(messages.count)) + littleEndianBytes(UInt32(1))
                + littleEndianBytes(UInt32(body.count)) + [0, 0, 0, 0] + body)
    }

    /// - Returns: The place of what was appended, a multiple of eight bytes.
    private mutating func append(_ piece: [UInt8]) -> Int {
        bytes += [UInt8](repeating: 0, count: (8 - bytes.count % 8) % 8)
        defer { bytes += piece }
        return bytes.count
    }

    private mutating func writeSuperblock(root: Int) {
        let sizes: [UInt8] = [0, 0, 0, 0, 0, 8, 8, 0]
        // How full trees' nodes are, which this file has not, as the library sets them.
        let fullness: [UInt8] = [4, 0, 16, 0, 0, 0, 0, 0]
        let addresses =
            littleEndianBytes(UInt64(0)) + Self.nowhere + littleEndianBytes(UInt64(bytes.count)) + Self.nowhere
        let entry = littleEndianBytes(UInt64(0)) + littleEndianBytes(UInt64(root)) + [UInt8](repeating: 0, count: 24)
        let block = HDF5Storage.signature + sizes + fullness + addresses + entry
        bytes.replaceSubrange(..<Self.superblockSize, with: block)
    }

    // MARK: What messages say

    private static func link(_ name: String, to place: Int) -> Message {
        let name = Array(name.utf8)
        // Names are UTF-8, and their length takes two bytes.
        return Message(
            kind: .link,
            body: [1, 0x11, 1] + littleEndianBytes(UInt16(name.count)) + name + littleEndianBytes(UInt64(place)))
    }

    private static func shape(_ shape: [Int]) -> [UInt8] {
        [1, UInt8(shape.count), 0, 0, 0, 0, 0, 0] + shape.flatMap { littleEndianBytes(UInt64($0)) }
    }

    private static func type(_ type: NumberType) throws(NumberError) -> [UInt8] {
        switch type {
        case .int8, .int16, .int32, .int64: integer(type, isSigned: true)
        case .uint8, .uint16, .uint32, .uint64: integer(type, isSigned: false)
        case .float16: float(type, exponent: 5, bias: 15)
        case .float32: float(type, exponent: 8, bias: 127)
        case .float64: float(type, exponent: 11, bias: 1023)
        default:
            throw NumberError(description: "HDF5 has no type \(type.rawValue); write the array's `floats()`")
        }
    }

    private static func integer(_ type: NumberType, isSigned: Bool) -> [UInt8] {
        [0x10, isSigned ? 8 : 0, 0, 0] + littleEndianBytes(UInt32(type.byteCount)) + [0, 0]
            + littleEndianBytes(UInt16(8 * type.byteCount))
    }

    /// Sign, exponent and mantissa from the highest bit on, as IEEE 754 has them.
    private static func float(_ type: NumberType, exponent: Int, bias: UInt32) -> [UInt8] {
        let bits = 8 * type.byteCount
        let mantissa = UInt8(bits - 1 - exponent)
        return [0x11, 0x20, UInt8(bits - 1), 0] + littleEndianBytes(UInt32(type.byteCount)) + [0, 0]
            + littleEndianBytes(UInt16(bits)) + [mantissa, UInt8(exponent), 0, mantissa] + littleEndianBytes(bias)
    }
}
