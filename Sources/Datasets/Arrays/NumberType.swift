/// What the numbers of a file are.
public enum NumberType: String, Sendable, Hashable, CaseIterable {
    case bool, int8, uint8, int16, uint16, int32, uint32, int64, uint64
    /// Eight bits with 4 for the exponent and 3 for the mantissa, without infinities (Open Compute Project, OFP8).
    case float8E4M3
    /// Eight bits with 5 for the exponent and 2 for the mantissa (Open Compute Project, OFP8).
    case float8E5M2
    /// As ``float8E4M3``, with one bias more and one zero only.
    case float8E4M3FNUZ
    /// As ``float8E5M2``, with one bias more, one zero and no infinities.
    case float8E5M2FNUZ
    /// A power of two: eight bits of exponent, no sign (Open Compute Project, microscaling formats).
    case float8E8M0
    /// Half precision of IEEE 754.
    case float16
    /// The upper half of a 32-bit number.
    case bfloat16
    case float32, float64
    /// Two 32-bit numbers.
    case complex64
    /// Two 64-bit numbers.
    case complex128

    /// How many bytes a number takes.
    public var byteCount: Int {
        switch self {
        case .bool, .int8, .uint8, .float8E4M3, .float8E5M2, .float8E4M3FNUZ, .float8E5M2FNUZ, .float8E8M0: 1
        case .int16, .uint16, .float16, .bfloat16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64, .complex64: 8
        case .complex128: 16
        }
    }

    /// How many bytes of a number change places together where the order of bytes changes.
    var partByteCount: Int {
        switch self {
        case .complex64, .complex128: byteCount / 2
        default: byteCount
        }
    }

    /// How many bytes an array of this shape takes; `nil` where no file can hold it.
    package func byteCount(ofShape shape: [Int]) -> Int? {
        guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
        if shape.contains(0) { return 0 }
        var result = byteCount
        for length in shape {
            let (product, overflow) = result.multipliedReportingOverflow(by: length)
            if overflow { return nil }
            result = product
        }
        return result
    }
}
