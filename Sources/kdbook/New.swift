import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Notebook

struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a notebook to start from.",
        discussion: helpText(
            """
            Example:
              kdbook new 03-my-question && kdbook render 03-my-question
            """))

    @Argument(help: "The notebook's name: letters, digits, - and _.")
    var name: String

    func run() throws {
        let name = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
        guard PageName.isValid(name) else {
            throw UsageError(description: "\(name): a notebook's name has letters, digits, - and _ only")
        }
        guard !name.hasPrefix(NotebookText.prefix) else {
            throw UsageError(
                description: "\(name): a file whose name begins with `_` is included by notebooks, and is none")
        }
        let book = try Environment.findBook()
        let path = "\(Book.notebookFolder)/\(name).md"
        let file = try book.resolved(path)
        guard !file.exists else {
            throw UsageError(description: "\(path): there is such a notebook already")
        }
        try file.write(Array(NotebookStarter(title: name).text.utf8))
        Terminal.say("\(path)\nRender it with: kdbook render \(name)")
    }
}
