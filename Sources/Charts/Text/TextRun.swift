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
}
