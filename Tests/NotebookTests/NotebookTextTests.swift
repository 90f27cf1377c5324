import Testing

@testable import Notebook

/// A notebook that includes files: their lines become its own, and messages name theirs.
@Suite struct NotebookTextTests {
    private func including(
        _ own: String, _ files: [String: String] = ["_setup.md": "Shared.\n\n```swift\nlet a = 1\n```\n"]
    )
        -> NotebookText
    {
        NotebookText(own) { name in
            files[name].map { .success($0) } ?? .failure(IncludeProblem("there is no such file"))
        }
    }

    private func parsed(
        _ own: String, _ files: [String: String] = ["_setup.md": "Shared.\n\n```swift\nlet a = 1\n```\n"]
    )
        -> (notebook: Notebook, diagnostics: [Diagnostic])
    {
        Notebook.parsed(including(own, files), name: "n", path: "Notebooks/n.md")
    }

    private static let own = "# Title\n\nText\n{{< include _setup.md >}}\nmore\n\n```swift\na + 1\n```\n"

    @Test func cellsOfAFileStandWhereItIsIncluded() {
        let notebook = parsed(NotebookTextTests.own).notebook
        #expect(notebook.cells.map(\.code) == ["let a = 1\n", "a + 1\n"])
        #expect(notebook.title == "Title")
        #expect(notebook.includedPaths == ["Notebooks/_setup.md"])
    }

    @Test func eachLineKnowsItsFile() {
        let notebook = parsed(NotebookTextTests.own).notebook
        let places = notebook.cells.map { notebook.place(ofLine: $0.codeLine) }
        #expect(places[0] == ("Notebooks/_setup.md", 4))
        #expect(places[1] == ("Notebooks/n.md", 8))
    }

    @Test func whatIsWrongInAFileIsToldAtItsLine() throws {
        let (notebook, problems) = parsed(NotebookTextTests.own, ["_setup.md": "\n```swift\n//| lable: x\n1\n```\n"])
        let problem = try #require(problems.first)
        #expect(
            notebook.located(problem).rendered(file: notebook.path).hasPrefix(
                "Notebooks/_setup.md:3:5: error: unknown option"))
    }

    @Test func theTextOfANotebookThatIncludesNothingIsItsOwn() {
        for own in ["a {{< video x.mp4 >}}\n", "```text\n{{< include _setup.md >}}\n```\n", "---\ntitle: x\n---\n"] {
            #expect(including(own) == NotebookText(own))
        }
    }

    @Test(arguments: ["../secret.md", "setup.md", "/etc/_passwd.md", "_a/b.md"])
    func aFileElsewhereIsRefused(name: String) {
        let problems = parsed("{{< include \(name) >}}\n").diagnostics
        #expect(problems.map(\.position.line) == [1])
        #expect(problems.first?.message.contains("name a file beside the notebook") == true)
    }

    @Test func aFileIncludesNoOtherAndHasNoFrontMatter() {
        let (notebook, problems) = parsed(
            "{{< include _a.md >}}\n", ["_a.md": "---\ntitle: x\n---\n{{< include _a.md >}}\n"])
        let places = problems.map { notebook.located($0) }.map { "\($0.file ?? ""):\($0.position.line)" }
        #expect(places.contains("Notebooks/_a.md:1"))
        let inner = parsed("{{< include _a.md >}}\n", ["_a.md": "text\n\n{{< include _a.md >}}\n"])
        #expect(
            inner.diagnostics.map(\.message) == [
                "a file that is included includes no other; let the notebook include both"
            ])
    }

    @Test func theLinesOfANotebookAreThoseOfItsParts() {
        for ending in ["", "\n"] {
            let notebook = parsed(NotebookTextTests.own, ["_setup.md": "A\n\n```swift\n1\n```" + ending]).notebook
            #expect(text(of: notebook) == notebook.text)
            #expect(SourceLines(notebook.text).lines.count == notebook.origins.count)
        }
    }
}
