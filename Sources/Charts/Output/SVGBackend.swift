/// Writes a display list as SVG 1.1, text as outlines.
struct SVGBackend {
    private let fonts: FontBook
    private var body = ""
    private var clips = 0

    /// A complete document with a title and a description for readers who cannot see it.
    static func document(_ list: DisplayList, title: String?, description: String, fonts: FontBook) -> String {
        var backend = SVGBackend(fonts: fonts)
        for item in list.items { backend.draw(item) }
        let (width, height) = (number(list.size.width), number(list.size.height))
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img">
            <title>\(escaped(title ?? "Figure"))</title>
            <desc>\(escaped(description))</desc>
            <rect width="100%" height="100%" fill="\(list.background.hexadecimal)"/>
            \(backend.body)</svg>

            """
    }

    private init(fonts: FontBook) { self.fonts = fonts }

    private mutating func draw(_ item: DisplayList.Item) {
        switch item {
        case .fill(let path, let color): add("path", "d=\"\(Self.data(path))\"\(Self.paint(color))")
        case .stroke(let points, let style, let color): stroke(points, style, color)
        case .hairline(let a, let b, let width, let color):
            let ends = "x1=\"\(Self.number(a.x))\" y1=\"\(Self.number(a.y))\" x2=\"\(Self.number(b.x))\""
            let look = Self.paint(color, "stroke") + " stroke-width=\"\(Self.number(width))\""
            add("line", "\(ends) y2=\"\(Self.number(b.y))\"\(look)")
        case .rectangle(let rect, let color): add("rect", Self.box(rect) + Self.paint(color))
        case .markers(let points, let shape, let diameter, let color):
            for point in points {
                add("path", "d=\"\(Self.data(shape.path(center: point, diameter: diameter)))\"\(Self.paint(color))")
            }
        case .text(let run, let origin, let turn, let color):
            let path = run.path(at: origin, turn: turn, fonts: fonts)
            add("path", "d=\"\(Self.data(path))\"\(Self.paint(color)) aria-label=\"\(Self.escaped(run.text))\"")
        case .image(let grid, let rect): image(grid, rect)
        case .clip(let rect):
            clips += 1
            body +=
                "<clipPath id=\"c\(clips)\"><rect \(Self.box(rect))/></clipPath>\n<g clip-path=\"url(#c\(clips))\">\n"
        case .endClip: body += "</g>\n"
        }
    }

    private mutating func add(_ element: String, _ attributes: String) { body += "<\(element) \(attributes)/>\n" }

    private mutating func stroke(_ points: [Point], _ style: StrokeStyle, _ color: Color) {
        let line = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
        var look = " fill=\"none\"" + Self.paint(color, "stroke") + " stroke-width=\"\(Self.number(style.width))\""
        look += " stroke-linecap=\"\(style.cap.rawValue)\" stroke-linejoin=\"\(style.join.rawValue)\""
        if !style.dashes.isEmpty {
            look += " stroke-dasharray=\"\(style.dashes.map(Self.number).joined(separator: " "))\""
        }
        add("polyline", "points=\"\(line)\"\(look)")
    }

    private mutating func image(_ grid: PixelGrid, _ rect: Rect) {
        let (width, height) = (rect.width / Double(grid.width), rect.height / Double(grid.height))
        body += "<g shape-rendering=\"crispEdges\">\n"
        for row in 0..<grid.height {
            for column in 0..<grid.width {
                let place = Rect(
                    x: rect.x + Double(column) * width, y: rect.y + Double(row) * height, width: width, height: height)
                add("rect", Self.box(place) + Self.paint(grid.pixels[row * grid.width + column]))
            }
        }
        body += "</g>\n"
    }

    private static func box(_ rect: Rect) -> String {
        "x=\"\(number(rect.x))\" y=\"\(number(rect.y))\" width=\"\(number(rect.width))\" height=\"\(number(rect.height))\""
    }

    private static func paint(_ color: Color, _ attribute: String = "fill") -> String {
        let opacity = color.alpha == 255 ? "" : " \(attribute)-opacity=\"\(number(Double(color.alpha) / 255))\""
        return " \(attribute)=\"\(color.hexadecimal)\"\(opacity)"
    }

    private static func data(_ path: Path) -> String {
        var text = ""
        func add(_ command: String, _ points: Point...) {
            text += command + points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: " ")
        }
        for element in path.elements {
            switch element {
            case .move(let to): add(text.isEmpty ? "M" : "ZM", to)
            case .line(let to): add("L", to)
            case .quadratic(let control, let to): add("Q", control, to)
            case .cubic(let first, let second, let to): add("C", first, second, to)
            }
        }
        return text + "Z"
    }

    /// Hundredths of a point.
    private static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        return "\(sign)\(whole)." + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\u{0}"..<" " where character != "\n": result += " "
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
