/// The pattern of a line.
///
/// ```swift
/// Line(x: epochs, y: teacher, label: "teacher", pattern: .dashed)
/// ```
public enum LinePattern: String, Codable, Sendable, CaseIterable {
    /// Unbroken.
    case solid
    /// Long dashes.
    case dashed
    /// Dots.
    case dotted
    /// Dashes and dots in turn.
    case dashDotted

    func style(width: Double) -> StrokeStyle {
        switch self {
        case .solid: StrokeStyle(width: width, cap: .round)
        case .dashed: StrokeStyle(width: width, dashes: [4.5 * max(1, width / 1.4), 2.5 * max(1, width / 1.4)])
        case .dotted: StrokeStyle(width: width, cap: .round, dashes: [0.01, 2.2 * width])
        case .dashDotted:
            StrokeStyle(width: width, dashes: [4 * width, 1.6 * width, 1.2 * width, 1.6 * width])
        }
    }
}
