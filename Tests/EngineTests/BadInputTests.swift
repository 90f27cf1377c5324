import Foundation
import Notebook
import Testing
import Wire

/// A book in which everything goes wrong that can, rendered once.
private struct BadBook {
    let book: TemporaryBook
    let outcome: Outcome

    static let rendered = Result { try BadBook() }

    private init() throws {
        book = try TemporaryBook(BadBook.notebooks)
        try book.write([0x23, 0xFF, 0xFE, 0x0A], to: "Notebooks/bytes.md")
        try book.write("in the way", to: "Output/default/blocked")
        outcome = try book.run("render")
    }

    private static let notebooks = [
        "good": "# Good\n\n" + cell("1 + 1"),
        "blocked": cell("let a = 1"),
        "compile": "prose\n\n" + cell("print(\"before\")") + cell("let one = 1\nlet two: Int = \"two\"", "label: wrong")
            + cell("let after = 3"),
        "index": "prose\n\n"
            + cell("let xs = [1, 2, 3]\nprint(\"reached\")\nlet last = xs.count\nlet x = xs[last]\nprint(\"never\")"),
        "function": cell("func pick(_ index: Int) -> Int {\n    let xs = [1, 2, 3]\n    return xs[index]\n}\npick(2)")
            + cell("let far = pick(1) + 5\nprint(\"reached\")\npick(far)") + cell("print(\"never\")"),
        "precondition": cell("let few = 1\nprint(\"before\")\nprecondition(few > 2, \"too few: \\(few)\")"),
        "overflow": cell("var n = Int8.max - Int8(CommandLine.argc) + 1\nn += 1\nprint(n)"),
        "thrown": cell(
            "struct Refused: Error { let reason: String }\nfunc ask(_ n: Int) throws -> Int {\n    if n > 1 { throw Refused(reason: \"too many\") }\n    return n\n}"
        )
            + cell(
                "do { _ = try ask(2) } catch { print(\"caught\", error) }\nlet fine = try ask(1)\nlet bad = try ask(fine + 1)\nprint(\"never\")"
            ),
        "threads": cell(
            """
            struct E: Error { let n: Int }
            @inline(never) func refuse(_ n: Int) throws { if n >= 0 { throw E(n: n) } }
            for _ in 0..<8 {
                Thread.detachNewThread {
                    var n = 0
                    while n >= 0 { do { try refuse(n) } catch { n = ((error as? E)?.n ?? 0) % 5 + 1 } }
                }
            }
            func last() throws { defer { usleep(1000) }; throw E(n: 7) }
            usleep(20_000)
            try last()
            """),
        "exit": cell("print(\"leaving\")\nlet status: Int32 = 3\nexit(status)"),
        "loop": cell("print(\"begun\")\nvar n = 0\nwhile true { n &+= 1 }", "timeout: 1") + cell("print(\"never\")"),
        "flood": cell("while true { print(String(repeating: \"flood \", count: 100)) }", "timeout: 1"),
        "stack": cell("func down(_ n: Int) -> Int { n < 0 ? n : down(n + 1) + 1 }\ndown(0)"),
        "label": "prose\n\n" + cell("let a = 1", "fig-cap: Words"),
        "matter": "---\ntitle: \"never closed\n---\n\n" + cell("let a = 1"),
        "option": cell("let a = 1", "ecoh: false") + "See @fig-nothing.\n",
        "formula": "prose $\\nonsense$\n",
        "input": cell("let a = 1", "inputs: Data/missing.csv"),
        "keyword": "---\nparameters:\n  class: 3\n---\n\n" + cell("let a = 1"),
        "script": cell("print(\"<script>alert(1)</script>\")"),
    ]
}

extension EndToEnd {
    @Suite(.serialized) struct BadInputTests {
        private let book: TemporaryBook
        private let outcome: Outcome

        init() throws {
            let bad = try BadBook.rendered.get()
            book = bad.book
            outcome = bad.outcome
        }

        /// What is said of a notebook, without its path.
        private func complaints(_ name: String) -> [String] {
            let prefix = "Notebooks/\(name).md:"
            return outcome.complaints.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        }

        @Test func theOthersStillRenderAndTheStatusIsOne() throws {
            #expect(outcome.status == 1)
            #expect(try book.page("good").contains(">2</pre>"))
            #expect(try book.page("script").contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(outcome.output.contains("2 rendered, 19 failed"), "\(outcome.output)")
        }

        @Test func nothingHalfWrittenIsLeft() {
            let files = Array(book.files().keys) + Array(book.files(in: ".kdbook").keys)
            #expect(!files.contains { $0.contains("~") }, "\(files.filter { $0.contains("~") })")
            let records = book.files().keys.filter { $0.hasSuffix("record.json") }.sorted()
            #expect(records == ["default/good/record.json", "default/script/record.json"])
        }

        @Test func everyComplaintNamesAFileThatTheAuthorKnows() {
            for complaint in outcome.complaints {
                let own = complaint.wholeMatch(of: /Notebooks\/[a-z]+\.md(:\d+:\d+)?: error: .+/) != nil
                #expect(own || complaint.contains("Output/default/blocked: error: cannot be written"), "\(complaint)")
            }
        }

        @Test func aCellThatDoesNotCompileIsToldAtItsLine() throws {
            #expect(
                complaints("compile") == ["10:16: error: cannot convert value of type 'String' to specified type 'Int'"]
            )
            let page = try book.page("compile")
            #expect(
                inOrder(["before\n</pre>", "Notebooks/compile.md:10:16", "cannot convert", "Not run"], in: page),
                "\(page)")
        }

        @Test func anIndexOutOfRangeIsToldAtItsLine() throws {
            let told = complaints("index")
            #expect(
                told.count == 1 && told.first?.hasPrefix("7:") == true
                    && told.first?.hasSuffix("error: Index out of range") == true, "\(told)")
            let page = try book.page("index")
            #expect(
                inOrder(["reached\n</pre>", "Notebooks/index.md:7:", "Index out of range"], in: page)
                    && !page.contains(">never"))
        }

        @Test func aTrapInAnEarlierCellsFunctionIsToldAtTheCall() throws {
            let told = complaints("function")
            #expect(
                told.count == 1 && told.first?.hasPrefix("12:") == true
                    && told.first?.contains("Index out of range") == true, "\(told)")
            #expect(
                try inOrder(
                    [">3</pre>", "reached\n</pre>", "Index out of range", "Not run"], in: book.page("function")))
        }

        @Test func aFailedPreconditionIsToldInItsOwnWords() throws {
            let told = complaints("precondition")
            #expect(
                told.count == 1 && told.first?.hasPrefix("4:") == true
                    && told.first?.hasSuffix("error: precondition failed: too few: 1") == true, "\(told)")
            let page = try book.page("precondition")
            #expect(inOrder(["before\n</pre>", "precondition failed"], in: page) && !page.contains("stack trace"))
        }

        @Test func arithmeticOverflowIsNamed() {
            let told = complaints("overflow")
            #expect(
                told.count == 1 && told.first?.hasPrefix("3:") == true && told.first?.contains("overflow") == true,
                "\(told)")
        }

        @Test func anErrorThatNobodyCatchesIsToldWhereItWasThrown() throws {
            let told = complaints("thrown")
            #expect(told == ["12:15: error: uncaught error: Refused(reason: \"too many\")"], "\(told)")
            let page = try book.page("thrown")
            #expect(
                inOrder(["caught Refused(reason: &quot;too many&quot;)\n</pre>", "uncaught error"], in: page)
                    && !page.contains("Fatal error"))
        }

        @Test func otherThreadsErrorsAreNotTakenForIt() {
            let told = complaints("threads")
            #expect(told == ["10:46: error: uncaught error: E(n: 7)"], "\(told)")
        }

        @Test func anExitIsAFailureAndKeepsWhatWasPrinted() throws {
            let told = complaints("exit")
            #expect(told == ["2:1: error: the cell ended the notebook's process, by exit(3) or the like"], "\(told)")
            #expect(try inOrder(["leaving\n</pre>", "exit(3)"], in: book.page("exit")))
        }

        @Test func anEndlessLoopEndsAtItsTimeLimit() throws {
            #expect(
                complaints("loop") == [
                    "3:1: error: the cell ran longer than its limit of 1 s; `//| timeout: …` changes that"
                ])
            #expect(try inOrder(["begun\n</pre>", "longer than its limit", "Not run"], in: book.page("loop")))
        }

        @Test func endlessPrintingIsCutAndEnds() throws {
            #expect(complaints("flood").map { $0.contains("longer than its limit of 1 s") } == [true])
            let page = try book.page("flood")
            #expect(page.utf8.count < 1_200_000 && page.contains("output cut here"))
        }

        @Test func aFullStackIsExplained() {
            let told = complaints("stack")
            #expect(told.count == 1 && told.first?.contains("stack") == true, "\(told)")
        }

        @Test func whatIsWrongInTheTextIsToldAtItsPlace() throws {
            #expect(
                complaints("label") == [
                    "4:1: error: a cell with `fig-cap` needs a label that starts with `fig-`, such as `label: fig-loss`"
                ])
            #expect(complaints("matter").count == 1 && complaints("matter").first?.contains("malformed YAML") == true)
            #expect(
                complaints("option") == [
                    "2:5: error: unknown option `ecoh`; did you mean `echo`?",
                    "6:5: error: nothing has the label `fig-nothing`",
                ])
            #expect(complaints("formula").first?.hasPrefix("1:8: error: in this formula: ") == true)
            #expect(complaints("keyword").first?.contains("`class` cannot name a parameter") == true)
            for name in ["label", "matter", "option", "formula", "keyword"] {
                #expect(try book.page(name).contains("Notebooks/\(name).md:"), "\(name)")
            }
        }

        @Test func aMissingInputIsToldAtItsCell() {
            let told = complaints("input")
            #expect(
                told.count == 1
                    && told.first?.hasPrefix("1:1: error: the input `Data/missing.csv` cannot be read: ") == true,
                "\(told)")
        }

        @Test func aFileThatIsNoTextFailsAlone() {
            #expect(
                outcome.complaints.contains { $0.hasPrefix("Notebooks/bytes.md") && $0.contains("not UTF-8") },
                "\(outcome.errors)")
        }

        @Test func aPageThatCannotBeWrittenFailsAlone() throws {
            #expect(
                outcome.complaints.contains { $0.contains("Output/default/blocked: error: cannot be written: ") },
                "\(outcome.errors)")
            #expect(try book.read("Output/default/blocked") == "in the way")
        }

        @Test func aFailedNotebookIsTriedAgain() throws {
            let again = try book.run("render", "exit", "good")
            #expect(
                again.status == 1 && again.complaints.count == 1 && again.output.contains("1 unchanged, 1 failed"),
                "\(again)")
            try book.write("# Mended\n", to: "Notebooks/exit.md")
            #expect(try book.run("render", "exit").status == 0)
            #expect(try book.page("exit").contains("Mended"))
        }
    }
}
