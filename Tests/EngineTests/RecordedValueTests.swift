import Testing

extension EndToEnd {
    /// Values on record in the midst of prose.
    @Suite struct RecordedValueTests {
        private static func table(_ value: String) -> String {
            cell(
                "Table(columns: [\"name\", \"value\"], rows: [[\"a\", \"\\(\(value))\"]])", "label: tbl-x", "tbl-cap: X"
            )
        }

        private static func quoting(_ prose: String) -> String {
            "---\nparameters: {n: 10}\neditions:\n  big:\n    parameters: {n: 20}\n---\n\n\(prose)\n\n" + table("n + 1")
        }

        private let both = quoting("Here `{record} tbl-x / a / value`, there `{record big} tbl-x / a / value`.")

        private func prose(_ book: TemporaryBook, _ edition: String = "default") throws -> String {
            String(try #require(try book.page("a", edition: edition).firstMatch(of: /Here [^<]*/)).output)
        }

        @Test func anOpeningSentenceHasWhatTheCellsBelowAndAnotherEditionFound() throws {
            let book = try TemporaryBook(["a": both])
            let first = try book.run("render")
            #expect(first.status == 0)
            #expect(
                first.errors.contains(
                    "there is no record of `a` in the edition `big` yet: `kdbook render a --edition big`"))
            #expect(try prose(book) == "Here 11, there ….")
            #expect(try book.run("render", "--edition", "big").status == 0)
            #expect(try prose(book, "big") == "Here 21, there 21.")
            let second = try book.run("render")
            #expect(second.errors.isEmpty && second.output.contains("page only"))
            #expect(try prose(book) == "Here 11, there 21.")
            #expect(try book.run("render").output.contains("1 unchanged"))
        }

        @Test func aNotebookComesBehindThoseThatItQuotesAndFollowsThem() throws {
            let quoting = "Here `{record b} tbl-x / a / value`."
            let book = try TemporaryBook(["a": quoting, "b": Self.table("1")])
            #expect(try book.run("render", "--jobs", "2").errors.isEmpty)
            #expect(try prose(book) == "Here 1.")
            try book.write(Self.table("2"), to: "Notebooks/b.md")
            #expect(try book.run("render").output.contains("2 rendered"))
            #expect(try prose(book) == "Here 2.")
            try book.write("`{record a} tbl-x / a / value`\n\n" + Self.table("2"), to: "Notebooks/b.md")
            #expect(try book.run("render").errors.contains("it reads what is made from itself"))
        }

        @Test func aPlaceThatTheRecordDoesNotHaveFailsThePageAtItsLine() throws {
            let book = try TemporaryBook(["a": Self.quoting("Here `{record} tbl-x / b / value`.")])
            for _ in 1...2 {
                let outcome = try book.run("render")
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("Notebooks/a.md:8:6: error: `tbl-x` has no row with `b`"), "\(outcome)")
            }
            #expect(try book.page("a").contains("{record} tbl-x / b / value"))
        }

        @Test func settingsOfTheCommandLineChangeThisPagesValuesOnly() throws {
            let text = Self.quoting("Here `{record} tbl-x / a / value`, there `{record default} tbl-x / a / value`.")
            let book = try TemporaryBook(["a": text])
            #expect(try book.run("render").errors.isEmpty)
            #expect(try prose(book) == "Here 11, there 11.")
            #expect(try book.run("render", "--set", "n=5").errors.isEmpty)
            #expect(try prose(book, "default,n=5") == "Here 6, there 11.")
        }
    }
}
