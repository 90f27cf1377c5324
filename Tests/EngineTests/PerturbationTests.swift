import Foundation
import Testing

extension EndToEnd {
    @Suite(.serialized) struct PerturbationTests {
        @Test func whatDependsOnItsSurroundingsIsToldWithTheCause() throws {
            let words =
                "let words: Set = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"j\", \"k\"]\n"
            let cells = [
                ("the hash seed", words + "print(words.joined())"),
                ("the time zone", "TimeZone.current.secondsFromGMT()"),
                ("the locale", "setlocale(LC_ALL, \"\").map { String(cString: $0) } ?? \"none\""),
                ("the folder", "FileManager.default.currentDirectoryPath"),
                ("the number of threads", "Compute.threadCount"),
                ("the instruction set", "Compute.instructionSet"),
                ("what products do with zeros", "Compute.zeros.rawValue"),
                ("when it is run: on the time", "Date().timeIntervalSince1970"),
                ("when it is run: on the time, or on random numbers", "Double.random(in: 0..<1)"),
                ("", "words.sorted()"),
            ]
            let book = try TemporaryBook([
                "clean": "---\ninputs: Data\n---\n"
                    + cell(
                        "print(try! String(contentsOfFile: \"Data/a\", encoding: .utf8))\nDictionary(grouping: [1, 2, 3]) { $0 % 2 }.keys.sorted()"
                    )
                    + cell("Chart { Line(y: [1.0, 2.0]) }"),
                "dirty": cells.map { cell($0.1) }.joined(),
            ])
            try book.write("content\n", to: "Data/a")
            let outcome = try book.run("check", "--perturb")
            #expect(outcome.status == 1 && outcome.errors == "", "\(outcome)")
            for (index, (cause, _)) in cells.enumerated() where !cause.isEmpty {
                let line = outcome.output.split(separator: "\n").first { $0.contains(": cell \(index + 1), ") }
                #expect(line?.contains("; it depends on \(cause)") == true, "\(outcome.output)")
                #expect(line?.hasPrefix("Notebooks/dirty.md:") == true && line?.contains(": first ") == true)
            }
            #expect(
                outcome.output.hasSuffix(" secs\n")
                    && outcome.output.contains("2 notebooks, 12 cells: 9 differences in"), "\(outcome.output)")
            #expect(!book.exists("Output"))
            let clean = try book.run("check", "--perturb", "clean")
            #expect(
                clean.status == 0 && clean.output.contains("1 notebook, 2 cells: the same under other conditions in"),
                "\(clean)")
        }

        @Test func aNotebookThatFailsIsToldOnce() throws {
            let book = try TemporaryBook(["n": cell("fatalError(\"no\")")])
            let outcome = try book.run("check", "--perturb")
            #expect(outcome.status == 1 && outcome.complaints == ["Notebooks/n.md:2:1: error: no"], "\(outcome)")
            #expect(try book.run("check", "--perturb", "--accept").status == 2)
        }
    }
}
