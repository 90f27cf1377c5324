import Foundation
import Testing

extension EndToEnd {
    @Suite(.serialized) struct PageNameTests {
        @Test(arguments: ["search.html", "index.html", "~live", "a b"]) func aNotebookTakesNoOtherPagesPlace(
            _ name: String
        ) throws {
            let book = try TemporaryBook([name: "prose\n", "other": "prose\n"])
            let outcome = try book.run("render")
            #expect(outcome.status == 1 && outcome.output.contains("1 rendered, 1 failed"), "\(outcome)")
            #expect(outcome.errors.contains("Notebooks/\(name).md: error: cannot be read: its name"), "\(outcome)")
            #expect(outcome.errors.contains("rename it; use letters"))
            #expect(
                book.files().filter { !$0.value.isEmpty }.keys.sorted() == [
                    "default/index.html", "default/other/index.html", "default/other/record.json",
                    "default/search.html",
                ])
            for command in ["tangle", "check", "export"] {
                let other = try Outcome.running(
                    Installed.prefix + "/bin/kdbook", [command, name] + (command == "export" ? ["--ipynb"] : []),
                    in: book.root)
                #expect(other.status == 1 && other.errors.contains("rename it"), "\(command): \(other)")
            }
        }

        @Test(arguments: ["../../out", "a/b", "..", "a b", "é"]) func anEditionsNameLeadsNowhere(_ name: String) throws
        {
            let book = try TemporaryBook([
                "a": "---\ntitle: T\neditions:\n  \"\(name)\":\n    timeout: 3\n---\n\nprose\n"
            ])
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors == """
                    Notebooks/a.md:4:3: error: `\(name)` cannot name an edition: use letters from a to z, digits, - and _ only

                    """, "\(outcome)")
            let chosen = try book.run("render", "--edition", name)
            #expect(chosen.status == 2 && chosen.errors.contains("the book has default"), "\(chosen)")
            #expect(try book.run("claims", "--edition", name).status != 0)
            #expect(
                book.files(in: "").keys.filter { $0.hasSuffix(".html") }.allSatisfy { $0.hasPrefix("Output/default/") })
        }
    }
}
