/// How large a node is that has room for a text.
struct NodeSize {
    let width, height: Double

    init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

    init(_ shape: Flowchart.Shape, around text: LabelText) {
        let (inner, outer) = (text.width + 28, text.height + 20)
        (width, height) =
            switch shape {
            case .rectangle, .rounded, .box: (inner, outer)
            case .stadium, .subroutine, .flag: (inner + 14, outer)
            case .cylinder: (inner, outer + 16)
            case .hexagon, .leaningRight, .leaningLeft, .narrowTop, .narrowBottom: (inner + outer * 0.7, outer)
            case .circle: (Self.diameter(of: text), Self.diameter(of: text))
            case .doubleCircle: (Self.diameter(of: text) + 8, Self.diameter(of: text) + 8)
            case .ellipse: (text.width * 1.42 + 16, text.height * 1.42 + 12)
            case .diamond: (text.width * 1.5 + 36, text.height * 1.5 + 36)
            case .named(let shape): NodeSize(shape, around: text).both
            }
    }

    private var both: (Double, Double) { (width, height) }

    private static func diameter(of text: LabelText) -> Double {
        (text.width * text.width + text.height * text.height).squareRoot() + 20
    }

    /// How far slanted sides lean, at the top against the bottom.
    var slant: Double { height * 0.3 }
    static let notch = 14.0
    static let lid = 7.0
}

/// A node's outline, from its middle.
struct NodeOutline {
    let shape: Flowchart.Shape
    let size: NodeSize
    private var w: Double { size.width / 2 }
    private var h: Double { size.height / 2 }

    /// How far from the middle edges may leave on the side towards `direction`.
    func span(towards direction: Flowchart.Direction) -> Double {
        let isVertical = direction == .down || direction == .up
        let half = isVertical ? w : h
        return switch shape {
        case .diamond: half * 0.4
        case .circle, .doubleCircle, .ellipse: half * 0.6
        case .named(let shape): half * (shape == .extract || shape == .manualFile ? 0.3 : 0.6)
        case .stadium, .rounded: isVertical ? max(w - h, half * 0.3) * 0.8 : half * 0.6
        case .hexagon, .leaningLeft, .leaningRight, .narrowTop, .narrowBottom:
            isVertical ? (w - size.slant) * 0.8 : half * 0.7
        default: half * 0.75
        }
    }

    /// How far from the middle the outline lies towards `direction`, `shift` beside the middle (to the right, or downwards).
    func reach(towards direction: Flowchart.Direction, at shift: Double) -> Double {
        switch shape {
        case .diamond:
            let isVertical = direction == .down || direction == .up
            return isVertical ? h * max(0, 1 - abs(shift) / w) : w * max(0, 1 - abs(shift) / h)
        case .circle, .doubleCircle, .ellipse:
            let isVertical = direction == .down || direction == .up
            let part = min(1, abs(shift) / (isVertical ? w : h))
            return (isVertical ? h : w) * (1 - part * part).squareRoot()
        case .cylinder where direction == .down || direction == .up:
            let part = min(1, abs(shift) / w)
            return h - NodeSize.lid + NodeSize.lid * (1 - part * part).squareRoot()
        case .named(let shape): return reach(of: shape, towards: direction, at: shift)
        default:
            return direction == .down || direction == .up ? h : side(isRight: direction == .right, at: shift)
        }
    }

    /// How far the side lies from the middle, `y` below it.
    private func side(isRight: Bool, at y: Double) -> Double {
        let slant = size.slant
        /// From 0 at the top to 1 at the bottom.
        let down = (y + h) / (2 * h)
        return switch shape {
        case .stadium: w - h + max(0, h * h - y * y).squareRoot()
        case .hexagon: w - slant * abs(y) / h
        case .flag: isRight ? w : w - NodeSize.notch * (1 - abs(y) / h)
        case .leaningRight: w - slant * (isRight ? down : 1 - down)
        case .leaningLeft: w - slant * (isRight ? 1 - down : down)
        case .narrowTop: w - slant * (1 - down)
        case .narrowBottom: w - slant * down
        default: w
        }
    }
}
