import Foundation
import Testing

@Suite struct ImportCommandTests {
    @Test func aNotebookOfQuartoIsTakenOverOnce() throws {
        let text = "---\ntitle: Q\nauthor: x\n---\n\n```{swift}\n#| label: a\n1 + 1\n```\n"
        let wanted = "---\ntitle: Q\n---\n\n```swift\n//| label: a\n1 + 1\n```\n"
        let book = try TemporaryBook(["n": "# N\n"])
        try book.write(text, to: "my paper.qmd")
        let first = try book.run("import", "my paper.qmd")
        #expect(first.status == 0 && first.output.hasPrefix("Notebooks/my-paper.md\n"), "\(first)")
        #expect(first.errors == "my paper.qmd:3:1: warning: kdbook's front matter has no `author`; it is left out\n")
        #expect(try book.read("Notebooks/my-paper.md") == wanted)
        try book.write("other", to: "my paper.qmd")
        let again = try book.run("import", "my paper.qmd")
        #expect(again.status == 2 && again.errors.contains("there is such a notebook already; give another --name"))
        #expect(try book.read("Notebooks/my-paper.md") == wanted)
    }

    @Test func whatCannotBeTakenOverIsSaidAndWritesNothing() throws {
        let book = try TemporaryBook(["n": "# N\n"])
        try book.write("{\"nbformat\": 4, \"cells\": [}", to: "bad.ipynb")
        try book.write("", to: "x.txt")
        for (file, status, words) in [
            ("bad.ipynb", Int32(1), "bad.ipynb:1:27: error: it is no JSON from here on"),
            ("none.qmd", 1, "none.qmd: error: cannot be read"),
            ("x.txt", 2, "x.txt: its name ends in none of .ipynb, .qmd, .Rmd and .md"),
        ] {
            let outcome = try book.run("import", file)
            #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome)")
        }
        #expect(book.files(in: "Notebooks").keys.filter { $0.hasSuffix(".md") }.count == 1)
    }
}
