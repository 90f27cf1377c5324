/// A place in the picture, in points from its top left corner; y grows downwards.
package struct Point: Hashable, Sendable {
    package var x, y: Double

    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    package static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
    package static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
    package static func * (a: Point, factor: Double) -> Point { Point(a.x * factor, a.y * factor) }
    package var length: Double { (x * x + y * y).squareRoot() }
    /// The same direction with length 1.
    var normalized: Point { self * (1 / length) }
    /// A quarter turn from x towards y.
    package var normal: Point { Point(-y, x) }
    func dot(_ other: Point) -> Double { x * other.x + y * other.y }
    package func cross(_ other: Point) -> Double { x * other.y - y * other.x }
}

/// An upright rectangle in points.
package struct Rect: Hashable, Sendable {
    package var x, y, width, height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The rectangle with these two opposite corners.
    init(_ a: Point, _ b: Point) {
        self.init(x: min(a.x, b.x), y: min(a.y, b.y), width: abs(a.x - b.x), height: abs(a.y - b.y))
    }

    package var maxX: Double { x + width }
    package var maxY: Double { y + height }
    package var midX: Double { x + width / 2 }
    package var midY: Double { y + height / 2 }

    /// The rectangle with `margin` taken off each side.
    package func inset(_ margin: Double) -> Rect {
        Rect(x: x + margin, y: y + margin, width: max(0, width - 2 * margin), height: max(0, height - 2 * margin))
    }

    package func contains(_ point: Point) -> Bool { point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY }

    func intersects(_ other: Rect) -> Bool {
        x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }

    /// The area of the part common to both.
    package func overlap(_ other: Rect) -> Double {
        max(0, min(maxX, other.maxX) - max(x, other.x)) * max(0, min(maxY, other.maxY) - max(y, other.y))
    }
}

/// Width and height of a part of the picture, in points.
struct Dimensions: Hashable {
    var width, height: Double
}

/// Outlines to be filled, inside being where the winding number is not zero.
package struct Path: Hashable, Sendable {
    package enum Element: Hashable, Sendable {
        case move(Point)
        case line(Point)
        case quadratic(Point, Point)
        case cubic(Point, Point, Point)
    }

    package var elements: [Element] = []

    package init() {}

    init(polygon points: some Sequence<Point>) {
        for point in points { elements.append(elements.isEmpty ? .move(point) : .line(point)) }
    }

    mutating func append(polygon points: some Sequence<Point>) { elements += Path(polygon: points).elements }
}

/// How a line is drawn along its points.
package struct StrokeStyle: Hashable, Sendable {
    package enum Cap: String, Sendable { case butt, round, square }
    package enum Join: String, Sendable { case miter, round, bevel }

    package var width: Double
    package var cap: Cap = .butt
    package var join: Join = .round
    /// Lengths drawn and left out in turn, in points.
    package var dashes: [Double] = []

    package init(width: Double, cap: Cap = .butt, join: Join = .round, dashes: [Double] = []) {
        self.width = width
        self.cap = cap
        self.join = join
        self.dashes = dashes
    }
}
