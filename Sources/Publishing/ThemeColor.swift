/// A terminal's sixteen colours, as pages have them: each as text and as ground, in light and dark, so that every text can be read
/// on every ground.
struct ThemeColor {
    struct Shade {
        let light: RGBColor
        let dark: RGBColor
        init(_ light: UInt32, _ dark: UInt32) { (self.light, self.dark) = (RGBColor(hex: light), RGBColor(hex: dark)) }

        /// The shade as CSS has it.
        var css: String { "light-dark(\(light.css), \(dark.css))" }
    }

    /// The name by which the style sheet knows it.
    let name: String
    let text: Shade
    let ground: Shade
    /// The colour on terminals without a theme, from which others are mixed.
    let plain: RGBColor

    init(_ name: String, text: Shade, ground: Shade, plain: UInt32) {
        (self.name, self.text, self.ground, self.plain) = (name, text, ground, RGBColor(hex: plain))
    }

    /// In the order of their numbers.
    static let all = [
        ThemeColor("black", text: Shade(0x1D2228, 0xABB5BF), ground: Shade(0xE6E9EC, 0x050608), plain: 0x000000),
        ThemeColor("red", text: Shade(0xA8201A, 0xFF9D92), ground: Shade(0xFCE2DF, 0x561C18), plain: 0xCD0000),
        ThemeColor("green", text: Shade(0x1A6339, 0x7FD0A0), ground: Shade(0xDBF2E3, 0x143B26), plain: 0x00CD00),
        ThemeColor("yellow", text: Shade(0x754C00, 0xE8C067), ground: Shade(0xF9EDC8, 0x46370F), plain: 0xCDCD00),
        ThemeColor("blue", text: Shade(0x0B55A0, 0x79B4F2), ground: Shade(0xDEEBFA, 0x13365B), plain: 0x0000EE),
        ThemeColor("magenta", text: Shade(0x8B1A8B, 0xD79BE8), ground: Shade(0xF6E3F6, 0x4A2052), plain: 0xCD00CD),
        ThemeColor("cyan", text: Shade(0x0E5F69, 0x77CCD6), ground: Shade(0xD8F1F4, 0x104147), plain: 0x00CDCD),
        ThemeColor("white", text: Shade(0x525B64, 0xDFE3E8), ground: Shade(0xEFF1F4, 0x343B43), plain: 0xE5E5E5),
        ThemeColor("bright-black", text: Shade(0x525B64, 0xABB5BF), ground: Shade(0xDDE1E5, 0x2B3138), plain: 0x7F7F7F),
        ThemeColor("bright-red", text: Shade(0xB5251D, 0xFFB3AB), ground: Shade(0xFFD6D1, 0x66231D), plain: 0xFF0000),
        ThemeColor("bright-green", text: Shade(0x176B3A, 0x9BE3B8), ground: Shade(0xCCEED8, 0x15412A), plain: 0x00FF00),
        ThemeColor(
            "bright-yellow", text: Shade(0x7D5200, 0xFFD97A), ground: Shade(0xFAE7B0, 0x493810), plain: 0xFFFF00),
        ThemeColor("bright-blue", text: Shade(0x0C5DB5, 0x9CC9FF), ground: Shade(0xCFE3FA, 0x153B66), plain: 0x5C5CFF),
        ThemeColor(
            "bright-magenta", text: Shade(0x961F96, 0xE8B5F5), ground: Shade(0xF5D7F5, 0x52245C), plain: 0xFF00FF),
        ThemeColor("bright-cyan", text: Shade(0x0E6671, 0x93E0E9), ground: Shade(0xC8EDF1, 0x11464D), plain: 0x00FFFF),
        ThemeColor("bright-white", text: Shade(0x1D2228, 0xFFFFFF), ground: Shade(0xF6F7F9, 0x3A424B), plain: 0xFFFFFF),
    ]
}

/// A colour of red, green and blue.
struct RGBColor: Hashable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    init(red: UInt8, green: UInt8, blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }

    init(hex: UInt32) {
        self.init(
            red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
            blue: UInt8(truncatingIfNeeded: hex))
    }

    static let black = RGBColor(hex: 0)
    static let white = RGBColor(hex: 0xFFFFFF)
    /// What a page's text stands on.
    static let paper = ThemeColor.Shade(0xFFFFFF, 0x15181C)

    /// The colour as CSS has it: `#ff8800`.
    var css: String {
        "#"
            + [red, green, blue].map { level in
                let digits = String(level, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }

    /// About how bright it looks, from 0 to 1. A square stands for the curve of sRGB, so that it is the same everywhere.
    private var luminance: Double {
        func linear(_ level: UInt8) -> Double { Double(level) / 255 * (Double(level) / 255) }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// How well it can be read on `ground`, from 1 to 21 (WCAG 2.2).
    private func contrast(on ground: RGBColor) -> Double {
        let (low, high) = (min(luminance, ground.luminance), max(luminance, ground.luminance))
        return (high + 0.05) / (low + 0.05)
    }

    /// The same colour, as much nearer to black or white as it takes to be read on `ground`.
    func readable(on ground: RGBColor) -> RGBColor {
        let end = RGBColor.black.contrast(on: ground) > RGBColor.white.contrast(on: ground) ? RGBColor.black : .white
        for share in 0..<16 {
            let mixed = mixed(with: end, sixteenths: share)
            if mixed.contrast(on: ground) >= 5.5 { return mixed }
        }
        return end
    }

    private func mixed(with other: RGBColor, sixteenths share: Int) -> RGBColor {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Int(a) * (16 - share) + Int(b) * share) / 16) }
        return RGBColor(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }
}
