import Notebook
import Testing

extension EndToEnd {
    /// Files that notebooks write: kept, put back, tracked by content, and read by other notebooks.
    @Suite struct OutputTests {
        private static func writer(_ text: String, declared: String = "table.csv") -> String {
            "---\noutputs: [\(declared)]\n---\n\n"
                + cell(
                    "import Foundation\ntry \"\(text)\".write(toFile: outputFile(\"table.csv\"), atomically: true, encoding: .utf8)"
                )
        }

        private static let reader =
            "---\ninputs: [b-writer/table.csv]\n---\n\n"
            + cell(
                "import Foundation\nprint(try String(contentsOfFile: inputFile(\"b-writer/table.csv\"), encoding: .utf8))"
            )

        @Test func whatANotebookWritesLiesBesideItsPageAndStandsInItsRecord() throws {
            let book = try TemporaryBook(["n": OutputTests.writer("x,y")])
            #expect(try book.run("render").status == 0)
            #expect(try book.read("Output/default/n/outputs/table.csv") == "x,y")
            let outputs = try book.record("n").outputs
            #expect(outputs?.map(\.name) == ["table.csv"] && outputs?.first?.bytes == 3)
            #expect(try book.page("n").contains("href=\"outputs/table.csv\""))
        }

        @Test func whatIsMissingIsPutBackWithoutARun() throws {
            let book = try TemporaryBook(["n": OutputTests.writer("x,y")])
            #expect(try book.run("render").status == 0)
            try book.remove("Output/default/n/outputs/table.csv")
            let outcome = try book.run("render")
            #expect(outcome.output.contains("page only"), "\(outcome)")
            #expect(try book.read("Output/default/n/outputs/table.csv") == "x,y")
            #expect(try book.run("render").output.contains("1 unchanged"))
        }

        @Test func aDeclaredFileThatNoCellWritesIsAnErrorWhereItIsDeclared() throws {
            let book = try TemporaryBook(["n": "---\ntitle: T\noutputs: [a.csv, table.csv]\n---\n\n" + cell("1")])
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.contains("Notebooks/n.md:3:11: error: no cell wrote the output `a.csv`"), "\(outcome)")
            #expect(!book.exists("Output/default/n/record.json"))
        }

        @Test func aFileThatIsNotDeclaredIsAnErrorWhereItIsAskedFor() throws {
            let book = try TemporaryBook(["n": OutputTests.writer("x", declared: "other.csv")])
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.contains("Notebooks/n.md:7:")
                    && outcome.errors.contains("`table.csv` is no output of this notebook"), "\(outcome)")
        }

        @Test func aLinkIsNoOutput() throws {
            let book = try TemporaryBook([
                "n": "---\noutputs: table.csv\n---\n\n"
                    + cell("import Foundation\nsymlink(\"/etc/hostname\", outputFile(\"table.csv\"))")
            ])
            #expect(try book.run("render").errors.contains("no cell wrote the output `table.csv`"))
        }

        @Test(arguments: [1, 2])
        func aReaderRunsBehindTheWriterAndOnlyWhereTheContentChanged(jobs: Int) throws {
            let book = try TemporaryBook(["a-reader": OutputTests.reader, "b-writer": OutputTests.writer("first")])
            #expect(try book.run("render", "--jobs", "\(jobs)").status == 0)
            #expect(try book.record("a-reader").cells[0].displays == [.text("first\n")])
            #expect(try book.record("a-reader").inputs.map(\.path) == ["b-writer/table.csv"])

            try book.write(OutputTests.writer("second"), to: "Notebooks/b-writer.md")
            #expect(try book.run("render", "--jobs", "\(jobs)").output.contains("2 rendered"))
            #expect(try book.record("a-reader").cells[0].displays == [.text("second\n")])

            // The same content by other code.
            try book.write(OutputTests.writer("second") + cell("2"), to: "Notebooks/b-writer.md")
            let outcome = try book.run("render", "--jobs", "\(jobs)")
            #expect(outcome.output.contains("Notebooks/a-reader.md: page only"), "\(outcome)")
        }

        @Test func toRenderAReaderBringsTheWriterUpToDate() throws {
            let book = try TemporaryBook(["a-reader": OutputTests.reader, "b-writer": OutputTests.writer("first")])
            #expect(try book.run("render", "a-reader").status == 0)
            try book.write(OutputTests.writer("second"), to: "Notebooks/b-writer.md")
            #expect(try book.run("render", "a-reader").status == 0)
            #expect(try book.record("a-reader").cells[0].displays == [.text("second\n")])
        }

        @Test func notebooksThatReadEachOthersOutputsAreNamed() throws {
            let book = try TemporaryBook([
                "a": "---\ninputs: [c/x.csv]\noutputs: [x.csv]\n---\n\n" + cell("1"),
                "b": "---\ninputs: [a/x.csv]\noutputs: [x.csv]\n---\n\n" + cell("1"),
                "c": "---\ninputs: [b/x.csv]\noutputs: [x.csv]\n---\n\n" + cell("1"),
            ])
            let outcome = try book.run("render")
            #expect(outcome.status != 0)
            #expect(outcome.errors.contains("a reads from c reads from b reads from a"), "\(outcome)")
        }

        @Test func anOutputThatThereIsNotIsAnErrorWithTheNearestOne() throws {
            let book = try TemporaryBook([
                "a-reader": OutputTests.reader.replacing("b-writer/table.csv", with: "b-writer/tabel.csv"),
                "b-writer": OutputTests.writer("x"),
            ])
            let outcome = try book.run("render")
            #expect(
                outcome.errors.contains("Notebooks/a-reader.md:2:9: error: the input `b-writer/tabel.csv`"),
                "\(outcome)")
            #expect(outcome.errors.contains("did you mean `table.csv`?"), "\(outcome)")
        }

        @Test func aCheckRunsReadersOnWhatWritersGiveNowWithNothingButRecords() throws {
            let book = try TemporaryBook(["a-reader": OutputTests.reader, "b-writer": OutputTests.writer("first")])
            #expect(try book.run("render").status == 0)
            // As in a clone that has the records alone.
            #expect(try book.run("clean").status == 0)
            #expect(!book.exists("Output/default/b-writer/outputs"))
            #expect(try book.run("check").output.contains("all as recorded"))
            try book.write(OutputTests.writer("second"), to: "Notebooks/b-writer.md")
            let outcome = try book.run("check")
            #expect(outcome.status == 1)
            #expect(
                outcome.output.contains("Notebooks/b-writer.md:2: output table.csv: recorded 5 bytes, SHA-256 "),
                "\(outcome)")
            #expect(outcome.output.contains("input b-writer/table.csv: recorded SHA-256"), "\(outcome)")
            #expect(outcome.output.contains("recorded “first”, now “second”"), "\(outcome)")
        }

        @Test func whatIsNotDeclaredAnyMoreGoes() throws {
            let book = try TemporaryBook(["n": OutputTests.writer("x")])
            #expect(try book.run("render").status == 0)
            try book.write(cell("1"), to: "Notebooks/n.md")
            #expect(try book.run("render").status == 0)
            #expect(!book.exists("Output/default/n/outputs"))
        }
    }
}
