import ArgumentParser
import Books
import Console
import Engine
import Foundation

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a small book that runs: a notebook, its settings, a README, a workflow for CI.",
        discussion: helpText(
            """
            A file that is there already is left as it is. A folder that has notebooks is a book already, and is refused.

            Examples:
              kdbook init my-book && cd my-book && kdbook render
              kdbook init                         in the current folder
            """))

    @Argument(help: "The book's folder; kdbook makes it where there is none.")
    var folder = "."

    func run() throws {
        let path = URL(fileURLWithPath: folder).standardizedFileURL.path
        let book = Book(root: path)
        guard !(book.folder / Book.notebookFolder).exists else {
            throw UsageError(
                description: "\(folder): there is a book already; `kdbook new NAME` adds a notebook to it")
        }
        let starter = BookStarter(title: BookStarter.title(forFolder: (path as NSString).lastPathComponent))
        for (name, text) in starter.files {
            let shown = displayed("\(path)/\(name)")
            guard !(book.folder / name).exists else {
                Terminal.say("\(shown)  kept as it was")
                continue
            }
            try (book.folder / name).write(Array(text.utf8))
            Terminal.say(shown)
        }
        let here = path == FileManager.default.currentDirectoryPath
        Terminal.say("Render it with: " + (here ? "" : "cd \(quoted(folder)) && ") + "kdbook render")
    }

    /// A path as a shell takes it for one word.
    private func quoted(_ word: String) -> String {
        word.wholeMatch(of: /[A-Za-z0-9_.\/-]+/) != nil ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
