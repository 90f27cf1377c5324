extension Chart {
    /// The size that suits the chart's marks: what the first that asks for one asks for.
    var naturalSize: FigureSize { marks.lazy.compactMap { $0.content.naturalSize(in: self) }.first ?? .standard }

    /// Points that title and subtitle take.
    var headingHeight: Double { (title == nil ? 0 : 26) + (subtitle == nil ? 0 : 20) }

    /// The size that suits marks which lie in rows at these places.
    func size(ofRows positions: Positions) -> FigureSize {
        guard case .names(let names) = positions else { return .standard }
        let series = max(1, marks.count { $0.content.group != nil })
        let row = 30 + 12 * Double(min(series, 6) - 1)
        return FigureSize(
            width: 700, height: min(max(90 + headingHeight + Double(Set(names).count) * row, 200), 1600))
    }
}
