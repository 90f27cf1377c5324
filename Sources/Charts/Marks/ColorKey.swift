/// How a mark's numbers become colours.
package struct ColorKey: Hashable, Sendable {
    /// The numbers at the colours' ends.
    let from, to: Double
    let colors: ColorScale
    /// How the numbers are written.
    let format: NumberFormat
    /// What the numbers are.
    let label: String?
}
