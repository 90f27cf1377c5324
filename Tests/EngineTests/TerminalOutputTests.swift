import Foundation
import Notebook
import Testing
import Wire

extension EndToEnd {
    @Suite struct TerminalOutputTests {
        private let bar = cell(
            "for percent in stride(from: 0, through: 100, by: 25) { print(\"\\r\\(percent)%\", terminator: \"\") }\nprint()",
            "expect: 100%")

        @Test func theRecordHasWhatWasPrintedAndThePageWhatATerminalShows() throws {
            let book = try TemporaryBook(["n": bar + cell("\"\\u{1B}[32mgreen\\u{1B}[0m\"")])
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
            let record = try book.record("n")
            #expect(record.cells[0].displays == [.text("\r0%\r25%\r50%\r75%\r100%\n")])
            #expect(record.cells[1].displays == [.value("\u{1B}[32mgreen\u{1B}[0m")])
            let page = try book.page("n")
            #expect(page.contains("<pre class=\"output\">100%\n</pre>"), "\(page)")
            #expect(page.contains("<span class=\"styled green\">green</span>"), "\(page)")
            #expect(try book.run("check", "--accept").status == 0)
            #expect(try book.run("check").status == 0)
        }

        @Test func noControlCharacterGetsFromACellToTheTerminal() throws {
            let book = try TemporaryBook([
                "n": cell(
                    "func fail() -> Never { fatalError(\"\\u{1B}]0;owned\\u{7}\\u{1B}[31mboom\\u{1B}[0m\") }\nfail()")
            ])
            let outcome = try book.run("render")
            #expect(outcome.status == 1 && outcome.errors.contains("boom"), "\(outcome)")
            #expect(!outcome.errors.contains("\u{1B}") && !outcome.errors.contains("\u{7}"), "\(outcome)")
            #expect(try !book.page("n").contains("\u{1B}"))
        }

        @Test func aTaskAtACellsEndShowsNothing() throws {
            let book = try TemporaryBook(["n": cell("Task { 3 }") + cell("let task = Task { 4 }\nprint(task)")])
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
            let cells = try book.record("n").cells
            #expect(cells[0].displays == [] && cells[1].displays.count == 1)
        }
    }
}
