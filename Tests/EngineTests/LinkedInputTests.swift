import Foundation
import Testing

extension EndToEnd {
    @Suite(.serialized) struct LinkedInputTests {
        private let reading =
            "prose\n\n" + cell("print(try String(contentsOfFile: \"Data/s\", encoding: .utf8))", "inputs: Data/s")

        @Test(arguments: ["Data/s", "Data"]) func anInputBehindALinkOutOfTheBookIsRefusedAtItsLine(_ path: String)
            throws
        {
            let linked = try LinkedBook(["a": reading])
            try linked.outside.write("secret words", to: "s")
            try linked.link(path, to: path == "Data" ? "" : "/s")
            let outcome = try linked.book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.hasPrefix("Notebooks/a.md:3:1: error: the input `Data/s` cannot be read: "), "\(outcome)"
            )
            #expect(outcome.errors.contains("a link leads out of the book: put a copy of"))
            #expect(try !linked.book.page("a").contains("secret words"))
        }

        @Test func aLinkInAFolderOfInputsIsRefused() throws {
            let linked = try LinkedBook(["a": "---\ninputs: Data\n---\n\n" + cell("1")])
            try linked.book.write("1", to: "Data/a.csv")
            try linked.link("Data/deep/b.csv", to: "/index.html")
            let outcome = try linked.book.run("render")
            #expect(outcome.status == 1 && outcome.errors.contains("a.md:2:9: error: the input `Data` cannot be read"))
        }

        @Test func aLinkToAnotherFileOfTheBookIsAnInput() throws {
            let book = try TemporaryBook(["a": reading])
            try book.write("words", to: "Data/words.txt")
            try FileManager.default.createSymbolicLink(
                atPath: book.root + "/Data/s", withDestinationPath: "words.txt")
            #expect(try book.run("render").status == 0)
            #expect(try book.page("a").contains("words"))
            try book.write("others", to: "Data/words.txt")
            #expect(try book.run("render").output.contains("1 rendered"))
            #expect(try book.page("a").contains("others"))
        }

        @Test func aFolderOfNotebooksIsNotReadFromOutside() throws {
            let linked = try LinkedBook([:])
            try linked.book.remove("Notebooks")
            try linked.link("Notebooks", to: "/deep")
            let outcome = try linked.book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.contains("Notebooks: error: cannot be read: a link leads out of the book"), "\(outcome)")
        }

        @Test(arguments: ["a.md", "book.yml", "claims.yml", "references.bib"])
        func aTextOfTheBookIsNotReadFromOutside(_ name: String) throws {
            let linked = try LinkedBook(name == "a.md" ? [:] : ["a": "prose\n"])
            try linked.outside.write("secret words", to: "s")
            try linked.link("Notebooks/" + name, to: "/s")
            let outcome = try linked.book.run("render")
            #expect(outcome.status == 1, "\(outcome)")
            #expect(outcome.errors.contains("Notebooks/\(name): error: cannot be read: "), "\(outcome)")
            #expect(outcome.errors.contains("leads out of the book") && !outcome.errors.contains("secret"))
        }

        @Test(arguments: [
            "Data/s", "Notebooks/a.md", "Notebooks/book.yml", "Notebooks/claims.yml", "Notebooks/references.bib",
        ])
        func aPipeInAFilesPlaceIsToldAndNotWaitedFor(_ path: String) throws {
            let book = try TemporaryBook(["a": reading])
            try? book.remove(path)
            try FileManager.default.createDirectory(
                atPath: book.root + "/Data", withIntermediateDirectories: true)
            #expect(mkfifo(book.root + "/" + path, 0o666) == 0)
            let outcome = try book.run("render")
            #expect(outcome.status == 1 && outcome.errors.contains("neither a file nor a folder"), "\(outcome)")
        }

        @Test func anInputMayBeLargerThanTheMemoryOfTheTool() throws {
            let book = try TemporaryBook(["a": "---\ninputs: Data/large\n---\n\nprose\n"])
            try book.write("", to: "Data/large")
            #expect(truncate(book.root + "/Data/large", 2_000_000_000) == 0)
            let outcome = try Outcome.running(
                "/bin/sh", ["-c", "ulimit -d 600000 && exec \"$0\" render", Installed.prefix + "/bin/kdbook"],
                in: book.root)
            #expect(outcome.status == 0, "\(outcome)")
        }
    }
}
