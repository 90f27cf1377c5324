import Foundation

/// `value` with `digits` significant digits, trailing zeros kept: 0.7481880270, 12.30, −3.584.
///
/// Written out in full from 10⁻⁶ up to the last digit asked for, else as 1.234×10⁻⁹.
///
/// - Precondition: `digits` is from 1 to 17.
public func significant(_ value: Double, _ digits: Int = 4) -> String {
    precondition((1...17).contains(digits), "\(digits) significant digits are asked for; 1 to 17 can be had")
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    let scientific = String(format: "%.*e", digits - 1, abs(value))
    let parts = scientific.split(separator: "e")
    let exponent = Int(parts[1]) ?? 0
    let sign = value < 0 ? "−" : ""
    if value == 0 || (-6..<digits).contains(exponent) {
        return sign + String(format: "%.*f", max(0, digits - 1 - exponent), abs(value))
    }
    let superscripts: [Character: Character] = [
        "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    return sign + parts[0] + "×10" + String(String(exponent).map { superscripts[$0] ?? $0 })
}

/// A share as a percentage with one decimal: 93.4 %.
public func percent(_ share: Double, decimals: Int = 1) -> String {
    String(format: "%.*f", decimals, share * 100).replacingOccurrences(of: "-", with: "−") + " %"
}
