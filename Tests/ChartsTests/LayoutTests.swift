import Charts
import TestSupport
import Testing

@Suite struct LayoutTests {
    @Test func collidingLabelsArePushedApartNoFartherThanNeeded() {
        #expect(DirectLabels.spread([10, 50, 90], by: 15, from: 0, to: 100) == [10, 50, 90])
        #expect(DirectLabels.spread([50, 50], by: 10, from: 0, to: 100) == [45, 55])
        #expect(DirectLabels.spread([0, 0, 0], by: 10, from: 0, to: 100) == [0, 10, 20])
        #expect(DirectLabels.spread([100, 100], by: 10, from: 0, to: 100) == [90, 100])
        #expect(DirectLabels.spread([], by: 10, from: 0, to: 100).isEmpty)
    }

    @Test func spreadLabelsKeepTheirOrderTheirDistanceAndTheRange() {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<500 {
            let count = Int.random(in: 1...20, using: &generator)
            let wanted = (0..<count).map { _ in Double.random(in: -20...420, using: &generator) }.sorted()
            let places = DirectLabels.spread(wanted, by: 15, from: 0, to: 400)
            for (a, b) in zip(places, places.dropFirst()) { #expect(b - a >= 15 - 1e-9) }
            #expect(places.allSatisfy { $0 >= -1e-9 && $0 <= 400 + 1e-9 })
            let isFree = zip(wanted, wanted.dropFirst()).allSatisfy { $1 - $0 >= 15 }
            if isFree, wanted[0] >= 0, wanted[count - 1] <= 400 {
                #expect(zip(places, wanted).allSatisfy { abs($0 - $1) < 1e-9 })
            }
        }
    }

    @Test func linesAreLabelledAtTheirEndsInTheirColours() throws {
        let list = try Samples.curves.figure.displayList(theme: .light)
        let labels = list.items.compactMap { item -> Color? in
            if case .text(let run, _, _, let color) = item, run.text == "soft labels" { color } else { nil }
        }
        #expect(labels == [Theme.light.palette[1]])
    }

    @Test func sharedAxesAreLabelledAtTheOuterChartsOnly() throws {
        let texts = try Samples.facets.texts
        #expect(texts.count { $0 == "loss" } == 1)
        #expect(texts.count { $0 == "epoch" } == 3)
        #expect(texts.count { $0 == "student" } == 1)
        var free = Samples.facets
        free.sharing = .none
        #expect(try free.texts.count { $0 == "loss" } == 3)
    }

    @Test func chartsWithSharedAxesShowTheSameRange() throws {
        let figure = Figure(columns: 2, sharing: .y) {
            Chart { Line(y: [0, 1]) }
            Chart { Line(y: [0, 100]) }
        }
        let ends = try figure.displayList(theme: .light).strokes.map { $0[0].y - $0[1].y }
        #expect(abs(ends[0] * 100 - ends[1]) < 1e-6)
    }

    @Test func panelsAreLettered() throws {
        let texts = try Samples.panels.texts
        #expect(texts.contains("a   Distribution") && texts.contains("b   Effect"))
    }

    @Test func aLegendInsideCoversNothingOrStandsAbove() throws {
        let diagonal = Chart { Points(x: Array(0..<50), y: Array(0..<50), label: "rising") }
        let everywhere = (0..<40).flatMap { x in (0..<40).map { (x, $0) } }
        let full = Chart { Points(x: everywhere.map(\.0), y: everywhere.map(\.1), label: "grid") }
        func place(_ chart: Chart, _ label: String) throws -> Rect {
            let list = try chart.figure.displayList(theme: .light)
            let index = try #require(list.texts.firstIndex(of: label))
            return list.textFrames[index]
        }
        let inside = try place(diagonal, "rising")
        for case .markers(let points, _, _, _) in try diagonal.figure.displayList(theme: .light).items {
            #expect(points.count == 1 || !points.contains { inside.contains($0) })
        }
        // Above the plot: higher than any marker.
        let above = try place(full, "grid")
        for case .markers(let points, _, _, _) in try full.figure.displayList(theme: .light).items
        where points.count > 1 {
            #expect(points.allSatisfy { $0.y > above.maxY })
        }
    }

    @Test func barsOfSeveralSeriesStandSideBySide() throws {
        let list = try Samples.bars.figure.displayList(theme: .light)
        let bars = list.items.compactMap { item -> Rect? in
            if case .rectangle(let rect, let color) = item, Theme.light.palette.contains(color), rect.height != 11 {
                rect
            } else {
                nil
            }
        }
        #expect(bars.count == 6)
        for (index, bar) in bars.enumerated() {
            for other in bars[(index + 1)...] { #expect(bar.overlap(other) == 0) }
        }
    }

    @Test func whatLiesBeyondGivenEndsOfAnAxisIsCutOff() throws {
        let axis = Axis(from: 0.9, to: 1)
        let names = ["a", "b"]
        let charts = [
            Chart(y: axis) {
                Bars(x: names, y: [0.95, 2], lower: [0.1, 0.1], upper: [3, 3], color: .fixed(Color(0xFF0000)))
            },
            Chart(y: axis) { Boxes(x: names, samples: [[0.1, 3], [0.5, 0.95]], color: .fixed(Color(0xFF0000))) },
            Chart(y: axis) { Area(x: [1, 2], y: [0.95, 4], color: .fixed(Color(0xFF0000)), opacity: 1) },
            Chart(y: axis) { Line(x: [1, 2, 3], y: [0, 4, 0.95], color: .fixed(Color(0xFF0000))) },
            Chart(y: axis) {
                Intervals(
                    x: names, estimates: [0.2, 3], lower: [0.1, 0], upper: [2, 9], color: .fixed(Color(0xFF0000)))
            },
        ]
        for chart in charts {
            let bitmap = try chart.figure.bitmap(theme: .light, scale: 1)
            let rows = bitmap.pixels.indices.filter { bitmap.pixels[$0] == 0xFF0000 }.map { $0 / bitmap.width }
            #expect(rows.count > 50)
            // The plot reaches from 18 points below the top to 40 above the bottom; caps may stand out by 5.
            #expect((rows.min() ?? 0) >= 13 && (rows.max() ?? 0) <= bitmap.height - 35)
        }
    }

    @Test func theSameLabelHasTheSameColourAndOneEntry() throws {
        let texts = try Samples.curves.figure.texts
        #expect(texts.count { $0 == "hard labels" } == 1)
    }

    @Test func boxesShowQuartilesWhiskersAndOutliers() throws {
        let box = try #require(BoxStatistics([1, 2, 3, 4, 5, 100, .nan]))
        #expect(box.median == 3.5)
        #expect(box.lowerQuartile == 2.25 && box.upperQuartile == 4.75)
        #expect(box.lowWhisker == 1 && box.highWhisker == 5)
        #expect(box.outliers == [100])
        #expect(BoxStatistics([.nan]) == nil)
        // The farthest sample within reach may lie inside the box; the whisker then ends at the box.
        let short = try #require(BoxStatistics([1, 2, 3, 9]))
        #expect(short.highWhisker == short.upperQuartile)
    }
}
