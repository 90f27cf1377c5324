import Datasets
import Foundation
import Frames
import LocalTime
import TestSupport
import Testing

@Suite struct ReadingTests {
    @Test func columnsAreReadAsWhatAllTheirFieldsAre() throws {
        let frame = try Frame(
            text: """
                n,x,day,at,ok,zip,name,long
                1,1.5,2024-02-29,2024-02-29T13:45,true,01234,NA,12345678901234567890
                -2,NA,2023-12-31,2024-03-01 00:00:01.25,FALSE,99999,"",1
                ,3e-2,,,NA,,,2
                """)
        #expect(frame["n"] == .integers([1, -2, nil]))
        #expect(frame["x"] == .numbers([1.5, nil, 0.03]))
        #expect(frame["day"] == .dates([LocalDate("2024-02-29"), LocalDate("2023-12-31"), nil]))
        #expect(frame["at"].values[1] == .time(try #require(LocalDateTime("2024-03-01T00:00:01.25"))))
        #expect(frame["ok"] == .truths([true, false, nil]))
        #expect(frame["zip"] == .texts(["01234", "99999", nil]))
        #expect(frame["name"] == .texts(["NA", "", nil]))
        #expect(frame["long"] == .texts(["12345678901234567890", "1", "2"]))
    }

    @Test func aColumnThatTurnsOutWiderIsReadWider() throws {
        let rows = (0..<50).map { "\($0)\n" }.joined()
        #expect(try Frame(text: "x\n\(rows)0.5\n")["x"].kind == .number)
        #expect(try Frame(text: "x\n\(rows)word\n")["x"].kind == .text)
        #expect(try Frame(text: "x\n2024-01-01\n2024-01-01T10:00\n")["x"].kind == .time)
        #expect(try Frame(text: "x\n\n\n")["x"] == .texts([nil, nil]))
    }

    @Test func namesAndKindsCanBeGiven() throws {
        #expect(try Frame(text: "1;2", separator: .semicolon, hasHeader: false).names == ["column 1", "column 2"])
        #expect(try Frame(text: "zip\n123\n", kinds: ["zip": .text])["zip"] == .texts(["123"]))
        #expect(try Frame(text: "x\n-999\n5\n", missing: ["-999"])["x"].values.count == 2)
        #expect(try Frame(text: "day\n2024-01-01\n", kinds: ["day": .time])["day"].kind == .time)
    }

    struct Case: Codable {
        let text: String
        let rows: [[String]]
    }

    /// Rows as Python 3's `csv.reader` gives them, which takes all texts; those that lack their form are refused here.
    static let cases: [Case] = {
        let path = testFile("python-csv.json")
        return (try? JSONDecoder().decode([Case].self, from: Data(contentsOf: path))) ?? []
    }()

    @Test func fieldsAreThoseOfPythonsReader() throws {
        #expect(Self.cases.count == 26)
        var refused: [String] = []
        for example in Self.cases {
            do {
                let kinds = example.rows[0].map { ($0, Column.Kind.text) }
                let frame = try Frame(text: example.text, kinds: Dictionary(uniqueKeysWithValues: kinds))
                let rows = frame.rows.map { row in frame.names.map { row[$0].string ?? "" } }
                #expect([frame.names] + rows == example.rows.filter { !$0.isEmpty }, "\(example.text.debugDescription)")
            } catch {
                refused.append(error.description)
            }
        }
        #expect(
            refused == [
                "text:2:4: error: text follows the closing quotation mark; write a quotation mark within a field twice",
                "text:2:4: error: text follows the closing quotation mark; write a quotation mark within a field twice",
                "text:2:1: error: the quotation mark that begins here has no end; "
                    + "write one at the field's end; a quotation mark within is written twice",
                "text:2:1: error: the row has 1 field, not 2; mend the line, or fetch the file again",
                "text:2:1: error: the row has 3 fields, not 2; put a field that has a comma in it between quotation marks",
                "text:1:1: error: the line is empty; take it out",
            ])
    }

    @Test func errorsNameTheFieldAndTheCure() throws {
        func message(_ text: String, kinds: [String: Column.Kind] = [:]) throws -> String {
            try #require(throws: DataError.self) { try Frame(text: text, kinds: kinds) }.description
        }
        #expect(
            try message("name,x\n\"two\nlines\",1\né,abc\n", kinds: ["x": .number])
                == "text:4:3: error: `abc` in column “x” is no decimal number; mend the field, or read the column as text"
        )
        #expect(
            try message("a,b,a\n1,2,3\n")
                == "text:1:5: error: two columns are named “a”; give each a name of its own, or say hasHeader: false")
        #expect(try message("a\n1\n", kinds: ["b": .text]) == "text:1: error: there is no column “b”; it has a")
        #expect(
            try message("") == "text: error: there is nothing in it; give a file whose first line names the columns")
    }

    @Test func numbersAreTheNearestOnes() throws {
        var random = SystemRandomNumberGenerator()
        var texts = [
            "9007199254740993", "9007199254740993.0", "0.1", "123456789012345678.5", "5e-324", "1.7976931348623157e308",
            "2.2250738585072011e-308", "1e23", "8.5e22", "9.5e-27", "1e999", "1e-999", ".5", "5.", "-0.0", "1e+5",
            "0e0",
            "0.30000000000000004", "1180591620717411303424.0", "4.35", "9999999999999999999e-27",
            "179769313486231580793e289",
        ]
        for _ in 0..<20_000 {
            let digits = String(
                UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0..<60, using: &random))
            texts.append("\(digits).\(UInt32.random(in: 0..<1_000_000, using: &random))")
            texts.append("\(digits)e\(Int.random(in: -40...40, using: &random))")
            texts.append("\(Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &random)))")
        }
        let frame = try Frame(text: "x\n" + texts.joined(separator: "\n") + "\n", kinds: ["x": .number])
        for (text, value) in zip(texts, frame["x"].doubles) {
            #expect(value.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
    }

    @Test(arguments: [DelimitedText.Separator.comma, .tab, .semicolon])
    func whatIsWrittenReadsBackAsItWas(separator: DelimitedText.Separator) throws {
        let pieces = ["", "a", ",", ";", "\t", "\"", "\n", "\r\n", " ", "ü😀", "NA", "1", "\u{FEFF}", "x"]
        let odd: [Double] = [.random(in: -1...1), .nan, .infinity, 1e300, -0.0, .leastNonzeroMagnitude]
        for width in 1...4 {
            for _ in 0..<40 {
                let count = Int.random(in: 0...6)
                func some<Element>(_ make: () -> Element) -> [Element?] {
                    (0..<count).map { _ in Bool.random() ? nil : make() }
                }
                let all: [Column] = [
                    .texts(some { (0..<Int.random(in: 0...4)).map { _ in pieces.randomElement() ?? "" }.joined() }),
                    .numbers(
                        some { odd.randomElement() ?? 0.3 }),
                    .integers(some { Int.random(in: .min ... .max) }),
                    .times(some { LocalDateTime(microsecondsSince1970: Int.random(in: -(1 << 55)...(1 << 55)))! }),
                ]
                let frame = Frame(all.prefix(width).enumerated().map { ("\(pieces[$0 + 1])\($0)", $1) })
                let kinds = Dictionary(uniqueKeysWithValues: frame.names.map { ($0, frame[$0].kind) })
                #expect(try Frame(text: frame.text(separator: separator), separator: separator, kinds: kinds) == frame)
            }
        }
    }

    @Test func daysAreCountedAsTheCalendarDoes() throws {
        var day = try #require(LocalDate(year: 0, month: 1, day: 1))
        #expect(LocalDate("1970-01-01")?.daysSince1970 == 0)
        #expect(LocalDate("2023-02-29") == nil && LocalDate("1900-02-29") == nil && LocalDate("2000-02-29") != nil)
        #expect(LocalDate("2026-11-28")?.weekday == 6)
        while day.daysSince1970 < 2_932_000 {
            let (year, month, number) = day.parts
            #expect(LocalDate(year: year, month: month, day: number) == day && LocalDate(day.description) == day)
            day = day.adding(days: 97)
        }
        #expect(LocalDateTime("1969-12-31T23:59:59.5")?.description == "1969-12-31T23:59:59.5")
        #expect(LocalDateTime("2024-01-01T10:00Z") == nil)
    }
}
