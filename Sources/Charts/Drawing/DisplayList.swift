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

/// Directions in which text is set. All are exact in binary fractions or short decimals, so no sine is needed.
package enum Turn: String, Sendable {
    case none
    /// Upwards, for labels of vertical axes.
    case up
    /// Rising along the diagonal of a 4 by 3 rectangle (36.9°), for long names of categories.
    case slanted

    /// The direction of the baseline.
    package var direction: Point {
        switch self {
        case .none: Point(1, 0)
        case .up: Point(0, -1)
        case .slanted: Point(0.8, -0.6)
        }
    }
}

/// Colours in rows from the top.
package struct PixelGrid: Hashable, Sendable {
    package let width, height: Int
    /// `width` × `height` colours, row by row.
    package let pixels: [Color]
}
