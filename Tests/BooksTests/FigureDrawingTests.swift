import Charts
import Foundation
import Publishing
import Testing
import Wire

@testable import Books

@Suite struct FigureDrawingTests {
    private let figure = Chart("Loss", x: "epoch", y: "loss") { Line(y: [3, 2, 1.5], label: "student") }.figure

    private func content(of figure: Figure) throws -> FigureContent {
        FigureContent(
            data: try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(figure)), alternativeText: "A",
            width: Int(figure.size.width), height: Int(figure.size.height), light: String(repeating: "a", count: 64),
            dark: String(repeating: "b", count: 64))
    }

    @Test func aPageShowsTheDrawingWhereItHasFewerBytes() throws {
        let drawing = try FigureDrawing(of: content(of: figure), pngSize: 50_000)
        #expect(drawing.shown.wide.light.hasSuffix(".svg") && drawing.shown.wide.dark.hasSuffix(".svg"))
        #expect((drawing.shown.wide.width, drawing.shown.wide.height) == (700, 450))
        let files = drawing.files(key: "k1", hasCard: false)
        let light = try #require(files[drawing.shown.wide.light])
        #expect(light.count < 50_000 && isLabelledDrawing(light))
        #expect(String(decoding: light, as: UTF8.self).contains("<!-- Source: k1 -->"))
    }

    @Test func aPageShowsThePictureOnRecordWhereTheDrawingIsLarger() throws {
        let content = try content(of: figure)
        let drawing = try FigureDrawing(of: content, pngSize: 10)
        #expect(drawing.shown.wide == ShownFigure(content).wide)
        let phone = try #require(drawing.shown.phone)
        #expect(phone.light.hasSuffix(".png") && phone.width == 316)
        #expect(try isLabelled(#require(drawing.files(key: "k", hasCard: false)[phone.light])))
    }

    @Test func theSameFigureGivesTheSameFilesAndACardWhereOneIsAsked() throws {
        let drawings = try (0..<2).map { _ in try FigureDrawing(of: content(of: figure), pngSize: 50_000) }
        #expect(drawings[0].files(key: "k", hasCard: true) == drawings[1].files(key: "k", hasCard: true))
        let card = try #require(drawings[0].shown.card)
        #expect(drawings[0].files(key: "k", hasCard: true)[card.light] != nil)
        #expect(drawings[0].files(key: "k", hasCard: false)[card.light] == nil)
    }

    @Test func whatIsToldOfAFigureIsItsData() throws {
        let values = try #require(try FigureDrawing(of: content(of: figure), pngSize: 50_000).shown.values)
        #expect(values.contains(#""texts":["1\t3","2\t2","3\t1.5"]"#) && values.contains(#""x":"epoch""#))
    }

    @Test func aFigureThatIsNarrowEnoughHasNoVersionForPhones() throws {
        var small = figure
        small.size = FigureSize(width: 300, height: 200)
        #expect(try FigureDrawing(of: content(of: small), pngSize: 50_000).shown.phone == nil)
    }

    @Test func drawingsThatNoPageShowsAnyMoreAreForgotten() throws {
        let (drawings, content) = (FigureDrawings(), try content(of: figure))
        _ = try drawings.drawing(of: content, pngSize: 50_000)
        // What is known is not asked for its size again.
        #expect(try drawings.drawing(of: content, pngSize: 10).shown.wide.light.hasSuffix(".svg"))
        drawings.keep([])
        #expect(try drawings.drawing(of: content, pngSize: 10).shown.wide.light.hasSuffix(".png"))
    }
}
