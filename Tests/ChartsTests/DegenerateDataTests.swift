import Foundation
import TestSupport
import Testing

import Charts

@Suite struct DegenerateDataTests {
    /// 1e−320.
    private static let subnormal = Double.leastNonzeroMagnitude * 2024

    static let sequences: [[Double]] = [
        [], [1], [0], [.nan], [.infinity], [-.infinity, .nan], [3, 3, 3], [0, 0], [1e308, -1e308], [1e308, 1e308],
        [Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude], [subnormal, 3 * subnormal], [subnormal],
        [0, 2.01],
        [1, .nan, 2, .infinity, 3], [5, 4, 3], [1, 1.0000000000000002], [-1, -1e-300, 1e300], [1e16, 1e16 + 2],
        [-0.0, 0], [.nan, 1, .nan, 2, .nan],
    ]

    /// Every mark over the sequence, on both kinds of axis.
    private static func charts(_ values: [Double]) -> [Chart] {
        let names = values.indices.map { "name \($0)" }
        return [Axis.Scale.linear, .logarithmic].flatMap { scale -> [Chart] in
            let axis = Axis("value", scale: scale)
            return [
                Chart("line", x: axis, y: axis) {
                    Line(x: values, y: values, label: "a", pattern: .dashed, marker: .cross)
                    Step(x: values, y: values.reversed(), label: "b")
                },
                Chart("band", x: "index", y: axis) {
                    Band(x: values.indices, lower: values, upper: values.reversed(), label: "a")
                    Area(x: values.indices, y: values, label: "b")
                },
                Chart("points", x: axis, y: axis) { Points(x: values, y: values, label: "p") },
                Chart("bars", y: axis) {
                    Bars(x: names, y: values, lower: values, upper: values, label: "p", values: .automatic)
                    Bars(x: names, y: values, label: "q")
                },
                Chart("lying bars", x: axis) { Bars(y: names, x: values, values: .percent(1)) },
                Chart("numeric bars", x: axis, y: axis) { Bars(x: values, y: values) },
                Chart("rules", x: axis, y: axis) {
                    for value in values {
                        Rule(x: value, label: "x")
                        Rule(y: value, label: "y")
                        Annotation("here", x: value, y: value)
                    }
                },
                Chart("intervals", x: axis) {
                    Intervals(y: names, estimates: values, lower: values, upper: values, samples: values.map { [$0] })
                },
                Chart("boxes", y: axis) { Boxes(x: names, samples: values.map { [$0, 1] }) },
                Chart("heat map") { HeatMap([values, values.reversed()], label: "v") },
                Chart("contours") { Contours([values, values.reversed()], x: 0...1, y: 0...1) },
                Chart("hexagons") { Hexagons(x: values, y: values.reversed()) },
                Chart("ends", x: Axis(scale: scale, from: values.first, to: values.last), y: axis) {
                    Line(x: [1, 2, 3], y: [1, 2, 3])
                },
            ]
        }
    }

    @Test(arguments: sequences.indices)
    func everyMarkIsDrawnFromAnyNumbers(index: Int) throws {
        for chart in Self.charts(Self.sequences[index]) {
            for theme in Theme.allCases {
                let list = try chart.figure.displayList(theme: theme)
                for number in list.numbers { #expect(number.isFinite && abs(number) < 2e6, "\(chart.title ?? "")") }
            }
            let small = try chart.figure.bitmap(theme: .light, scale: 0.5)
            #expect(small.pixels.count == small.width * small.height)
            #expect(!chart.figure.alternativeText.isEmpty)
        }
    }

    @Test func aChartWithoutDataSaysSo() throws {
        let empty = Chart("Nothing") { Line(x: [Double](), y: [Double]()) }
        #expect(try empty.figure.texts.contains("no data"))
        #expect(try Chart("Nothing at all") {}.figure.texts.contains("no data"))
        _ = try Figure("No charts") {}.png(theme: .light)
    }

    @Test(arguments: [(40.0, 40.0), (8000, 40), (40, 2000), (.nan, -1), (120, 90)])
    func figuresOfAnySizeAreDrawn(width: Double, height: Double) throws {
        for (name, sample) in Samples.all {
            var figure = sample
            figure.size = FigureSize(width: width, height: height)
            let list = try figure.displayList(theme: .light)
            #expect(list.numbers.allSatisfy { $0.isFinite && abs($0) < 2e6 }, "\(name)")
            _ = try figure.bitmap(theme: .dark, scale: 0.25)
        }
    }

    @Test func aHundredChartsAreDrawnInOneFigure() throws {
        let figure = Figure("Many", for: 0..<100, columns: 10) { number in
            Chart("\(number)", x: "x", y: "y") { Line(y: [Double(number), 1]) }
        }
        #expect(try figure.displayList(theme: .light).strokes.count == 100)
    }

    @Test func gapsBreakLines() throws {
        let line = Chart { Line(x: [1, 2, 3, 4, 5], y: [1, 2, .nan, 2, 1]) }
        #expect(try line.figure.displayList(theme: .light).strokes.count == 2)
    }

    @Test func longLabelsStayInsideThePicture() throws {
        let long = String(repeating: "label ", count: 34)
        let chart = Chart(long, subtitle: long, x: Axis(long), y: Axis(long)) {
            Line(x: [1, 2], y: [1, 2], label: long)
            Line(x: [1, 2], y: [2, 2], label: "short")
            Rule(y: 1.5, label: long)
            Annotation(long, x: 1.2, y: 1.2)
        }
        let bars = Chart(legend: .inside) { Bars(x: [long, "b"], y: [1, 2], label: long) }
        let lying = Chart { Bars(y: [long, "b"], x: [1, 2], label: long) }
        for figure in [chart.figure, bars.figure, lying.figure] {
            for frame in try figure.displayList(theme: .light).textFrames {
                #expect(frame.x >= -1 && frame.maxX <= figure.size.width + 1, "\(frame)")
                #expect(frame.y >= -1 && frame.maxY <= figure.size.height + 1, "\(frame)")
            }
        }
    }

    @Test(arguments: [2, 9, 16, 17, 60])
    func labelsOfManySeriesDoNotTouch(count: Int) throws {
        let chart = Chart("Many", x: "x", y: "y") {
            for series in 0..<count { Line(x: [0, 1], y: [0, Double(series % 3)], label: "series \(series)") }
        }
        let frames = try chart.figure.displayList(theme: .light).textFrames
        for (index, frame) in frames.enumerated() {
            for other in frames[(index + 1)...] { #expect(frame.inset(1.5).overlap(other.inset(1.5)) == 0) }
        }
    }

    @Test func aMillionPointsAreReducedToWhatCanBeSeen() throws {
        let count = 1_000_000
        var generator = SeededGenerator(seed: 9)
        let noise = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
        let list = try Chart("Noise") { Line(x: 0..<count, y: noise) }.figure.displayList(theme: .light)
        #expect(list.strokes.joined().count < 20_000)
        #expect(list.strokes.joined().count > 1000)
        _ = try Chart("Cloud") { Points(x: noise, y: noise.reversed()) }.figure.png(theme: .light)
    }

    @Test func sequencesOfDifferentLengthsAreAnErrorThatNamesTheMark() {
        let chart = Chart("Loss") { Line(x: [1, 2, 3], y: [1, 2], label: "student") }
        #expect(throws: ChartError.self) { try chart.figure.png(theme: .light) }
        do throws(ChartError) { _ = try chart.figure.svg(theme: .light) } catch {
            #expect(error.phase == .data)
            #expect(error.problem == "“Loss”: Line “student” has 3 x values but 2 y values")
        }
    }
}
