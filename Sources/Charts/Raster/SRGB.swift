/// The transfer function of sRGB (IEC 61966-2-1) as tables of integers, made with +, −, × and ÷ alone so that they are
/// the same on every machine.
package enum SRGB {
    /// The linear light, 0…65535, of each of the 256 encoded values.
    package static let linear: [UInt16] = (0..<256).map { UInt16(decode(Double($0) / 255) * 65535 + 0.5) }

    /// The encoded value nearest to each linear light 0…65535.
    package static let encoded: [UInt8] = {
        let borders = (0..<255).map { decode((Double($0) + 0.5) / 255) * 65535 }
        var table = [UInt8](repeating: 255, count: 65536)
        var value = 0
        for light in 0..<65536 {
            while value < 255, Double(light) > borders[value] { value += 1 }
            table[light] = UInt8(value)
        }
        return table
    }()

    /// Linear light of an encoded value in 0…1.
    private static func decode(_ value: Double) -> Double {
        if value <= 0.04045 { return value / 12.92 }
        let base = (value + 0.055) / 1.055
        return base * base * fifthRoot(base * base)
    }

    /// x^0.2 by Newton's iteration from 1, which descends to the root for 0 < x ≤ 1.
    private static func fifthRoot(_ x: Double) -> Double {
        var root = 1.0
        for _ in 0..<40 {
            let square = root * root
            root -= (root - x / (square * square)) / 5
        }
        return root
    }
}
