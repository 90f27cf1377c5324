import Testing

extension EndToEnd {
    /// Notebooks that read what others write.
    @Suite struct ReadingOrderTests {
        private func reader(of name: String) -> String {
            "---\ninputs: Output/default/\(name)/record.json\n---\n\n"
                + cell(
                    "import Foundation\nlet text = try String(contentsOfFile: \"Output/default/\(name)/record.json\", encoding: .utf8)\n"
                        + "print(text.contains(\"first\"), text.contains(\"second\"))")
        }

        @Test(arguments: [1, 2])
        func aNotebookRunsBehindThoseThatItReadsFrom(jobs: Int) throws {
            let book = try TemporaryBook([
                "a-reader": reader(of: "b-writer"), "b-writer": cell("print(\"first\")"),
                "c-last": reader(of: "a-reader"),
            ])
            func shown() throws -> [String] {
                try book.record("a-reader").cells[0].displays.map { "\($0)" }
            }
            for name in ["a-reader", "b-writer"] { try book.write("{}", to: "Output/default/\(name)/record.json") }
            #expect(try book.run("render", "--jobs", "\(jobs)").status == 0)
            #expect(try book.record("a-reader").cells[0].displays == [.text("true false\n")])
            try book.write(cell("print(\"second\")"), to: "Notebooks/b-writer.md")
            let outcome = try book.run("render", "--jobs", "\(jobs)")
            #expect(outcome.output.contains("3 rendered"), "\(outcome)")
            #expect(try book.record("a-reader").cells[0].displays == [.text("false true\n")])
            #expect(try book.run("render").output.contains("3 unchanged"))
        }

        @Test func notebooksThatReadFromEachOtherAreAnError() throws {
            let book = try TemporaryBook(["a": reader(of: "b"), "b": reader(of: "a"), "c": cell("1")])
            let outcome = try book.run("render")
            #expect(outcome.status != 0)
            #expect(
                outcome.errors.contains("Notebooks/a.md: error: cannot be read: it reads what is made from itself"),
                "\(outcome)")
        }
    }
}
