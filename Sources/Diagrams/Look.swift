/// How an author wants a node, box or edge to look, where that differs from the page.
///
/// It is what Mermaid's `style`, `classDef` and `linkStyle` say in CSS's words. Colours, widths, dashes and weight are taken over; other
/// properties, which concern what is not drawn here, are left alone.
public struct Look: Hashable, Sendable {
    /// The colour of the area; `nil` follows the page or is `none`.
    public private(set) var fill: DiagramColor?
    /// The colour of the outline or edge; `nil` follows the page.
    public private(set) var stroke: DiagramColor?
    /// The colour of words.
    public private(set) var ink: DiagramColor?
    /// In CSS pixels, at most 12.
    public private(set) var strokeWidth: Double?
    /// The lengths of dashes and of gaps in turn, in CSS pixels.
    public private(set) var dashes: [Double] = []
    /// Whether words are bold beyond what the label itself says.
    public private(set) var isBold = false
    /// Whether words are slanted beyond what the label itself says.
    public private(set) var isSlanted = false
    /// Whether the fill was said to be `none`.
    private var hasNoFill = false

    /// A look that leaves everything to the page.
    public init() {}

    /// The colour behind words, if the author chose one that covers the page's.
    var ground: DiagramColor? { hasNoFill ? nil : fill }
    var isHollow: Bool { hasNoFill }

    /// Sets `property` to `value`.
    /// - Throws: what is wrong with the value, for a message.
    mutating func set(_ property: String, _ value: String) throws(LookError) {
        switch property {
        case "fill", "background", "background-color":
            hasNoFill = value == "none" || value == "transparent"
            fill = hasNoFill ? nil : try color(property, value)
        case "stroke": stroke = value == "none" ? nil : try color(property, value)
        case "color": ink = try color(property, value)
        case "stroke-width": strokeWidth = min(try length(property, value), 12)
        case "stroke-dasharray":
            let parts = value.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
            dashes = []
            if value != "none" {
                for part in parts.prefix(8) { dashes.append(min(try length(property, part), 100)) }
            }
        case "font-weight": isBold = value == "bold" || value == "bolder" || (Int(value) ?? 400) >= 600
        case "font-style": isSlanted = value == "italic" || value == "oblique"
        default: break
        }
    }

    /// This look where `other` says nothing.
    func under(_ other: Look) -> Look {
        var look = self
        if other.fill != nil || other.hasNoFill { (look.fill, look.hasNoFill) = (other.fill, other.hasNoFill) }
        look.stroke = other.stroke ?? stroke
        look.ink = other.ink ?? ink
        look.strokeWidth = other.strokeWidth ?? strokeWidth
        if !other.dashes.isEmpty { look.dashes = other.dashes }
        look.isBold = isBold || other.isBold
        look.isSlanted = isSlanted || other.isSlanted
        return look
    }

    mutating func forgetFill() { (fill, hasNoFill) = (nil, false) }

    private func color(_ property: String, _ value: String) throws(LookError) -> DiagramColor {
        guard let color = DiagramColor(css: value) else {
            throw LookError(
                "`\(value)` is no colour for `\(property)`: write one as #rgb, #rrggbb, or by its name in CSS")
        }
        return color
    }

    private func length(_ property: String, _ value: String) throws(LookError) -> Double {
        let digits = value.hasSuffix("px") ? value.dropLast(2) : value[...]
        guard let length = Double(digits), length.isFinite, length >= 0 else {
            throw LookError("`\(value)` is no length for `\(property)`: write a number of pixels such as 2px")
        }
        return length
    }
}

/// What is wrong with a property's value.
struct LookError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}
