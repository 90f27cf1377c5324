import Foundation
import Notebook
import Testing
import Wire

@Suite struct RecordTests {
    private var record: Record {
        let figure = FigureContent(
            data: .object([
                "series": .array([.number(1), .number(0.5), .number(-0.0), .null, .bool(true), .string("x")])
            ]),
            alternativeText: "A <line>", width: 640, height: 400, light: "aa", dark: "bb")
        let table = TableContent(
            caption: "C", columns: ["a", "b"], alignments: [.leading, .trailing], rows: [["x", "1"], ["/", "é"]])
        return Record(
            notebook: "n", edition: "default",
            parameters: ["epochs": "3", "rate": "0.1", "temperature": "4.0", "wide": "true", "text": "\"3\""],
            inputs: [Record.Input(path: "Data/a.csv", sha256: "00")],
            cells: [
                CellRecord(
                    label: "fig-a", status: .asExpected, displays: [.text("t\n"), .value("1"), .figure(figure)]),
                CellRecord(
                    label: nil, status: .failed, displays: [.table(table), .html("<b>")],
                    diagnostics: [
                        Diagnostic(.error, at: SourcePosition(line: 2, column: 7), "no")
                    ]),
                CellRecord(label: nil, status: .skipped),
            ])
    }

    @Test func aRecordReadBackIsTheRecord() throws {
        #expect(try StableJSON.decode(Record.self, from: StableJSON.encode(record)) == record)
    }

    @Test func encodingTwiceGivesTheSameBytes() throws {
        let bytes = try StableJSON.encode(record)
        #expect(try StableJSON.encode(record) == bytes)
        #expect(try StableJSON.encode(StableJSON.decode(Record.self, from: bytes)) == bytes)
        #expect(bytes.last == UInt8(ascii: "\n"))
    }

    @Test func keysAreSorted() throws {
        let text = String(decoding: try StableJSON.encode(record), as: UTF8.self)
        let topLevel = text.matches(of: /(?m)^  "([a-z]+)" :/).map { String($0.1) }
        #expect(topLevel == ["cells", "edition", "format", "inputs", "notebook", "parameters"])
        let parameters = text.matches(of: /(?m)^    "([a-z]+)" :/).map { String($0.1) }
        #expect(parameters == parameters.sorted() && parameters.count == 5)
    }

    @Test func aRecordFailsWithAnyOfItsCells() {
        #expect(record.failed)
        var sound = record
        sound.cells.remove(at: 1)
        #expect(!sound.failed)
    }

    @Test func aDisplayWithoutAKindIsNoDisplay() {
        #expect(throws: DecodingError.self) { try StableJSON.decode(Display.self, from: Array("{}".utf8)) }
    }

    /// Records are committed, and whoever changes one must not stop the tool.
    @Test(arguments: [
        ("\"line\" : 2", "\"line\" : 9223372036854775807"), ("\"column\" : 7", "\"column\" : -7"),
        ("\"width\" : 640", "\"width\" : 0"), ("\"height\" : 400", "\"height\" : 9223372036854775807"),
        ("\"light\" : \"aa\"", "\"light\" : \"../aa\""), ("\"dark\" : \"bb\"", "\"dark\" : \"\""),
        ("\"trailing\"", "\"leading\", \"leading\""), ("\"b\"", "\"b\", \"c\""), ("\"é\"", "\"é\", \"é\""),
    ])
    func `a record with values that cannot be is none`(value: String, other: String) throws {
        let text = String(decoding: try StableJSON.encode(record), as: UTF8.self)
        let changed = text.replacingOccurrences(of: value, with: other)
        #expect(changed != text)
        #expect(throws: DecodingError.self) { try StableJSON.decode(Record.self, from: Array(changed.utf8)) }
    }

    @Test func numbersKeepTheirValue() throws {
        let values: [JSONValue] = [
            .number(0), .number(-0.0), .number(1e300), .number(.leastNonzeroMagnitude), .number(0.1),
            .number(9007199254740992),
        ]
        let again = try StableJSON.decode([JSONValue].self, from: StableJSON.encode(values))
        #expect(again == values)
        if case .number(let zero) = again[1] { #expect(zero.sign == .minus) }
    }
}

@Suite struct ParameterTests {
    private func value(_ yaml: String) throws -> ParameterValue? {
        try notebook("---\nparameters:\n  p: \(yaml)\n---\n").frontMatter.parameters.first?.value
    }

    @Test(arguments: [
        ("3", ParameterValue.whole(3)), ("-3", .whole(-3)), ("3.0", .real(3)), ("1e-3", .real(0.001)),
        ("true", .truth(true)),
        ("false", .truth(false)), ("yes", .text("yes")), ("words here", .text("words here")), ("'3'", .text("3")),
        ("\"true\"", .text("true")), ("inf", .text("inf")), ("nan", .text("nan")),
        ("9223372036854775808", .real(9_223_372_036_854_775_808)),
    ])
    func aPlainWordIsANumberATruthValueOrText(yaml: String, expected: ParameterValue) throws {
        #expect(try value(yaml) == expected)
    }

    @Test(arguments: [
        (ParameterValue.whole(-3), "-3", "Int"), (.real(0.1), "0.1", "Double"), (.real(3), "3.0", "Double"),
        (.real(1e22), "1e+22", "Double"), (.truth(false), "false", "Bool"), (.text("a"), "\"a\"", "String"),
        (.text("\"\\(x)\n\t\u{0}"), "\"\\u{22}\\u{5c}(x)\\u{a}\\u{9}\\u{0}\"", "String"),
    ])
    func aLiteralIsSwift(value: ParameterValue, literal: String, type: String) {
        #expect(value.literal == literal && value.typeName == type)
    }

    @Test func aSettingMustBeOfTheParametersKind() {
        #expect(ParameterValue.whole(3).replaced(by: "7") == .whole(7))
        #expect(ParameterValue.whole(3).replaced(by: "7.5") == nil)
        #expect(ParameterValue.real(3).replaced(by: "7") == .real(7))
        #expect(ParameterValue.real(3).replaced(by: "inf") == nil)
        #expect(ParameterValue.truth(true).replaced(by: "false") == .truth(false))
        #expect(ParameterValue.truth(true).replaced(by: "no") == nil)
        #expect(ParameterValue.text("a").replaced(by: "3") == .text("3"))
    }
}
