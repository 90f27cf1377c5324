import Comparison
import Notebook
import Testing
import Wire

@Suite struct TextDifferenceTests {
    @Test func aRecordDoesNotDifferFromItself() {
        let record = record(
            cell(.text("a 1\n"), .value("nan")), cell(table([["x", "1"]]), figure([.number(1), .string("nan")])),
            cell(label: "l", status: .skipped))
        #expect(told(record, record, notebook(cells: 3)) == [])
    }

    @Test func textIsComparedToTheLetter() {
        #expect(
            told(.text("all is well\n"), .text("all is Well\n"))
                == ["Notebooks/n.md:2: cell 1, text: recorded “all is well”, now “all is Well”"])
        #expect(
            told(.value("a"), .value("a "), "label: x")
                == ["Notebooks/n.md:3: x, value: recorded “a”, now “a ”"])
        #expect(
            told(.text("a\n"), .text("a"))
                == ["Notebooks/n.md:2: cell 1, text, the blanks at its end: recorded “a\\n”, now “a”"])
    }

    @Test func whatWasPrintedIsComparedAndToldWithItsControlCharacters() {
        #expect(
            told(.text("\u{1B}[31m1\n"), .text("0\r1\n"))
                == ["Notebooks/n.md:2: cell 1, text: recorded “␛[31m1”, now “0␍1”"])
    }

    @Test func eachLineThatDiffersIsTold() {
        #expect(
            told(.text("one\ntwo\nthree\n"), .text("One\ntwo\nThree\n"))
                == [
                    "Notebooks/n.md:2: cell 1, text, line 1: recorded “one”, now “One”",
                    "Notebooks/n.md:2: cell 1, text, line 3: recorded “three”, now “Three”",
                ])
    }

    @Test func aLineMoreIsToldAsThat() {
        #expect(
            told(.text("one\nthree\n"), .text("one\ntwo\nthree\n"))
                == ["Notebooks/n.md:2: cell 1, text, from line 2: recorded nothing, now “two”"])
        #expect(
            told(.text("one\ntwo\n"), .text(""))
                == ["Notebooks/n.md:2: cell 1, text, from line 1: recorded “one⏎two”, now “”"])
    }

    @Test func numbersAreExactWhereNothingIsStated() {
        #expect(
            told(.text("loss 0.25 at 3\n"), .text("loss 0.75 at 3\n"))
                == [
                    "Notebooks/n.md:2: cell 1, text, number 1: recorded 0.25, now 0.75 (differs by 0.5, no tolerance stated)"
                ])
        // The last digit counts even where the number is the same.
        #expect(told(.value("0.5"), .value("0.50")).count == 1)
    }

    @Test func aStatedToleranceIsHonouredOnBothSides() {
        let options = "expect: {tolerance: 0.01}"
        #expect(told(.text("loss 0.25, rate −1.5e-3\n"), .text("loss 0.26, rate 0.002\n"), options) == [])
        #expect(
            told(.text("loss 0.25\n"), .text("loss 0.2601\n"), options)
                == [
                    "Notebooks/n.md:3: cell 1, text: recorded 0.25, now 0.2601 (differs by 0.0101, tolerance 0.01)"
                ])
        #expect(told(.value("1.2×10⁻⁹"), .value("1.3×10⁻⁹"), "expect: {relative: 0.1}") == [])
        #expect(told(.value("1.2×10⁻⁹"), .value("1.4×10⁻⁹"), "expect: {relative: 0.1}").count == 1)
    }

    @Test func aToleranceIsForNumbersOnly() {
        let options = "expect: {tolerance: 1000}"
        #expect(told(.value("epoch 3"), .value("epochs 3"), options).count == 1)
        #expect(told(.value("fig2"), .value("fig3"), options).count == 1)
        #expect(told(.value("1.2.3"), .value("1.2.4"), options).count == 1)
        #expect(told(.value("1 2 3"), .value("1 2"), options).count == 1)
        #expect(told(.value("1 2"), .value("1 2 3"), options).count == 1)
    }

    @Test func whatIsNoNumberIsNearItselfOnly() {
        let options = "expect: {tolerance: 1000}"
        #expect(told(.value("loss NaN"), .value("loss nan"), options) == [])
        #expect(told(.value("loss NaN"), .value("loss 3"), options).count == 1)
        #expect(told(.value("loss 3"), .value("loss nan"), options).count == 1)
        #expect(told(.value("∞"), .value("inf"), options) == [])
        #expect(told(.value("∞"), .value("−∞"), options).count == 1)
    }

    @Test func aNumberMayBeADigitShorterThanTheOneInItsColumn() {
        #expect(told(.text("loss  9.99\n"), .text("loss 10.01\n"), "expect: {tolerance: 0.1}") == [])
    }
}

@Suite struct DisplayDifferenceTests {
    private func frame(_ mass: [String?], kind: FrameContent.Kind = .number, rest: FrameContent.Rest? = nil) -> Display
    {
        .frame(
            FrameContent(
                columns: [.init(name: "mass", kind: kind, values: mass, rest: rest)],
                rowCount: mass.count + (rest == nil ? 0 : 1)))
    }

    @Test func framesAreComparedColumnByColumn() {
        #expect(told(frame(["1.5", nil]), frame(["1.5", nil])) == [])
        #expect(
            told(frame(["1.5", nil]), frame(["1.75", "2.0"])) == [
                "Notebooks/n.md:2: cell 1, frame, column “mass”, row 1: recorded 1.5, now 1.75 (differs by 0.25, no tolerance stated)",
                "Notebooks/n.md:2: cell 1, frame, column “mass”, row 2: recorded missing, now “2.0”",
            ])
        #expect(told(frame(["1.5"]), frame(["1.75"]), "expect: {tolerance: 0.5}") == [])
        #expect(
            told(frame(["1"], kind: .integer), frame(["1"], kind: .text)) == [
                "Notebooks/n.md:2: cell 1, frame, column “mass”, kind: recorded integer, now text"
            ])
        #expect(
            told(frame(["1"]), frame(["1", "2"])) == [
                "Notebooks/n.md:2: cell 1, frame, number of rows: recorded 1, now 2"
            ])
    }

    @Test func rowsThatAreNotWrittenOutCountToo() {
        func rest(_ digest: String, mean: String = "2.0") -> FrameContent.Rest {
            FrameContent.Rest(sha256: digest, missing: 0, numbers: [mean, "1.0", "3.0"])
        }
        #expect(told(frame(["1.0"], rest: rest("aa")), frame(["1.0"], rest: rest("bb"))).count == 1)
        #expect(told(frame(["1.0"], rest: rest("aa")), frame(["1.0"], rest: rest("aa"))) == [])
        let near = "expect: {tolerance: 0.1}"
        #expect(told(frame(["1.0"], rest: rest("aa")), frame(["1.0"], rest: rest("bb", mean: "2.05")), near) == [])
        #expect(told(frame(["1.0"], rest: rest("aa")), frame(["1.0"], rest: rest("bb", mean: "2.5")), near).count == 1)
    }

    @Test func tablesAreComparedCellByCell() {
        #expect(
            told(
                table([["teacher", "97.1 %"], ["student", "93.4 %"]]),
                table([["teacher", "97.2 %"], ["pupil", "93.4 %"]]), "label: tbl-a")
                == [
                    "Notebooks/n.md:3: tbl-a, table, row “teacher”, column “accuracy”: recorded 97.1, now 97.2 (differs by 0.1, no tolerance stated)",
                    "Notebooks/n.md:3: tbl-a, table, row “student”, column “net”: recorded “student”, now “pupil”",
                ])
    }

    @Test func aTablesNumbersMayLieWithinTheTolerance() {
        let options = "expect: {tolerance: 0.1}"
        #expect(told(table([["teacher", "97.1 %"]]), table([["teacher", "97.2 %"]]), options) == [])
        #expect(
            told(table([["teacher", "97.1 %"]]), table([["teacher", "97.3 %"]]), options)
                == [
                    "Notebooks/n.md:3: cell 1, table, row “teacher”, column “accuracy”: recorded 97.1, now 97.3 (differs by 0.2, tolerance 0.1)"
                ])
    }

    @Test func rowsComeAndGoByTheirNames() {
        #expect(
            told(table([["a", "1"], ["c", "3"]]), table([["a", "1"], ["b", "2"], ["c", "4"]]))
                == [
                    "Notebooks/n.md:2: cell 1, table, row “b”: recorded no such row, now “b | 2”",
                    "Notebooks/n.md:2: cell 1, table, row “c”, column “accuracy”: recorded 3, now 4 (differs by 1, no tolerance stated)",
                ])
        #expect(
            told(table([["a", "1"], ["b", "2"]]), table([["b", "2"]])).map { $0.hasSuffix("now no such row") } == [true]
        )
    }

    @Test func aTablesHeadingsCaptionAndAlignmentCount() {
        let rows = [["a", "1"]]
        #expect(told(table(rows), table(rows, columns: ["net", "loss"])).count == 1)
        #expect(told(table(rows), table(rows, caption: "C")).count == 1)
        #expect(told(table(rows), table(rows, alignments: [.leading, .leading])).count == 1)
    }

    @Test func figuresAreComparedByTheirData() {
        #expect(
            told(figure([.number(1), .number(2)]), figure([.number(1), .number(2.5)], light: "cc", dark: "dd"))
                == [
                    "Notebooks/n.md:2: cell 1, figure, charts[0].marks[0].line “loss”.y[1]: recorded 2.0, now 2.5 (differs by 0.5, no tolerance stated)"
                ])
        #expect(
            told(figure([.number(1), .number(2), .number(3)]), figure([.number(1.5), .number(2), .number(5)]))
                == [
                    "Notebooks/n.md:2: cell 1, figure, charts[0].marks[0].line “loss”.y[0]: recorded 1.0, now 1.5 (differs by 0.5, no tolerance stated; 2 of 3 numbers differ, by at most 2)"
                ])
        #expect(told(figure([.number(1)]), figure([.string("nan")])).count == 1)
        #expect(told(figure([.number(0)]), figure([.string("-0.0")])).count == 1)
        #expect(told(figure([.number(1)]), figure([.number(1), .number(2)])).map { $0.contains("count of") } == [true])
        #expect(
            told(figure([.number(1)]), figure([.number(1)], label: "error")).map { $0.contains(".label") } == [true])
    }

    @Test func manyMissingValuesAreOneDifference() {
        let (numbers, missing) = ([1, 2, 3, 4].map(JSONValue.number), [JSONValue](repeating: .string("nan"), count: 4))
        #expect(
            told(figure(numbers), figure(missing))
                == [
                    "Notebooks/n.md:2: cell 1, figure, charts[0].marks[0].line “loss”.y[0]: recorded 1.0, now “nan” (4 of 4 numbers differ, 4 of them as one of both is no number)"
                ])
        #expect(
            told(figure(numbers), figure([.number(2)] + missing.dropFirst())).map {
                $0.contains("4 of 4 numbers differ, by at most 1, 3 of them as one of both is no number")
            } == [true])
    }

    @Test func manyCellsOfAColumnAreOneDifference() {
        let rows = { (value: String) in (1...9).map { ["row \($0)", value] } }
        #expect(
            told(table(rows("yes")), table(rows("no")))
                == [
                    "Notebooks/n.md:2: cell 1, table, row “row 1”, column “accuracy”: recorded “yes”, now “no” (and 8 more like it, the last at table, row “row 9”, column “accuracy”)"
                ])
        #expect(told(table(Array(rows("yes").prefix(3))), table(Array(rows("no").prefix(3)))).count == 3)
    }

    @Test func aFiguresNumbersMayLieWithinTheToleranceAndItsPixelsThenDiffer() {
        let options = "expect: {tolerance: 0.5}"
        #expect(told(figure([.number(1)]), figure([.number(1.5)], light: "cc"), options) == [])
        #expect(told(figure([.number(1)]), figure([.number(1.6)]), options).count == 1)
        #expect(told(figure([.string("nan")]), figure([.string("nan")]), options) == [])
    }

    @Test func figuresOfTheSameDataAreComparedByTheirPixels() {
        let data: [JSONValue] = [.number(1)]
        #expect(
            told(figure(data), figure(data, light: "cc", dark: "dd"), "expect: {tolerance: 9}")
                == [
                    "Notebooks/n.md:3: cell 1, figure, pixels of the light picture: recorded SHA-256 aa…, now SHA-256 cc…",
                    "Notebooks/n.md:3: cell 1, figure, pixels of the dark picture: recorded SHA-256 bb…, now SHA-256 dd…",
                ])
        #expect(told(figure(data), figure(data, width: 641)).map { $0.contains("size") } == [true])
        #expect(told(figure(data), figure(data, words: "Words.")).map { $0.contains("alternative text") } == [true])
    }

    @Test func markupIsComparedToTheLetter() {
        #expect(told(.html("<b>1</b>"), .html("<i>1</i>")).count == 1)
        #expect(told(.html("<b>1</b>"), .html("<b>1.1</b>"), "expect: {tolerance: 0.2}") == [])
    }

    @Test func anotherKindOfOutputIsToldAsThat() {
        #expect(
            told(record(cell(.text("a\n"), .value("1"))), record(cell(.value("1"))), notebook())
                == ["Notebooks/n.md:2: cell 1, what it shows: recorded text “a⏎”, value “1”, now value “1”"])
        #expect(
            told(record(cell(.value("1"), .value("2"))), record(cell(.value("1"), .value("3"))), notebook())
                .map { $0.contains("cell 1, value 2: recorded 2, now 3") } == [true])
    }
}

@Suite struct CellDifferenceTests {
    @Test func statusAndDiagnosticsCount() {
        let warning = Diagnostic(.warning, at: SourcePosition(line: 1, column: 5), "unused")
        let error = Diagnostic(.error, at: SourcePosition(line: 4), "no")
        #expect(
            told(record(cell(diagnostics: [warning])), record(cell(status: .failed, diagnostics: [error])), notebook())
                == [
                    "Notebooks/n.md:2: cell 1, status: recorded as expected, now failed",
                    "Notebooks/n.md:2: cell 1, warning: recorded line 2 “unused”, now none",
                    "Notebooks/n.md:5: cell 1, error: recorded none, now line 5 “no”",
                ])
        var moved = warning
        moved.position.line = 2
        #expect(
            told(record(cell(diagnostics: [warning])), record(cell(diagnostics: [moved])), notebook())
                == ["Notebooks/n.md:3: cell 1, warning: recorded line 2 “unused”, now line 3 “unused”"])
    }

    @Test func whatAFailureKeptFromRunningIsNotToldAgain() {
        let recorded = record(cell(.value("1")), cell(.value("2")), cell(.value("3")))
        let found = record(cell(.value("1")), cell(status: .failed), cell(status: .skipped))
        #expect(
            told(recorded, found, notebook(cells: 3))
                == ["Notebooks/n.md:6: cell 2, status: recorded as expected, now failed"])
    }

    @Test func cellsComeAndGo() {
        let (a, b, c) = (cell(.value("a")), cell(.value("b")), cell(.value("c")))
        #expect(
            told(record(a, c), record(a, b, c), notebook(cells: 3))
                == ["Notebooks/n.md:6: cell 2: recorded no such cell, now a cell that was added"])
        #expect(
            told(record(a, b, c), record(a, c), notebook(cells: 2))
                == ["Notebooks/n.md:6: cell 2: recorded a cell, now no such cell: it was removed"])
        #expect(
            told(record(a, b), record(a), notebook())
                == ["Notebooks/n.md:2: cell 2: recorded a cell, now no such cell: it was removed"])
        #expect(told(record(), record(a, b), notebook(cells: 2)).count == 2)
    }

    @Test func aCellThatShowsTheSameUnderAnotherNameIsRelabelled() {
        #expect(
            told(
                record(cell(.value("a"), label: "old")), record(cell(.value("a"), label: "new")), notebook("label: new")
            )
                == ["Notebooks/n.md:3: new, label: recorded old, now new"])
    }

    @Test func aLabelledCellIsFoundWhereverItsOutputGoes() {
        let recorded = record(cell(.value("a"), label: "x"), cell(.value("b")))
        let found = record(cell(.value("a")), cell(.value("c"), label: "x"))
        let told = told(recorded, found, notebook(cells: 2))
        #expect(told.contains { $0.contains("value: recorded “a”, now “c”") }, "\(told)")
    }

    @Test func parametersInputsAndEditionCount() {
        let text = "---\ntitle: T\nparameters:\n  epochs: 3\n---\n```swift\n1\n```\n"
        let notebook = Notebook.parsed(text, name: "n", path: "Notebooks/n.md").notebook
        var recorded = record(cell())
        recorded.parameters = ["epochs": "3"]
        recorded.inputs = [Record.Input(path: "Data/a", sha256: "0123456789abcdef")]
        var found = recorded
        found.parameters = ["epochs": "4", "rate": "1.0"]
        found.inputs = [Record.Input(path: "Data/b", sha256: "0123456789abcdef")]
        found.edition = "quick"
        found.format = 2
        #expect(
            told(recorded, found, notebook)
                == [
                    "Notebooks/n.md:1: the record's format: recorded 1, now 2",
                    "Notebooks/n.md:1: edition: recorded default, now quick",
                    "Notebooks/n.md:4: parameter epochs: recorded 3, now 4",
                    "Notebooks/n.md:1: parameter rate: recorded none, now 1.0",
                    "Notebooks/n.md:1: input Data/a: recorded SHA-256 0123456789ab…, now no such input",
                    "Notebooks/n.md:1: input Data/b: recorded no such input, now SHA-256 0123456789ab…",
                ])
    }

    @Test func whereAllMustBeExactNoToleranceCounts() {
        let (recorded, found) = (record(cell(.value("1"))), record(cell(.value("1.1"))))
        let notebook = notebook("expect: {tolerance: 1}")
        #expect(differences(between: recorded, and: found, in: notebook) == [])
        #expect(differences(between: recorded, and: found, in: notebook, isExact: true).count == 1)
    }
}

@Suite struct JudgementTests {
    private func errors(_ option: String, _ displays: Display...) -> [String] {
        var judged = record(CellRecord(label: nil, status: .asExpected, displays: displays))
        let notebook = notebook("label: x", option)
        judged = judged.judged(by: notebook)
        #expect(judged.failed == !judged.cells[0].diagnostics.isEmpty)
        return judged.cells[0].diagnostics.map {
            $0.moved(by: notebook.cells[0].codeLine - 1).rendered(file: "n.md")
        }
    }

    @Test func outputAsExpectedPasses() {
        #expect(errors("expect: all is well", .text("all is well \n\n")) == [])
        #expect(errors("expect: \"a\\n3\"", .text("a\n"), .value("3")) == [])
        #expect(errors("expect: {contains: is}", .value("all is well")) == [])
        #expect(errors("expect: {text: 0.5, tolerance: 0.1}", .value("0.6")) == [])
        #expect(errors("expect: {tolerance: 0.1}", .value("0.6")) == [])
        #expect(errors("expect: \"net  accuracy\\nt        97.1\"", table([["t", "97.1"]])) == [])
    }

    @Test func whatIsExpectedIsWhatIsSeen() {
        #expect(errors("expect: all is well", .text("\u{1B}[1;32mall\u{1B}[0m is well\n")) == [])
        #expect(errors("expect: {contains: 100%}", .text("10%\r50%\r100%\n")) == [])
        #expect(
            errors("expect: {contains: 50%}", .text("10%\r50%\r100%\n"))
                == ["n.md:3:13: error: the output does not contain “50%”: it is “100%”"])
    }

    @Test func otherOutputFailsAtTheOption() {
        #expect(
            errors("expect: all is well", .value("all is lost"))
                == ["n.md:3:13: error: the output is not as expected: expected “all is well”, found “all is lost”"])
        #expect(
            errors("expect: {text: 0.5, tolerance: 0.1}", .value("0.7"))
                == [
                    "n.md:3:13: error: the output is not as expected: expected 0.5, found 0.7 (differs by 0.2, tolerance 0.1)"
                ])
        #expect(
            errors("expect: {contains: well}", .value("all is lost"))
                == ["n.md:3:13: error: the output does not contain “well”: it is “all is lost”"])
        #expect(errors("expect: something").count == 1)
    }

    @Test func aCellThatFailedOrDidNotRunIsNotJudged() {
        for status in [CellRecord.Status.failed, .skipped] {
            let failed = record(cell(.value("1"), status: status))
            #expect(failed.judged(by: notebook("expect: 2")) == failed)
        }
    }
}

@Suite struct ClaimDifferenceTests {
    private func claim(
        _ verdict: Verdict = .supported, effect: Double? = 0.3, n: Int = 5, tolerance: Double = 0, upper: Double = 0.4,
        margin: Double = 0, values: [Double] = [0.1, 0.5]
    ) -> Display {
        let finding = Wire.Finding(
            setting: "10 labels", rule: .difference(expected: .greater, margin: margin),
            observations: .differences(values: values), verdict: verdict, effect: effect,
            interval: ConfidenceInterval(lower: 0.2, upper: upper, confidence: 0.95), p: 0.03, n: n)
        return .claim(
            Claim(
                id: "C13", measured: "errors", verdict: verdict, combination: .all, findings: [finding],
                tolerance: tolerance, place: Claim.Place(file: "cell-1", line: 3)))
    }

    @Test func verdictsAreCompared() {
        #expect(told(claim(), claim()) == [])
        #expect(
            told(claim(), claim(.undecided))
                == [
                    "Notebooks/n.md:2: cell 1, claim, C13, verdict: recorded supported, now undecided",
                    "Notebooks/n.md:2: cell 1, claim, C13, finding “10 labels”, verdict: recorded “supported”, now “undecided”",
                ])
    }

    @Test func effectsAreComparedByTheClaimsOwnTolerance() {
        #expect(
            told(claim(), claim(effect: 0.55))
                == [
                    "Notebooks/n.md:2: cell 1, claim, C13, finding “10 labels”, effect: recorded 0.3, now 0.55 (differs by 0.25, no tolerance stated)"
                ])
        #expect(told(claim(tolerance: 0.5), claim(effect: 0.55, tolerance: 0.5, upper: 0.9, values: [0, 1])) == [])
        #expect(told(claim(tolerance: 0.2), claim(effect: 0.55, tolerance: 0.2)).count == 1)
        #expect(told(claim(), claim(effect: 0.55), "expect: {tolerance: 0.25}") == [])
        #expect(told(claim(), claim(effect: nil)).count == 1)
    }

    @Test func rulesAndObservationsCount() {
        #expect(told(claim(), claim(margin: 0.1)).map { $0.contains("rule: recorded") } == [true])
        #expect(told(claim(), claim(n: 6)).map { $0.contains("n: recorded “5”, now “6”") } == [true])
        #expect(
            told(claim(), claim(values: [0.1, 0.6])).map { $0.contains("observations.differences.values[1]") } == [true]
        )
        #expect(told(claim(tolerance: 0.5), claim(tolerance: 0.1)).map { $0.contains("tolerance") } == [true])
    }
}
