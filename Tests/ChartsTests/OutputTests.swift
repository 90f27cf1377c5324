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
        #expect(text([.nan, 4]) == "V is 4 at t 2, 1 value missing.")
        #expect(text([]) == "V has no values.")
    }

    @Test func alternativeTextTellsWhichValuesAreNoNumbers() {
        func text(@MarkBuilder _ marks: () -> [Mark]) -> String {
            Chart(x: "t", y: "v", marks: marks).figure.alternativeText
        }
        #expect(text { Line(y: [1, .nan, 2]) } == "V rises from 1 to 2 over t 1 to 3, 1 value missing.")
        #expect(
            text { Line(y: [.nan, 1, .nan, .infinity, 2]) }
                == "V rises from 1 to 2 over t 2 to 5, 2 values missing, 1 value infinite.")
        #expect(text { Line(y: [Double.nan, .nan]) } == "V has no values.")
        #expect(text { Bars(x: ["a", "b"], y: [.nan, 2.0]) } == "V: a has no value, b 2.")
        #expect(
            text {
                Intervals(x: ["a", "b", "c"], estimates: [.nan, 2, 3], lower: [.nan, 1, .nan], upper: [.nan, 3, 4])
            } == "V: a has no value, b 2 (1 to 3), c 3.")
        #expect(
            text { Points(x: [1, 2, 3], y: [1.0, .nan, .infinity]) }
                == "1 point, t 1 to 3, v 1, 2 more points without a place.")
        #expect(text { HeatMap([[1, Double.nan], [3, 4]]) }.contains(", column 1, 1 value missing;"))
        #expect(text { Rule(y: Double.nan) } == "A rule without a place.")
    }

    @Test func alternativeTextSpeaksAnotherLanguage() {
        let german = Phrasing {
            [
                "{1} falls from {2} to {3} over {4} {5} to {6}": "{1} sinkt für {4} {5} bis {6} von {2} auf {3}",
                "a vertical rule at {1}{2}": "eine Senkrechte bei {1}{2}",
            ][$0]
        }
        let chart = Chart(x: "Epoche", y: "Verlust {2}") {
            Line(y: [3, 1])
            Rule(x: 2)
        }
        #expect(
            chart.figure.alternativeText(in: german)
                == "Verlust {2} sinkt für Epoche 1 bis 2 von 3 auf 1; eine Senkrechte bei Epoche 2.")
        #expect(chart.figure.alternativeText.contains("falls from 3 to 1"))
    }

    @Test func theAuthorsAlternativeTextIsKept() {
        let chart = Chart("Loss", alternativeText: "Both fall.") { Line(y: [1, 2]) }
        #expect(chart.figure.alternativeText == "Both fall.")
    }

    @Test func alternativeTextOfAConfusionMatrixTellsItsDiagonal() {
        #expect(Samples.confusion.figure.alternativeText.contains("94.3 % lie on the diagonal"))
    }
}
