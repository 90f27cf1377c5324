import Charts
import TestSupport
import Testing

/// Hexagons of many points, and names beside few.
@Suite struct ManyPointsTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func everyPointIsCountedInTheHexagonThatItLiesIn(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var points = (0..<Int.random(in: 1...600, using: &generator)).map { _ in
            (Double.random(in: -3...3, using: &generator), Double.random(in: 0...50, using: &generator))
        }
        let across = Int.random(in: 2...20, using: &generator)
        points.append((.nan, 1))
        points.append((1, .infinity))
        let hexagons = Hexagons(x: points.map(\.0), y: points.map(\.1), across: across)
        #expect(hexagons.counts.reduce(0, +) == points.count - 2)
        #expect(hexagons.counts.allSatisfy { $0 > 0 })
        // Each point's nearest middle, in units in which hexagons are regular, is where it was counted.
        var again = [Int](repeating: 0, count: hexagons.counts.count)
        for (x, y) in points where x.isFinite && y.isFinite {
            let distances = hexagons.middles.map { middle in
                let (dx, dy) = ((x - middle.x) / hexagons.size.width, (y - middle.y) / hexagons.size.height)
                return dx * dx + dy * dy * 3 / 4
            }
            guard let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }) else { continue }
            again[nearest] += 1
        }
        // A point on a side may be counted on either.
        let moved = zip(again, hexagons.counts).reduce(0) { $0 + abs($1.0 - $1.1) }
        #expect(moved <= 2)
    }

    @Test func hexagonsCoverThePlaneWithoutLyingOnOneAnother() throws {
        let places = (0..<4000).map { (Double($0 % 80), Double($0 / 80)) }
        let list = try Chart { Hexagons(x: places.map(\.0), y: places.map(\.1), across: 12) }.figure
            .displayList(theme: .light)
        let areas = list.items.compactMap { item -> Double? in
            guard case .fill(let path, _) = item else { return nil }
            let corners = path.elements.flatMap(\.points)
            return abs(zip(corners, corners.dropFirst() + corners.prefix(1)).reduce(0) { $0 + $1.0.cross($1.1) / 2 })
        }
        #expect(areas.count > 100)
        #expect(areas.allSatisfy { abs($0 - areas[0]) < 1e-6 * areas[0] })
    }

    @Test func hexagonsOfNoPointsAndOfOneAreDrawn() throws {
        for points in [[], [2.0], [3, 3, 3], [.nan]] {
            let figure = Chart { Hexagons(x: points, y: points) }.figure
            #expect(try figure.displayList(theme: .dark).numbers.allSatisfy(\.isFinite))
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func namesLieNeitherOnOneAnotherNorOnPoints(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...60, using: &generator)
        let (xs, ys) = (0..<2).map { _ in (0..<count).map { _ in Double.random(in: 0...1, using: &generator) } }.pair
        let names = (0..<count).map { "name \($0)" }
        let figure = Chart {
            Points(x: xs, y: ys, diameter: 5)
            PointLabels(x: xs, y: ys, texts: names)
        }.figure
        let list = try figure.displayList(theme: .light)
        let shown = zip(list.texts, list.textFrames).filter { $0.0.hasPrefix("name ") }
        #expect(!shown.isEmpty && Set(shown.map(\.0)).count == shown.count)
        // From the baseline to the height of capitals: tails of letters may touch.
        let frames = shown.map { Rect(x: $0.1.x, y: $0.1.y, width: $0.1.width, height: 11 * TextRun.capHeight) }
        for (index, frame) in frames.enumerated() {
            for other in frames[(index + 1)...] { #expect(frame.overlap(other) == 0) }
        }
        for case .markers(let points, _, _, _) in list.items {
            for point in points { #expect(!frames.contains { $0.inset(0.5).contains(point) }) }
        }
    }

    @Test func whereThereIsRoomEveryNameIsWritten() throws {
        let figure = Chart {
            PointLabels(x: [0.1, 0.5, 0.9], y: [0.1, 0.5, 0.9], texts: ["one", "two", "three"])
        }.figure
        #expect(Set(try figure.texts).isSuperset(of: ["one", "two", "three"]))
    }
}

extension [[Double]] {
    fileprivate var pair: ([Double], [Double]) { (self[0], self[1]) }
}
