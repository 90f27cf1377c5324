import Charts
import Foundation
import Testing

/// Vertical needles from zero: a mark of a kind that no other file knows.
private struct Needles: MarkContent {
    var places: [String]
    var heights: [Double]
    var label: String?

    static var name: String { "needles" }
    var mark: Mark { Mark(self) }

    var group: String? { "needles" }
    var standing: Positions? { .names(places) }
    var drawsZero: Bool { true }
    var legendKey: LegendKey? { .marker(.diamond) }
    var hasEnd: Bool { true }

    func end(in plot: Plot) -> Point? { plot.points(.names(places), heights).compactMap(\.self).last }
    func naturalSize(in surroundings: Surroundings) -> FigureSize? {
        FigureSize(width: 300, height: Double(places.count) * 100)
    }

    func reach(x: inout Extent, y: inout Extent) {
        x.include(.names(places))
        y.include(heights + [0])
    }

    func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        let tips = plot.points(.names(places), heights).compactMap(\.self)
        list.append(.markers(tips, .diamond, diameter: 3, color))
    }

    func summary(x: String, y: String) -> String { "\(heights.count) needles" }
}

/// A new kind of mark is a file: the chart asks the mark, and nothing else knows it.
@Suite struct OwnMarkTests {
    private let needles = Needles(places: ["a", "b", "c"], heights: [1, -2, 3], label: "own")

    @Test func aMarkOfAnyKindIsDrawnAndLabelled() throws {
        let chart = Chart { needles }
        let list = try chart.figure.displayList(theme: .light)
        let markers = list.items.compactMap { item in
            if case .markers(let points, .diamond, diameter: 3, _) = item { points.count } else { nil }
        }
        #expect(markers == [3])
        #expect(list.size == FigureSize(width: 300, height: 300))
        #expect(chart.figure.alternativeText.contains("3 needles"))
        let texts = list.items.compactMap { if case .text(let run, _, _, _) = $0 { run.text } else { nil } }
        #expect(texts.contains("own"))
    }

    @Test func marksAreTheSameWhereTheirKindAndDataAre() {
        let other = Needles(places: ["a", "b", "c"], heights: [1, -2, 4], label: "own")
        #expect(needles.mark == needles.mark && needles.mark.hashValue == needles.mark.hashValue)
        #expect(needles.mark != other.mark)
        #expect(needles.mark != Line(y: [1, -2, 3], label: "own").mark)
    }

    @Test func aRecordOfAKindThatIsNotListedIsRefusedByItsName() throws {
        let data = try JSONEncoder().encode(needles.mark)
        #expect(String(decoding: data, as: UTF8.self).hasPrefix(#"{"needles":{"_0":{"#))
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Mark.self, from: data) }
    }
}
