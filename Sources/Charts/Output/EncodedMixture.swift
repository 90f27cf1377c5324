extension Color {
    /// The colour and the opacity that give on `background`, mixed in encoded values, what this translucent colour gives there mixed in
    /// linear light.
    func encodedMixture(over background: Color) -> (color: Color, opacity: Double) {
        let opacity = Double(alpha) / 255
        guard opacity > 0 else { return (self, 0) }
        let parts: [WritableKeyPath<Color, UInt8>] = [\.red, \.green, \.blue]
        let mixed = parts.map { part -> Double in
            let (front, behind) = (
                Double(SRGB.linear[Int(self[keyPath: part])]), Double(SRGB.linear[Int(background[keyPath: part])])
            )
            return Double(SRGB.encoded[Int((front * opacity + behind * (1 - opacity)).rounded())])
        }
        let grounds = parts.map { Double(background[keyPath: $0]) }
        // So opaque at least that no part has to be below 0 or above 255.
        let needed = zip(mixed, grounds).map { mixed, ground in
            mixed < ground ? (ground - mixed) / ground : mixed > ground ? (mixed - ground) / (255 - ground) : 0
        }
        let enough = needed.reduce(opacity, max)
        var color = self
        color.alpha = 255
        for (part, (mixed, ground)) in zip(parts, zip(mixed, grounds)) {
            color[keyPath: part] = UInt8(clamping: Int(((mixed - ground * (1 - enough)) / enough).rounded()))
        }
        return (color, enough)
    }
}
