import ArgumentParser
import Books
import Console
import Engine
import Notebook

struct Tangle: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tangle",
        abstract: "Print a notebook as one Swift file.",
        discussion: helpText(
            """
            The file holds the notebook's parameters and its cells in order, each behind a comment with its place. Compiled
            and run, it prints what the cells print. Cells that are to fail stand in it as comments.

            Examples:
              kdbook tangle 01-worked-example > example.swift
              swiftc $(kdbook tangle --flags) example.swift && ./example
            """))

    @Argument(help: "The notebook, by file or by name.")
    var notebook: String?

    @Flag(help: "Print what swiftc must be told to compile such a file.")
    var flags = false

    @OptionGroup var choice: EditionChoice

    func validate() throws {
        if !flags && notebook == nil { throw ValidationError("Missing expected argument '<notebook>'") }
    }

    func run() throws {
        if flags { Terminal.give(try Environment().installation.programFlags.joined(separator: " ") + "\n") }
        guard let notebook else { return }
        let book = try Environment.findBook()
        let path = try book.notebookPath(for: notebook)
        let parsed = try Notebook(
            parsing: book.notebookText(path), name: Book.name(of: path), path: path)
        let settings = try choice.parsedSettings()
        try checkRequest(edition: choice.edition, settings: settings, matters: [parsed.frontMatter])
        Terminal.give(try tangled(parsed, edition: choice.edition, settings: settings) + "\n")
    }
}
