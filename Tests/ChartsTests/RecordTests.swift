import Charts
import Foundation
import TestSupport
import Testing

@Suite struct RecordTests {
    private func json(_ figure: Figure) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(figure)
    }

    static let figures = Samples.all

    @Test(arguments: Samples.all.keys.sorted())
    func aFigureDrawnAgainFromItsRecordHasTheSamePixels(name: String) throws {
        let figure = try #require(Samples.all[name])
        let again = try JSONDecoder().decode(Figure.self, from: json(figure))
        #expect(again == figure)
        #expect(try json(again) == json(figure))
        #expect(try again.bitmap(theme: .dark, scale: 1) == figure.bitmap(theme: .dark, scale: 1))
    }

    @Test func everyDoubleSurvivesJSONToTheLastBit() throws {
        var generator = SeededGenerator(seed: 11)
        var numbers = [
            0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .leastNonzeroMagnitude * 2024, 0.1, 1 / 3,
            1e308, .greatestFiniteMagnitude,
        ]
        for _ in 0..<2000 { numbers.append(Double(bitPattern: generator.next())) }
        let figure = Chart { Line(y: numbers) }.figure
        let again = try JSONDecoder().decode(Figure.self, from: json(figure))
        let line = try #require(again.charts[0].marks[0].content as? Line)
        for (a, b) in zip(line.y, numbers) { #expect(a.bitPattern == b.bitPattern || a.isNaN && b.isNaN) }
    }

    @Test func figuresWithGapsEqualThemselves() {
        let chart = Chart { Line(y: [1, .nan, 2]) }
        #expect(chart == chart)
        #expect(chart.hashValue == chart.hashValue)
        #expect(chart != Chart { Line(y: [1, .infinity, 2]) })
    }

    @Test func aRecordWithABadNumberIsRefused() throws {
        let text = String(decoding: try json(Chart { Line(y: [1.5, .nan]) }.figure), as: UTF8.self)
        let broken = text.replacingOccurrences(of: "\"nan\"", with: "\"many\"")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Figure.self, from: Data(broken.utf8)) }
    }
}
