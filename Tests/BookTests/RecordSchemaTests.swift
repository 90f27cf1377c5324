import Foundation
import Notebook
import Testing
import Wire

/// `Documentation/record.schema.json` says what a record holds; programs of others may go by it.
@Suite struct RecordSchemaTests {
    private static func schema() throws -> JSONSchema {
        try JSONSchema(contentsOf: BookRecords.root.appendingPathComponent("Documentation/record.schema.json"))
    }

    private static func json(_ record: Record) throws -> JSONValue {
        try StableJSON.decode(JSONValue.self, from: StableJSON.encode(record))
    }

    private static let paths =
        FileManager.default.enumerator(
            atPath: BookRecords.root.appendingPathComponent("Output").path)?.compactMap { $0 as? String }
        .filter { $0.hasSuffix("/record.json") || $0.contains("/controls/") }.sorted() ?? []

    @Test func thereAreRecords() { #expect(RecordSchemaTests.paths.count > 20) }

    @Test(arguments: paths)
    func everyCommittedRecordIsValid(path: String) throws {
        let file = BookRecords.root.appendingPathComponent("Output/\(path)")
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))
        #expect(try RecordSchemaTests.schema().problems(in: value) == [])
    }

    @Test func aRecordOfEverythingThatThereIsIsValid() throws {
        #expect(try RecordSchemaTests.schema().problems(in: RecordSchemaTests.json(.ofEverything)) == [])
    }

    @Test func theNumberOfTheFormatIsTheOneThatKdbookWrites() throws {
        var record = Record.ofEverything
        #expect(record.format == Record.currentFormat)
        record.format += 1
        let problems = try RecordSchemaTests.schema().problems(in: RecordSchemaTests.json(record))
        #expect(problems == ["$.format: const is broken"])
    }

    @Test(arguments: [
        (#"{"format": 1}"#, "$: required is broken"),
        (
            #"{"format":1,"notebook":"","edition":"a","parameters":{},"inputs":[],"cells":[]}"#,
            "$.notebook: minLength is broken"
        ),
        (
            #"{"format":1,"notebook":"n","edition":"a","parameters":{"x":1},"inputs":[],"cells":[]}"#,
            "$.parameters.x: type is broken"
        ),
        (
            #"{"format":1,"notebook":"n","edition":"a","parameters":{},"inputs":[],"cells":[],"time":0}"#,
            "$: time is no member of it"
        ),
        (
            #"{"format":1,"notebook":"n","edition":"a","parameters":{},"inputs":[{"path":"a","sha256":"A"}],"cells":[]}"#,
            "$.inputs[0].sha256: pattern is broken"
        ),
        (
            #"{"format":1,"notebook":"n","edition":"a","parameters":{},"inputs":[],"cells":[{"status":"asExpected","displays":[{"text":"a","html":"b"}],"diagnostics":[]}]}"#,
            "$.cells[0].displays[0]: maxProperties is broken"
        ),
    ])
    func whatIsNoRecordIsNotValid(text: String, problem: String) throws {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        #expect(try RecordSchemaTests.schema().problems(in: value) == [problem])
    }
}

extension Record {
    /// A record in which each kind of each thing stands once.
    fileprivate static var ofEverything: Record {
        let table = TableContent(caption: "Numbers", columns: ["n"], alignments: [.trailing], rows: [["1"]])
        let figure = FigureContent(
            data: .object(["charts": .array([])]), alternativeText: "None.", width: 640, height: 400, light: "0a",
            dark: "0b")
        let position = SourcePosition(line: 1, column: 2)
        let diagnostics = [
            Diagnostic(.error, at: position, "e"), Diagnostic(.warning, at: position, "w"),
            Diagnostic(.note, at: position, "n", cell: 1),
        ]
        let displays: [Display] = [
            .text("t\n"), .value("1"), .table(table), .figure(figure), .html("<b>b</b>"), .claim(.ofEverything),
        ]
        return Record(
            notebook: "all", edition: "default", parameters: ["rate": "0.5"],
            inputs: [Input(path: "Data/a.csv", sha256: String(repeating: "0", count: 64))],
            cells: [
                CellRecord(label: "fig-a", status: .asExpected, displays: displays),
                CellRecord(label: nil, status: .failed, diagnostics: diagnostics),
                CellRecord(label: nil, status: .skipped),
            ],
            values: [
                ValueRecord(expression: "1 + 1", text: "2"), ValueRecord(expression: "x", diagnostics: diagnostics),
            ])
    }
}

extension Claim {
    fileprivate static var ofEverything: Claim {
        let designs: [Contrast.Design] = [
            .starts, .clusters, .startsAndItems, .resampledSplits(testToTraining: 0.25),
        ]
        let rules =
            RuleKind.allCases.map(\.example.rule)
            + [.between(lower: nil, upper: 1), .between(lower: 0, upper: nil)]
            + designs.map { .contrast(Contrast("a − b", expected: .equivalent, margin: 1, design: $0)) }
        let observations: [Observations] = [
            .differences(values: [0.5, -1]), .clusters(values: [[1], [2, 3]]),
            .startsAndItems(values: [[1, 0], [0, 1]]),
            .pairs(x: [1, 2], y: [2, 1]), .count(successes: 1, of: 2), .number(value: 1), .condition(holds: true),
        ]
        let findings =
            rules.map { Finding(rule: $0, observations: .number(value: 1), verdict: .supported, n: 1) }
            + observations.map {
                Finding(
                    setting: "s", rule: .zero(), observations: $0, verdict: .supported, effect: 0.5,
                    interval: ConfidenceInterval(lower: 0, upper: 1, confidence: 0.95), p: 0.01, n: 2)
            }
        return Claim(
            id: "C1", measured: "m", verdict: .supported, combination: .all, findings: findings, tolerance: 0,
            place: Place(file: "cell-1", line: 1))
    }
}
