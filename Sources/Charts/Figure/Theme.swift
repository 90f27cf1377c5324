/// The two versions of every figure: dark on white, and light on near-black.
public enum Theme: String, Codable, Sendable, CaseIterable {
    /// Dark ink on white.
    case light
    /// Light ink on near-black.
    case dark

    /// What the picture is drawn on.
    package var background: Color { self == .light ? Color(0xFFFFFF) : Color(0x15181D) }
    /// Titles, numbers and names.
    package var text: Color { self == .light ? Color(0x14171B) : Color(0xE8EAED) }
    /// Subtitles, tick labels, axis labels.
    package var secondaryText: Color { self == .light ? Color(0x3A424B) : Color(0xAEB5BE) }
    /// Axis lines and ticks.
    package var axis: Color { self == .light ? Color(0x8B949E) : Color(0x6E7681) }
    /// Grid lines.
    package var grid: Color { self == .light ? Color(0xE6E9EC) : Color(0x2A3038) }
    /// Rules, reference lines, leaders.
    package var neutral: Color { self == .light ? Color(0x6B737C) : Color(0x9AA2AB) }

    /// The palette of Okabe and Ito (2008) for colour-blind readers, with each colour moved as little as gives every one
    /// 3 : 1 contrast with the background (WCAG 2.2, 1.4.11) and keeps every two apart under protanopia, deuteranopia
    /// and tritanopia.
    package var palette: [Color] {
        switch self {
        case .light:
            [0x1D6CB0, 0xC65F2F, 0x28976E, 0xA84182, 0xC98500, 0x3A9CD6, 0x675A00, 0x3B3F45].map { Color($0) }
        case .dark:
            [0x468FD9, 0xE8622A, 0x00BC87, 0xCD99C9, 0xEAA219, 0x8BD1FA, 0xF5DF36, 0xD6E6E9].map { Color($0) }
        }
    }

    /// A colour for areas: light mixed linearly shows much more of a bright colour on a dark ground than of a dark one
    /// on a light ground, so on dark the opacity is squared.
    func wash(_ color: Color, _ opacity: Double) -> Color {
        color.opacity(self == .light || opacity >= 1 ? opacity : opacity * opacity)
    }

    func color(_ choice: MarkColor, series: Int) -> Color {
        switch choice {
        case .automatic: palette[series % palette.count]
        case .series(let number): palette[((number % palette.count) + palette.count) % palette.count]
        case .neutral: neutral
        case .text: text
        case .fixed(let color): color
        }
    }
}
