import Digest
import Foundation
import Notebook
import Testing
import Wire

/// A notebook whose last cell shows a random number: it changes when, and only when, the notebook is run.
private struct Draw {
    var frontMatter = "title: T\nparameters: {rate: 0.5}\ninputs: Data\neditions: {quick: {}}"
    var prose = "Some prose."
    var first = "let base = 1"
    var firstOptions: [String] = []
    var second = "show(UInt64.random(in: 0 ... .max))"
    var secondOptions = ["label: fig-a", "fig-cap: One."]

    var text: String {
        func fence(_ code: String, _ options: [String]) -> String {
            "```swift\n" + options.map { "//| \($0)\n" }.joined() + code + "\n```\n\n"
        }
        return "---\n\(frontMatter)\n---\n\n\(prose)\n\n" + fence(first, firstOptions) + fence(second, secondOptions)
    }
}

extension EndToEnd {
    /// What the tool makes of keys; ``KeyTests`` has the law.
    @Suite(.serialized) struct RunAgainTests {
        private static let shared = Result {
            let book = try TemporaryBook(["draw": Draw().text])
            try book.write("1,2\n", to: "Data/a.csv")
            return book
        }

        private let book: TemporaryBook

        init() throws { book = try RunAgainTests.shared.get() }

        private func drawn(
            _ change: (inout Draw) -> Void = { _ in }, name: String = "draw", edition: String = "default",
            prefix: String = Installed.prefix, folder: String? = nil, _ arguments: String...
        ) throws -> Display {
            var draw = Draw()
            change(&draw)
            try book.write(draw.text, to: "Notebooks/\(name).md")
            let outcome = try Outcome.running(
                prefix + "/bin/kdbook", ["render", name, "--edition", edition] + arguments, in: book.root)
            #expect(outcome.status == 0, "\(outcome)")
            return try #require(book.record(name, edition: folder ?? edition).cells.last?.displays.first)
        }

        @Test func whatTheResultDependsOnMakesItRunAgain() throws {
            var seen = [try drawn()]
            func expectNew(_ what: String, _ display: Display) {
                #expect(!seen.contains(display), "\(what) did not make the notebook run again")
                seen.append(display)
            }
            expectNew("other code", try drawn { $0.second += " " })
            expectNew(
                "a parameter on the command line",
                try drawn({ _ in }, folder: "default,rate=0.75", "--set", "rate=0.75"))
            expectNew("the edition", try drawn({ _ in }, edition: "quick"))
            try book.write("1,3\n", to: "Data/a.csv")
            expectNew("what is in an input", try drawn())
            try book.write("new", to: "Data/deep/b.csv")
            expectNew("a new file in a folder of an input folder", try drawn())
            try book.remove("Data/deep")
            expectNew("the order to run again", try drawn({ _ in }, "--force"))
            expectNew("the runtime library", try drawn(prefix: installation(changing: "runtime")))
        }

        @Test func whatTheResultDoesNotDependOnLeavesItAlone() throws {
            let first = try drawn()
            #expect(try drawn() == first)
            #expect(try drawn { $0.prose = "Other\n\nprose, and more of it." } == first)
            #expect(try book.page("draw").contains("and more of it"))
            #expect(try drawn { $0.secondOptions[1] = "fig-cap: Another caption." } == first)
            #expect(try drawn { $0.secondOptions = ["label: renamed"] } == first)
            #expect(try book.record("draw").cells.last?.label == "renamed")
            #expect(try drawn { $0.firstOptions = ["echo: false"] } == first)
            #expect(try !book.page("draw").contains("base"))
            #expect(
                try drawn { $0.firstOptions = ["output: false", "include: false", "code-fold: true", "timeout: 100"] }
                    == first)
            #expect(try drawn { $0.frontMatter += "\nabstract: Words." } == first)
            #expect(try drawn({ _ in }, "--output", book.root + "/Output") == first)
            for path in ["/Data/a.csv", "/Notebooks/draw.md"] {
                let date = Date(timeIntervalSince1970: 1e9)
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: book.root + path)
            }
            #expect(try book.run("render", "draw").output.contains("1 unchanged"))
            try book.remove("Output")
            #expect(try drawn() == first)
        }

        @Test func aNotebookUnderAnotherNameHasTheSameResultAndItsOwnName() throws {
            let first = try drawn()
            #expect(try drawn(name: "other") == first)
            #expect(try book.record("other").notebook == "other")
            try book.remove("Notebooks/other.md")
        }

        @Test func anotherToolAroundTheEngineWeavesThePageAnewAndRunsNothing() throws {
            let first = try drawn()
            let prefix = try installation(changing: "tool")
            let outcome = try book.run("render", "draw", prefix: prefix)
            #expect(outcome.output.contains("Notebooks/draw.md: page only in "), "\(outcome)")
            #expect(try drawn(prefix: prefix) == first)
        }

        /// An installation like the one under test, but for the digest of a part of its sources.
        private func installation(changing part: String) throws -> String {
            let prefix = book.root + "/installed-\(part)"
            if !book.exists("installed-\(part)") {
                try FileManager.default.createDirectory(atPath: prefix, withIntermediateDirectories: true)
                for folder in ["bin", "lib"] {
                    try FileManager.default.copyItem(
                        atPath: "\(Installed.prefix)/\(folder)", toPath: "\(prefix)/\(folder)")
                }
                try book.write("another", to: "installed-\(part)/lib/kdbook/\(part).sha256")
            }
            return prefix
        }

        @Test(arguments: [1, 9], ["Data/words.txt.gz", "Data/words.txt"])
        func aRecordNamesAnInputsContentHoweverItIsPacked(level: Int, path: String) throws {
            let book = try TemporaryBook(["n": "---\ninputs: Data\n---\n\n" + cell("print(1)")])
            let content = String(repeating: "words and more words\n", count: 500)
            try book.write(content, to: "Data/words.txt")
            if path.hasSuffix(".gz") {
                try #require(Outcome.running("/bin/gzip", ["-\(level)", "Data/words.txt"], in: book.root).status == 0)
            }
            #expect(try book.run("render").status == 0)
            let digest = SHA256Digest(of: content.utf8).description
            #expect(try book.record("n").inputs == [Record.Input(path: "Data/words.txt", sha256: digest)])
            // What cells can read is the file as it lies there.
            #expect(try book.run("render").output.contains("1 unchanged"))
        }

        @Test func whatACellSeesUnchangedOfThoseAboveItIsNotCompiledAgain() throws {
            let book = try TemporaryBook()
            func compiled(_ first: String) throws -> (count: Substring?, last: String) {
                try book.write(cell(first) + cell("let sum = number + 1") + cell("print(sum)"), to: "Notebooks/seen.md")
                let outcome = try book.run("render")
                #expect(outcome.status == 0, "\(outcome)")
                let count = outcome.output.firstMatch(of: /seen\.md: 3 cells in .* secs, (\d+) compiled/)?.1
                return (count, "\(try book.record("seen").cells[2].displays)")
            }
            #expect(try compiled("var number = 1\nprint(\"one\")").count == "3")
            // Statements are seen by nobody, but what they do is.
            let statement = try compiled("var number = 1\nnumber += 40\nprint(\"two\")")
            #expect(statement.count == "1")
            #expect(statement.last.contains("42"))
            let value = try compiled("var number = 50\nprint(\"two\")")
            #expect(value.count == "1")
            #expect(value.last.contains("51"))
            #expect(try compiled("var number = 1.5").count == "3")
            #expect(try compiled("var number = 1.5\nfunc more() -> Int { 1 }").count == "3")
        }

        @Test func anotherValueForAParameterCompilesNoCell() throws {
            let book = try TemporaryBook([
                "n": "---\nparameters: {size: 2, name: a}\n---\n\n" + cell("let twice = 2 * size")
                    + cell("print(name, twice)")
            ])
            #expect(try book.run("render").status == 0)
            let outcome = try book.run("render", "--set", "size=21", "--set", "name=b")
            #expect(outcome.output.contains(/n\.md: 2 cells in .* secs, 0 compiled/), "\(outcome)")
            #expect("\(try book.read("Output/default,name=b,size=21/n/record.json"))".contains("b 42"))
        }

        @Test func onlyCellsFromTheOneThatChangedOnAreCompiled() throws {
            let cells = (1...5).map { "func value\($0)() -> Int { \($0) }" }
            func compiled(_ cells: [String]) throws -> Substring? {
                try book.write(cells.map { cell($0) }.joined(), to: "Notebooks/chain.md")
                let outcome = try book.run("render", "chain")
                #expect(outcome.status == 0, "\(outcome)")
                return outcome.output.firstMatch(of: /chain\.md: 5 cells in .* secs, (\d+) compiled/)?.1
            }
            #expect(try compiled(cells) == "5")
            for index in 0..<5 {
                var changed = cells
                changed[index].replace(" }", with: " + 10 }")
                #expect(try compiled(changed) == "\(5 - index)")
            }
            // All of this was run before.
            #expect(try compiled(cells) == nil)
            try book.remove("Notebooks/chain.md")
        }
    }
}
