import Books
import Console
import ArgumentParser
import Engine
import Foundation
import Importing
import Notebook

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a notebook from one of Jupyter, Quarto or R Markdown.",
        discussion: helpText(
            """
            Cells of Swift become cells; cells of other languages become code that the page shows and nothing runs. A file that
            kdbook exported by --ipynb becomes the notebook that it was. The command names everything that it cannot keep, with
            its place; a render makes the outputs anew. The command overwrites no file.

            Exit status: 0 the notebook is written, 1 the file cannot be read, 2 the request was wrong, as where there is such a
            notebook already.

            Examples:
              kdbook import analysis.ipynb
              kdbook import ../paper/methods.qmd --name 04-methods
            """))

    @Argument(help: "A file that ends in .ipynb, .qmd, .Rmd or .md.")
    var file: String

    @Option(help: "The notebook's name: letters, digits, - and _; the file's unless given.")
    var name: String?

    func run() throws {
        let base = file.split(separator: "/").last.map(String.init) ?? file
        guard let format = Import.Format(fileName: base) else {
            throw UsageError(description: "\(file): its name ends in none of .ipynb, .qmd, .Rmd and .md")
        }
        let name = name ?? String(base.prefix(upTo: base.lastIndex(of: ".") ?? base.endIndex)).replacing(" ", with: "-")
        guard PageName.isValid(name) else {
            throw UsageError(description: "\(name) cannot be a notebook's name: \(PageName.rule); give one by --name")
        }
        let book = try Environment.findBook()
        let path = "\(Book.notebookFolder)/\(name).md"
        let notebook = try book.resolved(path)
        guard !notebook.exists else {
            throw UsageError(description: "\(path): there is such a notebook already; give another --name")
        }
        let place = book.place(
            named: file.hasPrefix("/") ? file : FileManager.default.currentDirectoryPath + "/" + file)
        let imported = try Import(try place.read(), format: format, path: file)
        for note in imported.notes { Terminal.complain(note.rendered(file: file)) }
        let problems = Notebook.parsed(imported.text, name: name, path: path).diagnostics
        for problem in problems.sorted(by: { $0.position < $1.position }) {
            Terminal.complain(problem.rendered(file: path))
        }
        try notebook.write(Array(imported.text.utf8))
        Terminal.say("\(path)\nRender it with: kdbook render \(name)")
    }
}
