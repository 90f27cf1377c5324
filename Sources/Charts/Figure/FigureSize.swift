/// Width and height in points; a point is a CSS pixel, 1/96 inch.
///
/// ```swift
/// Chart("Wide", size: FigureSize(width: 900, height: 300)) { … }
/// ```
public struct FigureSize: Codable, Hashable, Sendable {
    /// Points from left to right.
    public var width: Double
    /// Points from top to bottom.
    public var height: Double

    /// A size; each side is kept between 40 and 8000 points.
    public init(width: Double, height: Double) {
        self.width = Self.limited(width)
        self.height = Self.limited(height)
    }

    private static func limited(_ side: Double) -> Double { side.isNaN ? 40 : min(max(side, 40), 8000) }

    /// 700 × 450 points.
    public static let standard = FigureSize(width: 700, height: 450)
}
