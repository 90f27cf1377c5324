/// Why a figure could not be drawn: in which phase, what is wrong, and what would mend it.
public struct ChartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The step of drawing that failed.
    public enum Phase: String, Sendable {
        /// Reading the figure's data.
        case data
        /// Finding or reading a font.
        case font
        /// Writing the picture's bytes.
        case encoding
    }

    /// The step that failed.
    public let phase: Phase
    /// What is wrong, with the mark and the label it is about.
    public let problem: String
    /// What would mend it.
    public let cure: String

    init(_ phase: Phase, _ problem: String, cure: String) {
        self.phase = phase
        self.problem = problem
        self.cure = cure
    }

    /// The problem and its cure in one line.
    public var description: String { "\(problem) (\(phase.rawValue)): \(cure)" }
}
