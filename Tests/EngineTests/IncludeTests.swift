import Testing

extension EndToEnd {
    /// Prose and cells that many notebooks include.
    @Suite struct IncludeTests {
        private static let include = "{{< include _setup.md >}}\n\n"

        @Test func everyNotebookHasTheCellsOfWhatItIncludes() throws {
            let book = try TemporaryBook([
                "_setup": "Shared words.\n\n" + cell("let base = 40"),
                "a": Self.include + cell("base + 2"), "b": Self.include + cell("base + 3"),
            ])
            let outcome = try book.run("render")
            #expect(outcome.output.contains("2 rendered"), "\(outcome)")
            #expect(try book.page("a").contains("Shared words."))
            #expect(try book.record("a").cells[1].displays == [.value("42")])
            #expect(try book.record("b").cells[1].displays == [.value("43")])
            #expect(!book.exists("Output/default/_setup"))

            try book.write("Other words.\n\n" + cell("let base = 50"), to: "Notebooks/_setup.md")
            #expect(try book.run("render").output.contains("2 rendered"))
            #expect(try book.record("a").cells[1].displays == [.value("52")])
        }

        @Test func errorsStandAtTheLinesOfTheFile() throws {
            let book = try TemporaryBook([
                "_setup": "Words.\n\n" + cell("func broken(_ x: Int) -> Int { [1][x] }\nlet bad: Int = \"x\""),
                "a": Self.include + cell("1"),
            ])
            let outcome = try book.run("render")
            #expect(outcome.errors.contains("Notebooks/_setup.md:5:16: error: "), "\(outcome)")

            try book.write(
                "Words.\n\n"
                    + cell(
                        "@inline(never) func broken(_ x: Int) -> Int {\n    precondition(x < 3, \"too large\")\n    return x\n}"
                    ),
                to: "Notebooks/_setup.md")
            try book.write("# A\n\n" + Self.include + cell("broken(3)"), to: "Notebooks/a.md")
            let crash = try book.run("render")
            #expect(
                inOrder(
                    ["Notebooks/a.md:6:", "error: precondition failed: too large", "Notebooks/_setup.md:5:"],
                    in: crash.errors),
                "\(crash)")
        }

        @Test func whatIsWrongInTheProseOfTheFileStandsAtItsLineOnce() throws {
            let book = try TemporaryBook(["_setup": "Words.\n\nSee @fig-none.\n", "a": "# A\n\n" + Self.include])
            let prose = try book.run("render")
            #expect(
                prose.complaints.count == 1 && prose.errors.hasPrefix("Notebooks/_setup.md:3:5: error: "), "\(prose)")
            try book.write("{{< include _other.md >}}\n", to: "Notebooks/_setup.md")
            try book.write(Self.include, to: "Notebooks/_other.md")
            let circle = try book.run("render")
            #expect(
                circle.complaints == [
                    "Notebooks/_setup.md:1:1: error: a file that is included includes no other; let the notebook include both"
                ])
        }

        @Test func aCheckNamesTheLineOfTheFile() throws {
            let book = try TemporaryBook([
                "_setup": "Words.\n\n" + cell("let base = 40\nbase"), "a": Self.include + cell("base + 2"),
            ])
            try book.run("render")
            try book.write("Words.\n\n" + cell("let base = 41\nbase"), to: "Notebooks/_setup.md")
            let outcome = try book.run("check")
            #expect(outcome.output.contains("Notebooks/_setup.md:4: cell 1, value: recorded 40, now 41"), "\(outcome)")
            #expect(outcome.output.contains("Notebooks/a.md:4: cell 2, value: recorded 42, now 43"), "\(outcome)")
        }

        @Test func aFileThatIsNotThereIsAnErrorAtTheLineThatNamesIt() throws {
            let book = try TemporaryBook(["a": "Words.\n\n" + Self.include + cell("1")])
            let outcome = try book.run("render")
            #expect(outcome.errors.contains("Notebooks/a.md:3:1: error: `_setup.md` cannot be included"), "\(outcome)")
        }
    }
}
