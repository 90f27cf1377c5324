/// What of its chart a mark knows when it is asked for the size of a figure that shows nothing else.
package struct Surroundings: Hashable, Sendable {
    /// Points that title and subtitle take.
    package let headingHeight: Double
    package let hasTitle: Bool
    /// How many marks the chart has, this one among them.
    package let markCount: Int
    /// How many of them stand beside others of their group.
    package let groupedCount: Int

    /// The size that suits marks which lie in rows at these places.
    package func size(ofRows positions: Positions) -> FigureSize {
        guard case .names(let names) = positions else { return .standard }
        let row = 30 + 12 * Double(min(max(1, groupedCount), 6) - 1)
        return FigureSize(
            width: 700, height: min(max(90 + headingHeight + Double(Set(names).count) * row, 200), 1600))
    }
}
