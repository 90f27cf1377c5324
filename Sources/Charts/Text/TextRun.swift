/// A line of text set in glyphs, starting at 0 on its baseline.
package struct TextRun: Hashable, Sendable {
    struct PlacedGlyph: Hashable, Sendable {
        /// Index into the font book's faces.
        let face: Int
        let index: UInt32
        /// Points from the start of the line.
        let x: Double
        /// Points above the baseline.
        let rise: Double
        /// Points per em.
        let size: Double
    }

    /// What is written, with its markup.
    package let text: String
    /// Points per em.
    package let size: Double
    package var width = 0.0
    var glyphs: [PlacedGlyph] = []
    /// Where the boxes stand that are drawn for characters no font has.
    var boxes: [Double] = []
    package var missing: [Unicode.Scalar] = []

    /// How many glyphs and boxes are drawn.
    package var glyphCount: Int { glyphs.count + boxes.count }

    init(text: String, size: Double) {
        self.text = text
        self.size = size
    }

    /// The heights of DejaVu Sans, in ems.
    package static let capHeight = 0.729
    static let descent = 0.236
    static let lineHeight = 1.28

    mutating func appendBox(for scalar: Unicode.Scalar) {
        boxes.append(width)
        missing.append(scalar)
        width += 0.66 * size
    }

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
