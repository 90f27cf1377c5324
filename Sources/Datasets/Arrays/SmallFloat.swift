/// A floating-point format of at most 16 bits: a sign, `exponentBits`, then `mantissaBits`. Every value of it is a 32-bit number.
///
/// Sources: IEEE 754-2019 (half); Micikevicius et al., arXiv:2209.05433 (E4M3, E5M2); Noune et al., arXiv:2206.02915 (FNUZ);
/// Rouhani et al., arXiv:2310.10537 (E8M0).
struct SmallFloat {
    /// What the largest exponents and the sign of zero mean.
    enum Ending {
        /// Infinities and NaN as IEEE 754 has them.
        case ieee
        /// NaN where all bits below the sign are set; no infinities.
        case finite
        /// NaN where minus zero would be; no infinities.
        case unsignedZero
    }

    let exponentBits: Int
    let mantissaBits: Int
    let bias: Int
    let ending: Ending

    /// The value of the number whose bits are `bits`.
    func value(_ bits: UInt16) -> Float {
        let mantissa = Int(bits) & (1 << mantissaBits - 1)
        let exponent = Int(bits) >> mantissaBits & (1 << exponentBits - 1)
        let isNegative = Int(bits) >> (mantissaBits + exponentBits) & 1 == 1
        let isLast = exponent == 1 << exponentBits - 1
        switch ending {
        case .ieee where isLast: return mantissa != 0 ? .nan : isNegative ? -.infinity : .infinity
        case .finite where isLast && mantissa == 1 << mantissaBits - 1: return .nan
        case .unsignedZero where isNegative && exponent == 0 && mantissa == 0: return .nan
        default: break
        }
        // Below the smallest exponent there is no leading one.
        let whole = exponent == 0 ? mantissa : mantissa + 1 << mantissaBits
        let scale = max(exponent, 1) - bias - mantissaBits
        let size = Float(Double(whole) * Double(sign: .plus, exponent: scale, significand: 1))
        return isNegative ? -size : size
    }
}

extension NumberArray {
    private static let formats: [NumberType: SmallFloat] = [
        .float16: SmallFloat(exponentBits: 5, mantissaBits: 10, bias: 15, ending: .ieee),
        .float8E5M2: SmallFloat(exponentBits: 5, mantissaBits: 2, bias: 15, ending: .ieee),
        .float8E4M3: SmallFloat(exponentBits: 4, mantissaBits: 3, bias: 7, ending: .finite),
        .float8E5M2FNUZ: SmallFloat(exponentBits: 5, mantissaBits: 2, bias: 16, ending: .unsignedZero),
        .float8E4M3FNUZ: SmallFloat(exponentBits: 4, mantissaBits: 3, bias: 8, ending: .unsignedZero),
    ]

    /// The numbers of a type of at most 16 bits; none where the type is another.
    func smallFloats() -> [Float] {
        switch type {
        case .bfloat16: return words(UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
        case .float8E8M0:
            return bytes.map { $0 == 255 ? .nan : Float(Double(sign: .plus, exponent: Int($0) - 127, significand: 1)) }
        default: break
        }
        guard let format = Self.formats[type] else { return [] }
        if type.byteCount == 2 { return words(UInt16.self).map(format.value) }
        let values = (0..<256).map { format.value(UInt16($0)) }
        return bytes.map { values[Int($0)] }
    }
}
