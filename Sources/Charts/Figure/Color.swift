/// A colour in sRGB with an opacity, eight bits each.
///
/// ```swift
/// Color(0x0072B2)
/// Color(0x0072B2, opacity: 0.5)
/// ```
public struct Color: Hashable, Sendable {
    /// The red, green and blue parts, gamma-encoded as sRGB (IEC 61966-2-1) has it.
    public var red, green, blue: UInt8
    /// 255 is opaque.
    public var alpha: UInt8

    /// The colour `0xRRGGBB`, with an opacity between 0 and 1.
    public init(_ hexadecimal: UInt32, opacity: Double = 1) {
        red = UInt8(truncatingIfNeeded: hexadecimal >> 16)
        green = UInt8(truncatingIfNeeded: hexadecimal >> 8)
        blue = UInt8(truncatingIfNeeded: hexadecimal)
        alpha = UInt8(clamping: Int(opacity * 255 + 0.5))
    }

    /// The same colour, `factor` times as opaque.
    package func opacity(_ factor: Double) -> Color {
        var result = self
        result.alpha = UInt8(clamping: Int(Double(alpha) * factor + 0.5))
        return result
    }

    /// The colour a `fraction` of the way to `other`, mixed in sRGB.
    package func mixed(with other: Color, _ fraction: Double) -> Color {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8(clamping: Int(Double(a) + (Double(b) - Double(a)) * fraction + 0.5))
        }
        var result = self
        result.red = mix(red, other.red)
        result.green = mix(green, other.green)
        result.blue = mix(blue, other.blue)
        return result
    }

    /// The relative luminance of WCAG 2.2, 0 for black and 1 for white.
    package var luminance: Double {
        func linear(_ value: UInt8) -> Double { Double(SRGB.linear[Int(value)]) / 65535 }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// `#rrggbb`, without the opacity.
    package var hexadecimal: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Color: Codable {
    /// Reads `#rrggbbaa`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard text.count == 9, text.first == "#", let value = UInt32(text.dropFirst(), radix: 16) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not #rrggbbaa")
        }
        self.init(value >> 8)
        alpha = UInt8(truncatingIfNeeded: value)
    }

    /// Writes `#rrggbbaa`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hexadecimal + (alpha < 16 ? "0" : "") + String(alpha, radix: 16))
    }
}

/// How a mark gets its colour.
///
/// ```swift
/// Line(x: epochs, y: loss, label: "plain", color: .neutral)
/// Line(x: epochs, y: loss, color: .fixed(Color(0xAA3377)))
/// ```
public enum MarkColor: Codable, Hashable, Sendable {
    /// The next colour of the palette for each new label; marks with the same label share it.
    case automatic
    /// The palette's colour with this number, counted from 0.
    case series(Int)
    /// The grey of rules and notes.
    case neutral
    /// The colour of text.
    case text
    /// Exactly this colour, in light and dark pictures.
    case fixed(Color)
}
