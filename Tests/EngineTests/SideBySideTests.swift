import Foundation
import Notebook
import Testing

private let notebooks = [
    "a": "---\neditions: {quick: {}}\n---\n\n" + cell("let words = \"a\"") + cell("print(words, edition)"),
    "b": cell("Chart { Line(y: [1.0, 3.0]) }", "label: fig-b", "fig-cap: B.", "fig-alt: Rises."),
    "c": cell("let unused: Int? = 1\nprint(unused)") + cell("let one = 1\nlet xs = [one]\n_ = xs[one]"),
    "d": cell("let wrong: Int = \"\"\nlet worse: Int = \"\"") + cell("1"),
    "e": cell("softmax([1, 2, 3], temperature: 2)"),
]

extension EndToEnd {
    @Suite(.serialized) struct SideBySideTests {
        private func withoutTimes(_ text: String) -> [String] {
            text.replacing(/\d+\.\d+ secs/, with: "… secs").split(separator: "\n").map(String.init)
        }

        @Test func withAnyNumberOfJobsThePagesAndTheMessagesAreTheSame() throws {
            let book = try TemporaryBook(notebooks)
            let one = try book.run("render", "--jobs", "1", "--output", "One")
            try book.run("clean", "--cache")
            let four = try book.run("render", "--jobs", "4", "--output", "Four")
            #expect(one.status == 1 && four.status == 1)
            #expect(book.files(in: "One") == book.files(in: "Four") && book.files(in: "One").count > 8)
            // Notebooks may end in another order; what is said of each stands together, in its order.
            let messages = [one, four].map { withoutTimes($0.errors) }
            #expect(messages[0].sorted() == messages[1].sorted())
            for lines in messages {
                let names = lines.compactMap { $0.firstMatch(of: /^Notebooks\/(.)\.md/)?.1 }
                #expect(names.count == lines.count && names.count > 4)
                let runs = names.reduce(into: [Substring]()) { if $0.last != $1 { $0.append($1) } }
                #expect(Set(runs).count == runs.count, "\(lines)")
            }
            #expect(withoutTimes(one.output).dropLast().sorted() == withoutTimes(four.output).dropLast().sorted())
            #expect(four.output.contains("3 rendered, 2 failed in "))
        }

        @Test func rendersAtOnceFromAnEmptyStoreAreAllRight() throws {
            let good = notebooks.filter { ["a", "b", "e"].contains($0.key) }
            let (book, alone) = (try TemporaryBook(good), try TemporaryBook(good))
            for book in [book, alone] { try book.write("title: Side by side\n", to: "Notebooks/book.yml") }
            let tools = try [
                ["render"], ["render"], ["render", "--output", "Other"], ["render", "--edition", "quick"],
            ].map { try RunningTool($0, in: book) }
            for tool in tools {
                tool.process.waitUntilExit()
                #expect(tool.process.terminationStatus == 0)
            }
            try alone.run("render")
            try alone.run("render", "--edition", "quick")
            #expect(book.files() == alone.files())
            #expect(book.files(in: "Other/default") == alone.files(in: "Output/default"))
            #expect(!book.files(in: ".kdbook").keys.contains { $0.contains("~") })
        }

        @Test func noJobsAtAllIsAWrongRequest() throws {
            for count in ["0", "-1", "many"] {
                #expect(try TemporaryBook(["a": "prose\n"]).run("render", "--jobs=\(count)").status == 2)
            }
        }

        @Test func quietlyOnlyWhatIsWrongIsSaid() throws {
            let book = try TemporaryBook(["a": "prose\n", "wrong": "$\\nonsense$\n"])
            let outcome = try book.run("render", "--quiet")
            #expect(outcome.output == "" && outcome.complaints.count == 1 && outcome.status == 1)
        }
    }
}
