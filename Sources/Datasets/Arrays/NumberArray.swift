public import Tensors

/// Numbers as a file stores them: of one type, in a shape, row by row (the last index runs fastest).
public struct NumberArray: Sendable, Hashable {
    /// The type of every number.
    public let type: NumberType
    /// The sizes, outermost first; none for a single number.
    public let shape: [Int]
    /// The numbers, each with its low byte first.
    package let bytes: [UInt8]

    /// How many numbers there are.
    public var count: Int { bytes.count / type.byteCount }

    package init(type: NumberType, shape: [Int], bytes: [UInt8]) {
        precondition(
            type.byteCount(ofShape: shape) == bytes.count, "\(bytes.count) bytes for \(type.rawValue) of shape \(shape)"
        )
        self.type = type
        self.shape = shape
        self.bytes = bytes
    }

    /// An array of 32-bit numbers.
    /// - Precondition: there are as many as the shape says.
    public init(shape: [Int], _ numbers: [Float]) {
        self.init(type: .float32, shape: shape, bytes: numbers.flatMap { littleEndianBytes($0.bitPattern) })
    }

    /// An array of 64-bit numbers.
    /// - Precondition: there are as many as the shape says.
    public init(shape: [Int], _ numbers: [Double]) {
        self.init(type: .float64, shape: shape, bytes: numbers.flatMap { littleEndianBytes($0.bitPattern) })
    }

    /// An array of 64-bit integers.
    /// - Precondition: there are as many as the shape says.
    public init(shape: [Int], _ numbers: [Int]) {
        self.init(type: .int64, shape: shape, bytes: numbers.flatMap { littleEndianBytes(Int64($0)) })
    }

    /// A list of unsigned 64-bit integers.
    package init(unsigned numbers: [UInt64]) {
        self.init(type: .uint64, shape: [numbers.count], bytes: numbers.flatMap { littleEndianBytes($0) })
    }

    /// An array of unsigned bytes.
    /// - Precondition: there are as many as the shape says.
    public init(shape: [Int], _ numbers: [UInt8]) { self.init(type: .uint8, shape: shape, bytes: numbers) }

    /// The matrix as an array of rows × columns.
    public init(_ matrix: Matrix) { self.init(shape: [matrix.rows, matrix.columns], matrix.elements) }
}

/// Why numbers of a file cannot be had as they are asked for.
public struct NumberError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause, with the shape or type that was asked for and the one that is there.
    public let description: String

    package init(description: String) { self.description = description }
}

func littleEndianBytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
}
