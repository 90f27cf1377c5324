import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct OutputTests {
    @Test(arguments: Samples.all.keys.sorted())
    func svgIsWellFormedAndHasTitleAndDescription(name: String) throws {
        let figure = try #require(Samples.all[name])
        let svg = try figure.svg(theme: .light)
        let document = try XMLDocument(data: Data(svg.utf8))
        let root = try #require(document.rootElement())
        #expect(root.name == "svg")
        #expect(root.elements(forName: "title").first?.stringValue == figure.title)
        #expect(root.elements(forName: "desc").first?.stringValue == figure.alternativeText)
        #expect(svg.contains(" width=\"\(Int(figure.size.width))\" "))
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }

    @Test func svgEscapesWhatAuthorsWrite() throws {
        let svg = try Chart("a < b & \"c\" \u{1}") { Line(y: [1, 2], label: "<&>") }.figure.svg(theme: .dark)
        #expect(throws: Never.self) { try XMLDocument(data: Data(svg.utf8)) }
    }

    @Test func alternativeTextTellsTheCourseOfLines() {
        let chart = Chart("Loss", x: "epoch", y: "loss") { Line(x: 1...20, y: (1...20).map { 2.2 / Double($0) }) }
        #expect(chart.figure.alternativeText == "Loss. Loss falls from 2.2 to 0.11 over epoch 1 to 20.")
    }

    @Test func alternativeTextTellsTurnsGapsAndConstants() {
        func text(_ values: [Double]) -> String { Chart(x: "t", y: "v") { Line(y: values) }.figure.alternativeText }
        #expect(text([1, 5, 2]) == "V rises from 1 to 2 over t 1 to 3, highest 5 at 2.")
        #expect(text([3, 3]) == "V stays at 3 over t 1 to 2.")
        #expect(text([.nan, 4]) == "V is 4 at t 2.")
        #expect(text([]) == "V has no values.")
    }

    @Test func theAuthorsAlternativeTextIsKept() {
        let chart = Chart("Loss", alternativeText: "Both fall.") { Line(y: [1, 2]) }
        #expect(chart.figure.alternativeText == "Both fall.")
    }

    @Test func alternativeTextOfAConfusionMatrixTellsItsDiagonal() {
        #expect(Samples.confusion.figure.alternativeText.contains("94.3 % lie on the diagonal"))
    }
}
