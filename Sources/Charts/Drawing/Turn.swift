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
