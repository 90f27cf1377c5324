/// A decimal number as text has it, to the nearest `Double`, ties to the even one: the same on every machine.
///
/// Up to 19 digits and powers of ten from −27 to 27 are done here: 5²⁷ is below 2⁶⁴, so that the product and the quotient are
/// exact in 128 bits and are rounded once. All else the standard library reads, to the same result.
enum DecimalNumber {
    /// `nil` where the text is no decimal number, `nan`, `inf` or `infinity`, in letters of either case.
    static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let parts = Parts(text) else { return special(text) }
        guard parts.digitCount <= 19, (-27...27).contains(parts.exponent) else { return slow(text) }
        let magnitude = scaled(parts.digits, by: parts.exponent)
        return parts.isNegative ? -magnitude : magnitude
    }

    /// `nil` where the text is no whole number, or none that an `Int` holds.
    static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = text.first else { return nil }
        let isNegative = first == UInt8(ascii: "-")
        var index = isNegative || first == UInt8(ascii: "+") ? 1 : 0
        guard index < text.count else { return nil }
        var value = 0
        while index < text.count {
            let digit = Int(text[index]) - 48
            guard (0...9).contains(digit) else { return nil }
            let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isBeyond) =
                isNegative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
            if isTooLarge || isBeyond { return nil }
            value = sum
            index += 1
        }
        return value
    }

    /// Whether the text has digits that a number would not keep: a zero in front, as postal codes have it, or more digits than an `Int`.
    static func losesDigits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = text.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        guard let first = digits.first, digits.count > 1 else { return false }
        let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
        if first == UInt8(ascii: "0"), isDigit(digits[digits.startIndex + 1]) { return true }
        return digits.count > 18 && digits.allSatisfy(isDigit) && integer(text) == nil
    }

    private struct Parts {
        var isNegative = false
        var digits: UInt64 = 0
        var digitCount = 0
        var exponent = 0

        @inline(__always)
        init?(_ text: UnsafeBufferPointer<UInt8>) {
            var index = 0
            if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
                isNegative = text[index] == UInt8(ascii: "-")
                index += 1
            }
            let start = index
            takeDigits(text, &index)
            var seen = index - start
            if index < text.count, text[index] == UInt8(ascii: ".") {
                index += 1
                let point = index
                takeDigits(text, &index)
                exponent = point - index
                seen += index - point
            }
            guard seen > 0 else { return nil }
            guard index < text.count else { return }
            guard text[index] | 0x20 == UInt8(ascii: "e") else { return nil }
            guard let power = DecimalNumber.integer(UnsafeBufferPointer(rebasing: text[(index + 1)...])) else {
                return nil
            }
            exponent += max(-100_000, min(100_000, power))
        }

        @inline(__always)
        private mutating func takeDigits(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
            while index < text.count {
                let digit = text[index] &- 48
                guard digit < 10 else { return }
                digits = digits &* 10 &+ UInt64(digit)
                if digits != 0 { digitCount += 1 }
                index += 1
            }
        }
    }

    private static let powersOfFive: [UInt64] = (0...27).map { (0..<$0).reduce(1) { power, _ in power * 5 } }

    /// digits × 10^exponent, rounded once.
    private static func scaled(_ digits: UInt64, by exponent: Int) -> Double {
        if digits == 0 { return 0 }
        // Both are exact, and so is rounded once.
        if digits < 1 << 53, (-22...22).contains(exponent) {
            let power = exactTens[abs(exponent)]
            return exponent < 0 ? Double(digits) / power : Double(digits) * power
        }
        let five = powersOfFive[abs(exponent)]
        if exponent >= 0 {
            let (high, low) = digits.multipliedFullWidth(by: five)
            return rounded(high, low, isMore: false, exponent: exponent)
        }
        // The divisor's highest bit is set and the dividend is below it, so that the quotient has 63 or 64 bits.
        let divisor = five << UInt64(five.leadingZeroBitCount)
        let dividend = digits << UInt64(digits.leadingZeroBitCount)
        let (quotient, remainder) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
        let power = exponent + five.leadingZeroBitCount - digits.leadingZeroBitCount - 63
        return rounded(0, quotient, isMore: remainder != 0, exponent: power)
    }

    private static let exactTens: [Double] = (0...22).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    /// (high × 2⁶⁴ + low, and a little more where `isMore`) × 2^exponent, to the nearest `Double`; it is a normal one.
    private static func rounded(_ high: UInt64, _ low: UInt64, isMore: Bool, exponent: Int) -> Double {
        var (bits, exponent, isMore) = (low, exponent, isMore)
        if high != 0 {
            let shift = 64 - high.leadingZeroBitCount
            isMore = isMore || (shift < 64 ? low << UInt64(64 - shift) != 0 : low != 0)
            bits = shift < 64 ? high << UInt64(64 - shift) | low >> UInt64(shift) : high
            exponent += shift
        }
        // The last bit stands for all that were cut off: it is far below those that are kept.
        let normal = bits << UInt64(bits.leadingZeroBitCount)
        exponent -= bits.leadingZeroBitCount
        let kept = normal >> 11
        let rest = normal & 0x7FF
        let isUp = rest > 0x400 || (rest == 0x400 && (isMore || kept & 1 == 1))
        return Double(sign: .plus, exponent: exponent + 11, significand: Double(kept + (isUp ? 1 : 0)))
    }

    private static func slow(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        Double(String(decoding: text, as: UTF8.self))
    }

    private static func special(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        guard text.count <= 9 else { return nil }
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "nan": return .nan
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: return nil
        }
    }
}
