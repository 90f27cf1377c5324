import Foundation

/// Numbers as text.
package enum NumberText {
    /// What stands at ticks with these values, all in one style.
    package static func labels(_ values: [Double], _ format: NumberFormat) -> [String] {
        let finite = values.filter(\.isFinite)
        let largest = finite.map(abs).max() ?? 0
        switch format {
        case .decimals(let places): return values.map { fixed($0, places) }
        case .percent(let places): return values.map { fixed($0 * 100, places) + " %" }
        case .metric: return metric(values, largest)
        case .scientific: return scientific(values, largest)
        case .automatic:
            if largest >= 1e6, largest < 1e15, decimals(finite.map { $0 / unit(largest).size }) <= 2 {
                return metric(values, largest)
            }
            let places = decimals(finite)
            let digits = places + max(0, Decimal.exponent(largest)) + 1
            if largest > 0, largest < 1e-3 || largest >= 1e15 || digits > 14 { return scientific(values, largest) }
            // Ticks are written in one style: 2,000 beside 10,000.
            let isLong = values.contains { fixed($0, places).contains(",") }
            return values.map { fixed($0, places, separatedFrom: isLong ? 4 : 5) }
        }
    }

    /// One number alone, to about `digits` significant digits.
    package static func plain(_ value: Double, digits: Int = 4) -> String {
        guard value.isFinite else { return value.isNaN ? "no number" : value < 0 ? "−∞" : "∞" }
        let exponent = Decimal.exponent(value)
        if value != 0, exponent < -4 || exponent >= 15 {
            let parts = String(format: "%.\(digits - 1)e", value).split(separator: "e")
            return signed(trimmed(String(parts[0])) + "e" + String(Int(parts[1]) ?? 0))
        }
        return trimmed(fixed(value, max(0, digits - 1 - exponent)))
    }

    /// Two numbers, in as many digits as tell them apart.
    static func apart(_ first: Double, _ second: Double, digits: Int) -> (String, String) {
        let enough = (digits..<15).first { plain(first, digits: $0) != plain(second, digits: $0) }
        let count = first == second ? digits : enough ?? 15
        return (plain(first, digits: count), plain(second, digits: count))
    }

    /// One number in a cell or on a bar.
    static func single(_ value: Double, _ format: NumberFormat) -> String {
        format == .automatic ? plain(value, digits: 3) : labels([value], format)[0]
    }

    /// A number with this many decimals, thousands separators from 10,000 on (or from so many digits), and a real minus sign.
    package static func fixed(_ value: Double, _ places: Int, separatedFrom digits: Int = 5) -> String {
        guard value.isFinite else { return plain(value) }
        let text = String(format: "%.\(min(max(places, 0), 17))f", value)
        let isZero = !text.contains { $0 >= "1" && $0 <= "9" }
        return (text.hasPrefix("-") && !isZero ? "−" : "")
            + separated(text.hasPrefix("-") ? text.dropFirst() : text[...], from: digits)
    }

    private static func separated(_ text: Substring, from digits: Int) -> String {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first, whole.count >= digits else { return String(text) }
        var groups = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { groups.append(",") }
            groups.append(digit)
        }
        return groups + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// How many decimals tell all the values apart from their neighbours and show them exactly, at most 12.
    static func decimals(_ values: [Double]) -> Int {
        let largest = values.map(abs).max() ?? 0
        return (0..<12).first { places in
            let unit = Decimal.power(places)
            return values.allSatisfy { abs(($0 * unit).rounded() - $0 * unit) <= largest * unit * 1e-15 }
        } ?? 12
    }

    private static func scientific(_ values: [Double], _ largest: Double) -> [String] {
        let exponent = Decimal.exponent(largest)
        let mantissas = values.map { Decimal.scaled($0, -exponent) }
        let places = decimals(mantissas.filter(\.isFinite))
        return zip(values, mantissas).map { value, mantissa in
            value == 0 ? "0" : "\(fixed(mantissa, places))×10^{\(signed(String(exponent)))}"
        }
    }

    private static func metric(_ values: [Double], _ largest: Double) -> [String] {
        let (size, suffix) = unit(largest)
        let places = decimals(values.filter(\.isFinite).map { $0 / size })
        return values.map { $0 == 0 ? "0" : fixed($0 / size, places) + suffix }
    }

    private static func unit(_ largest: Double) -> (size: Double, suffix: String) {
        let units: [(Double, String)] = [
            (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"),
            (1e-9, "n"), (1e-12, "p"),
        ]
        return units.first { largest >= $0.0 } ?? (largest == 0 ? (1, "") : (1e-12, "p"))
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    private static func signed(_ text: String) -> String { text.replacingOccurrences(of: "-", with: "−") }
}
