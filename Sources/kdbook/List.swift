import ArgumentParser
import Books
import Console
import Engine
import Notebook

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Name the book's notebooks, with their titles and parameters.",
        discussion: helpText(
            """
            Example:
              kdbook list
              kdbook list --json      for programs
            """))

    @Flag(help: "Write a list in JSON: name, path, title, abstract, parameters and editions of each notebook.")
    var json = false

    func run() throws {
        let book = try Environment.findBook()
        let paths = try book.wholeBook()
        if json {
            let listed = try paths.map { try ListedNotebook(in: book, at: $0) }
            return Terminal.give(String(decoding: try StableJSON.encode(listed), as: UTF8.self))
        }
        for path in paths {
            do {
                try list(path, in: book)
            } catch {
                Terminal.complain("\(error)")
            }
        }
    }

    private func list(_ path: String, in book: Book) throws {
        let text = try book.notebookText(path)
        let (notebook, problems) = Notebook.parsed(text, name: Book.name(of: path), path: path)
        let matter = notebook.frontMatter
        say("\(notebook.name)  \(matter.title ?? "")")
        if !matter.parameters.isEmpty {
            say("    " + matter.parameters.map { "\($0.name)=\($0.value.literal)" }.joined(separator: " "))
        }
        if !matter.editions.isEmpty {
            say("    editions: " + (["default"] + matter.editions.keys.sorted()).joined(separator: ", "))
        }
        if !problems.isEmpty { Terminal.complain(NotebookError(notebook, problems).description) }
    }

    /// What a title or a value says is on one line, even if it has several.
    private func say(_ line: String) { Terminal.say(VisibleText(line, keepingLines: false).description) }
}

/// A notebook as `kdbook list --json` names it.
private struct ListedNotebook: Encodable {
    struct Constant: Encodable {
        let name: String
        /// The type's name in Swift.
        let type: String
        /// As Swift writes it.
        let value: String
    }

    let name: String
    let path: String
    let title: String?
    let abstract: String?
    let parameters: [Constant]
    let editions: [String]

    init(in book: Book, at path: String) throws {
        let notebook = try Notebook(parsing: try book.notebookText(path), name: Book.name(of: path), path: path)
        let matter = notebook.frontMatter
        self.path = path
        (name, title, abstract) = (notebook.name, matter.title, matter.abstract)
        parameters = matter.parameters.map {
            Constant(name: $0.name, type: $0.value.typeName, value: $0.value.literal)
        }
        editions = [BookRenderer.defaultEdition] + matter.editions.keys.sorted()
    }
}
