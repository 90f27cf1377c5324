import Foundation
import Notebook
import Testing
import Wire

/// A notebook whose last cell shows a random number: it changes when, and only when, the notebook is run.
private struct Draw {
    var frontMatter = "title: T"
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
    /// The law of keys: what a result depends on makes the notebook run again, and nothing else does.
    @Suite(.serialized) struct KeyTests {
        private static let matter =
            "title: T\nparameters: {rate: 0.5}\ninputs: Data\neditions: {quick: {parameters: {rate: 0.5}}}"

        private static let shared = Result {
            let book = try TemporaryBook(["draw": Draw(frontMatter: matter).text])
            try book.write("1,2\n", to: "Data/a.csv")
            return book
        }

        private let book: TemporaryBook

        init() throws { book = try KeyTests.shared.get() }

        private func drawn(
            _ change: (inout Draw) -> Void = { _ in }, edition: String = "default", _ arguments: String...
        ) throws -> Display {
            var draw = Draw(frontMatter: KeyTests.matter)
            change(&draw)
            try book.write(draw.text, to: "Notebooks/draw.md")
            let outcome = try Outcome.running(
                Installed.prefix + "/bin/kdbook", ["render", "--edition", edition] + arguments, in: book.root)
            #expect(outcome.status == 0, "\(outcome)")
            return try #require(book.record("draw", edition: edition).cells.last?.displays.first)
        }

        @Test func whatTheResultDependsOnMakesItRunAgain() throws {
            var seen = [try drawn()]
            func expectNew(_ what: String, _ display: Display) {
                #expect(!seen.contains(display), "\(what) did not make the notebook run again")
                seen.append(display)
            }
            expectNew("other code", try drawn { $0.second += " " })
            expectNew("the code of an earlier cell", try drawn { $0.first = "let base = 2" })
            expectNew("whether an earlier cell is run", try drawn { $0.firstOptions = ["eval: false"] })
            expectNew("another cell before", try drawn { $0.first += "\n```\n\n```swift\nlet more = 1" })
            expectNew(
                "a parameter in the front matter",
                try drawn { $0.frontMatter = $0.frontMatter.replacing("{rate: 0.5}", with: "{rate: 0.25}") })
            expectNew(
                "the parameter's type",
                try drawn { $0.frontMatter = $0.frontMatter.replacing("rate: 0.5}", with: "rate: '0.5'}") })
            expectNew("a parameter on the command line", try drawn({ _ in }, "--set", "rate=0.75"))
            expectNew("the edition", try drawn({ _ in }, edition: "quick"))
            try book.write("1,3\n", to: "Data/a.csv")
            expectNew("what is in an input", try drawn())
            try book.write("new", to: "Data/b.csv")
            expectNew("a new file in an input folder", try drawn())
            try book.remove("Data/b.csv")
            expectNew("the order to run again", try drawn({ _ in }, "--force"))
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
            let path = book.root + "/Data/a.csv"
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: path)
            #expect(try drawn() == first)
            try book.remove("Output")
            #expect(try drawn() == first)
        }

        @Test func aCellThatDidNotChangeIsNotCompiledAgain() throws {
            let compiled = { Set(self.book.files(in: ".kdbook/cells").keys.filter { $0.hasSuffix(".swiftmodule") }) }
            _ = try drawn()
            let before = compiled()
            _ = try drawn { $0.second = "show(UInt64.random(in: 1 ... 1 << 60))" }
            #expect(compiled().subtracting(before).count == 1)
            _ = try drawn { $0.prose = "Other." }
            #expect(compiled().subtracting(before).count == 1)
        }
    }
}
