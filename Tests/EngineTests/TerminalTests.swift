import Foundation
import Testing

/// How the tool speaks to whoever started it, and what it does when nobody listens.
extension EndToEnd {
    @Suite(.serialized) struct TerminalTests {
        /// Runs a line of shell in `book`'s folder, in which `kdbook` is the tool.
        private func shell(_ line: String, in book: TemporaryBook) throws -> Outcome {
            let line = "kdbook() { '\(Installed.prefix)/bin/kdbook' \"$@\"; }; " + line
            return try Outcome.running("/bin/bash", ["-c", line], in: book.root)
        }

        private static let commands = ["--help", "list", "tangle a", "claims", "claims --json", "render", "nonsense"]

        private func book() throws -> TemporaryBook {
            let book = try TemporaryBook(["a": cell("1")])
            try book.write("claims:\n  C1: {says: It holds.}\n", to: "Notebooks/claims.yml")
            return book
        }

        @Test(arguments: commands) func whereNobodyReadsTheToolEndsQuietly(command: String) throws {
            let outcome = try shell("kdbook \(command) 2>&1 | true; exit ${PIPESTATUS[0]}", in: book())
            #expect(outcome.status == 141 && outcome.errors == "")
        }

        @Test(arguments: commands) func whatIsClosedTakesNothing(command: String) throws {
            let book = try book()
            let expected = try shell("kdbook \(command) >out 2>&1", in: book)
            for closed in [">&-", "2>&-", "<&- >&- 2>&-"] {
                let outcome = try shell("kdbook \(command) \(closed)", in: book)
                #expect(outcome.status == expected.status, "\(closed): \(outcome)")
            }
        }

        @Test(arguments: commands.dropLast()) func aFullDiskIsNamed(command: String) throws {
            let outcome = try shell("kdbook \(command) >/dev/full", in: book())
            #expect(outcome.status == 1)
            #expect(outcome.errors == "kdbook: error: standard output cannot be written: the disk is full\n")
            #expect(try shell("kdbook nonsense 2>/dev/full", in: book()).status == 2)
        }

        /// Everything that a notebook can have the tool say, each with what would clear a screen and turn text round.
        @Test func noNotebookRulesTheTerminal() throws {
            let evil = "\u{1B}[2J\u{9B}1;1H\u{202E}\u{7}"
            let escapes = #"\u{1B}[2J\u{9B}1;1H\u{202E}\u{7}"#
            let book = try TemporaryBook([
                "trap": cell("fatalError(\"\(escapes)\")"),
                "thrown": cell(
                    "struct E: Error, CustomStringConvertible { let description = \"\(escapes)\" }\nthrow E()"),
                "warned": cell("#warning(\"\(evil)\")"), "refused": cell("#error(\"\(evil)\")"),
                "front\(evil)": "---\ntitle: \"\(escapes)\"\nparameters: {p: \"a\"}\n\(evil): 1\n---\n",
                "titled": "---\ntitle: \"a\\e[2Jb\\nc\"\nparameters: {p: \"\\e[2J\"}\n---\n",
                "labelled": "See @fig-\(evil).\n",
            ])
            for line in ["kdbook render", "kdbook list", "kdbook render '\(evil)'", "kdbook '\(evil)'"] {
                let outcome = try shell(line, in: book)
                let said = outcome.output + outcome.errors
                #expect(
                    !said.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" },
                    "\(line): \(said.debugDescription)")
                #expect(!said.contains("\u{202E}"))
                #expect(said.contains("\\u{1B}[2J"))
            }
            #expect(try shell("kdbook list", in: book).output.contains("titled  a\\u{1B}[2Jb\\u{A}c\n"))
            #expect(try book.page("trap").contains("\\u{1B}[2J\\u{9B}1;1H\\u{202E}\\u{7}"))
            // What programs read is to the letter.
            #expect(try shell("kdbook tangle warned", in: book).output.contains(evil))
        }

        /// Jupyter obeys what a terminal obeys.
        @Test func noErrorRulesWhatShowsAJupyterNotebook() throws {
            let book = try TemporaryBook(["a": cell(#"fatalError("\u{1B}[2J\u{202E}")"#, "error: true")])
            let outcome = try book.run("export", "a", "--ipynb")
            #expect(outcome.status == 0, "\(outcome)")
            let file = try book.read("a.ipynb")
            #expect(file.contains(##"error: \\u{1B}[2J\\u{202E}""##), "\(file)")
            #expect(!file.contains(#"\u001b"#) && !file.contains("\u{202E}"))
        }

        @Test func coloursAreForTerminalsThatWantThem() throws {
            let book = try TemporaryBook(["a": cell("fatalError(\"\\u{1B}[2J\")")])
            for (setting, isColoured) in [("TERM=xterm", true), ("TERM=xterm NO_COLOR=1", false), ("TERM=dumb", false)]
            {
                let line =
                    "env -u NO_COLOR \(setting) script -qec \"'\(Installed.prefix)/bin/kdbook' render --force\" /dev/null"
                let said = try shell(line, in: book).output
                #expect(said.contains("\u{1B}[1;31merror:\u{1B}[0m") == isColoured, "\(setting)")
                #expect(said.contains(" \\u{1B}[2J"))
                #expect(!said.contains("\u{1B}[2J"))
            }
        }
    }
}
