/// What a backend draws, in order, in points: the seam between layout and pixels.
package struct DisplayList: Hashable, Sendable {
    package enum Item: Hashable, Sendable {
        /// An outline filled.
        case fill(Path, Color)
        /// A line along points.
        case stroke([Point], StrokeStyle, Color)
        /// A horizontal or vertical line that a raster backend moves to whole pixels.
        case hairline(Point, Point, width: Double, Color)
        /// A rectangle whose sides a raster backend moves to whole pixels.
        case rectangle(Rect, Color)
        /// The same marker at many points.
        case markers([Point], MarkerShape, diameter: Double, Color)
        /// A line of text whose baseline starts at a point.
        case text(TextRun, at: Point, Turn, Color)
        /// Pixels as equal rectangles.
        case image(PixelGrid, Rect)
        /// What follows is drawn inside this rectangle only.
        case clip(Rect)
        /// Ends the last `clip`.
        case endClip
    }

    package var size: FigureSize
    package var background: Color
    package var items: [Item] = []
    /// What the reader should know about the picture, such as characters that no font has.
    package var warnings: [String] = []

    package mutating func append(_ item: Item) { items.append(item) }
}

/// Colours in rows from the top.
package struct PixelGrid: Hashable, Sendable {
    package let width, height: Int
    /// `width` × `height` colours, row by row.
    package let pixels: [Color]
}
