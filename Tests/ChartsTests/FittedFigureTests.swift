import Charts
import Foundation
import Testing

/// Figures for narrow columns, for cards, and for who points at them.
@Suite struct FittedFigureTests {
    static let figures: [String: Figure] = Samples.all.merging([
        "many": Figure("Many", for: 1...9, columns: 3) { number in
            Chart("T = \(number)", x: "epoch", y: "loss") { Line(y: [3, 2, 1.0 / Double(number)], label: "student") }
        },
        "matrix": Chart("Confusion of the distilled student", x: "predicted", y: "true") {
            HeatMap((0..<10).map { row in (0..<10).map { row * 100 + $0 } }, colors: .blues)
        }.figure,
        "small words": Chart(x: "x", y: "y") {
            Annotation("small", x: 1, y: 1, fontSize: 7)
            PointLabels(x: [1, 2], y: [1, 2], texts: ["a", "b"], fontSize: 8)
        }.figure,
        "long names": Chart("Loss", x: "epoch", y: "loss") {
            Line(y: [3, 2, 1], label: "soft labels of the large teacher")
            Line(y: [3, 3, 2], label: "hard labels of the training set")
        }.figure,
    ]) { first, _ in first }

    @Test(arguments: figures.keys.sorted())
    func onAPhoneNoTextIsSmallAndNoneIsCutOff(name: String) throws {
        let figure = try #require(Self.figures[name]).fitted(to: Figure.phoneWidth)
        #expect(figure.size.width <= Figure.phoneWidth)
        let list = try figure.displayList(theme: .light)
        for case .text(let run, _, _, _) in list.items { #expect(run.size >= 11, "\(run.text)") }
        for (text, frame) in zip(list.texts, list.textFrames) {
            #expect(frame.x >= -1 && frame.maxX <= figure.size.width + 1, "\(text) \(frame)")
            #expect(frame.y >= -1 && frame.maxY <= figure.size.height + 1, "\(text) \(frame)")
        }
    }

    @Test(arguments: figures.keys.sorted())
    func aFittedFigureShowsTheSameData(name: String) throws {
        let figure = try #require(Self.figures[name])
        let narrow = figure.fitted(to: Figure.phoneWidth)
        #expect(narrow.alternativeText == figure.alternativeText)
        #expect(narrow.charts.count == figure.charts.count)
        #expect(narrow.fitted(to: Figure.phoneWidth) == narrow)
        #expect(figure.fitted(to: figure.size.width) == figure)
    }

    @Test func plotsKeepRoomBesideLongNames() throws {
        let figure = try #require(Self.figures["long names"]).fitted(to: Figure.phoneWidth)
        let line = try #require(try figure.displayList(theme: .light).strokes.max { $0.count < $1.count })
        let xs = line.map(\.x)
        #expect((xs.max() ?? 0) - (xs.min() ?? 0) > 200)
    }

    @Test(arguments: figures.keys.sorted())
    func aCardHasMarksButNoWords(name: String) throws {
        let figure = try #require(Self.figures[name])
        let list = try figure.thumbnail.displayList(theme: .light).wordless
        #expect(list.texts.isEmpty)
        #expect(name == "small words" || list.items.count > 1)
    }

    @Test(arguments: figures.keys.sorted())
    func readingsLieInTheirChartsAndTellWhatAxesSay(name: String) throws {
        let figure = try #require(Self.figures[name])
        guard let readings = try FigureReadings([figure, figure.fitted(to: Figure.phoneWidth)]) else {
            #expect(figure == Samples.digits.figure)
            return
        }
        #expect(readings.charts.count == figure.charts.count)
        for chart in readings.charts {
            #expect(chart.areas.count == 2 && chart.areas.allSatisfy { $0.count == 4 && $0[2] > 0 && $0[3] > 0 })
            for series in chart.series {
                #expect(series.places.count == 2 * series.texts.count)
                #expect(series.places.allSatisfy { (-10...1010).contains($0) })
            }
        }
    }

    @Test func readingsOfALineAreItsPoints() throws {
        let chart = Chart(x: "epoch", y: "L_ct") { Line(x: [1, 2, 4], y: [0.5, .nan, 0.25], label: "student") }
        let readings = try #require(try FigureReadings([chart.figure]))
        #expect(readings.charts[0].x == "epoch" && readings.charts[0].y == "L_ct")
        #expect(readings.charts[0].series.map(\.label) == ["student"])
        #expect(readings.charts[0].series[0].texts == ["1\t0.5", "4\t0.25"])
    }

    @Test func ofLongLinesEnoughIsToldAndOfLargeCloudsNothing() throws {
        let count = 50_000
        let line = Chart { Line(y: (0..<count).map(Double.init)) }.figure
        let texts = try #require(try FigureReadings([line])).charts[0].series[0].texts
        #expect(texts.count <= 402 && texts.last == "50,000\t49,999")
        let cloud = Chart { Points(x: 0..<count, y: 0..<count) }.figure
        #expect(try FigureReadings([cloud]) == nil)
    }

    @Test func aFigureWithoutNumbersTellsNothing() throws {
        #expect(try FigureReadings([Samples.digits.figure]) == nil)
    }
}
