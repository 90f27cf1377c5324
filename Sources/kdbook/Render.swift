import ArgumentParser
import Engine
import Foundation
import Notebook

struct Render: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the notebooks and write their pages.",
        discussion: """
            A notebook is run only where something that its results depend on has changed. Pages go to
            Output/EDITION/NOTEBOOK/index.html, with their pictures and record.json beside them.

            Exit status: 0 every cell did as expected, 1 a notebook failed, 2 the request was wrong.

            Examples:
              kdbook render
              kdbook render 01-worked-example --force
              kdbook render --edition mnist --output /tmp/pages
              kdbook render 02-teacher-and-student --set epochs=3
            """)

    @Argument(help: "The notebooks, by file or by name; all of them where none is named.")
    var notebooks: [String] = []

    @Option(help: ArgumentHelp("Write the pages below DIR in place of Output.", valueName: "dir"))
    var output: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a parameter another value; may stand several times.", valueName: "name=value"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("Render another edition of the book, such as mnist.", valueName: "name"))
    var edition = BookRenderer.defaultEdition

    @Flag(help: "Run the notebooks even where nothing has changed.")
    var force = false

    func run() async throws {
        let environment = try Environment()
        let renderer = BookRenderer(
            book: environment.book, installation: environment.installation,
            output: output.map(absolute) ?? environment.book.output, edition: edition,
            settings: try parsedSettings(), force: force)
        let paths = try named(in: environment.book)
        let failed = try await renderer.render(paths, wholeBook: notebooks.isEmpty)
        if failed { throw ExitCode(Kdbook.Status.notebookFailed) }
    }

    private func named(in book: Book) throws -> [String] {
        if notebooks.isEmpty {
            let paths = book.notebookPaths
            if paths.isEmpty {
                throw EngineError(
                    .find, file: Book.notebookFolder, cause: "there is no notebook; `kdbook new NAME` makes one")
            }
            return paths
        }
        return try notebooks.map(book.notebookPath(for:))
    }

    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    private func parsedSettings() throws -> [String: String] {
        var result: [String: String] = [:]
        for setting in settings {
            guard let mark = setting.firstIndex(of: "="), mark != setting.startIndex else {
                throw UsageError(description: "--set \(setting): expected name=value, such as --set epochs=3")
            }
            result[String(setting[..<mark])] = String(setting[setting.index(after: mark)...])
        }
        return result
    }
}
