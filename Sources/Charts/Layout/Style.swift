/// Sizes of type and distances, in points.
enum Style {
    static let margin = 14.0
    static let title = 16.5
    static let subtitle = 13.0
    static let panelTitle = 13.5
    static let axisLabel = 13.0
    static let tickLabel = 12.0
    static let legend = 12.5
    static let tickLength = 4.0
    static let tickGap = 4.0
    static let panelGap = Point(22, 18)
    static let legendKey = 22.0

    /// How far below the top of a line of type its baseline is.
    static func ascent(_ size: Double) -> Double { size * 0.94 }
    static func lineHeight(_ size: Double) -> Double { size * TextRun.lineHeight }
}
