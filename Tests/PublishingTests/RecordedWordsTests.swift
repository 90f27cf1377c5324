import Notebook
import Publishing
import Testing
import Wire

@Suite struct RecordedWordsTests {
    private static func finding(_ setting: String, effect: Double) -> Finding {
        Finding(
            setting: setting, rule: .difference(expected: .less, margin: 0, unit: "points"),
            observations: .differences(values: [effect, effect, effect]), verdict: .supported, effect: effect,
            interval: ConfidenceInterval(lower: effect - 0.5, upper: effect + 0.5, confidence: 0.95), p: 0.03, n: 3)
    }

    private let record = Record(
        notebook: "n", edition: "default", parameters: [:], inputs: [],
        cells: [
            CellRecord(
                label: "tbl-errors", status: .asExpected,
                displays: [
                    .table(
                        TableContent(
                            columns: ["labels", "arm", "errors"], alignments: [.trailing, .leading, .trailing],
                            rows: [["10", "hard", "5.1"], ["10", "soft", "4.2"], ["100", "soft", "3.3"]]))
                ]),
            CellRecord(
                label: "tbl-power", status: .asExpected,
                displays: [
                    .table(
                        TableContent(
                            columns: ["starts", "found"], alignments: [.trailing, .trailing], rows: [["12", "0.3"]]))
                ]),
            CellRecord(
                label: "nets", status: .asExpected,
                displays: [
                    .text("teacher: 21.4 % errors, mean of 12\nstudent: −0.5 points"),
                    .text(", which takes about 3.8×10² starts\nteacher, again: 7\n"),
                ]),
            CellRecord(
                label: nil, status: .asExpected,
                displays: [
                    decided("C01", .supported, [finding("wide", effect: -1.5), finding("narrow", effect: 2)]),
                    decided("C02", .refuted, [finding("", effect: 0.25)]),
                ]),
        ])

    @Test(arguments: [
        (["tbl-errors", "hard", "errors"], "5.1"), (["tbl-errors", "10", "soft", "errors"], "4.2"),
        (["tbl-errors", "soft", "100", "arm"], "soft"), (["C01", "verdict"], "supported"),
        (["C01", "wide", "effect"], "−1.5\u{A0}points"), (["C01", "wide", "size"], "1.5"),
        (["C01", "narrow", "size"], "2"), (["C01", "wide", "interval"], "−2 … −1"), (["C01", "wide", "n"], "3"),
        (["C01", "narrow", "p"], "=\u{A0}0.03"), (["C02", "effect"], "+0.25\u{A0}points"),
        (["C02", "", "verdict"], "supported"), (["tbl-power", "found"], "0.3"), (["tbl-power", "12", "found"], "0.3"),
        (["nets", "teacher:"], "21.4"), (["nets", "mean of"], "12"), (["nets", "student"], "−0.5"),
        (["nets", "which takes about"], "3.8×10²"),
        (["nets", "student", "about"], "3.8×10²"),
    ])
    func aPlaceInTheRecordHasItsWords(path: [String], words: String) throws {
        #expect(try record.words(at: path) == words)
    }

    @Test(arguments: [
        (["tbl-error", "hard", "errors"], "no claim, table or printed text `tbl-error`; did you mean `tbl-errors`?"),
        (["tbl-errors", "hard", "error"], "no column `error`; did you mean `errors`?"),
        (["tbl-errors", "soft", "errors"], "2 rows with `soft`: name more"),
        (["tbl-errors", "soft", "7", "errors"], "no row with `soft` and `7`"),
        (["tbl-errors", "errors"], "name a row and a column"),
        (["C01", "20 units", "effect"], "no setting of C01 `20 units`; it has `wide`, `narrow`"),
        (["C01", "effect"], "no setting of C01"), (["C01", "wide", "efect"], "did you mean `effect`?"),
        ([], "no claim, table or printed text"),
        (["nets"], "name the words before the number: `nets / WORDS`"),
        (["nets", "pupil"], "`nets` printed no line with `pupil`"),
        (["nets", "teacher"], "`nets` printed 2 lines with `teacher`: name more"),
        (["nets", "teacher", "student"], "`nets` printed no line with `teacher / student`"),
        (["nets", "starts"], "`nets` printed no number behind `starts`"),
    ])
    func anyOtherPlaceIsAnErrorWithItsCure(path: [String], words: String) {
        let error = #expect(throws: RecordedValueError.self) { try record.words(at: path) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}
