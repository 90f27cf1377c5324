/// Labels at the right ends of lines and the like, pushed apart where they would collide.
package struct DirectLabels {
    private struct Item {
        let run: TextRun
        let color: Color
        let end: Point
    }

    private var items: [Item] = []
    private static let gap = 9.0
    private static let lineHeight = 15.0

    /// The widest label, with the distance from the plot; 0 without labels.
    private(set) var width = 0.0

    /// Whether labels of so many lines fit beside a plot of this height.
    static func fit(_ count: Int, height: Double) -> Bool { count <= 16 && Double(count) * lineHeight <= height }

    /// The labels of what has an end among `marks`, no wider than `limit`.
    init(_ marks: [(mark: Mark, number: Int)], _ plot: Plot, limit: Double) {
        for (mark, number) in marks {
            let mark = mark.content
            guard mark.hasEnd, let label = mark.label, !label.isEmpty, let end = mark.end(in: plot),
                !items.contains(where: { $0.run.text == label })
            else { continue }
            let run = plot.fonts.fitting(label, size: Style.legend, width: limit - Self.gap)
            items.append(Item(run: run, color: plot.theme.color(mark.color, series: number), end: end))
            width = max(width, run.width + Self.gap)
        }
        items.sort { $0.end.y < $1.end.y }
    }

    func draw(beside area: Rect, theme: Theme, to list: inout DisplayList) {
        let heights = Self.spread(
            items.map(\.end.y), by: Self.lineHeight, from: area.y, to: max(area.y, area.maxY))
        for (item, height) in zip(items, heights) {
            let start = Point(area.maxX + Self.gap, height)
            if abs(height - item.end.y) > 6 || area.maxX - item.end.x > 24 {
                let leader = [
                    Point(item.end.x + 3, item.end.y), Point(area.maxX + 1, item.end.y), Point(start.x - 2, height),
                ]
                list.append(.stroke(leader, StrokeStyle(width: 0.75), item.color.opacity(0.6)))
            }
            let baseline = Point(start.x, height + item.run.size * 0.36)
            list.append(.text(item.run, at: baseline, .none, item.color))
        }
    }

    /// The heights nearest to those wanted, in the sense of least squares, that are `gap` apart and between the ends:
    /// neighbours that collide are merged into blocks around the mean of what they want.
    ///
    /// - Parameter wanted: ascending.
    package static func spread(_ wanted: [Double], by gap: Double, from low: Double, to high: Double) -> [Double] {
        var blocks: [(sum: Double, count: Int)] = []
        for (index, place) in wanted.enumerated() {
            blocks.append((place - Double(index) * gap, 1))
            while blocks.count > 1 {
                let (last, previous) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
                guard last.sum / Double(last.count) < previous.sum / Double(previous.count) else { break }
                blocks.removeLast()
                blocks[blocks.count - 1] = (previous.sum + last.sum, previous.count + last.count)
            }
        }
        let free = blocks.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
        return free.enumerated().map { index, base in
            let place = base + Double(index) * gap
            let most = high - Double(wanted.count - 1 - index) * gap
            return min(max(place, low + Double(index) * gap), max(most, low + Double(index) * gap))
        }
    }
}
