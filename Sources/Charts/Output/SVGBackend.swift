import Foundation

/// Writes a display list as SVG, in hundredths of a point.
///
/// Text is outlines, each glyph once: what a reader's machine would set instead has other widths, and a picture beside a page may load no
/// font. Where the raster backend mixes translucent colours in linear light, viewers mix the encoded values: such colours are written so
/// that they give on the background what linear light gives.
struct SVGBackend {
    private static let scale = 100.0
    /// Units in a glyph's em.
    private static let em = 400.0

    private let fonts: FontBook
    private let background: Color
    private var body = ""
    private var definitions = ""
    private var glyphs: [Glyph: String] = [:]
    private var clips: [Rect: Int] = [:]
    private var markers: [Marker: Int] = [:]
    /// A path that the next item may go on with, and how it looks.
    private var open: (data: PathData, look: String)?

    private struct Glyph: Hashable { let face: Int, index: UInt32 }
    private struct Marker: Hashable { let shape: MarkerShape, diameter: Double }

    /// A complete document.
    ///
    /// - Parameters:
    ///   - title: what the picture is called; not written where it is nil.
    ///   - description: what readers are told who cannot see it; not written where it is nil.
    /// - Throws: `ChartError` where libpng refuses pixels of it.
    static func document(
        _ list: DisplayList, title: String?, description: String?, fonts: FontBook
    ) throws(ChartError) -> String {
        var backend = SVGBackend(fonts: fonts, background: list.background)
        for item in list.items { try backend.draw(item) }
        backend.endPath()
        let (width, height) = (decimal(list.size.width), decimal(list.size.height))
        let box = "0 0 \(decimal(list.size.width * scale)) \(decimal(list.size.height * scale))"
        let words =
            [("title", title), ("desc", description)].compactMap { name, text in
                text.map { "<\(name)>\(escaped($0))</\(name)>\n" }
            }.joined()
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="\(box)" role="img" \
            fill="none" stroke-linejoin="round">
            \(words)<path fill="\(list.background.hexadecimal)" d="M0 0h\(unit(list.size.width))v\(unit(list.size.height))H0z"/>
            <defs>
            \(backend.definitions)</defs>
            \(backend.body)</svg>

            """
    }

    private init(fonts: FontBook, background: Color) {
        self.fonts = fonts
        self.background = background
    }

    private mutating func draw(_ item: DisplayList.Item) throws(ChartError) {
        switch item {
        case .fill(let path, let color):
            add("<path\(paint(color)) d=\"\(PathData(path, scale: Self.scale).text)\"/>")
        case .stroke(let points, let style, let color): stroke(points, style, color)
        case .hairline(let from, let to, let width, let color):
            let look = "\(paint(color, "stroke")) stroke-width=\"\(Self.unit(width))\" shape-rendering=\"crispEdges\""
            goOn(look, isOpaque: color.alpha == 255) { $0.add(line: [from, to]) }
        case .rectangle(let rect, let color):
            goOn("\(paint(color)) shape-rendering=\"crispEdges\"", isOpaque: color.alpha == 255) { $0.add(rect) }
        case .markers(let points, let shape, let diameter, let color): draw(points, shape, diameter, color)
        case .text(let run, let origin, let turn, let color): draw(run, at: origin, turn, color)
        case .image(let grid, let rect): try draw(grid, in: rect)
        case .clip(let rect): add("<g clip-path=\"url(#c\(number(of: rect)))\">")
        case .endClip: add("</g>")
        }
    }

    private mutating func add(_ element: String) {
        endPath()
        body += element + "\n"
    }

    /// Goes on with the path before if that looks the same. Translucent parts stay apart: where they lie on one another, more is hidden.
    private mutating func goOn(_ look: String, isOpaque: Bool, _ append: (inout PathData) -> Void) {
        var data = PathData(scale: Self.scale)
        if isOpaque, let path = open, path.look == look { data = path.data } else { endPath() }
        append(&data)
        open = (data, look)
        if !isOpaque { endPath() }
    }

    private mutating func endPath() {
        guard let path = open else { return }
        open = nil
        body += "<path\(path.look) d=\"\(path.data.text)\"/>\n"
    }

    private mutating func stroke(_ points: [Point], _ style: StrokeStyle, _ color: Color) {
        var data = PathData(scale: Self.scale)
        data.add(line: points)
        var look = paint(color, "stroke") + " stroke-width=\"\(Self.unit(style.width))\""
        if style.cap != .butt { look += " stroke-linecap=\"\(style.cap.rawValue)\"" }
        if style.join != .round { look += " stroke-linejoin=\"\(style.join.rawValue)\"" }
        if !style.dashes.isEmpty {
            look += " stroke-dasharray=\"\(style.dashes.map { "\(Self.unit($0))" }.joined(separator: " "))\""
        }
        add("<path\(look) d=\"\(data.text)\"/>")
    }

    private mutating func draw(_ points: [Point], _ shape: MarkerShape, _ diameter: Double, _ color: Color) {
        if shape == .circle, color.alpha == 255 {
            let look = paint(color, "stroke") + " stroke-width=\"\(Self.unit(diameter))\" stroke-linecap=\"round\""
            return goOn(look, isOpaque: true) { data in
                for point in points { data.add(dot: point) }
            }
        }
        let marker = Marker(shape: shape, diameter: diameter)
        let number = markers[marker] ?? markers.count + 1
        if markers.updateValue(number, forKey: marker) == nil {
            let outline = shape.path(center: Point(0, 0), diameter: diameter)
            definitions += "<path id=\"m\(number)\" d=\"\(PathData(outline, scale: Self.scale).text)\"/>\n"
        }
        let uses = points.map { "<use href=\"#m\(number)\" x=\"\(Self.unit($0.x))\" y=\"\(Self.unit($0.y))\"/>" }
        add("<g\(paint(color))>\(uses.joined())</g>")
    }

    // MARK: Text

    private mutating func draw(_ run: TextRun, at origin: Point, _ turn: Turn, _ color: Color) {
        let along = turn.direction
        let up = along.normal * -1
        var rest = run.glyphs[...]
        while let first = rest.first {
            let level = rest.prefix { $0.size == first.size && $0.rise == first.rise }
            rest = rest.dropFirst(level.count)
            let start = origin + up * first.rise
            let uses = level.map { glyph in
                let place = Int((glyph.x / glyph.size * Self.em).rounded())
                return "<use href=\"#\(name(of: glyph))\"\(place == 0 ? "" : " x=\"\(place)\"")/>"
            }
            let scale = first.size * Self.scale / Self.em
            let place = "\(Self.unit(start.x)) \(Self.unit(start.y))"
            let matrix = [along.x, along.y, -along.y, along.x].map { Self.decimal($0 * scale) }.joined(separator: " ")
            let transform =
                turn == .none ? "translate(\(place))scale(\(Self.decimal(scale)))" : "matrix(\(matrix) \(place))"
            add("<g\(paint(color)) transform=\"\(transform)\">\(uses.joined())</g>")
        }
        guard !run.boxes.isEmpty else { return }
        var boxes = run
        boxes.glyphs = []
        let outline = boxes.path(at: origin, turn: turn, fonts: fonts)
        add("<path\(paint(color)) d=\"\(PathData(outline, scale: Self.scale).text)\"/>")
    }

    /// What a glyph is called, which is written when it is first used.
    private mutating func name(of placed: TextRun.PlacedGlyph) -> String {
        let glyph = Glyph(face: placed.face, index: placed.index)
        if let known = glyphs[glyph] { return known }
        let name = Self.letters(glyphs.count)
        glyphs[glyph] = name
        // Fonts count upwards, pictures downwards.
        let outline = fonts.outline(face: glyph.face, glyph: glyph.index).flipped
        definitions += "<path id=\"\(name)\" d=\"\(PathData(outline, scale: Self.em).text)\"/>\n"
        return name
    }

    /// a, b, … z, A, … Z, aa, ab, …
    private static func letters(_ index: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return (index < letters.count ? "" : Self.letters(index / letters.count - 1))
            + String(letters[index % letters.count])
    }

    // MARK: Pixels, clips and colours

    private mutating func draw(_ grid: PixelGrid, in rect: Rect) throws(ChartError) {
        guard grid.width > 0, grid.height > 0 else { return }
        let pixels = grid.pixels.map { UInt32($0.red) << 16 | UInt32($0.green) << 8 | UInt32($0.blue) }
        let bitmap = Bitmap(width: grid.width, height: grid.height, pixels: pixels)
        let png = Data(try PNGEncoder.encode(Samples(bitmap), scale: 1, texts: [:])).base64EncodedString()
        let box = "x=\"\(Self.unit(rect.x))\" y=\"\(Self.unit(rect.y))\" width=\"\(Self.unit(rect.width))\""
        add(
            "<image \(box) height=\"\(Self.unit(rect.height))\" preserveAspectRatio=\"none\" "
                + "style=\"image-rendering:pixelated\" href=\"data:image/png;base64,\(png)\"/>")
    }

    private mutating func number(of clip: Rect) -> Int {
        if let known = clips[clip] { return known }
        clips[clip] = clips.count + 1
        var data = PathData(scale: Self.scale)
        data.add(clip)
        definitions += "<clipPath id=\"c\(clips.count)\"><path d=\"\(data.text)\"/></clipPath>\n"
        return clips.count
    }

    private func paint(_ color: Color, _ attribute: String = "fill") -> String {
        guard color.alpha < 255 else { return " \(attribute)=\"\(color.hexadecimal)\"" }
        let (paint, opacity) = color.encodedMixture(over: background)
        return " \(attribute)=\"\(paint.hexadecimal)\" \(attribute)-opacity=\"\(Self.decimal(opacity))\""
    }

    /// A length in hundredths of a point.
    private static func unit(_ value: Double) -> Int { Int((value * scale).rounded()) }

    /// A number with at most four decimals.
    private static func decimal(_ value: Double) -> String {
        let parts = Int((value * 10_000).rounded())
        let (whole, rest) = (abs(parts) / 10_000, abs(parts) % 10_000)
        guard rest > 0 else { return "\(parts < 0 ? "-" : "")\(whole)" }
        var digits = String(10_000 + rest).dropFirst()
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(parts < 0 ? "-" : "")\(whole == 0 ? "" : "\(whole)").\(digits)"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\u{0}"..<" " where character != "\n": result += " "
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

extension Path {
    /// The same upside down.
    fileprivate var flipped: Path {
        func flip(_ point: Point) -> Point { Point(point.x, -point.y) }
        var path = Path()
        path.elements = elements.map { element in
            switch element {
            case .move(let to): .move(flip(to))
            case .line(let to): .line(flip(to))
            case .quadratic(let control, let to): .quadratic(flip(control), flip(to))
            case .cubic(let first, let second, let to): .cubic(flip(first), flip(second), flip(to))
            }
        }
        return path
    }
}
