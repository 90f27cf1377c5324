/// How much of each pixel the outlines added so far cover, exact to 1/256 pixel in both directions, in integers.
///
/// An edge going down adds to each pixel row the area to its right, one going up takes it away (as in the scan
/// converters of FreeType and font-rs); a running sum along the row is then the winding number weighted by area. Edges
/// that two outlines share in opposite directions cancel to exactly zero.
package final class Coverage {
    /// Covered area of a whole pixel in the sums: 256 rows × 256 columns × 2.
    static let whole = 131072

    let width: Int
    let height: Int
    /// Pixels outside this are not touched.
    private(set) var clip: (left: Int, top: Int, right: Int, bottom: Int)
    private let stride: Int
    private let sums: UnsafeMutablePointer<Int32>
    /// Columns touched in each row: lowest, and one above the highest.
    private let spans: UnsafeMutablePointer<(low: Int32, high: Int32)>
    private var rows = (low: Int.max, high: Int.min)

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
        stride = width + 2
        sums = .allocate(capacity: stride * height)
        sums.initialize(repeating: 0, count: stride * height)
        spans = .allocate(capacity: height)
        spans.initialize(repeating: (Int32.max, -1), count: height)
        clip = (0, 0, width, height)
    }

    deinit {
        sums.deallocate()
        spans.deallocate()
    }

    /// Limits what is drawn to the pixels that the rectangle touches.
    func setClip(left: Double, top: Double, right: Double, bottom: Double) {
        func pixel(_ value: Double, _ limit: Int) -> Int { Int(min(max(value, 0), Double(limit))) }
        clip = (
            pixel(left + 0.01, width), pixel(top + 0.01, height),
            pixel(right + 0.99, width), pixel(bottom + 0.99, height)
        )
    }

    /// Adds one edge of an outline, in pixels.
    package func addEdge(_ a: Point, _ b: Point) {
        guard a.y != b.y, a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { return }
        let sign = a.y < b.y ? 1 : -1
        var (top, bottom) = a.y < b.y ? (a, b) : (b, a)
        let (minY, maxY) = (Double(clip.top), Double(clip.bottom))
        guard bottom.y > minY, top.y < maxY else { return }
        let slope = (bottom.x - top.x) / (bottom.y - top.y)
        if top.y < minY { top = Point(top.x + (minY - top.y) * slope, minY) }
        if bottom.y > maxY { bottom = Point(top.x + (maxY - top.y) * slope, maxY) }
        addClippedInY(top, bottom, sign)
    }

    /// Splits an edge at the clip's left and right: what is left of it counts as if it ran along the left side, and
    /// what is right of it covers nothing.
    private func addClippedInY(_ top: Point, _ bottom: Point, _ sign: Int) {
        let (minX, maxX) = (Double(clip.left), Double(clip.right))
        if top.x >= minX, bottom.x >= minX, top.x <= maxX, bottom.x <= maxX { return addInside(top, bottom, sign) }
        if top.x >= maxX, bottom.x >= maxX { return }
        if top.x <= minX, bottom.x <= minX { return addInside(Point(minX, top.y), Point(minX, bottom.y), sign) }
        let border = min(top.x, bottom.x) < minX ? minX : maxX
        let share = (border - top.x) / (bottom.x - top.x)
        let cut = Point(border, top.y + (bottom.y - top.y) * share)
        // Either part lies on one side of the border now; the ends are set on it exactly, so the recursion ends.
        addClippedInY(top, Point(border, cut.y), sign)
        addClippedInY(Point(border, cut.y), bottom, sign)
    }

    private func addInside(_ top: Point, _ bottom: Point, _ sign: Int) {
        let (x0, y0) = (Int(top.x * 256 + 0.5), Int(top.y * 256 + 0.5))
        let (x1, y1) = (Int(bottom.x * 256 + 0.5), Int(bottom.y * 256 + 0.5))
        guard y0 < y1 else { return }
        let slope = Double(x1 - x0) / Double(y1 - y0)
        let (firstRow, lastRow) = (y0 >> 8, (y1 - 1) >> 8)
        rows.low = min(rows.low, firstRow)
        rows.high = max(rows.high, lastRow)
        var (x, y) = (x0, y0)
        for row in firstRow...lastRow {
            let nextY = min(y1, (row + 1) << 8)
            let nextX = nextY == y1 ? x1 : Int(Double(x0) + Double(nextY - y0) * slope + 0.5)
            addRow(row, x, nextX, nextY - y, sign)
            (x, y) = (nextX, nextY)
        }
    }

    /// Adds the part of an edge within one row of pixels, `height`/256 of it, between two places in 1/256 pixels.
    private func addRow(_ row: Int, _ from: Int, _ to: Int, _ height: Int, _ sign: Int) {
        let (left, right) = from < to ? (from, to) : (to, from)
        let (first, last) = (left >> 8, right >> 8)
        spans[row].low = min(spans[row].low, Int32(truncatingIfNeeded: first))
        spans[row].high = max(spans[row].high, Int32(truncatingIfNeeded: last + 2))
        let line = sums + row &* stride
        func add(_ column: Int, _ rise: Int, _ twiceMiddle: Int) {
            line[column] &+= Int32(truncatingIfNeeded: sign &* rise &* (512 &- twiceMiddle))
            line[column &+ 1] &+= Int32(truncatingIfNeeded: sign &* rise &* twiceMiddle)
        }
        if first == last { return add(first, height, (left & 255) &+ (right & 255)) }
        let rate = Double(height) / Double(right - left)
        var (x, done) = (left, 0)
        for column in first...last {
            let end = min(right, (column &+ 1) << 8)
            let reached = column == last ? height : Int(Double(end &- left) * rate + 0.5)
            add(column, reached &- done, (x &- column << 8) &+ (end &- column << 8))
            (x, done) = (end, reached)
        }
    }

    /// Hands over the covered stretches of each row, from the top and from the left, and starts anew.
    ///
    /// - Parameter paint: receives the row, the first column, how many pixels, and their coverage, 1…65536.
    package func drain(_ paint: (_ row: Int, _ column: Int, _ count: Int, _ coverage: Int) -> Void) {
        guard rows.low <= rows.high else { return }
        for row in rows.low...min(rows.high, height - 1) {
            let line = sums + row &* stride
            let end = min(Int(spans[row].high), stride)
            var column = Int(spans[row].low)
            var sum = 0
            while column < end {
                let start = column
                sum &+= Int(line[column])
                line[column] = 0
                column &+= 1
                while column < end, line[column] == 0 { column &+= 1 }
                let coverage = min(abs(sum), Self.whole) >> 1
                // What is still covered at the end of a row goes on to the clip's right, where its edge was left out.
                let stop = column == end && sum != 0 ? clip.right : min(column, clip.right)
                if coverage > 127, start < stop { paint(row, start, stop &- start, coverage) }
            }
            spans[row] = (Int32.max, -1)
        }
        rows = (Int.max, Int.min)
    }
}
