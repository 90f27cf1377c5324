import Frames
import KDBook
import Testing
import Wire

@Suite struct FrameDisplayTests {
    @Test func aFrameIsShownInSensibleDigits() {
        let frame = Frame([
            "name": ["a", nil], "mass": [3750.123456, nil], "share": [0.1234567, 0.5], "count": [-3, 12],
            "tiny": [1e-9, 1.0],
        ])
        #expect(
            frame.description == """
                name    mass    share  count   tiny
                a     3750.1  0.12346     −3  1e−09
                –          –  0.50000     12      1
                """)
    }

    @Test func ofALongFrameTheFirstRowsAreShown() {
        let lines = Frame(["n": Column(0..<1500)]).description.split(separator: "\n")
        #expect(lines.count == 13 && lines.last == "The first 10 of 1500 rows")
        #expect(lines[11].contains("…"))
    }

    @Test func chartsTakeColumnsByName() {
        let frame = Frame(["x": [1, 2, 3], "y": [2.5, nil, 1], "kind": ["a", "b", "a"]])
        #expect(Points(frame, x: "x", y: "y").y == Points(x: [1, 3], y: [2.5, 1]).y)
        #expect(Bars(frame, x: "kind", y: "x").values == [1, 2, 3])
        #expect(Line(frame, x: "x", y: "y").mark == Line(x: [1, 2, 3], y: [2.5, .nan, 1]).mark)
    }
}
