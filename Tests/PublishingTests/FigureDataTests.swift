import Foundation
import Notebook
import Publishing
import Testing
import Wire

@Suite struct FigureDataTests {
    private func figure(_ marks: String) throws -> FigureContent {
        let data = try JSONDecoder().decode(JSONValue.self, from: Data("{\"charts\": [{\"marks\": [\(marks)]}]}".utf8))
        return FigureContent(data: data, alternativeText: "A", width: 640, height: 400, light: "aaaa", dark: "bbbb")
    }

    private static let line = """
        {"line": {"_0": {"label": "soft, \\"both\\"", "x": {"numbers": {"_0": [1, 2.5]}}, "y": [0.1, null]}}}
        """

    @Test func aRowStandsForEachPointBarIntervalSampleAndField() throws {
        let marks = [
            Self.line,
            """
            {"bars": {"_0": {"label": "b", "positions": {"names": {"_0": ["p"]}}, "values": [3], "lower": [2], "upper": [4]}}}
            """,
            "{\"heatMap\": {\"_0\": {\"rows\": [\"r\"], \"columns\": [\"c\", \"d\"], \"cells\": [[1, 2]]}}}",
            "{\"boxes\": {\"_0\": {\"positions\": {\"names\": {\"_0\": [\"q\"]}}, \"samples\": [[5, 6]]}}}",
            "{\"rule\": {\"_0\": {\"y\": 1}}}",
        ]
        let data = try #require(FigureData(try figure(marks.joined(separator: ","))))
        #expect(
            data.csv.split(separator: "\r\n") == [
                "chart,mark,series,position,value,lower,upper", "1,line,\"soft, \"\"both\"\"\",1,0.1,,",
                "1,line,\"soft, \"\"both\"\"\",2.5,,,", "1,bars,b,p,3,2,4", "1,heatMap,r,c,1,,", "1,heatMap,r,d,2,,",
                "1,boxes,,q,5,,", "1,boxes,,q,6,,",
            ])
    }

    private func rows(_ mark: String) throws -> [Substring] {
        try #require(FigureData(try figure(mark))).csv.split(separator: "\r\n").dropFirst().map { $0 }
    }

    @Test func countsGridsAndEllipsesHaveRowsToo() throws {
        let histogram = "{\"histogram\": {\"_0\": {\"label\": \"h\", \"edges\": [0, 1, 2], \"counts\": [3, 4]}}}"
        #expect(try rows(histogram) == ["1,histogram,h,0,3,0,1", "1,histogram,h,1,4,1,2"])
        let hexagons = "{\"hexagons\": {\"_0\": {\"x\": [1, 2], \"y\": [5, 6], \"counts\": [7, 8]}}}"
        #expect(try rows(hexagons) == ["1,hexagons,5,1,7,,", "1,hexagons,6,2,8,,"])
        let layer = """
            {"barLayer": {"_0": {"label": "wind", "positions": {"names": {"_0": ["2021"]}}, "from": [48], "to": [66]}}}
            """
        #expect(try rows(layer) == ["1,barLayer,wind,2021,18,48,66"])
        #expect(
            try rows("{\"contours\": {\"_0\": {\"heights\": [[1, 2]]}}}") == [
                "1,contours,1,1,1,,", "1,contours,1,2,2,,",
            ])
        let ellipse = """
            {"errorEllipse": {"_0": {"meanX": 1, "meanY": 2, "varianceX": 3, "covariance": 0.5, "varianceY": 4, "coverage": 0.95}}}
            """
        #expect(try rows(ellipse).first == "1,errorEllipse,,meanX,1,," && rows(ellipse).count == 6)
    }

    @Test func aDrawingLinksToThePictureThatItStandsFor() throws {
        let content = try figure(Self.line)
        let drawing = ShownFigure.Picture(light: "figures/l.svg", dark: "figures/d.svg", width: 640, height: 400)
        let phone = ShownFigure.Picture(light: "figures/pl.svg", dark: "figures/pd.svg", width: 316, height: 300)
        let notebook = try notebook(cell("label: fig-a", "fig-cap: A"))
        let record = Record(
            notebook: "n", edition: "default", parameters: [:], inputs: [],
            cells: [CellRecord(label: "fig-a", status: .asExpected, displays: [.figure(content)])])
        let html = weave(
            notebook, record: record, problems: [], provenance: provenance,
            outline: [], figures: ["aaaa": ShownFigure(wide: drawing, phone: phone, values: "[\"</script>\"]")])
        #expect(html.contains("<a class=\"data tool\" href=\"figures/aaaa.png\">PNG</a>"))
        #expect(html.contains("src=\"figures/l.svg\"") && html.contains("srcset=\"figures/pd.svg\""))
        #expect(html.contains("class=\"values\">[\"\\u003c/script>\"]</script>"))
        #expect(HTMLOutline(html).problems == [])
    }

    @Test func aFigureLinksToItsDataWhereItHasSome() throws {
        let link = "<a class=\"data tool\" href=\"figures/aaaa.csv\">Data (CSV)</a>"
        let captioned = try body(cell("label: fig-a", "fig-cap: A"), displays: [[.figure(try figure(Self.line))]])
        #expect(captioned.contains("A \(link)</figcaption>"))
        #expect(
            try body(cell(), displays: [[.figure(try figure(Self.line))]]).contains("<figcaption>\(link)</figcaption>"))
        #expect(try !body(cell(), displays: [[.figure(try figure("{\"rule\": {\"_0\": {}}}"))]]).contains(".csv"))
    }
}
