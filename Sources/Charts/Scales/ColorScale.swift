/// How numbers become colours in a heat map.
///
/// ```swift
/// HeatMap(differences, colors: .diverging(middle: 0))
/// ```
public enum ColorScale: Codable, Hashable, Sendable {
    /// Viridis: dark for the least, bright for the most.
    case amounts
    /// White (or the background, when dark) for the least, the palette's blue for the most: for counts.
    case blues
    /// Blue below `middle`, red above, pale at it; the farther end sets the range on both sides.
    case diverging(middle: Double)

    /// The colour at `share` of the way along the scale.
    package func color(_ share: Double, theme: Theme) -> Color {
        let stops = stops(theme)
        let place = min(max(share, 0), 1) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        return stops[index].mixed(with: stops[index + 1], place - Double(index))
    }

    /// The ends of the scale over data that reach from `low` to `high`.
    package func range(_ low: Double, _ high: Double) -> (Double, Double) {
        guard case .diverging(let middle) = self else { return (low, high) }
        let reach = max(abs(high - middle), abs(middle - low))
        return (middle - reach, middle + reach)
    }

    private func stops(_ theme: Theme) -> [Color] {
        let values: [UInt32] =
            switch (self, theme) {
            case (.amounts, _): Self.viridis
            case (.blues, .light): [0xF7FAFC, 0xC9DFF0, 0x7DB4DA, 0x2F7FBA, 0x0A4A83]
            case (.blues, .dark): [0x1B2027, 0x1C3B57, 0x205F92, 0x3D9BE0, 0xB5DDFA]
            case (.diverging, .light): [0x1F5FA8, 0x6FA5D2, 0xF4F4F2, 0xE88E6C, 0xB02A22]
            case (.diverging, .dark): [0x8CC7FA, 0x3A7CBB, 0x22262C, 0xBF5436, 0xFFA88A]
            }
        return values.map { Color($0) }
    }

    /// Every sixteenth colour of the map by van der Walt and Smith (2015).
    private static let viridis: [UInt32] = [
        0x440154, 0x48186A, 0x472D7B, 0x424086, 0x3B528B, 0x33638D, 0x2C728E, 0x26828E, 0x21918C,
        0x1FA088, 0x28AE80, 0x3FBC73, 0x5EC962, 0x84D44B, 0xADDC30, 0xD8E219, 0xFDE725,
    ]
}
