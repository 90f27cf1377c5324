import ArgumentParser
import Books
import Engine
import Foundation
import Notebook

/// Which notebooks a command is to run, in which edition, with which parameters.
struct Request: ParsableArguments {
    @Argument(help: "The notebooks, by file or by name; all of them where none is named.")
    var notebooks: [String] = []

    @OptionGroup var choice: EditionChoice

    /// The paths of the notebooks that are meant.
    func paths(in book: Book) throws -> [String] {
        if notebooks.isEmpty {
            let paths = try book.wholeBook()
            if paths.isEmpty {
                _ = try book.resolved(Book.notebookFolder)
                throw EngineError(
                    .find, file: Book.notebookFolder, cause: "there is no notebook; `kdbook new NAME` makes one")
            }
            return paths
        }
        return try notebooks.map(book.notebookPath(for:))
    }
}

/// Which edition a command is to take, with which parameters.
struct EditionChoice: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Give a parameter another value; may stand several times. Pages and records of such a run go to a folder of "
                + "their own, such as Output/default,epochs=3.", valueName: "name=value"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("Take another edition of the book, such as mnist.", valueName: "name"))
    var edition = BookRenderer.defaultEdition

    /// The values that are given, by parameter.
    func parsedSettings() throws -> [String: String] {
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

extension BookEdition {
    /// The edition that the command line chooses.
    ///
    /// - Throws: `UsageError` where the book has no such edition or no such parameter.
    init(_ choice: EditionChoice) throws {
        let environment = try Environment()
        try self.init(
            choice.edition, of: environment.book, settings: choice.parsedSettings(),
            installation: environment.installation)
    }
}

/// A path that the command line names, from the disk's root.
func absolutePath(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
}
