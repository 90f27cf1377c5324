import Foundation
import Notebook
import Testing
import Wire

/// A notebook with every kind of output.
private let everything = """
    ---
    title: All kinds
    abstract: Of output.
    parameters: {epochs: 3}
    editions: {quick: {parameters: {epochs: 1}}}
    ---

    # Prose {#sec-prose}

    See @fig-line and @sec-prose, where $a_b$ and

    ```math {#eq-sum}
    c = a + b
    ```

    are, and @eq-sum. `@fig-line` is code, `{swift} epochs + 1` four.

    \(cell("import Foundation\nprint(\"epochs\", epochs)\nprint(edition)\nepochs * 2"))
    \(cell("Table(columns: [\"net\", \"errors\"], rows: [[\"<a>\", \"1\"]])", "label: tbl-a", "tbl-cap: Errors."))
    \(cell("Chart(\"C\") { Line(y: [1.0, 2.0]) }", "label: fig-line", "fig-cap: A line.", "fig-alt: It rises."))
    \(cell("nowhere()", "error: true"))
    \(cell("func f() {\n    let unused = 1\n}", "echo: false"))
    \(cell("fatalError()", "eval: false"))
    \(cell("show(1, 2)\nstruct P { var x = 1 }\nP()"))
    """

extension EndToEnd {
    @Suite(.serialized) struct ExportTests {
        private static let shared = Result { try TemporaryBook(["all": everything]) }
        private let book: TemporaryBook

        init() throws { book = try ExportTests.shared.get() }

        private func exported() throws -> JSONValue {
            let outcome = try book.run("export", "all", "--ipynb")
            #expect(outcome.status == 0, "\(outcome)")
            return try StableJSON.decode(JSONValue.self, from: Array(book.read("all.ipynb").utf8))
        }

        @Test func aJupyterNotebookHasTheFormatsMembers() throws {
            let file = try exported()
            #expect(file["nbformat"] == .number(4) && file["nbformat_minor"] == .number(5))
            #expect(file["metadata", "language_info", "name"] == .string("swift"))
            #expect(file["metadata", "kernelspec", "name"] == .string("swift"))
            var ids: [String] = []
            for cell in file["cells"]?.elements ?? [] {
                let id = try #require(cell["id"]?.text)
                #expect(id.wholeMatch(of: /[a-zA-Z0-9_-]{1,64}/) != nil)
                ids.append(id)
                #expect(cell["metadata"] != nil && cell["source"] != nil)
                let isCode = cell["cell_type"] == .string("code")
                #expect(isCode || cell["cell_type"] == .string("markdown"))
                #expect((cell["outputs"] != nil) == isCode && (cell["execution_count"] != nil) == isCode)
            }
            #expect(
                ids == [
                    "title", "parameters", "prose-1", "cell-1", "cell-2", "cell-3", "cell-4", "cell-5", "cell-6",
                    "cell-7",
                ])
        }

        @Test func proseReadsAsOnThePage() throws {
            let cells = try exported()["cells"]?.elements ?? []
            #expect(cells[0]["source"]?.text == "# All kinds\n\nOf output.")
            #expect(cells[1]["source"]?.text == "let edition: String = \"default\"\nlet epochs: Int = 3")
            #expect(
                cells[2]["source"]?.text == """
                    # Prose

                    See Figure\u{A0}1 and “Prose”, where $a_b$ and

                    $$
                    c = a + b \\tag{1}
                    $$

                    are, and Equation\u{A0}(1). `@fig-line` is code, 4 four.
                    """)
        }

        @Test func outputsAreOfTheKindsThatJupyterHas() throws {
            let cells = (try exported()["cells"]?.elements ?? []).dropFirst(3).map(\.self)
            func outputs(_ number: Int) -> [JSONValue] { cells[number - 1]["outputs"]?.elements ?? [] }
            #expect(outputs(1).map { $0["output_type"]?.text } == ["stream", "execute_result"])
            #expect(outputs(1)[0]["text"]?.text == "epochs 3\ndefault\n" && outputs(1)[0]["name"]?.text == "stdout")
            #expect(outputs(1)[1]["data", "text/plain"]?.text == "6")
            #expect(outputs(1)[1]["execution_count"] == .number(1) && cells[0]["execution_count"] == .number(1))
            #expect(outputs(2)[0]["data", "text/markdown"]?.text == "**Table 1.** Errors.")
            #expect(outputs(2)[1]["data", "text/html"]?.text?.contains(">&lt;a&gt;</td>") == true)
            #expect(outputs(2)[1]["data", "text/plain"]?.text == "net  errors\n<a>       1")
            let png = try #require(outputs(3)[0]["data", "image/png"]?.text.flatMap { Data(base64Encoded: $0) })
            #expect(PNGFile(png) != nil)
            #expect(outputs(3)[0]["data", "text/plain"]?.text == "It rises.")
            #expect(outputs(3)[1]["data", "text/markdown"]?.text == "**Figure 1.** A line.")
            #expect(outputs(4)[0]["output_type"]?.text == "error")
            #expect(outputs(4)[0]["evalue"]?.text?.contains("nowhere") == true)
            #expect(outputs(4)[0]["traceback"]?.text?.hasPrefix("Notebooks/all.md:") == true)
            #expect(cells[3]["metadata", "tags"]?.text == "raises-exception")
            #expect(outputs(5)[0]["name"]?.text == "stderr")
            #expect(cells[4]["metadata", "jupyter", "source_hidden"] == .bool(true))
            #expect(outputs(6).isEmpty && cells[5]["execution_count"] == .null)
            #expect(cells[1]["source"]?.text?.hasPrefix("//| label: tbl-a\n") == true)
        }

        @Test func anExportIsTheSameEachTimeAndRunsNothingThatIsUpToDate() throws {
            _ = try exported()
            let file = try book.read("all.ipynb")
            let again = try book.run("export", "all", "--ipynb", "--output", "Out/other.ipynb")
            #expect(again.status == 0 && again.output == "Notebooks/all.md: Out/other.ipynb\n", "\(again)")
            #expect(try book.read("Out/other.ipynb") == file)
            #expect(!file.contains(book.root))
            let quick = try book.run("export", "all", "--ipynb", "--edition", "quick", "--output", "quick.ipynb")
            #expect(quick.status == 0 && quick.output.contains("1 rendered in"), "\(quick)")
            #expect(try book.read("quick.ipynb").contains("let epochs: Int = 1"))
        }

        @Test func aNotebookThatFailsIsNotExported() throws {
            let book = try TemporaryBook(["n": cell("fatalError(\"no\")")])
            for format in ["--ipynb", "--pdf"] {
                let outcome = try book.run("export", "n", format)
                #expect(outcome.status == 1 && outcome.complaints.count == 1, "\(outcome)")
            }
            #expect(!book.exists("n.ipynb") && !book.exists("n.pdf"))
            for arguments in [["export", "n"], ["export", "--ipynb"], ["export", "n", "--ipynb", "--pdf"]] {
                let outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", arguments, in: book.root)
                #expect(outcome.status == 2, "\(arguments): \(outcome)")
            }
        }

        @Test func withoutChromiumTheCureIsTold() throws {
            let outcome = try book.run("export", "all", "--pdf", environment: ["CHROME": "/nowhere/chrome"])
            #expect(outcome.status == 1, "\(outcome)")
            #expect(
                outcome.errors
                    == "/nowhere/chrome: error: cannot be found: CHROME names no program that can be run\n")
        }

        /// A stand-in writes what it was asked to print, and how it was asked, as a PDF file.
        @Test func thePageIsPrintedWithoutATrace() throws {
            let script = """
                #!/bin/sh
                for word; do case $word in --print-to-pdf=*) file=${word#*=} ;; --user-data-dir=*) mkdir -p "${word#*=}" ;; esac; done
                sleep 300 &
                echo "%PDF-1.4 $word /CreationDate (D:20261125104409+00'00') /ModDate (D:20261125104410+00'00')" >"$file"
                """
            try book.write(script, to: "chrome")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: book.root + "/chrome")
            let outcome = try book.run("export", "all", "--pdf", environment: ["CHROME": book.root + "/chrome"])
            #expect(outcome.status == 0, "\(outcome)")
            let expected =
                "%PDF-1.4 file://\(book.root)/Output/default/all/index.html /CreationDate (D:20000101000000+00'00') "
                + "/ModDate (D:20000101000000+00'00')\n"
            #expect(try book.read("all.pdf") == expected)
            try book.write("#!/bin/sh\necho no display >&2\nexit 3\n", to: "chrome")
            let failed = try book.run("export", "all", "--pdf", environment: ["CHROME": book.root + "/chrome"])
            #expect(failed.status == 1 && failed.errors.contains("did not print it: no display"), "\(failed)")
            #expect(try book.read("all.pdf") == expected)
        }

        /// A stand-in prints the same file whatever it is asked to print, and keeps what it was asked to.
        @Test func theBookIsPrintedAgainWithTheNumbersOfItsPages() throws {
            let book = try TemporaryBook([
                "a": "# First\n\n## Here {#sec-here}\n", "b": "# Second\n\nSee @sec-here.\n",
            ])
            let objects = [
                "<</Pages 2 0 R /Dests 5 0 R>>", "<</Kids [3 0 R 4 0 R]>>", "<<>>", "<<>>",
                "<</a#2F [3 0 R] /a#2Fsec-here [3 0 R] /b#2F [4 0 R]>>",
            ]
            try book.write(String(decoding: PrintedPlacesTests.file(objects), as: UTF8.self), to: "printed")
            let script = """
                #!/bin/sh
                for word; do case $word in --print-to-pdf=*) file=${word#*=} ;; esac; done
                cp "${word#file://}" "\(book.root)/page"
                cp "\(book.root)/printed" "$file"
                """
            try book.write(script, to: "chrome")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: book.root + "/chrome")
            let outcome = try book.run("export", "--pdf", environment: ["CHROME": book.root + "/chrome"])
            #expect(outcome.status == 0 && outcome.output.hasSuffix("book.pdf: 2 pages\n"), "\(outcome)")
            #expect(try book.read("book.pdf") == book.read("printed"))
            let page = try book.read("page")
            #expect(page.contains("<a href=\"#b/\">Second</a><span class=\"page-number\">2</span>"), "\(page)")
            #expect(page.contains("“First”</a><span class=\"on-page\"> (p.\u{A0}<span class=\"page-number\">1</span>)"))
            try book.write("%PDF-1.4", to: "printed")
            let other = try book.run("export", "--pdf", environment: ["CHROME": book.root + "/chrome"])
            #expect(other.status == 1 && other.errors.contains("does not write PDF files as Chromium does"), "\(other)")
        }

        @Test func aTangledNotebookPrintsWhatItsCellsDo() throws {
            #expect(try book.run("render", "all").status == 0)
            let tangled = try book.run("tangle", "all")
            #expect(tangled.status == 0)
            #expect(
                inOrder(
                    ["let epochs: Int = 3", "it is to fail\n// nowhere()\n", "it is not run\n// fatalError()\n"],
                    in: tangled.output), "\(tangled.output)")
            try book.write(tangled.output, to: "all.swift")
            let flags = try book.run("tangle", "--flags").output.split(whereSeparator: \.isWhitespace).map(String.init)
            let compiled = try Outcome.running(
                "/usr/bin/env", ["swiftc"] + flags + ["all.swift", "-o", "all"], in: book.root)
            #expect(compiled.status == 0, "\(compiled.errors)")
            let program = try Outcome.running(book.root + "/all", [], in: book.root)
            let record = try book.record("all")
            let shown = record.cells.flatMap(\.displays).map(\.plainText).joined()
            #expect(program.status == 0 && program.output == "4\n" + shown, "\(program)")
            #expect(shown.hasPrefix("epochs 3\ndefault\n6\nnet  errors\n") && shown.contains("[figure: "))
        }
    }
}

extension JSONValue {
    /// The member at a path of names.
    fileprivate subscript(path: String...) -> JSONValue? {
        path.reduce(self as JSONValue?) { value, name in
            if case .object(let members)? = value { members[name] } else { nil }
        }
    }

    fileprivate var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    /// A text, or the lines of one.
    fileprivate var text: String? {
        switch self {
        case .string(let text): text
        case .array(let lines): lines.compactMap(\.text).joined()
        default: nil
        }
    }
}
