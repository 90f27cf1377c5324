import ArgumentParser
import Engine
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

/// Throws where `edition` or a name in `settings` is none that a notebook of the book has.
///
/// - Parameter matters: the front matter of all notebooks; read only where something but the default is asked for.
func checkRequest(
    edition: String, settings: [String: String], matters: @autoclosure () -> [FrontMatter]
) throws(UsageError) {
    guard !settings.isEmpty || edition != BookRenderer.defaultEdition else { return }
    let matters = matters()
    let editions = Set(matters.flatMap(\.editions.keys)).union([BookRenderer.defaultEdition])
    guard editions.contains(edition) else {
        throw UsageError(
            description: "--edition \(edition): the book has \(editions.sorted().joined(separator: ", "))")
    }
    let known = matters.flatMap(\.parameters)
    let parameters = Set(known.map(\.name))
    for (name, setting) in settings.sorted(by: { $0.key < $1.key }) {
        let meant = known.filter { $0.name == name }
        if let first = meant.first, !meant.contains(where: { $0.value.replaced(by: setting) != nil }) {
            throw UsageError(
                description: "--set \(name)=\(setting): the parameter is of type \(first.value.typeName)")
        }
        guard meant.isEmpty else { continue }
        let near = nearestName(to: name, in: parameters).map { "did you mean `\($0)`?" }
        let known =
            parameters.isEmpty ? "the book has none" : "known are \(parameters.sorted().joined(separator: ", "))"
        throw UsageError(description: "--set \(name)=…: no notebook has such a parameter; \(near ?? known)")
    }
}
