/// Where a chart's marks are drawn.
package struct Plot {
    package let x: PositionScale
    package let y: PositionScale
    package let area: Rect
    package let theme: Theme
    let fonts: FontBook
    /// Which of the marks side by side on a category is drawn, and how many there are.
    var slot = (index: 0, count: 1)

    /// Where two positions are, or nil for a gap.
    package func points(_ xs: Positions, _ ys: [Double]) -> [Point?] {
        zip(x.places(xs), ys).map { x, value in
            guard let x, let y = y.place(value) else { return nil }
            return Point(x, y)
        }
    }

    /// How far from a category's middle, and how thick, a mark in this slot is, when `share` of the band is used.
    func slotPlacement(on scale: PositionScale, share: Double) -> (offset: Double, thickness: Double) {
        let thickness = scale.band * share / Double(slot.count)
        return (thickness * (Double(slot.index) - Double(slot.count - 1) / 2), thickness)
    }
}
