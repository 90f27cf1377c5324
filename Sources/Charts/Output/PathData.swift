/// The data of an SVG path in whole numbers, as short as can be: relative to the point before, without letters that repeat and without
/// blanks where a sign parts two numbers (SVG 2, 9.3).
struct PathData {
    private(set) var text = ""
    private var command: Character = " "
    private var current = (x: 0, y: 0)
    private var start = (x: 0, y: 0)
    /// Units in a point.
    private let scale: Double

    /// - Parameter scale: what coordinates are multiplied by before they are rounded.
    init(scale: Double) { self.scale = scale }

    /// The outlines of a path.
    init(_ path: Path, scale: Double) {
        self.init(scale: scale)
        add(path)
    }

    /// Appends the outlines of a path.
    mutating func add(_ path: Path) {
        var isOpen = false
        for element in path.elements {
            switch element {
            case .move(let to):
                if isOpen { close() }
                move(to)
            case .line(let to): line(to)
            case .quadratic(let control, let to): curve("q", control, to)
            case .cubic(let first, let second, let to): curve("c", first, second, to)
            }
            isOpen = true
        }
        if isOpen { close() }
    }

    /// Appends a rectangle.
    mutating func add(_ rect: Rect) {
        move(Point(rect.x, rect.y))
        line(Point(rect.maxX, rect.y))
        line(Point(rect.maxX, rect.maxY))
        line(Point(rect.x, rect.maxY))
        close()
    }

    /// Appends a line along points.
    mutating func add(line points: [Point]) {
        guard let first = points.first else { return }
        move(first)
        for point in points.dropFirst() { line(point) }
    }

    /// Appends a line of no length, which round ends make a disc.
    mutating func add(dot point: Point) {
        move(point)
        write("h", [0])
    }

    private mutating func move(_ point: Point) {
        let to = place(point)
        if text.isEmpty { write("M", [to.x, to.y]) } else { write("m", [to.x - current.x, to.y - current.y]) }
        (current, start) = (to, to)
    }

    private mutating func line(_ point: Point) {
        let to = place(point)
        let (x, y) = (to.x - current.x, to.y - current.y)
        if x == 0, y == 0 { return }
        if y == 0 { write("h", [x]) } else if x == 0 { write("v", [y]) } else { write("l", [x, y]) }
        current = to
    }

    private mutating func curve(_ letter: Character, _ points: Point...) {
        let places = points.map(place)
        write(letter, places.flatMap { [$0.x - current.x, $0.y - current.y] })
        current = places.last ?? current
    }

    private mutating func close() {
        write("z", [])
        current = start
    }

    private func place(_ point: Point) -> (x: Int, y: Int) {
        (Int((point.x * scale).rounded()), Int((point.y * scale).rounded()))
    }

    private mutating func write(_ letter: Character, _ numbers: [Int]) {
        // Numbers after those of a movement would be a line's.
        let repeats = letter == command && letter != "M" && letter != "m"
        if !repeats { text.append(letter) }
        for (index, number) in numbers.enumerated() {
            if number >= 0, repeats || index > 0 { text.append(" ") }
            text += String(number)
        }
        command = letter
    }
}
