import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Notebook

struct Tangle: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tangle",
        abstract: "Print a notebook as one Swift file, or write it as a package.",
        discussion: helpText(
            """
            The file holds the notebook's parameters and its cells in order, each behind a comment with its place. Compiled
            and run, it prints what the cells print. Cells that are to fail stand in it as comments. For a notebook that
            imports modules of the book's own or packages, kdbook writes a Swift package, with these in the lock's versions.

            Examples:
              kdbook tangle 01-worked-example > example.swift
              swiftc $(kdbook tangle --flags) example.swift && ./example
              kdbook tangle 03-report --package report && swift run --package-path report -c release
            """))

    @Argument(help: "The notebook, by file or by name.")
    var notebook: String?

    @Flag(help: "Print the options by which swiftc compiles such a file.")
    var flags = false

    @Option(
        help: ArgumentHelp(
            "Write a Swift package into this folder, with all that the notebook imports.", valueName: "folder"))
    var package: String?

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
        if let package { return try write(parsed, settings, to: package, of: book) }
        let installation = try Environment.installation(cache: book.store)
        let imports = try TangledPackage.imports(of: parsed, in: book, installation)
        guard imports.isEmpty else {
            throw UsageError(
                description: "\(parsed.name) imports \(imports.joined(separator: ", ")), which no single file holds; "
                    + "`--package FOLDER` writes a Swift package")
        }
        Terminal.give(try tangled(parsed, edition: choice.edition, settings: settings) + "\n")
    }

    private func write(_ notebook: Notebook, _ settings: [String: String], to folder: String, of book: Book) throws {
        let path = folder.hasPrefix("/") ? folder : FileManager.default.currentDirectoryPath + "/" + folder
        let place = book.place(named: path)
        guard place.entries.isEmpty || (place / "Sources/Notebook/main.swift").exists else {
            throw UsageError(description: "--package \(folder): there is something else in this folder; name a new one")
        }
        let installation = try Environment.installation(cache: book.store)
        try TangledPackage(
            notebook, edition: choice.edition, settings: settings, book: book, installation: installation
        ).write(to: place)
        Terminal.say("\(notebook.path): `swift run --package-path \(folder) -c release` runs it")
    }
}
