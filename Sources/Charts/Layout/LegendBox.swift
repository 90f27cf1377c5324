/// A box of labels inside a plot, and labels in rows above one.
struct LegendBox {
    private let entries: [(entry: LegendEntry, run: TextRun)]
    private let more: TextRun?
    private static let padding = 7.0
    private static let lineHeight = 17.0
    private static let rowGap = 16.0

    /// At most `limit` entries; how many more there are is said in words.
    init(_ entries: [LegendEntry], fonts: FontBook, width: Double, limit: Int) {
        let shown = entries.count > limit ? Array(entries.prefix(max(1, limit - 1))) : entries
        self.entries = shown.map {
            ($0, fonts.fitting($0.label, size: Style.legend, width: max(30, width - Style.legendKey - 24)))
        }
        let left = entries.count - shown.count
        more = left > 0 ? fonts.run("… and \(left) more", size: Style.legend) : nil
    }

    private var size: Dimensions {
        let widest = max(entries.map(\.run.width).max() ?? 0, more?.width ?? 0)
        let lines = Double(entries.count + (more == nil ? 0 : 1))
        return Dimensions(
            width: widest + Style.legendKey + 6 + 2 * Self.padding,
            height: lines * Self.lineHeight + 2 * Self.padding - 4)
    }

    /// The place among eight around the plot's edge where the box covers least, and how much it covers there.
    func place(in area: Rect, obstacles: Obstacles) -> (rect: Rect, covered: Double) {
        let inner = area.inset(8)
        let (right, bottom) = (inner.maxX - size.width, inner.maxY - size.height)
        let (middleX, middleY) = (inner.midX - size.width / 2, inner.midY - size.height / 2)
        let places = [
            (right, inner.y), (inner.x, inner.y), (right, bottom), (inner.x, bottom), (right, middleY),
            (inner.x, middleY), (middleX, inner.y), (middleX, bottom),
        ]
        let rects = places.map { Rect(x: $0.0, y: $0.1, width: size.width, height: size.height) }
        let best = rects.map { ($0, obstacles.covered(by: $0.inset(-4))) }.enumerated()
            .min { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
        let fits = size.width <= inner.width && size.height <= inner.height
        return (best?.element.0 ?? area, fits ? best?.element.1 ?? .infinity : .infinity)
    }

    func draw(in rect: Rect, theme: Theme, to list: inout DisplayList) {
        list.append(.rectangle(rect.inset(-1), theme.grid))
        list.append(.rectangle(rect, theme.background))
        for (index, (entry, run)) in entries.enumerated() {
            let middle = rect.y + Self.padding - 2 + (Double(index) + 0.5) * Self.lineHeight
            draw(entry, run, Point(rect.x + Self.padding, middle), theme, &list)
        }
        if let more {
            let baseline = rect.maxY - Self.padding - 2
            list.append(.text(more, at: Point(rect.x + Self.padding + 2, baseline), .none, theme.secondaryText))
        }
    }

    private func draw(_ entry: LegendEntry, _ run: TextRun, _ start: Point, _ theme: Theme, _ list: inout DisplayList) {
        entry.drawKey(at: start.x, middle: start.y, theme: theme, to: &list)
        let baseline = Point(start.x + Style.legendKey + 6, start.y + run.size * 0.36)
        list.append(.text(run, at: baseline, .none, theme.text))
    }

    /// The entries' places in rows no wider than `width`.
    private func rows(_ width: Double) -> [[(index: Int, x: Double)]] {
        var rows: [[(index: Int, x: Double)]] = [[]]
        var x = 0.0
        let widths = entries.map { Style.legendKey + 6 + $0.run.width }
        let isOneRow = widths.reduce(0) { $0 + $1 + Self.rowGap } <= width + Self.rowGap
        for index in entries.indices {
            // In several rows, entries stand in columns.
            let needed = isOneRow ? widths[index] : widths.max() ?? 0
            if x > 0, x + needed > width {
                rows.append([])
                x = 0
            }
            rows[rows.count - 1].append((index, x))
            x += needed + Self.rowGap
        }
        return rows
    }

    /// The height of the rows above a plot.
    func rowsHeight(width: Double) -> Double {
        entries.isEmpty ? 0 : Double(rows(width).count) * Self.lineHeight + (more == nil ? 8 : 8 + Self.lineHeight)
    }

    /// Draws the rows from a top left corner.
    func drawRows(at corner: Point, width: Double, theme: Theme, to list: inout DisplayList) {
        for (line, row) in rows(width).enumerated() {
            let middle = corner.y + (Double(line) + 0.5) * Self.lineHeight
            for (index, x) in row {
                draw(entries[index].entry, entries[index].run, Point(corner.x + x, middle), theme, &list)
            }
        }
        if let more {
            let baseline = corner.y + (Double(rows(width).count) + 0.5) * Self.lineHeight + 4
            list.append(.text(more, at: Point(corner.x + 2, baseline), .none, theme.secondaryText))
        }
    }
}

/// What is already drawn in a plot, for finding free room.
struct Obstacles {
    private var points: [Point] = []
    private var rects: [Rect] = []

    /// The marks that `list` draws; lines count as a point every four points.
    init(_ items: some Sequence<DisplayList.Item>) {
        for item in items {
            switch item {
            case .stroke(let line, _, _): add(line: line)
            case .hairline(let a, let b, _, _): add(line: [a, b])
            case .markers(let places, _, _, _): points += places
            case .rectangle(let rect, _): rects.append(rect)
            case .text(let run, let start, _, _):
                rects.append(Rect(x: start.x, y: start.y - run.size, width: run.width, height: run.size * 1.2))
            case .image(_, let rect): rects.append(rect)
            case .fill(let path, _): add(area: path)
            case .clip, .endClip: break
            }
        }
    }

    /// Adds the corners of an area, and the places of a coarse grid that are inside it.
    private mutating func add(area path: Path) {
        let corners = path.elements.compactMap { element -> Point? in
            switch element {
            case .move(let point), .line(let point): point
            default: nil
            }
        }
        points += corners
        guard corners.count <= 2000, let left = corners.map(\.x).min(), let right = corners.map(\.x).max(),
            let top = corners.map(\.y).min(), let bottom = corners.map(\.y).max()
        else { return }
        for x in stride(from: left, through: right, by: max(8, (right - left) / 64)) {
            let crossings = zip(corners, corners.dropFirst() + corners.prefix(1))
                .filter { ($0.x > x) != ($1.x > x) }
                .map { $0.y + ($1.y - $0.y) * (x - $0.x) / ($1.x - $0.x) }.sorted()
            for y in stride(from: top, through: bottom, by: max(8, (bottom - top) / 64))
            where crossings.count(where: { $0 < y }) % 2 == 1 { points.append(Point(x, y)) }
        }
    }

    private mutating func add(line: [Point]) {
        for (a, b) in zip(line, line.dropFirst()) {
            let count = 1 + Int(min((b - a).length / 4, 500))
            for index in 0...count { points.append(a + (b - a) * (Double(index) / Double(count))) }
        }
    }

    /// Points covered, and square points of rectangles in units of 16.
    func covered(by rect: Rect) -> Double {
        Double(points.count { rect.contains($0) }) + rects.reduce(0) { $0 + rect.overlap($1) } / 16
    }
}
