/// Draws a display list in pixels.
struct RasterBackend {
    private let fonts: FontBook
    private let scale: Double
    private let coverage: Coverage
    private let canvas: Canvas
    private var clips: [Rect] = []

    /// The picture of `list`, `scale` pixels to the point.
    static func draw(_ list: DisplayList, scale: Double, fonts: FontBook) -> Bitmap {
        var backend = RasterBackend(list, scale: scale, fonts: fonts)
        for item in list.items { backend.draw(item) }
        return Bitmap(width: backend.canvas.width, height: backend.canvas.height, pixels: Array(backend.canvas.buffer))
    }

    private init(_ list: DisplayList, scale: Double, fonts: FontBook) {
        self.fonts = fonts
        self.scale = scale
        let width = max(1, Int(list.size.width * scale + 0.5))
        let height = max(1, Int(list.size.height * scale + 0.5))
        coverage = Coverage(width: width, height: height)
        canvas = Canvas(width: width, height: height, background: list.background)
    }

    private mutating func draw(_ item: DisplayList.Item) {
        switch item {
        case .fill(let path, let color): fill(path, color)
        case .stroke(let points, let style, let color): stroke(points, style, color)
        case .hairline(let from, let to, let width, let color): hairline(from, to, width, color)
        case .rectangle(let rect, let color):
            paint(
                left: pixel(rect.x), top: pixel(rect.y), right: pixel(rect.maxX), bottom: pixel(rect.maxY), color)
        case .markers(let points, let shape, let diameter, let color):
            markers(points, shape.path(center: Point(0, 0), diameter: diameter), color)
        case .text(let run, let origin, let turn, let color):
            fill(run.path(at: origin, turn: turn, fonts: fonts), color)
        case .image(let grid, let rect): image(grid, rect)
        case .clip(let rect):
            clips.append(rect)
            applyClip()
        case .endClip:
            clips.removeLast()
            applyClip()
        }
    }

    private func applyClip() {
        let whole = Rect(x: 0, y: 0, width: Double(coverage.width), height: Double(coverage.height))
        let rect = clips.last.map { Rect(place(Point($0.x, $0.y)), place(Point($0.maxX, $0.maxY))) } ?? whole
        coverage.setClip(left: rect.x, top: rect.y, right: rect.maxX, bottom: rect.maxY)
    }

    /// Paints whole pixels inside the clip.
    private func paint(left: Int, top: Int, right: Int, bottom: Int, _ color: Color) {
        let clip = coverage.clip
        canvas.fill(
            left: max(left, clip.left), top: max(top, clip.top), right: min(right, clip.right),
            bottom: min(bottom, clip.bottom), color)
    }

    /// The border between pixels that is nearest to a length in points.
    private func pixel(_ length: Double) -> Int {
        length.isNaN ? 0 : Int((min(max(length, -1e5), 1e5) * scale).rounded())
    }

    private func place(_ point: Point) -> Point { point * scale }

    private func fill(_ path: Path, _ color: Color) {
        trace(path, coverage.addEdge)
        canvas.paint(coverage, color)
    }

    /// The same outline, made of chords once, at many places.
    private func markers(_ points: [Point], _ path: Path, _ color: Color) {
        var edges: [(Point, Point)] = []
        trace(path) { edges.append(($0, $1)) }
        for point in points {
            let center = place(point)
            for (a, b) in edges { coverage.addEdge(center + a, center + b) }
            canvas.paint(coverage, color)
        }
    }

    /// Walks along the chords of a path, in pixels.
    private func trace(_ path: Path, _ edge: (Point, Point) -> Void) {
        func line(_ current: inout Point, _ to: Point) {
            edge(current, to)
            current = to
        }
        var (start, current) = (Point(0, 0), Point(0, 0))
        for element in path.elements {
            switch element {
            case .move(let to):
                edge(current, start)
                start = place(to)
                current = start
            case .line(let to): line(&current, place(to))
            case .quadratic(let control, let to):
                Curve.flatten(current, place(control), place(to)) { line(&current, $0) }
            case .cubic(let first, let second, let to):
                Curve.flatten(current, place(first), place(second), place(to)) { line(&current, $0) }
            }
        }
        edge(current, start)
    }

    private func stroke(_ points: [Point], _ style: StrokeStyle, _ color: Color) {
        let stroker = Stroker(style, scale: scale)
        let lines = style.dashes.isEmpty ? [points] : Dasher.dash(points, style.dashes)
        for line in lines {
            let line = line.map(place)
            // Painted in stretches, so that no sum overflows where thousands of segments cross one pixel; each
            // stretch repeats a segment, so that the join between them is drawn.
            for start in Swift.stride(from: 0, to: max(1, line.count - 2), by: 4096) {
                stroker.stroke(line[start..<min(start + 4098, line.count)], into: coverage)
                if line.count > 4098 { canvas.paint(coverage, color) }
            }
        }
        canvas.paint(coverage, color)
    }

    private func hairline(_ from: Point, _ to: Point, _ width: Double, _ color: Color) {
        let thickness = max(1, pixel(width))
        func start(_ middle: Double) -> Int { Int((middle * scale - Double(thickness) / 2).rounded()) }
        if from.y == to.y {
            let top = start(from.y)
            paint(
                left: pixel(min(from.x, to.x)), top: top, right: pixel(max(from.x, to.x)), bottom: top + thickness,
                color)
        } else {
            let left = start(from.x)
            paint(
                left: left, top: pixel(min(from.y, to.y)), right: left + thickness, bottom: pixel(max(from.y, to.y)),
                color)
        }
    }

    private func image(_ grid: PixelGrid, _ rect: Rect) {
        guard grid.width > 0, grid.height > 0 else { return }
        func columnEdge(_ index: Int) -> Int { pixel(rect.x + rect.width * Double(index) / Double(grid.width)) }
        func rowEdge(_ index: Int) -> Int { pixel(rect.y + rect.height * Double(index) / Double(grid.height)) }
        let columns = (0...grid.width).map(columnEdge)
        for row in 0..<grid.height {
            let (top, bottom) = (rowEdge(row), rowEdge(row + 1))
            for column in 0..<grid.width {
                paint(
                    left: columns[column], top: top, right: columns[column + 1], bottom: bottom,
                    grid.pixels[row * grid.width + column])
            }
        }
    }
}

/// Pixels `0x00RRGGBB` in rows from the top.
package struct Bitmap: Hashable, Sendable {
    package let width, height: Int
    package let pixels: [UInt32]
}
