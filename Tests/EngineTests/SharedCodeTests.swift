import Foundation
import Testing

private let scales = """
    public struct Scale: Sendable {
        public let factor: Double
        public init(factor: Double) { self.factor = factor }
        public func callAsFunction(_ values: [Double]) -> [Double] { values.map { $0 * factor } }
    }

    public func checked(_ index: Int) -> Int {
        precondition(index < 3, "an index below 3")
        return index
    }

    """

private func book(_ files: [String: String], _ notebooks: [String: String]) throws -> TemporaryBook {
    let book = try TemporaryBook(notebooks)
    for (path, text) in files { try book.write(text, to: path) }
    return book
}

extension EndToEnd {
    @Suite(.serialized) struct SharedCodeTests {
        @Test func everyCellMayImportTheBooksModules() throws {
            let book = try book(
                [
                    "Sources/Scaling/Scale.swift": scales,
                    "Sources/Scaling/deep/Twice.swift": "public let twice = Scale(factor: 2)\n",
                    "Sources/Loose.swift": "import Scaling\npublic func halves() -> Scale { Scale(factor: 0.5) }\n",
                ],
                [
                    "a": cell("import Scaling\nprint(twice([1, 2]))") + cell("print(twice([3]))"),
                    "b": "---\nparameters: {x: 4.0}\n---\n\n" + cell("import Shared\nprint(halves()([x]))"),
                ])
            let outcome = try book.run("render", "--jobs", "1")
            #expect(outcome.status == 0 && outcome.errors == "", "\(outcome)")
            #expect(try book.record("a").cells.map(\.displays) == [[.text("[2.0, 4.0]\n")], [.text("[6.0]\n")]])
            #expect(try book.record("b").cells.map(\.displays) == [[.text("[2.0]\n")]])
        }

        @Test func aNotebookWithTheBooksModulesBecomesAPackageAndNoSingleFile() throws {
            let book = try book(
                [
                    "Sources/Scaling/Scale.swift": scales,
                    "Sources/Loose.swift": "import Scaling\npublic func halves() -> Scale { Scale(factor: 0.5) }\n",
                ], ["a": cell("import Shared\nprint(halves()([4]))")])
            let refused = try book.run("tangle", "a")
            #expect(refused.status == 2 && refused.errors.contains("`--package FOLDER`"), "\(refused)")
            #expect(try book.run("tangle", "a", "--package", "Out").status == 0)
            #expect(try book.read("Out/Sources/Notebook/main.swift").contains("import Shared"))
            #expect(try book.read("Out/Sources/Scaling/Scale.swift") == scales)
            #expect(book.exists("Out/Sources/Shared/Loose.swift"))
            #expect(
                inOrder(
                    [".target(name: \"Scaling\"", ".target(name: \"Shared\"", ".executableTarget("],
                    in: try book.read("Out/Package.swift")))
        }

        @Test func aJupyterNotebookCarriesTheSourcesThatItsCellsImport() throws {
            let book = try book(["Sources/Scaling/Scale.swift": scales], ["a": cell("import Scaling\nprint(1)")])
            #expect(try book.run("export", "a", "--ipynb").status == 0)
            let file = try book.read("a.ipynb")
            #expect(file.contains("The cells import `Scaling` of the book"), "\(file)")
            #expect(file.contains("\"Sources/Scaling/Scale.swift\""))
            #expect(try book.run("import", "a.ipynb", "--name", "again").status == 0)
            #expect(!(try book.read("Notebooks/again.md").contains("The cells import")))
        }

        @Test func aChangeConcernsThoseWhoImportIt() throws {
            let book = try book(
                ["Sources/Scaling/Scale.swift": scales + "public let factor = 2.0\n"],
                ["a": cell("import Scaling\nprint(Scale(factor: factor)([1]))"), "b": cell("print(1)")])
            #expect(try book.run("render").output.contains("2 rendered"))
            #expect(try book.run("render").output.contains("2 unchanged"))
            try book.write(scales + "public let factor = 3.0\n", to: "Sources/Scaling/Scale.swift")
            #expect(try book.run("render").output.contains("1 rendered, 1 unchanged"))
            #expect(try book.record("a").cells[0].displays == [.text("[3.0]\n")])
            try book.write("public let none = 0\n", to: "Sources/Other/None.swift")
            let outcome = try book.run("render")
            #expect(outcome.output.contains("Notebooks/a.md: page only"), "\(outcome)")
        }

        @Test func whatDoesNotCompileIsToldAtItsFileAndLine() throws {
            let book = try book(
                [
                    "Sources/Scaling/A.swift": "public let a: Int = \"1\"\n",
                    "Sources/Scaling/B.swift": "\n\nlet b = nope\n",
                ],
                ["a": cell("import Scaling\na")])
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            let lines = outcome.errors.split(separator: "\n")
            #expect(
                lines.first?.hasPrefix("Sources/Scaling/A.swift:1:21: error: cannot be compiled: cannot convert")
                    == true,
                "\(outcome.errors)")
            #expect(
                lines.dropFirst() == [
                    "Sources/Scaling/B.swift:3:9: error: cannot be compiled: cannot find 'nope' in scope"
                ])
            try book.write("public let a = 1\n", to: "Sources/Scaling/A.swift")
            try book.write("let b = a\n", to: "Sources/Scaling/B.swift")
            #expect(try book.run("render").status == 0)
        }

        @Test func whatIsForItsModuleAloneIsToldWithItsPlace() throws {
            let book = try book(
                ["Sources/Value.swift": "// A value.\nlet value = 1\n"], ["a": cell("import Shared\nprint(value)")])
            let outcome = try book.run("render")
            #expect(
                inOrder(
                    [
                        "Notebooks/a.md:3:7: error: cannot find 'value' in scope",
                        "note: Sources/Value.swift:2 declares `value` for its own module; cells see what is `public`",
                    ], in: outcome.errors), "\(outcome)")
        }

        @Test func aFailedCheckNamesThePlaceInTheSharedCode() throws {
            let book = try book(
                ["Sources/Scaling/Scale.swift": scales], ["a": cell("import Scaling\nprint(1)\nchecked(4)")])
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.contains("Notebooks/a.md:4:1: error: precondition failed: an index below 3"),
                "\(outcome)")
            #expect(outcome.errors.contains("note: it happened in Sources/Scaling/Scale.swift:8"), "\(outcome)")
        }

        @Test(arguments: [
            ("Sources/my-code/A.swift", "Sources/my-code: error: cannot be read: a folder there is a module"),
            ("Sources/Charts/A.swift", "there is a module `Charts` already"),
            ("Sources/Foundation/A.swift", "there is a module `Foundation` already"),
        ])
        func aNameThatNoModuleCanHaveIsRefused(path: String, words: String) throws {
            let book = try book([path: "public let a = 1\n"], ["a": cell("print(1)") + cell("import Foundation")])
            let outcome = try book.run("render")
            #expect(
                outcome.status == 1 && outcome.errors.hasPrefix("Notebooks/a.md:6:1: error: Sources/"), "\(outcome)")
            #expect(outcome.errors.contains(words))
        }

        @Test func modulesThatImportEachOtherAreRefused() throws {
            let book = try book(
                ["Sources/One/A.swift": "import Two\n", "Sources/Two/A.swift": "import One\n"],
                ["a": cell("import One")])
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.contains("One, which imports Two, which imports One; put what both use"), "\(outcome)")
        }

        @Test func thePackageAroundABookKeepsItsSources() throws {
            let book = try book(
                ["Package.swift": "", "Sources/my-tool/main.swift": "nonsense\n"],
                ["a": cell("import Foundation\nprint(1)")])
            #expect(try book.run("render").status == 0)
        }

        @Test func aLinkOutOfTheBookIsNotFollowed() throws {
            let other = try book(["Secret.swift": "public let secret = 1\n"], [:])
            let book = try book(["Sources/Scaling/Scale.swift": scales], ["a": cell("import Scaling\nprint(1)")])
            try FileManager.default.createSymbolicLink(
                atPath: book.root + "/Sources/Scaling/Secret.swift", withDestinationPath: other.root + "/Secret.swift")
            let outcome = try book.run("render")
            #expect(outcome.status == 1 && outcome.errors.contains("a link leads out of the book"), "\(outcome)")
        }
    }
}
