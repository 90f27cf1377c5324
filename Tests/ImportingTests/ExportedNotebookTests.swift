import Foundation
import Importing
import Notebook
import Publishing
import TestSupport
import Testing
import Wire

/// What kdbook writes for Jupyter is the same notebook when it comes back.
@Suite struct ExportedNotebooks {
    private static let root = Repository.root
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/Notebooks")) ?? []
        return files.filter { $0.hasSuffix(".md") && $0.first?.isNumber == true && !$0.dropLast(3).contains(".") }.map {
            String($0.dropLast(3))
        }
        .sorted()
    }()

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    }

    private func exported(_ notebook: Notebook, _ record: Record) throws -> [UInt8] {
        let json = try jupyterNotebook(
            notebook, record: record, constants: "let edition = \"default\"", outline: [OutlineEntry(notebook)],
            bibliography: Bibliography(), claims: nil, picture: { _ in [] })
        return try StableJSON.encode(json)
    }

    private func imported(_ bytes: [UInt8]) throws -> (notebook: Notebook, notes: [Diagnostic]) {
        let file = try Import(bytes, format: .jupyter, path: "x.ipynb")
        return (try Notebook(parsing: file.text, name: "n", path: "Notebooks/n.md"), file.notes)
    }

    /// The blocks without the blank lines around them.
    private func pieces(_ notebook: Notebook) -> [String] {
        let source = SourceLines(notebook.text)
        return notebook.blocks.map { source.text($0.lines).trimmingCharacters(in: .newlines) }.filter { !$0.isEmpty }
    }

    @Test(arguments: names)
    func theBooksNotebooksComeBackAsTheyWere(name: String) throws {
        let notebook = try Notebook(parsing: text("Notebooks/\(name).md"), name: "n", path: "Notebooks/n.md")
        let record = try StableJSON.decode(Record.self, from: Array(text("Output/default/\(name)/record.json").utf8))
        let back = try imported(exported(notebook, record))
        #expect(pieces(back.notebook) == pieces(notebook))
        #expect(back.notebook.frontMatter == notebook.frontMatter && back.notes.isEmpty)
        #expect(back.notebook.cells.map(\.code) == notebook.cells.map(\.code))
    }

    @Test func whatStandsNowhereInJupyterComesBack() throws {
        let text = """
            ---
            parameters:
              epochs: 3
            limits:
              memory: 1 GB
            ---

            <!-- A remark -->

            ~~~swift
            //| label: n
            let n = 2 // ```
            ~~~

            1. In a list `{swift} n`:

               ```swift
               n
               ```

               Costs \\$5, see @sec-a.[^a]

            ## A {#sec-a}

            [^a]: A note.
            """
        let notebook = try Notebook(parsing: text, name: "n", path: "Notebooks/n.md")
        let record = Record(notebook: "n", edition: "default", parameters: [:], inputs: [], cells: [])
        let back = try imported(exported(notebook, record))
        #expect(pieces(back.notebook) == pieces(notebook))
        #expect(back.notebook.frontMatter.parameters.count == 1)
    }

    @Test func cellsThatWereChangedInJupyterAreTakenAsTheyAre() throws {
        let text = "---\ntitle: T\n---\n\nSee @sec-a.\n\n```swift\n1\n```\n\n## A {#sec-a}\n"
        let notebook = try Notebook(parsing: text, name: "n", path: "Notebooks/n.md")
        let record = Record(notebook: "n", edition: "default", parameters: [:], inputs: [], cells: [])
        let file = String(decoding: try exported(notebook, record), as: UTF8.self)
        let changed = file.replacing("See “A”.", with: "See below.").replacing("\"1\"", with: "\"let x = 2\"")
        #expect(file != changed)
        let back = try imported(Array(changed.utf8)).notebook
        #expect(back.text == "---\ntitle: T\n---\n\nSee below.\n\n```swift\nlet x = 2\n```\n\n## A {#sec-a}\n")
    }
}
