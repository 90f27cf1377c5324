import Charts
import LocalTime
import TestSupport
import Testing

/// What charts of ordinary data need: large numbers that differ little, days, shares, bins.
@Suite struct DataWorkTests {
    private func ticks(_ low: Double, _ high: Double, _ axis: Axis = Axis(), length: Double = 300) -> [String] {
        var extent = Extent()
        extent.include([low, high])
        return Ticks(
            axis, Domain(axis, extent, isVertical: true), length: length, spacing: 45, gap: 6, extent: { _ in 11 }
        ).major.map(\.label)
    }

    static let nearEnds: [(Double, Double)] = [
        (1, 1.000000001), (1e9, 1_000_000_100), (1e9, 1_000_000_000.004), (1e12, 1_000_000_001_000),
        (1e15, 1_000_000_010_000_000), (0.9999991, 0.9999999), (-1e9, -999_999_995),
    ]

    @Test(arguments: nearEnds)
    func ticksOfLargeNumbersAreToldApart(low: Double, high: Double) {
        let labels = ticks(low, high)
        #expect(labels.count >= 3 && Set(labels).count == labels.count, "\(labels)")
    }

    @Test func ticksOfAnAxisAreWrittenInOneStyle() {
        #expect(ticks(0, 10_000) == ["0", "2,000", "4,000", "6,000", "8,000", "10,000"])
        #expect(ticks(2000, 8000, Axis(from: 2000, to: 8000)).allSatisfy { !$0.contains(",") })
    }

    @Test func numbersWithoutAPlaceOnALogarithmicAxisAreAWarning() throws {
        let chart = Chart(y: Axis(scale: .logarithmic)) { Line(y: [0, 1, 10]) }
        #expect(
            try chart.figure.warnings() == ["1 number is not above zero and has no place on the logarithmic y axis"])
        #expect(try Chart(y: Axis(scale: .logarithmic)) { Bars(x: ["a"], y: [3]) }.figure.warnings() == [])
    }

    @Test func numbersBesideNamesAreAWarning() throws {
        let bars = Bars(x: ["a", "b", "c"], y: [1, 2, 3])
        func warnings(_ line: Line) throws -> [String] {
            try Chart {
                bars
                line
            }.figure.warnings()
        }
        #expect(try warnings(Line(y: [1, 2, 3], label: "trend")).first?.hasPrefix("Line “trend” has numbers") == true)
        #expect(try warnings(Line(x: ["a", "b", "c"], y: [1, 2, 3])) == [])
        #expect(try warnings(Line(x: [0, 1, 2], y: [1, 2, 3])) == [])
    }

    @Test func alternativeTextCountsThePointsThatAreDrawn() {
        let chart = Chart(x: "a", y: "b") { Points(x: [1, 2, .nan, 4], y: [1, .infinity, 3, 4]) }
        #expect(chart.figure.alternativeText.contains("2 points"))
    }

    @Test func aFormatThatCannotTellTicksApartHasFewerOfThem() {
        for format in [NumberFormat.percent(0), .decimals(1), .decimals(0)] {
            let labels = ticks(0.991, 0.9955, Axis(format: format))
            #expect(labels.count == Set(labels).count, "\(labels)")
        }
    }

    @Test func dataThatDifferLittleAreNoLevelLine() {
        var extent = Extent()
        extent.include([1e9 + 0.001, 1e9 + 0.004])
        let domain = Domain(Axis(), extent, isVertical: true)
        #expect(domain.high - domain.low < 0.005)
        let given = Domain(Axis(from: 1e9, to: 1e9 + 0.004), extent, isVertical: true)
        #expect((given.low, given.high) == (1e9, 1e9 + 0.004))
    }

    private func dayLabels(_ from: String, _ to: String) -> [String] {
        let days = [from, to].compactMap { LocalDateTime($0) }
        var extent = Extent()
        extent.include(LocalDateTime.positions(days))
        return Ticks(
            Axis(), Domain(Axis(), extent, isVertical: false), length: 600, spacing: 80, gap: 10,
            extent: { 6 * Double($0.count) }
        ).major.map(\.label)
    }

    @Test func ticksOfDaysStandAtWholeYearsMonthsDaysAndHours() {
        #expect(
            dayLabels("1990-05-01T00:00", "2020-05-01T00:00") == [
                "1990", "1995", "2000", "2005", "2010", "2015", "2020",
            ])
        #expect(dayLabels("2023-11-20T00:00", "2024-05-02T00:00").contains("2024-01"))
        #expect(dayLabels("2024-02-26T00:00", "2024-03-03T00:00").contains("2024-02-29"))
        #expect(dayLabels("2024-02-28T22:00", "2024-02-29T02:00").contains("2024-02-29"))
        #expect(dayLabels("2024-02-28T10:00", "2024-02-28T12:00").first?.hasPrefix("2024-02-28 ") == true)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func aHistogramCountsEachNumberOnce(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let values = (0..<Int.random(in: 1...300, using: &generator)).map { _ in
            Double.random(in: -5...5, using: &generator)
        }
        let histogram = Histogram(values, bins: Int.random(in: 1...40, using: &generator))
        let edges = histogram.edges.wrappedValue
        for (bin, count) in histogram.counts.enumerated() {
            let isLast = bin == histogram.counts.count - 1
            #expect(
                count == values.count { $0 >= edges[bin] && ($0 < edges[bin + 1] || isLast && $0 <= edges[bin + 1]) })
        }
        #expect(histogram.counts.reduce(0, +) == values.count)
        #expect(Histogram([Double]()).counts == [] && Histogram([3.0, 3]).counts == [2])
    }

    @Test func aDensityHasTheAreaOne() throws {
        let line = try #require(Density([1.0, 2, 2.5, 7]).mark.content as? Line)
        guard case .numbers(let x) = line.x else { return #expect(Bool(false), "a density stands over numbers") }
        let places = x.wrappedValue
        let area = zip(line.y, line.y.dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 2 } * (places[1] - places[0])
        #expect(abs(area - 1) < 1e-4)
    }

    @Test func heatMapsOfEqualValuesHaveTheMiddleColour() throws {
        let map = HeatMap([[0.0, 0], [0, 0]], colors: .diverging(middle: 0))
        let list = try Chart { map }.figure.displayList(theme: .light)
        let middle = ColorScale.diverging(middle: 0).color(0.5, theme: .light)
        let cells = list.items.filter { if case .rectangle(_, middle) = $0 { true } else { false } }
        #expect(cells.count == 4)
    }

    @Test func twoBarsOfOneNameAreAProblem() {
        #expect(Bars(x: ["a", "b", "a"], y: [1, 2, 3]).problem?.contains("two bars at “a”") == true)
    }

    @Test func alternativeTextTellsWhatALogarithmicAxisCannotShow() {
        let chart = Chart(y: Axis(scale: .logarithmic)) { Points(x: [1, 2, 3], y: [0.0, 1, 10]) }
        #expect(chart.figure.alternativeText.contains("1 number is not above zero and has no place"))
    }

    @Test func stackedLayersAddUp() throws {
        let marks = Bars.stacked(x: ["a", "b"], ["one": [1, 3], "two": [3, -1]], normalised: true)
        #expect(
            marks.map { $0.content.summary(x: "x", y: "y") } == [
                "one, stacked: a 0.25, b 0.75", "two, stacked: a 0.75, b −0.25",
            ])
    }
}
