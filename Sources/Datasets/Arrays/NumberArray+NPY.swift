extension NumberArray {
    /// Reads the `.npy` file at `path`, as `numpy.save` writes it: versions 1.0 to 3.0, either order of dimensions and of bytes.
    ///
    /// - Throws: `DataError` for a file that cannot be read or is not as its header says, and for records, text, times and Python's
    ///   objects. None of a file is ever run.
    public init(contentsOfNPY path: String) throws(DataError) { try self.init(npy: ByteSource(contentsOf: path)) }

    package init(npy source: ByteSource) throws(DataError) {
        let header = try NPYHeader(reading: source)
        guard let length = header.type.byteCount(ofShape: header.shape) else {
            throw DataError(
                source.path, at: .byte(header.end), "no file can hold the shape \(header.shape)", cure: "write it again"
            )
        }
        var bytes = try source.bytes(at: header.end, count: length)
        guard source.count == header.end + length else {
            throw DataError(
                source.path, at: .byte(header.end + length), "the content goes on after its \(length) bytes of numbers",
                cure: "save one array a file, or several by numpy.savez")
        }
        if header.isBigEndian { bytes = Self.reversingParts(bytes, of: header.type.partByteCount) }
        if header.isFortranOrder {
            bytes = Self.rowByRow(bytes, shape: header.shape, byteCount: header.type.byteCount)
        }
        self.init(type: header.type, shape: header.shape, bytes: bytes)
    }

    /// The bytes of the `.npy` file that `numpy.save` writes for this array.
    /// - Throws: where NumPy does not know the type.
    public func npy() throws(NumberError) -> [UInt8] {
        guard let header = NPYHeader.written(type, shape: shape) else {
            throw NumberError(description: "NumPy has no type \(type.rawValue); write the array's `floats()`")
        }
        return header + bytes
    }

    /// Writes the array as a `.npy` file, whole or not at all.
    public func writeNPY(to path: String) throws { try writeWhole(npy(), to: path) }

    /// The bytes with each `size` of them in the opposite order.
    static func reversingParts(_ bytes: [UInt8], of size: Int) -> [UInt8] {
        guard size > 1 else { return bytes }
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { result, count in
            for place in bytes.indices { result[place] = bytes[place - place % size + size - 1 - place % size] }
            count = bytes.count
        }
    }

    /// The numbers, whose first index runs fastest, in an order where the last one does.
    static func rowByRow(_ bytes: [UInt8], shape: [Int], byteCount size: Int) -> [UInt8] {
        guard shape.count > 1, !bytes.isEmpty else { return bytes }
        var steps: [Int] = []
        var step = size
        for length in shape {
            steps.append(step)
            step *= length
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = [Int](repeating: 0, count: shape.count)
        var from = 0
        while result.count < bytes.count {
            result += bytes[from..<from + size]
            // The next place: the last index first, with carries.
            for axis in shape.indices.reversed() {
                place[axis] += 1
                from += steps[axis]
                if place[axis] < shape[axis] { break }
                from -= steps[axis] * shape[axis]
                place[axis] = 0
            }
        }
        return result
    }
}
