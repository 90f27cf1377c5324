import Foundation
import Notebook
import TestSupport
import Testing
import Wire

extension EndToEnd {
    /// Programs that are compiled as one file and run cell by cell: both print the same.
    ///
    /// In each file of the folder `OneFile` a line of three dashes cuts a program into cells.
    @Suite struct OneFileTests {
        private static let folder = testFile("OneFile")

        static var names: [String] {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return files.filter { $0.hasSuffix(".cells") }.map { String($0.dropLast(".cells".count)) }.sorted()
        }

        @Test func thereArePrograms() { #expect(OneFileTests.names.count > 10) }

        @Test(arguments: names) func cellsPrintWhatOneFilePrints(name: String) throws {
            let file = OneFileTests.folder.appendingPathComponent(name + ".cells")
            let cells = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "---\n")
            let book = try TemporaryBook(["p": cells.map { cell(String($0.dropLast())) }.joined()])
            let outcome = try book.run("render")
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
            let displays = try book.record("p").cells.flatMap(\.displays)
            let printed = displays.map { display in
                if case .text(let text) = display { text } else { display.plainText }
            }
            let expected = try oneFile(cells.joined(), in: book).replacing(#/main\.(?=[A-Z])/#, with: "")
            #expect(printed.joined() == expected)
        }

        @Test(arguments: ["throw E()", "await Task.yield()\nthrow E()"])
        func whatWasDeferredIsDoneBeforeAnUncaughtErrorEndsAll(last: String) throws {
            func deferred(_ word: String) -> String { "defer { print(\"\(word)\"); fflush(nil) }\n" }
            let cells = [
                "import Foundation\nstruct E: Error {}\n" + deferred("first"), deferred("second") + "print(\"now\")",
                last,
            ]
            let book = try TemporaryBook(["p": cells.map { cell($0) }.joined()])
            let run = try one(cells.joined(separator: "\n"), in: book)
            #expect(run.output == "now\nsecond\nfirst\n")
            let complaints = try book.run("render").complaints
            #expect(complaints.count == 1 && complaints[0].hasSuffix("error: uncaught error: E()"), "\(complaints)")
            #expect(try book.page("p").contains("second\nfirst"))
        }

        @Test func whatWasDeferredIsLeftWhereTheNotebookGoesOn() throws {
            let cells = [
                cell("struct E: Error {}\ndefer { print(\"at the end\") }"),
                cell("defer { print(\"its own\") }\nthrow E()", "error: true"), cell("print(\"on\")"),
            ]
            let book = try TemporaryBook(["p": cells.joined()])
            #expect(try book.run("render").complaints == [])
            let printed = try book.record("p").cells.map { $0.displays.map(\.plainText) }
            #expect(printed == [[], ["its own\n"], ["on\nat the end\n"]])
        }

        /// What the cells print where they are one file; a module's name stands before those of types there.
        private func oneFile(_ program: String, in book: TemporaryBook) throws -> String {
            let run = try one(program, in: book)
            #expect(run.status == 0, "\(run.errors)")
            return run.output
        }

        private func one(_ program: String, in book: TemporaryBook) throws -> Outcome {
            try book.write(program, to: "One/main.swift")
            let arguments = ["swiftc", "-swift-version", "6", "-O", "-module-name", "main", "main.swift", "-o", "one"]
            let compiled = try Outcome.running("/usr/bin/env", arguments, in: book.root + "/One")
            try #require(compiled.status == 0, "\(compiled.errors)")
            return try Outcome.running(book.root + "/One/one", [], in: book.root)
        }
    }
}
