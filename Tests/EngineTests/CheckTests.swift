import Foundation
import Notebook
import Testing
import Wire

extension EndToEnd {
    @Suite(.serialized) struct CheckTests {
        /// A book whose committed record is of the run with `value` as 1.
        private func recordedBook(_ text: (String) -> String) throws -> TemporaryBook {
            let book = try TemporaryBook(["n": text("1")])
            let accepted = try book.run("check", "--accept")
            #expect(accepted.status == 0, "\(accepted)")
            return book
        }

        private func check(_ book: TemporaryBook, _ text: String) throws -> Outcome {
            try book.write(text, to: "Notebooks/n.md")
            return try book.run("check")
        }

        @Test func aBookThatGivesWhatIsOnRecordPasses() throws {
            let book = try TemporaryBook([
                "a": cell("print(\"x\")\n2 + 3") + cell("nowhere()", "error: true"),
                "b": cell("Chart(\"C\") { Line(y: [1.0, 2.0]) }", "label: fig-a", "fig-cap: C."),
            ])
            #expect(try book.run("render").status == 0)
            let files = book.files()
            let outcome = try book.run("check")
            #expect(outcome.status == 0 && outcome.errors == "", "\(outcome)")
            #expect(outcome.output.hasPrefix("2 notebooks, 3 cells: all as recorded in "), "\(outcome)")
            #expect(book.files() == files)
            #expect(try book.run("check", "--accept").status == 0)
            #expect(book.files() == files)
        }

        @Test func aCheckRunsAfreshWhateverIsKept() throws {
            let book = try TemporaryBook(["n": cell("show(UInt64.random(in: 0 ... .max))")])
            #expect(try book.run("render").status == 0)
            #expect(try book.run("render").output.contains("1 unchanged"))
            let outcome = try book.run("check")
            #expect(outcome.status == 1 && outcome.output.contains("Notebooks/n.md:2: cell 1, value: recorded "))
        }

        @Test func everyDifferenceIsToldWithItsLineAndBothValues() throws {
            let book = try recordedBook {
                cell("print(\"loss\", 0.25 * \($0))", "expect: {tolerance: 0.1}") + "prose\n\n"
                    + cell("Table(columns: [\"net\", \"errors\"], rows: [[\"teacher\", \"\($0)\"]])", "label: tbl-a")
                    + cell("Chart(\"C\") { Line(y: [1.0, \($0)], label: \"soft\") }", "label: fig-a")
            }
            let outcome = try check(
                book,
                cell("print(\"loss\", 0.25 * 1.2)", "expect: {tolerance: 0.1}") + "prose\n\nmore\n\n"
                    + cell("Table(columns: [\"net\", \"errors\"], rows: [[\"teacher\", \"2\"]])", "label: tbl-a")
                    + cell("Chart(\"C\") { Line(y: [1.0, 3], label: \"soft\") }", "label: fig-a")
                    + cell("4"))
            #expect(outcome.status == 1 && outcome.errors == "", "\(outcome)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 4, "\(outcome.output)")
            #expect(
                inOrder(
                    [
                        "Notebooks/n.md:12: tbl-a, table, row “teacher”, column “errors”: recorded 1, now 2 (differs by 1, no tolerance stated)",
                        "Notebooks/n.md:17: fig-a, figure, charts[0].marks[0].line “soft”.y[1]: recorded 1.0, now 3.0",
                        "Notebooks/n.md:21: cell 4: recorded no such cell, now a cell that was added",
                        "1 notebook, 4 cells: 3 differences in ",
                    ], in: outcome.output), "\(outcome.output)")
            // Without the tolerance, the first cell differs, too.
            let strict = try check(book, cell("print(\"loss\", 0.25 * 1.2)"))
            #expect(
                strict.output.contains(
                    "n.md:2: cell 1, text: recorded 0.25, now 0.3 (differs by 0.05, no tolerance stated)"),
                "\(strict.output)")
        }

        @Test func whatIsNotRecordedIsADifferenceWithItsCure() throws {
            let book = try TemporaryBook(["n": cell("1"), "sound": cell("2")])
            let outcome = try book.run("check", "n")
            #expect(outcome.status == 1)
            #expect(
                outcome.output.hasPrefix(
                    "Notebooks/n.md:1: there is no record Output/default/n/record.json; record it with "
                        + "`kdbook check n --accept`\n"), "\(outcome)")
            try book.write("{", to: "Output/default/n/record.json")
            #expect(try book.run("check", "n").output.contains("it is not a record that can be read; record it with"))
            #expect(try book.run("check", "n", "--accept").status == 0)
            #expect(try book.run("check", "n").status == 0)
            #expect(try book.record("n").cells[0].displays == [.value("1")])
            #expect(!book.exists("Output/default/n/index.html") && !book.exists("Output/default/sound"))
        }

        @Test func acceptingRecordsOnlyWhatDiffersAndTouchesNoNotebook() throws {
            let book = try TemporaryBook(["a": cell("1"), "b": cell("1", "expect: {tolerance: 0.5}")])
            #expect(try book.run("check", "--accept").output.contains("2 records accepted"))
            try book.write(cell("2"), to: "Notebooks/a.md")
            try book.write(cell("1.5", "expect: {tolerance: 0.5}"), to: "Notebooks/b.md")
            let (notebooks, records) = (book.files(in: "Notebooks"), book.files())
            let outcome = try book.run("check", "--accept")
            #expect(outcome.status == 0 && outcome.output.contains("Notebooks/a.md: recorded in "), "\(outcome)")
            #expect(outcome.output.contains("1 difference, 1 record accepted"), "\(outcome)")
            #expect(book.files(in: "Notebooks") == notebooks)
            let now = book.files()
            #expect(now.keys == records.keys)
            #expect(now.filter { records[$0.key] != $0.value }.keys.sorted() == ["default/a/record.json"])
        }

        @Test func aFailureIsToldAndNeverRecorded() throws {
            let book = try recordedBook { cell("print(\($0))") + cell("3") }
            let records = book.files()
            try book.write(cell("print(1)\nfatalError(\"no\")") + cell("3"), to: "Notebooks/n.md")
            let outcome = try book.run("check", "--accept")
            #expect(outcome.status == 1, "\(outcome)")
            #expect(
                inOrder(
                    [
                        "Notebooks/n.md:2: cell 1, status: recorded as expected, now failed",
                        "Notebooks/n.md:3: cell 1, error: recorded none, now line 3 “no”",
                        "2 differences, 1 notebook failed",
                    ], in: outcome.output), "\(outcome)")
            #expect(outcome.errors.contains("Notebooks/n.md: error: not recorded, because a cell failed"))
            #expect(book.files() == records)
            try book.write("```swift\n//| lable: x\n1\n```\n", to: "Notebooks/n.md")
            let broken = try book.run("check", "--accept")
            #expect(broken.status == 1 && broken.errors.contains("Notebooks/n.md:2:5: error: "))
            #expect(book.files() == records)
        }

        @Test func outputThatIsNotAsExpectedFailsTheCheckAndTheRender() throws {
            let book = try TemporaryBook(["n": cell("print(1 + 1)", "expect: 3") + cell("4")])
            let message = "Notebooks/n.md:2:13: error: the output is not as expected: expected 3, found 2"
            let rendered = try book.run("render")
            #expect(rendered.status == 1 && rendered.errors.contains(message), "\(rendered)")
            #expect(try book.page("n").contains("the output is not as expected"))
            #expect(!book.exists("Output/default/n/record.json"))
            let checked = try book.run("check", "--accept")
            #expect(checked.status == 1 && checked.errors.contains(message), "\(checked)")
            try book.write(cell("print(1 + 1)", "expect: 2") + cell("4"), to: "Notebooks/n.md")
            #expect(try book.run("render").status == 0)
            #expect(try book.run("check").status == 0)
        }

        @Test func recordsOfNotebooksThatAreGoneAreTold() throws {
            let book = try recordedBook { cell($0) }
            try book.write("prose\n", to: "Notebooks/other.md")
            #expect(try book.run("check", "--accept").status == 0)
            try book.remove("Notebooks/n.md")
            let outcome = try book.run("check")
            #expect(outcome.status == 1 && outcome.output.contains("Output/default/n/record.json:1: "), "\(outcome)")
            #expect(try book.run("check", "other").status == 0)
        }

        @Test func editionsAreCheckedAgainstTheirOwnRecords() throws {
            let matter = "---\nparameters: {epochs: 3}\neditions: {quick: {parameters: {epochs: 1}}}\n---\n"
            let book = try TemporaryBook(["n": matter + cell("epochs")])
            #expect(try book.run("check", "--accept").status == 0)
            #expect(try book.run("check", "--accept", "--edition", "quick").status == 0)
            #expect(try book.record("n", edition: "quick").cells[0].displays == [.value("1")])
            let outcome = try book.run("check", "--edition", "quick", "--set", "epochs=2")
            #expect(outcome.status == 1)
            #expect(inOrder(["n.md:2: parameter epochs: recorded 1, now 2", "recorded 1, now 2"], in: outcome.output))
            for arguments in [["--edition", "quik"], ["--set", "epoch=1"], ["--accept", "--set", "epochs=1"]] {
                let refused = try Outcome.running(
                    Installed.prefix + "/bin/kdbook", ["check"] + arguments, in: book.root)
                #expect(refused.status == 2 && refused.output == "", "\(refused)")
            }
        }
    }
}
