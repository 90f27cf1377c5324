import Charts
import TestSupport
import Testing

/// Lines of equal height, and ellipses of normal distributions.
@Suite struct SurfaceMarkTests {
    /// A height between the grid's four nearest, by which straight lines of a square end where the level is.
    private static func height(_ grid: [[Double]], _ point: Point) -> Double {
        let (row, column) = (min(Int(point.y), grid.count - 2), min(Int(point.x), grid[0].count - 2))
        let (u, v) = (point.x - Double(column), point.y - Double(row))
        let upper = grid[row][column] * (1 - u) + grid[row][column + 1] * u
        let lower = grid[row + 1][column] * (1 - u) + grid[row + 1][column + 1] * u
        return upper * (1 - v) + lower * v
    }

    private static func grid(_ generator: inout SeededGenerator) -> [[Double]] {
        let (rows, columns) = (Int.random(in: 2...12, using: &generator), Int.random(in: 2...12, using: &generator))
        return (0..<rows).map { _ in (0..<columns).map { _ in Double.random(in: -1...1, using: &generator) } }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func contoursRunWhereTheLevelIsAndEndAtTheBorderOrNowhere(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let grid = Self.grid(&generator)
        let level = Double.random(in: -0.8...0.8, using: &generator)
        let lines = MarchingSquares(grid, level: level).lines
        for line in lines {
            #expect(line.count > 1)
            for point in line { #expect(abs(Self.height(grid, point) - level) < 1e-12) }
            guard line.first != line.last, let first = line.first, let last = line.last else { continue }
            for end in [first, last] {
                let isAtBorder =
                    end.x == 0 || end.y == 0 || end.x == Double(grid[0].count - 1) || end.y == Double(grid.count - 1)
                #expect(isAtBorder, "\(end)")
            }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func contoursPartEveryTwoNeighboursOnDifferentSidesOnce(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let grid = Self.grid(&generator)
        let points = MarchingSquares(grid, level: 0.1).lines.flatMap { line in
            line.first == line.last ? Array(line.dropFirst()) : line
        }
        var parted = 0
        for row in grid.indices {
            for column in grid[row].indices {
                let isAbove = grid[row][column] >= 0.1
                if column + 1 < grid[row].count, isAbove != (grid[row][column + 1] >= 0.1) { parted += 1 }
                if row + 1 < grid.count, isAbove != (grid[row + 1][column] >= 0.1) { parted += 1 }
            }
        }
        #expect(points.count == parted)
    }

    @Test func contoursLieOnTheHeatMapOfTheSameNumbers() {
        // A plane that rises by 1 a cell, over cells 2 wide and 1 high.
        let plane = (0..<3).map { _ in (0..<4).map { Double($0) } }
        let lines = Contours(plane, x: 0...8, y: 0...3, levels: [1.5]).lines(at: 1.5)
        #expect(
            lines == [[Point(4, 0.5), Point(4, 1.5), Point(4, 2.5)]]
                || lines == [[Point(4, 2.5), Point(4, 1.5), Point(4, 0.5)]])
    }

    @Test func contoursLeaveOutWhatIsNotKnown() {
        #expect(MarchingSquares([[0, 1], [0, .nan]], level: 0.5).lines.isEmpty)
        #expect(Contours([[1.0, 1], [1, 1]], x: 0...1, y: 0...1).levels.isEmpty)
        #expect(Contours([[Double]](), x: 0...1, y: 0...1).lines(at: 0).isEmpty)
        #expect(Contours([[0.0, 1], [2]], x: 0...1, y: 0...1).problem != nil)
    }

    @Test func levelsAreRoundNumbersWithinTheHeights() {
        let slope = (0..<9).map { row in (0..<9).map { Double(row + $0) / 3 } }
        let contours = Contours(slope, x: 0...1, y: 0...1, count: 5)
        #expect(contours.levels == [1, 2, 3, 4, 5])
        #expect(contours.mark.content.summary(x: "x", y: "y") == "lines of equal height at 1, 2, 3, 4 and 5")
    }

    @Test func levelsAreWrittenOnTheirLinesAndNotOnOneAnother() throws {
        let bowl = (0..<40).map { row in
            (0..<60).map { column in
                let (u, v) = (Double(column) / 30 - 1, Double(row) / 20 - 1)
                return u * u + v * v
            }
        }
        let figure = Chart {
            HeatMap(bowl, x: -1...1, y: -1...1, showsColorBar: false)
            Contours(bowl, x: -1...1, y: -1...1, levels: [0.2, 0.4, 0.8])
        }.figure
        let list = try figure.displayList(theme: .light)
        // Haloes stand behind what is written on lines, not behind the numbers at ticks.
        let halo = Theme.light.background.opacity(0.8)
        let haloes = list.items.compactMap { if case .rectangle(let rect, halo) = $0 { rect } else { nil } }
        let written = zip(list.texts, list.textFrames).map(\.1).filter { frame in
            haloes.contains { $0.contains(Point(frame.midX, frame.midY)) }
        }
        #expect(written.count == 3)
        for frame in written {
            let middle = Point(frame.midX, frame.midY)
            #expect(list.strokes.joined().contains { ($0 - middle).length < 6 })
            #expect(written.allSatisfy { $0 == frame || $0.overlap(frame) == 0 })
        }
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func anEllipseIsWhereTheQuadraticFormSaysSo(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func any(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &generator) }
        // Σ = L·Lᵀ of any L is a covariance.
        let (a, b, c) = (any(0.1...3), any(-3...3), any(0.1...3))
        let (xx, xy, yy) = (a * a, a * b, b * b + c * c)
        let (mean, coverage) = ((x: any(-5...5), y: any(-5...5)), any(0.05...0.999))
        let ellipse = ErrorEllipse(mean: mean, covariance: [[xx, xy], [xy, yy]], coverage: coverage)
        #expect(ellipse.problem == nil)
        let determinant = xx * yy - xy * xy
        let forms = ellipse.outline.map { point in
            let (dx, dy) = (point.x - mean.x, point.y - mean.y)
            return (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant
        }
        let radius = -2 * Decimal.logarithm(1 - coverage) / Decimal.logarithm(2.718281828459045)
        for form in forms { #expect(abs(form - radius) < 1e-8 * max(1, radius) * max(1, xx * yy / determinant)) }
        #expect(ellipse.outline.first == ellipse.outline.last && Set(ellipse.outline).count == 128)
    }

    @Test func theStandardEllipseOfNinetyFivePercentHasTheKnownRadius() {
        let circle = ErrorEllipse(mean: (0, 0), covariance: [[1, 0], [0, 1]])
        // √5.9915, the square root of the 95 % point of χ² with two degrees of freedom.
        for point in circle.outline { #expect(abs(point.length - 2.447746830680816) < 1e-9) }
    }

    @Test func anEllipseOfPointsHasTheirMeanAndCovariance() {
        let ellipse = ErrorEllipse(x: [1, 2, 3, .nan], y: [2.0, 4, 9, 1])
        #expect((ellipse.meanX, ellipse.meanY) == (2, 5))
        #expect((ellipse.varianceX, ellipse.covariance, ellipse.varianceY) == (1, 3.5, 13))
        #expect(
            ellipse.mark.content.summary(x: "a", y: "b") == "the ellipse that 95 % lie in, around a 2 ± 1, b 5 ± 3.61")
    }

    @Test func aboutTheStatedShareOfNormalNumbersLiesInside() {
        var generator = SeededGenerator(seed: 4)
        // A sum of twelve uniform numbers is nearly normal.
        func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0...1, using: &generator) } }
        let points = (0..<4000).map { _ in
            let first = normal()
            return (first, 0.5 * first + normal())
        }
        let inside = points.count { x, y in
            // Σ = ((1, 0.5), (0.5, 1.25)), whose determinant is 1.
            1.25 * x * x - x * y + y * y <= 1.3862943611198906
        }
        #expect(abs(Double(inside) / 4000 - 0.5) < 0.03)
        let ellipse = ErrorEllipse(x: points.map(\.0), y: points.map(\.1), coverage: 0.5)
        #expect(
            abs(ellipse.varianceX - 1) < 0.1 && abs(ellipse.covariance - 0.5) < 0.1
                && abs(ellipse.varianceY - 1.25) < 0.1)
    }

    @Test func whatIsNoCovarianceIsAProblemAndNoPointsAreNone() throws {
        #expect(ErrorEllipse(mean: (0, 0), covariance: [[1, 2], [2, 1]]).problem?.contains("no covariance") == true)
        #expect(ErrorEllipse(mean: (0, 0), covariance: [[1, 0], [0.5, 1]]).problem != nil)
        #expect(ErrorEllipse(mean: (0, 0), covariance: [[1]]).problem != nil)
        #expect(ErrorEllipse(mean: (0, 0), covariance: [[1, 0], [0, 1]], coverage: 1).problem != nil)
        for points in [[], [1.0], [2.0, 2, 2]] {
            let figure = Chart { ErrorEllipse(x: points, y: points) }.figure
            #expect(try figure.displayList(theme: .light).numbers.allSatisfy(\.isFinite))
        }
    }
}
