import TestSupport
import Testing

import Charts

@Suite struct TickTests {
    /// Ranges of every size and place, from subnormal to the ends of `Double`.
    static let ranges: [(low: Double, high: Double)] = {
        var generator = SeededGenerator(seed: 1)
        var ranges: [(Double, Double)] = [
            (0, 2.01), (-1e308, 1e308), (0, .leastNonzeroMagnitude * 2000),
            (.leastNonzeroMagnitude, .leastNonzeroMagnitude * 6000), (1e16, 1.1e16), (-1e-9, 1e9), (0.1, 0.3), (0, 1),
            (999_999_999, 1_000_000_001), (-.leastNonzeroMagnitude, .leastNonzeroMagnitude * 40),
        ]
        for _ in 0..<400 {
            let (a, b) = (generator.anyMagnitude(), generator.anyMagnitude())
            ranges.append((min(a, b), max(a, b)))
            let start = Double.random(in: -1000...1000, using: &generator)
            ranges.append((start, start + Double.random(in: 1e-5...1e4, using: &generator)))
        }
        return ranges
    }()

    @Test(arguments: [2, 3, 5, 8, 12, 20])
    func linearTicksCoverTheRangeEvenlyAndAreNoMoreThanFit(limit: Int) {
        for (low, high) in Self.ranges {
            let ticks = LinearTicks(low: low, high: high, target: limit, limit: limit)
            let values = ticks.values
            #expect(values.count <= limit && values.count == ticks.count, "\(low)…\(high)")
            #expect(!values.isEmpty, "\(low)…\(high)")
            let step = Decimal.value(ticks.step, ticks.exponent) / 4
            // No stretch as long as a step is without a tick.
            guard let first = values.first, let last = values.last else { continue }
            #expect(first / 4 - low / 4 <= step * (1 + 1e-9), "\(low)…\(high) starts at \(first)")
            #expect(high / 4 - last / 4 <= step * (1 + 1e-9), "\(low)…\(high) ends at \(last)")
            for (a, b) in zip(values, values.dropFirst()) {
                #expect(
                    abs((b / 4 - a / 4) - step) <= step * 1e-6 + max(abs(a), abs(b)) * 1e-15 + .leastNonzeroMagnitude
                        * 2, "\(low)…\(high)")
            }
        }
    }

    @Test func niceRangesHaveNiceTicks() {
        #expect(LinearTicks(low: 0, high: 1, target: 6, limit: 10).values == [0, 0.2, 0.4, 0.6, 0.8, 1])
        #expect(LinearTicks(low: 0, high: 100, target: 5, limit: 10).values == [0, 25, 50, 75, 100])
        #expect(LinearTicks(low: -1, high: 1, target: 5, limit: 8).values == [-1, -0.5, 0, 0.5, 1])
        #expect(LinearTicks(low: 0, high: 2.01, target: 5, limit: 8).values == [0, 0.5, 1, 1.5, 2])
    }

    @Test func ticksOfWholeNumbersAreWhole() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let low = Double(Int.random(in: -50...50, using: &generator))
            let high = low + Double(Int.random(in: 1...500, using: &generator))
            let values = LinearTicks(low: low - 0.2, high: high + 0.2, target: 8, limit: 12, isWhole: true).values
            #expect(values.allSatisfy { $0 == $0.rounded() })
        }
    }

    @Test func labelsOfAxesNeverOverlap() throws {
        let fonts = try FontBook.shared()
        func width(_ text: String) -> Double { fonts.run(text, size: 11.5).width }
        for (low, high) in Self.ranges where low < high {
            for length in [40.0, 120, 570] {
                for scale in [Axis.Scale.linear, .logarithmic] {
                    let axis = Axis(scale: scale)
                    var extent = Extent()
                    extent.include([low, high])
                    let domain = Domain(axis, extent, isVertical: false)
                    let ticks = Ticks(axis, domain, length: length, spacing: 70, gap: 10, extent: width)
                    let positions = PositionScale(domain, from: 0, to: length)
                    let labels = ticks.major.map { (positions.place($0.value) ?? .nan, width($0.label) / 2) }
                        .sorted { $0.0 < $1.0 }
                    for (a, b) in zip(labels, labels.dropFirst()) {
                        #expect(a.0 + a.1 + 10 <= b.0 - b.1, "\(low)…\(high), \(length), \(ticks.major.map(\.label))")
                    }
                    #expect(ticks.major.count <= max(2, Int(length / 42)))
                }
            }
        }
    }

    @Test func logarithmicTicksAreDecadesThenOneTwoFive() {
        #expect(LogTicks.ticks(low: 0.001, high: 1000, limit: 10)?.major == [0.001, 0.01, 0.1, 1, 10, 100, 1000])
        #expect(LogTicks.ticks(low: 1, high: 100, limit: 10)?.major == [1, 10, 100])
        #expect(LogTicks.ticks(low: 0.9, high: 30, limit: 10)?.major == [1, 2, 5, 10, 20])
        #expect(LogTicks.ticks(low: 1.1, high: 1.2, limit: 10) == nil)
        #expect(LogTicks.ticks(low: 1e-300, high: 1e300, limit: 8)?.major.count ?? 99 <= 8)
    }

    @Test func explicitTicksAndLabelsAreTakenAsTheyAre() {
        let axis = Axis(ticks: [0, 1, 5], tickLabels: ["none", "one"])
        var extent = Extent()
        extent.include([0, 10])
        let ticks = Ticks(axis, Domain(axis, extent, isVertical: true), length: 300, spacing: 40, gap: 5) { _ in 10 }
        #expect(ticks.major.map(\.label) == ["none", "one", "5"])
    }

    @Test func numbersAreWrittenAsPeopleWriteThem() {
        #expect(NumberText.labels([0, 0.5, 1], .automatic) == ["0.0", "0.5", "1.0"])
        #expect(NumberText.labels([0, 5000, 10000], .automatic) == ["0", "5,000", "10,000"])
        #expect(NumberText.labels([0, 1_000_000, 2_000_000], .automatic) == ["0", "1M", "2M"])
        #expect(NumberText.labels([0, 2e-5], .automatic) == ["0", "2×10^{−5}"])
        #expect(NumberText.labels([0.975], .percent(1)) == ["97.5 %"])
        #expect(NumberText.labels([-1.5], .decimals(2)) == ["−1.50"])
        #expect(NumberText.labels([1500], .metric) == ["1.5k"])
        #expect(NumberText.fixed(-0.0001, 2) == "0.00")
        #expect(NumberText.plain(1_234_567) == "1,234,567")
    }

    @Test func decimalLogarithmsAgreeWithTheirDefinition() {
        for exponent in -300...300 where exponent != 0 {
            let power = Decimal.power(exponent)
            #expect(abs(Decimal.logarithm(power) - Double(exponent)) <= 1e-15 * Double(abs(exponent)) + 1e-15)
            #expect(Decimal.exponent(power) == exponent)
            #expect(Decimal.exponent(power.nextDown) == exponent - 1)
        }
        for x in stride(from: -12.0, through: 12, by: 0.37) {
            #expect(abs(Decimal.logarithm(Decimal.exponential(x)) - x) < 1e-13)
        }
    }
}
