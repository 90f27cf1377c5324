import Foundation
import TestSupport
import Testing

/// An empty folder, which goes with it.
private final class EmptyFolder {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    init() throws { folder = try TemporaryFolder() }

    func run(_ arguments: String..., below folder: String = "") throws -> Outcome {
        try Outcome.running(Installed.prefix + "/bin/kdbook", arguments, in: path + "/" + folder)
    }

    func write(_ text: String, to file: String) throws {
        try text.write(toFile: path + "/" + file, atomically: true, encoding: .utf8)
    }

    func read(_ file: String) throws -> String { try String(contentsOfFile: path + "/" + file, encoding: .utf8) }

    var files: [String] { (FileManager.default.subpaths(atPath: path) ?? []).sorted() }
}

extension EndToEnd {
    @Suite struct InitTests {
        @Test func aNewBookRendersAndIsAsRecorded() throws {
            let folder = try EmptyFolder()
            let made = try folder.run("init", "heat-of-water")
            #expect(made.status == 0 && made.errors == "", "\(made)")
            #expect(made.output.hasSuffix("\nRender it with: cd heat-of-water && kdbook render\n"))
            #expect(try folder.read("heat-of-water/README.md").hasPrefix("# Heat of water\n"))
            for command in ["render", "check"] {
                let outcome = try folder.run(command, below: "heat-of-water")
                #expect(outcome.status == 0 && outcome.errors == "", "\(outcome)")
            }
            #expect(try folder.read("heat-of-water/Output/default/index.html").contains("<h1>Heat of water</h1>"))
            #expect(try folder.read("heat-of-water/Output/default/01-first-steps/index.html").contains("<img"))
            #expect(try folder.run("new", "02-more", below: "heat-of-water").status == 0)
            #expect(folder.files.contains("heat-of-water/Notebooks/02-more.md"))
        }

        @Test func aFileThatIsThereIsLeftAsItIs() throws {
            let folder = try EmptyFolder()
            try folder.write("mine", to: "README.md")
            let made = try folder.run("init")
            #expect(made.status == 0 && made.output.contains("README.md  kept as it was\n"), "\(made)")
            #expect(made.output.hasSuffix("\nRender it with: kdbook render\n"))
            #expect(try folder.read("README.md") == "mine")
            let before = folder.files
            let again = try folder.run("init")
            #expect(again.status == 2 && again.errors.contains("there is a book already; `kdbook new NAME`"))
            #expect(folder.files == before)
        }

        @Test func aFileInTheFoldersPlaceIsNamed() throws {
            let folder = try EmptyFolder()
            try folder.write("mine", to: "taken")
            let outcome = try folder.run("init", "taken")
            #expect(outcome.status == 1 && outcome.complaints.count == 1 && outcome.errors.contains("/taken"))
            #expect(try folder.read("taken") == "mine")
        }

        @Test(arguments: [
            ["list"], ["new", "x"], ["render"], ["check", "--accept"], ["clean"], ["claims"], ["tangle", "x"],
            ["data", "verify"],
        ])
        func outsideABookNothingIsDone(command: [String]) throws {
            let folder = try EmptyFolder()
            let outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", command, in: folder.path)
            #expect(outcome.status == 2 && outcome.output == "", "\(outcome)")
            #expect(outcome.errors.hasPrefix("kdbook: error: \(folder.path) lies in no book: "))
            #expect(outcome.errors.contains("`kdbook init`") && folder.files == [])
        }

        @Test func aNotebookInAFolderOfTheNotebooksIsNotPassedOver() throws {
            let book = try TemporaryBook(["a": "prose\n"])
            try book.write("notes\n", to: "Notebooks/img/README.md")
            #expect(try book.run("list").status == 0)
            try book.write("prose\n", to: "Notebooks/part/deep/b.md")
            for command in [["list"], ["render"], ["render", "part/deep/b"]] {
                let outcome = try Outcome.running(Installed.prefix + "/bin/kdbook", command, in: book.root)
                #expect(outcome.status == 2, "\(outcome)")
                #expect(
                    outcome.errors.hasPrefix("Notebooks/part/deep/b.md: error: a notebook lies in Notebooks itself"))
                #expect(outcome.errors.hasSuffix("move it to Notebooks/b.md\n"))
            }
            #expect(try book.run("render", "a").status == 0)
        }
    }
}
