import Foundation
import Notebook
import Testing
import Wire

/// All that runs the command line. Tests of one suite come one after another, suites side by side, as many as there are cores.
@Suite enum EndToEnd {}

private let small = """
    ---
    title: A small notebook
    abstract: Three cells.
    parameters:
      temperature: 4.0
    ---

    The first prints, @fig-line shows.

    \(cell("let numbers = [3, 1, 2]\nprint(\"printed first\")\nnumbers.sorted()"))
    \(cell("let table = Table(columns: [\"n\"], rows: numbers.map { [String($0 * 7)] })\nshow(table)\nshow(Optional(5))\nprint(\"printed last\", temperature)"))
    \(cell("Chart(\"Title\", x: \"step\", y: \"loss\") {\n    Line(x: [1.0, 2, 3], y: [3.0, 1, 2])\n}", "label: fig-line", "fig-cap: A line.", "fig-alt: Falls."))
    """

extension EndToEnd {
    @Suite(.serialized) struct RenderTests {
        @Test func aSmallNotebookBecomesAPageARecordAndPictures() throws {
            let book = try smallBook()
            let first = try book.run("render")
            #expect(first.status == 0 && first.errors == "", "\(first)")
            #expect(first.output.contains("Notebooks/small.md: 3 cells in ") && first.output.contains("1 rendered in "))

            let page = try book.page("small")
            #expect(
                inOrder(
                    [
                        "A small notebook", "printed first", "[1, 2, 3]", "<table>", "21", "7", "14", "</table>",
                        ">5</pre>",
                        "printed last 4.0", "<img", "Figure 1.", "A line.",
                    ], in: page), "\(page)")
            let frontPage = try book.read("Output/default/index.html")
            #expect(
                inOrder(
                    [
                        "The &lt;book&gt;</h1>", "What it is for.", "small/index.html", "A small notebook",
                        "Three cells.",
                    ],
                    in: frontPage))

            let record = try book.record("small")
            #expect(record.format == Record.currentFormat && record.notebook == "small" && !record.failed)
            #expect(record.parameters == ["temperature": "4.0"])
            #expect(record.cells.map(\.label) == [nil, nil, "fig-line"])
            #expect(record.cells[0].displays == [.text("printed first\n"), .value("[1, 2, 3]")])
            #expect(record.cells[1].displays.count == 3 && record.cells[1].displays.last == .text("printed last 4.0\n"))
            try expectPictures(of: record, in: book)
            try expectTheSameAgain(book)
        }

        private func smallBook() throws -> TemporaryBook {
            let book = try TemporaryBook(["small": small])
            try book.write("title: The <book>\nabstract: What it is for.\n", to: "Notebooks/book.yml")
            return book
        }

        private func expectPictures(of record: Record, in book: TemporaryBook) throws {
            guard case .figure(let figure) = record.cells[2].displays.first else {
                Issue.record("the third cell shows no figure: \(record.cells[2])")
                return
            }
            #expect(figure.light != figure.dark && figure.alternativeText != "")
            for digest in [figure.light, figure.dark] {
                let path = "Output/default/small/figures/\(digest.prefix(16)).png"
                let picture = try #require(PNGFile(Data(contentsOf: URL(fileURLWithPath: book.root + "/" + path))))
                #expect(picture.width >= figure.width && picture.width * figure.height == picture.height * figure.width)
            }
            // The page shows smaller drawings, and links to this file.
            #expect(try book.page("small").contains("figures/\(figure.light.prefix(16)).png"))
        }

        private func expectTheSameAgain(_ book: TemporaryBook) throws {
            let files = book.files()
            #expect(!files.keys.contains { $0.hasSuffix("~") })
            #expect(!files.values.contains { String(decoding: $0, as: UTF8.self).contains(book.root) })
            let second = try book.run("render")
            #expect(second.status == 0 && second.output.contains("1 unchanged") && !second.output.contains("rendered"))
            #expect(book.files() == files)
            #expect(try book.run("render", "--force").output.contains("1 rendered"))
            #expect(book.files() == files)
            // A page woven from the kept record is the page of the run.
            try book.remove("Output")
            #expect(try book.run("render", "small").status == 0)
            #expect(book.files() == files)
            let elsewhere = try smallBook()
            let outcome = try elsewhere.run("render", "--output", "Pages")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(elsewhere.files(in: "Pages") == files)
        }

        @Test func pagesOfNotebooksThatAreGoneGo() throws {
            let book = try TemporaryBook(["a": "prose\n", "b": "prose\n"])
            try book.run("render")
            #expect(book.exists("Output/default/b/index.html"))
            try book.remove("Notebooks/b.md")
            try book.run("render")
            #expect(!book.exists("Output/default/b") && book.exists("Output/default/a/index.html"))
            #expect(try !book.read("Output/default/index.html").contains("b/index.html"))
        }

        @Test func aCharacterThatNoFontHasIsWarnedOfAndThePictureNamesItsCell() throws {
            let book = try TemporaryBook(["f": cell("Chart(\"\\u{F0000}\") { Line(y: [1.0, 2.0]) }")])
            let outcome = try book.run("render")
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("Notebooks/f.md:2:1: warning: "), "\(outcome.errors)")
            let pictures = book.files(in: "Output/default/f/figures").filter { $0.key.hasSuffix(".png") }
            #expect(pictures.count == 2)
            #expect(pictures.values.allSatisfy { $0.firstRange(of: Data("tEXtSource\0".utf8)) != nil })
        }

        /// What cells declare belongs to the main thread; a closure given to the standard library would check that.
        @Test func whatCellsDeclareRunsOnEveryThread() throws {
            let book = try TemporaryBook([
                "m": cell("let numbers = [3, 1, 2]\nfunc above(_ low: Int) -> [Int] { numbers.filter { $0 > low } }")
                    + cell("Compute.map(100) { above($0 % 3).count }.reduce(0, +)")
            ])
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try book.record("m").cells[1].displays == [.value("201")])
        }

        /// Each closure at a cell's top belongs to the main thread. The standard library is in Swift 5, so that the compiler
        /// would check the thread where one is handed to it. Each step takes long enough for every thread to have some.
        @Test func closuresWithinClosuresRunOnEveryThread() throws {
            let step = """
                { i -> Int in
                    Thread.sleep(forTimeInterval: 0.001)
                    if !wanted.contains(where: { $0 == i }) {
                        return wanted.withUnsafeBufferPointer { all in all.max { $0 < $1 } ?? 0 }
                    }
                    let moved = wanted.map { $0 + i }.filter { n in wanted.contains { $0 < n } }
                    return moved.sorted { $0 > $1 }.reduce(0) { $0 + $1 }
                }
                """
            let ofExperiment = """
                let results = try Experiment("e", arms: ["a"], seeds: 0..<64) { run in
                    let measured = \(step)
                    return ["n": Double(measured(Int(run.seed)))]
                }.results()
                results.values("n", arm: "a").reduce(0, +)
                """
            let ofDispatch = """
                import Dispatch
                DispatchQueue.concurrentPerform(iterations: 64) { i in
                    _ = Compute.map([i]) \(step)
                }
                """
            let book = try TemporaryBook([
                "c": cell("let wanted = [1, 2, 3]") + cell("Compute.map(64) \(step).reduce(0, +)")
                    + cell("func within() -> [Int] {\nCompute.map(64) \(step)\n}\nwithin().reduce(0, +)")
                    + cell(ofExperiment) + cell(ofDispatch)
            ])
            let outcome = try book.run("render", environment: ["KDBOOK_THREADS": "4"])
            #expect(outcome.status == 0, "\(outcome)")
            let shown = try book.record("c").cells.map(\.displays)
            #expect(shown == [[], [.value("219")], [.value("219")], [.value("219.0")], []])
        }

        @Test func theMessageAndThePageNameTheCompilersWarnings() throws {
            let book = try TemporaryBook([
                "w": "prose\n\n" + cell("func f() {\n    let unused = 1\n}")
                    + cell("func g() {\n    let quiet: Int? = 1\n    print(quiet)\n}", "warning: false")
            ])
            let outcome = try book.run("render")
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("Notebooks/w.md:5:9: warning: "), "\(outcome.errors)")
            #expect(!outcome.errors.contains("quiet") && !outcome.errors.contains("note:"), "\(outcome.errors)")
            #expect(try book.page("w").contains("Notebooks/w.md:5:9"))
        }
    }
}
