import ArgumentParser
import Engine
import Notebook

struct Tangle: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a notebook as one Swift file.",
        discussion: """
            The file holds the notebook's parameters and the cells that are run, in order, each behind a comment with
            its place.

            Example:
              kdbook tangle 01-worked-example > worked-example.swift
            """)

    @Argument(help: "The notebook, by file or by name.")
    var notebook: String

    @Option(help: ArgumentHelp("The edition.", valueName: "name"))
    var edition = BookRenderer.defaultEdition

    func run() throws {
        let book = try Environment.findBook()
        let path = try book.notebookPath(for: notebook)
        let text = try Files.readText(book.root + "/" + path)
        do {
            print(tangled(try Notebook(parsing: text, name: Book.name(of: path), path: path), edition: edition))
        } catch let error as NotebookError {
            Terminal.complain(error.description)
            throw ExitCode(Kdbook.Status.notebookFailed)
        }
    }
}
