import Foundation
import Notebook
import Testing
import Wire

extension EndToEnd {
    /// How services are told of differences.
    @Suite struct AnnotationTests {
        /// A book of which one cell gives something else than its record has, and a second notebook without a record.
        private func changedBook() throws -> TemporaryBook {
            let book = try TemporaryBook(["n": cell("print(1)") + "\n" + cell("print(2)")])
            #expect(try book.run("check", "--accept").status == 0)
            try book.write("prose\n\n" + cell("print(1)") + "\n" + cell("print(\"2%\")"), to: "Notebooks/n.md")
            try book.write(cell("1"), to: "Notebooks/o.md")
            return book
        }

        @Test func gitHubIsToldOfADifferenceAtItsLineAndOfARecordThatIsMissing() throws {
            let outcome = try changedBook().run("check", "--annotate", "github")
            #expect(outcome.status == 1, "\(outcome)")
            #expect(outcome.output.contains("::error file=Notebooks/n.md,line=9::cell 2, text"), "\(outcome)")
            #expect(outcome.output.contains("2%25"), "\(outcome)")
            #expect(outcome.output.contains("::error file=Notebooks/o.md,line=1::there is no record"), "\(outcome)")
        }

        @Test func gitHubIsToldOfWhatIsWrongWithANotebooksText() throws {
            let book = try TemporaryBook(["n": "prose\n\n" + cell("1", "lable: x")])
            let outcome = try book.run("check", "--annotate", "github")
            #expect(outcome.status == 1, "\(outcome)")
            #expect(outcome.output.contains("::error file=Notebooks/n.md,line=4::"), "\(outcome)")
        }

        @Test func gitLabsReportHasEachDifferenceOnceWithBothValuesAndIsEmptyWithoutAny() throws {
            struct Issue: Decodable {
                struct Location: Decodable {
                    struct Lines: Decodable { let begin: Int }
                    let path: String
                    let lines: Lines
                }
                let description: String
                let fingerprint: String
                let severity: String
                let location: Location
            }
            let book = try changedBook()
            func issues() throws -> [Issue] {
                let outcome = try book.run("check", "--code-quality", "report.json")
                #expect(outcome.errors == "", "\(outcome)")
                return try JSONDecoder().decode([Issue].self, from: Data(book.read("report.json").utf8))
            }
            let found = try issues()
            #expect(found.map(\.location.path) == ["Notebooks/n.md", "Notebooks/o.md"])
            #expect(found.map(\.location.lines.begin) == [9, 1])
            let difference = try #require(found.first)
            #expect(inOrder(["recorded", "2", "now", "2%"], in: difference.description), "\(difference)")
            #expect(difference.severity == "major" && difference.fingerprint.utf8.count == 64)
            // Where only lines move, the problem is no new one.
            try book.write("more\n\n" + book.read("Notebooks/n.md"), to: "Notebooks/n.md")
            let moved = try issues()
            #expect(moved.map(\.location.lines.begin) == [11, 1])
            #expect(moved.map(\.fingerprint) == found.map(\.fingerprint))
            #expect(try book.run("check", "--accept").status == 0)
            #expect(try issues().isEmpty)
        }

        @Test func whatIsKeptStandsForARunWhereNothingHasChanged() throws {
            let book = try TemporaryBook(["n": cell("print(1)")])
            #expect(try book.run("check", "--accept", "--kept").status == 0)
            // A kept record is found as long as the notebook's code is the same, and compared as a run is.
            let record = try book.read("Output/default/n/record.json")
            try book.write(record.replacing("1\\n", with: "4\\n"), to: "Output/default/n/record.json")
            let changed = try book.run("check", "--kept")
            #expect(changed.status == 1 && changed.output.contains("Notebooks/n.md:2: cell 1, text"), "\(changed)")
            try book.write(record, to: "Output/default/n/record.json")
            #expect(try book.run("check", "--kept").status == 0)
            try book.write(cell("print(3)"), to: "Notebooks/n.md")
            let outcome = try book.run("check", "--kept")
            #expect(outcome.status == 1 && inOrder(["recorded", "1", "now", "3"], in: outcome.output), "\(outcome)")
            #expect(try book.run("check", "--kept", "--perturb").status == 2)
        }
    }
}
