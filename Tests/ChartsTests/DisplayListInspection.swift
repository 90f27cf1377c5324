import Charts

extension Figure {
    /// Every text of the light picture, in order.
    var texts: [String] { get throws { try displayList(theme: .light).texts } }
}

extension DisplayList {
    var texts: [String] {
        items.compactMap { if case .text(let run, _, _, _) = $0 { run.text } else { nil } }
    }

    var strokes: [[Point]] {
        items.compactMap { if case .stroke(let points, _, _) = $0 { points } else { nil } }
    }

    /// The rectangles that lines of text take, from the descent to the height of capitals.
    var textFrames: [Rect] {
        items.compactMap { item in
            guard case .text(let run, let start, let turn, _) = item else { return nil }
            let (along, up) = (turn.direction, turn.direction.normal * -1)
            let corners = [0, run.width].flatMap { x in
                [-0.2, TextRun.capHeight].map { start + along * x + up * ($0 * run.size) }
            }
            let (xs, ys) = (corners.map(\.x), corners.map(\.y))
            let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
            return Rect(x: left, y: top, width: (xs.max() ?? 0) - left, height: (ys.max() ?? 0) - top)
        }
    }

    /// Every coordinate and length.
    var numbers: [Double] {
        items.flatMap { item -> [Double] in
            switch item {
            case .fill(let path, _): path.elements.flatMap(\.numbers)
            case .stroke(let points, let style, _): points.flatMap { [$0.x, $0.y] } + [style.width]
            case .hairline(let a, let b, let width, _): [a.x, a.y, b.x, b.y, width]
            case .rectangle(let rect, _), .clip(let rect), .image(_, let rect):
                [rect.x, rect.y, rect.width, rect.height]
            case .markers(let points, _, let diameter, _): points.flatMap { [$0.x, $0.y] } + [diameter]
            case .text(let run, let start, _, _): [start.x, start.y, run.width, run.size]
            case .endClip: []
            }
        }
    }

    /// One line for each item, coordinates in hundredths of a point: what a golden file holds.
    var transcript: String { (items.map(\.transcript) + warnings).joined(separator: "\n") + "\n" }
}

extension Path.Element {
    var points: [Point] {
        switch self {
        case .move(let a), .line(let a): [a]
        case .quadratic(let a, let b): [a, b]
        case .cubic(let a, let b, let c): [a, b, c]
        }
    }

    var numbers: [Double] { points.flatMap { [$0.x, $0.y] } }
}

extension DisplayList.Item {
    fileprivate var transcript: String {
        func list(_ points: [Point]) -> String { points.map { "\(short($0.x)),\(short($0.y))" }.joined(separator: " ") }
        func ink(_ color: Color) -> String { color.hexadecimal + (color.alpha == 255 ? "" : "/\(color.alpha)") }
        func box(_ rect: Rect) -> String {
            [rect.x, rect.y, rect.width, rect.height].map(short).joined(separator: " ")
        }
        switch self {
        case .fill(let path, let color): return "fill \(ink(color)) \(list(path.elements.flatMap(\.points)))"
        case .stroke(let points, let style, let color):
            let dashes = style.dashes.isEmpty ? "" : " dashes " + style.dashes.map(short).joined(separator: " ")
            return
                "stroke \(ink(color)) width \(short(style.width)) \(style.cap) \(style.join)\(dashes) \(list(points))"
        case .hairline(let a, let b, let width, let color):
            return "hairline \(ink(color)) width \(short(width)) \(list([a, b]))"
        case .rectangle(let rect, let color): return "rectangle \(ink(color)) \(box(rect))"
        case .markers(let points, let shape, let diameter, let color):
            return "markers \(ink(color)) \(shape) \(short(diameter)) \(list(points))"
        case .text(let run, let start, let turn, let color):
            return
                "text \(ink(color)) \(short(run.size)) \(turn) \(list([start])) width \(short(run.width)) “\(run.text)”"
        case .image(let grid, let rect):
            return "image \(grid.width)×\(grid.height) in \(box(rect)): \(grid.pixels.map(ink).joined(separator: " "))"
        case .clip(let rect): return "clip \(box(rect))"
        case .endClip: return "end of clip"
        }
    }
}

private func short(_ value: Double) -> String {
    let hundredths = (value * 100).rounded() / 100
    return hundredths == hundredths.rounded() ? String(Int(hundredths)) : String(hundredths)
}
