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

    @Test func aFigureLinksToItsDataWhereItHasSome() throws {
        let link = "<a class=\"data tool\" href=\"figures/aaaa.csv\">Data (CSV)</a>"
        let captioned = try body(cell("label: fig-a", "fig-cap: A"), displays: [[.figure(try figure(Self.line))]])
        #expect(captioned.contains("A \(link)</figcaption>"))
        #expect(
            try body(cell(), displays: [[.figure(try figure(Self.line))]]).contains("<figcaption>\(link)</figcaption>"))
        #expect(try !body(cell(), displays: [[.figure(try figure("{\"rule\": {\"_0\": {}}}"))]]).contains(".csv"))
    }
}
