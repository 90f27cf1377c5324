import TestSupport
import Testing

import Charts

@Suite struct RasterTests {
    /// How much of each pixel some polygons cover, 0…1.
    private func coverage(_ polygons: [[Point]], width: Int = 20, height: Int = 20) -> [[Double]] {
        let coverage = Coverage(width: width, height: height)
        for polygon in polygons {
            for (a, b) in zip(polygon, polygon.dropFirst() + polygon.prefix(1)) { coverage.addEdge(a, b) }
        }
        var result = Array(repeating: Array(repeating: 0.0, count: width), count: height)
        coverage.drain { row, column, count, amount in
            for place in column..<(column + count) { result[row][place] = Double(amount) / 65536 }
        }
        return result
    }

    private func total(_ rows: [[Double]]) -> Double { rows.joined().reduce(0, +) }

    @Test func aRectangleBetweenPixelsCoversThemByItsArea() {
        let rows = coverage([[Point(2.25, 3.5), Point(5.75, 3.5), Point(5.75, 6.25), Point(2.25, 6.25)]])
        #expect(rows[4][3] == 1)
        #expect(rows[3][3] == 0.5)
        #expect(rows[4][2] == 0.75)
        #expect(rows[3][2] == 0.375)
        #expect(rows[6][5] == 0.1875)
        #expect(abs(total(rows) - 3.5 * 2.75) < 1e-3)
    }

    @Test func anyTriangleCoversItsAreaInEitherDirection() {
        var generator = SeededGenerator(seed: 5)
        func corner() -> Point {
            Point(Double.random(in: 0...20, using: &generator), Double.random(in: 0...20, using: &generator))
        }
        for _ in 0..<300 {
            let triangle = [corner(), corner(), corner()]
            let area = abs((triangle[1] - triangle[0]).cross(triangle[2] - triangle[0])) / 2
            let rows = coverage([triangle])
            #expect(abs(total(rows) - area) < 0.12, "\(triangle)")
            #expect(coverage([triangle.reversed()]) == rows)
        }
    }

    @Test func overlappingOutlinesCoverNoMoreThanEverything() {
        let square = [Point(2, 2), Point(8, 2), Point(8, 8), Point(2, 8)]
        #expect(coverage([square, square, square]) == coverage([square]))
    }

    @Test func whatLiesOutsideTheClipCostsAndChangesNothing() {
        let huge = [Point(-1e6, -1e6), Point(1e6, -1e6), Point(1e6, 1e6), Point(-1e6, 1e6)]
        #expect(total(coverage([huge])) == 400)
        #expect(total(coverage([[Point(30, 1), Point(40, 1), Point(35, 9)]])) == 0)
        #expect(total(coverage([[Point(.nan, 1), Point(40, .infinity), Point(35, 9)]])) == 0)
    }

    @Test(arguments: [StrokeStyle.Join.round, .miter, .bevel])
    func aStrokeHasTheAreaOfItsOutline(join: StrokeStyle.Join) {
        let area = Coverage(width: 40, height: 40)
        let style = StrokeStyle(width: 4, cap: .butt, join: join)
        Stroker(style, scale: 1).stroke([Point(5, 10), Point(25, 10), Point(25, 30)], into: area)
        var total = 0.0
        area.drain { _, _, count, amount in total += Double(count * amount) / 65536 }
        // Two bars of 20 × 4 overlap in a quarter of the corner; the join adds the outer quarter or part of it.
        let corner: Double =
            switch join {
            case .miter: 4
            case .round: Double.pi
            case .bevel: 2
            }
        #expect(abs(total - (160 - 4 + corner)) < 0.1)
    }

    @Test func capsReachHalfTheWidthBeyondTheEnds() {
        func length(_ cap: StrokeStyle.Cap) -> Double {
            let coverage = Coverage(width: 40, height: 20)
            Stroker(StrokeStyle(width: 4, cap: cap), scale: 1).stroke([Point(10, 10), Point(30, 10)], into: coverage)
            var total = 0.0
            coverage.drain { _, _, count, amount in total += Double(count * amount) / 65536 }
            return total
        }
        #expect(abs(length(.butt) - 80) < 0.01)
        #expect(abs(length(.square) - 96) < 0.01)
        #expect(abs(length(.round) - 80 - 4 * Double.pi) < 0.15)
    }

    @Test func dashesAndGapsAreAsLongAsAsked() {
        let dashes = Dasher.dash([Point(0, 0), Point(10, 0), Point(10, 10)], [4, 2])
        let lengths = dashes.map { line in zip(line, line.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length } }
        #expect(lengths.allSatisfy { abs($0 - 4) < 1e-9 || $0 < 4 })
        #expect(dashes.map { $0[0] } == [Point(0, 0), Point(6, 0), Point(10, 2), Point(10, 8)])
    }

    @Test func coloursMixInLinearLight() {
        let canvas = Canvas(width: 1, height: 1, background: Color(0xFFFFFF))
        canvas.fill(left: 0, top: 0, right: 1, bottom: 1, Color(0x000000, opacity: 0.5))
        // Half the light of white is sRGB 188 (opacity is 128/255 here, so a little less).
        #expect(canvas.buffer[0] == 0xBBBBBB)
    }

    @Test func theTransferFunctionIsThatOfSRGBAndComesBack() {
        for value in 0..<256 { #expect(SRGB.encoded[Int(SRGB.linear[value])] == UInt8(value)) }
        #expect(SRGB.linear[0] == 0)
        #expect(SRGB.linear[255] == 65535)
        #expect(abs(Double(SRGB.linear[128]) / 65535 - 0.2158605) < 1e-5)
    }
}
