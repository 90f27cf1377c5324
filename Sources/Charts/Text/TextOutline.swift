extension TextRun {
    /// The outlines of the run in points, baseline starting at `origin`.
    func path(at origin: Point, turn: Turn, fonts: FontBook) -> Path {
        let along = turn.direction
        let up = along.normal * -1
        var path = Path()
        for glyph in glyphs {
            let start = origin + along * glyph.x + up * glyph.rise
            func place(_ point: Point) -> Point { start + along * (point.x * glyph.size) + up * (point.y * glyph.size) }
            for element in fonts.outline(face: glyph.face, glyph: glyph.index).elements {
                switch element {
                case .move(let to): path.elements.append(.move(place(to)))
                case .line(let to): path.elements.append(.line(place(to)))
                case .quadratic(let control, let to): path.elements.append(.quadratic(place(control), place(to)))
                case .cubic(let first, let second, let to):
                    path.elements.append(.cubic(place(first), place(second), place(to)))
                }
            }
        }
        for box in boxes {
            path.append(polygon: corners(of: box, inset: 0).map { origin + along * $0.x + up * $0.y })
            path.append(polygon: corners(of: box, inset: 0.06).reversed().map { origin + along * $0.x + up * $0.y })
        }
        return path
    }

    private func corners(of box: Double, inset: Double) -> [Point] {
        let left = box + (0.06 + inset) * size
        let right = box + (0.60 - inset) * size
        let bottom = inset * size
        let top = (Self.capHeight - inset) * size
        return [Point(left, bottom), Point(left, top), Point(right, top), Point(right, bottom)]
    }
}
