import Foundation
import Notebook
import Testing

private let prose = """
    ---
    title: Values
    parameters: {epochs: 3}
    ---

    Before: `{swift} epochs * 2`, `{swift} "<b> & \\(epochs)"`.

    \(cell("let accuracy = 0.9123\nvar count = 1\nstruct P { var x = 1 }\nfunc later() async throws -> Int { await Task.yield(); return 7 }"))
    ## Of `{swift} count` thing

    **`{swift} accuracy.formatted(.percent)`** is `{swift} accuracy`, on
    `{swift} Date(timeIntervalSince1970: 0).formatted(.iso8601)`; `{swift} Optional(3)`, `{swift} [P()]`,
    `{swift} try await later()`; `{swift}code` and `` `{swift} code` ``.[^1]

    | a |
    |---|
    | `{swift} count > 0 \\|\\| count < 0` and $x_1$ |

    \(cell("count += 1"))
    Now `{swift} count`.

    [^1]: In a note, where it stands: `{swift} count * 10`.

    """

extension EndToEnd {
    @Suite(.serialized) struct InlineValueTests {
        private static let shared = Result {
            let book = try TemporaryBook(["v": prose])
            return (book, try book.run("render"))
        }
        private let book: TemporaryBook
        private let outcome: Outcome

        init() throws { (book, outcome) = try InlineValueTests.shared.get() }

        @Test func valuesStandInTheProseAsTheyAreThere() throws {
            #expect(outcome.status == 0 && outcome.errors == "", "\(outcome)")
            let page = try book.page("v")
            #expect(
                inOrder(
                    [
                        "Before: 6, &lt;b&gt; &amp; 3.", "Of 1 thing", "<strong>91.23%</strong> is 0.9123, on",
                        "1970-01-01T00:00:00Z; 3, [P(x: 1)],", "7; <code>{swift}code</code> and",
                        "<code>`{swift} code`</code>", "<td>true and ", "Now 2.", "In a note, where it stands: 20.",
                    ], in: page), "\(page)")
        }

        @Test func theRecordHoldsThemAndCheckComparesThem() throws {
            let values = try #require(try book.record("v").values)
            #expect(
                values.map(\.text) == [
                    "6", "<b> & 3", "1", "91.23%", "0.9123", "1970-01-01T00:00:00Z", "3",
                    "[P(x: 1)]", "7", "true", "2", "20",
                ])
            let book = try TemporaryBook(["a": "Pi is `{swift} 3.25`.\n"])
            #expect(try book.run("render").status == 0)
            #expect(try book.run("check").status == 0)
            let record = "Output/default/a/record.json"
            try book.write(book.read(record).replacing("3.25", with: "3.14"), to: record)
            let check = try book.run("check")
            #expect(check.status == 1, "\(check)")
            #expect((check.output + check.errors).contains("Notebooks/a.md:1"), "\(check)")
        }

        @Test func proseAroundThemMayChangeWithoutARun() throws {
            let compiled = { Set(self.book.files(in: ".kdbook/cells").keys.filter { $0.hasSuffix(".swiftmodule") }) }
            let records = { Set(self.book.files(in: ".kdbook/records").keys) }
            let before = (compiled(), records())
            try book.write(prose.replacing("Before:", with: "New words,\n\nand `code`:"), to: "Notebooks/v.md")
            #expect(try book.run("render").status == 0)
            #expect(try book.page("v").contains("6, &lt;b&gt; &amp; 3."))
            #expect(compiled() == before.0 && records() == before.1)
            try book.write(prose.replacing("epochs * 2", with: "epochs * 3"), to: "Notebooks/v.md")
            #expect(try book.run("render").status == 0)
            #expect(try book.page("v").contains("Before: 9,"))
            #expect(compiled().subtracting(before.0).count == 1 && records() != before.1)
        }

        @Test func whatIsWrongIsToldAtItsPlace() throws {
            let pick = cell("func pick(_ n: Int) -> Int { (0..<n).map { $0 }[n] }")
            let book = try TemporaryBook([
                "compile": "One `{swift} missing + 1`, two `{swift} let a = 1`,\nthree `{swift} Int(\"x\") + 1`.\n",
                "trap": pick + "Good `{swift} 1 + 1`, bad `{swift} 5 + pick(3)`, and `{swift} 3`.\n\n" + cell("2"),
                "void": "é `{swift} print(\"x\")`\n",
            ])
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            let told = { (name: String) in
                outcome.errors.split(separator: "\n").filter { $0.hasPrefix("Notebooks/\(name).md:") }
                    .map { String($0.dropFirst("Notebooks/\(name).md:".count)) }
            }
            #expect(
                told("compile").prefix(2) == [
                    "1:14: error: cannot find 'missing' in scope",
                    "1:41: error: an inline value is one Swift expression",
                ])
            #expect(told("compile").dropFirst(2).first?.hasPrefix("2:16: error: value of optional type") == true)
            #expect(
                told("trap") == [
                    "5:40: error: Index out of range", "2:48: note: it happened in `pick(_:)`",
                ])
            #expect(told("void").last == "1:13: error: an inline value needs a value; this has none", "\(told("void"))")
            #expect(
                try inOrder(
                    ["Notebooks/trap.md:5:40", "Good 2, bad ", "5 + pick(3)", "Not run"], in: book.page("trap")))
        }

        @Test func aTangledNotebookShowsThemToo() throws {
            let book = try TemporaryBook(["v": prose])
            let text = try book.run("tangle", "v").output
            #expect(inOrder(["in the text", "show(epochs * 2)", "count += 1", "show(count)"], in: text), "\(text)")
        }
    }
}
