public import Tensors

extension NumberArray {
    /// The numbers as 32-bit ones, row by row, each rounded to the nearest. NaN and infinities stay what they are; true is 1.
    /// - Throws: where the numbers are complex, or one is finite and beyond what 32 bits hold.
    public func floats() throws(NumberError) -> [Float] {
        switch type {
        case .float32: return words(UInt32.self).map(Float.init(bitPattern:))
        case .float16, .bfloat16, .float8E4M3, .float8E5M2, .float8E4M3FNUZ, .float8E5M2FNUZ, .float8E8M0:
            return smallFloats()
        case .int64: return words(Int64.self).map { Float($0) }
        case .uint64: return words(UInt64.self).map { Float($0) }
        default: break
        }
        let numbers = try doubles()
        let floats = numbers.map { Float($0) }
        if let place = floats.indices.first(where: { floats[$0].isInfinite && numbers[$0].isFinite }) {
            throw NumberError(description: "number \(place) is \(numbers[place]), more than 32 bits hold")
        }
        return floats
    }

    /// The numbers as 64-bit ones, row by row; integers beyond 2⁵³ are rounded to the nearest.
    /// - Throws: where the numbers are complex.
    public func doubles() throws(NumberError) -> [Double] {
        switch type {
        case .bool: return bytes.map { $0 == 0 ? 0 : 1 }
        case .int8: return words(Int8.self).map(Double.init)
        case .uint8: return bytes.map(Double.init)
        case .int16: return words(Int16.self).map(Double.init)
        case .uint16: return words(UInt16.self).map(Double.init)
        case .int32: return words(Int32.self).map(Double.init)
        case .uint32: return words(UInt32.self).map(Double.init)
        case .int64: return words(Int64.self).map { Double($0) }
        case .uint64: return words(UInt64.self).map { Double($0) }
        case .float32: return words(UInt32.self).map { Double(Float(bitPattern: $0)) }
        case .float64: return words(UInt64.self).map(Double.init(bitPattern:))
        case .complex64, .complex128:
            throw NumberError(description: "the numbers are complex; store real and imaginary parts each for itself")
        default: return smallFloats().map(Double.init)
        }
    }

    /// The numbers as integers, row by row; true is 1.
    /// - Throws: where the numbers are not stored as integers, or one is beyond what 64 bits with a sign hold.
    public func integers() throws(NumberError) -> [Int] {
        switch type {
        case .bool, .int8, .uint8, .int16, .uint16, .int32, .uint32: return try doubles().map { Int($0) }
        case .int64: return words(Int64.self).map { Int($0) }
        case .uint64:
            let numbers = words(UInt64.self)
            if let place = numbers.firstIndex(where: { $0 > Int.max }) {
                throw NumberError(description: "number \(place) is \(numbers[place]), more than \(Int.max)")
            }
            return numbers.map { Int($0) }
        default:
            throw NumberError(description: "the numbers are of type \(type.rawValue), not integers")
        }
    }

    /// The numbers as a matrix: the first dimension as rows, all others as columns, one after the other.
    /// - Throws: as ``floats()`` does, and where there are fewer than two dimensions.
    public func matrix() throws(NumberError) -> Matrix {
        guard shape.count >= 2 else {
            throw NumberError(description: "an array of shape \(shape) is no table: it has fewer than two dimensions")
        }
        return Matrix(rows: shape[0], columns: shape[1...].reduce(1, *), elements: try floats())
    }

    /// The unsigned 64-bit integers; `nil` where the numbers are of another type.
    package var unsignedIntegers: [UInt64]? { type == .uint64 ? words(UInt64.self) : nil }

    func words<Word: FixedWidthInteger & BitwiseCopyable>(_ word: Word.Type) -> [Word] {
        let size = MemoryLayout<Word>.size
        return bytes.withUnsafeBytes { raw in
            (0..<raw.count / size).map {
                Word(littleEndian: raw.loadUnaligned(fromByteOffset: size * $0, as: Word.self))
            }
        }
    }
}
