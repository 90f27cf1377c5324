import Foundation
public import Notebook

/// The colours of pages: kdbook's own, and what a book has in their place.
struct PageTheme {
    typealias Property = BookTheme.Property

    /// kdbook's own.
    static let own: KeyValuePairs<Property, ThemeColor.Shade> = [
        .paper: RGBColor.paper, .panel: .init(0xF6F7F9, 0x1D2126), .ink: .init(0x1D2228, 0xDFE3E8),
        .quiet: .init(0x5C6670, 0x98A2AD), .line: .init(0xDFE3E7, 0x30363D), .accent: .init(0x0B5CAD, 0x79B4F2),
        .mark: .init(0xFFE58A, 0x6B5A12), .good: .init(0x1A6B3C, 0x7FD0A0), .warn: .init(0x8A5A00, 0xE8C067),
        .bad: .init(0xB3261E, 0xFF9D92), .keyword: .init(0x8B1A8B, 0xD79BE8), .string: .init(0xA03C00, 0xF0A870),
        .number: .init(0x1750A6, 0x8FBCF7), .comment: .init(0x5F7060, 0x8FA38F), .type: .init(0x14707A, 0x77CCD6),
    ]

    /// What of kdbook's own the style sheet of all pages has.
    static let stylesheet =
        ":root { " + own.map { "--\($0.key.rawValue): \($0.value.css);" }.joined(separator: " ") + " }"

    /// Which text stands on which ground.
    private static let pairs: [(text: Property, ground: Property)] =
        [.ink, .quiet, .accent, .good, .warn, .bad].map { ($0, .paper) }
        + [.ink, .quiet, .accent, .good, .warn, .bad, .keyword, .string, .number, .comment, .type].map { ($0, .panel) }
        + [(.ink, .mark)]

    let book: BookTheme

    /// A style sheet of the book's alone, behind that of all pages; empty where the book has no theme.
    var stylesheet: String {
        var declarations = PageTheme.own.compactMap { property, own -> String? in
            guard let color = book.colors[property] else { return nil }
            let shade = ThemeColor.Shade(color, else: own)
            return "--\(property.rawValue): \(shade.css);"
        }
        if let font = book.font { declarations.append("--font: \(font);") }
        return declarations.isEmpty ? "" : ":root { \(declarations.joined(separator: " ")) }"
    }

    private func shade(_ property: Property) -> ThemeColor.Shade {
        let own = PageTheme.own.first { $0.key == property }?.value ?? RGBColor.paper
        return .init(book.colors[property], else: own)
    }

    /// The least contrast of text (Web Content Accessibility Guidelines 2.2, 1.4.3).
    private static let least = 4.5

    /// Text of the book's colours, or on them, that cannot be read well enough.
    var problems: [Diagnostic] {
        PageTheme.pairs.flatMap { text, ground -> [Diagnostic] in
            guard let place = (book.colors[text] ?? book.colors[ground])?.position else { return [] }
            let (above, below) = (shade(text), shade(ground))
            let shades = [("light", above.light, below.light), ("dark", above.dark, below.dark)]
            return shades.compactMap { name, color, paper in
                let ratio = color.exactContrast(on: paper)
                guard ratio < PageTheme.least else { return nil }
                let cure = color.legible(on: paper, atLeast: PageTheme.least)
                let message =
                    "theme, \(name): `\(text.rawValue)` \(color.css) on `\(ground.rawValue)` \(paper.css) has a contrast of "
                    + "\(twoDigits(ratio)), and text needs \(PageTheme.least); `\(text.rawValue)` \(cure.css) has "
                    + twoDigits(cure.exactContrast(on: paper))
                return Diagnostic(.error, at: place, message)
            }
        }
    }
}

extension BookConfiguration {
    /// What cannot be read on pages of its theme.
    public var themeProblems: [Diagnostic] { theme.map { PageTheme(book: $0).problems } ?? [] }
}

/// Cut, not rounded: what is just too little must not look like enough.
private func twoDigits(_ ratio: Double) -> String {
    let hundredths = Int((ratio * 100).rounded(.down))
    let rest = String(hundredths % 100)
    return "\(hundredths / 100)." + (rest.count == 1 ? "0" : "") + rest
}

extension ThemeColor.Shade {
    fileprivate init(_ color: BookTheme.Color?, else own: ThemeColor.Shade) {
        light = color?.light.map { RGBColor(hex: $0) } ?? own.light
        dark = color?.dark.map { RGBColor(hex: $0) } ?? own.dark
    }
}

extension RGBColor {
    /// How bright it is, from 0 to 1: the relative luminance of sRGB as WCAG 2.2 defines it.
    private var relativeLuminance: Double {
        func linear(_ level: UInt8) -> Double {
            let share = Double(level) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// The contrast ratio on `ground`, from 1 to 21 (WCAG 2.2).
    func exactContrast(on ground: RGBColor) -> Double {
        let (a, b) = (relativeLuminance, ground.relativeLuminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// The same colour, as much nearer to black or white as it takes for a contrast.
    fileprivate func legible(on ground: RGBColor, atLeast ratio: Double) -> RGBColor {
        let end =
            RGBColor.black.exactContrast(on: ground) > RGBColor.white.exactContrast(on: ground)
            ? RGBColor.black : .white
        let steps = (0...32).lazy.map { self.mixed(with: end, parts: $0, of: 32) }
        return steps.first { $0.exactContrast(on: ground) >= ratio } ?? end
    }

    private func mixed(with other: RGBColor, parts share: Int, of all: Int) -> RGBColor {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Int(a) * (all - share) + Int(b) * share) / all) }
        return RGBColor(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }
}
