import ArgumentParser
import Engine
import Notebook

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Name the book's notebooks, with their titles and parameters.",
        discussion: """
            Example:
              kdbook list
            """)

    func run() throws {
        let book = try Environment.findBook()
        for path in book.notebookPaths {
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
        if !problems.isEmpty { Terminal.complain(NotebookError(path: path, diagnostics: problems).description) }
    }

    /// What a title or a value says is on one line, even if it has several.
    private func say(_ line: String) { Terminal.say(VisibleText(line, keepingLines: false).description) }
}
