import ArgumentParser
import Books
import Console
import Engine
import Foundation

struct Clean: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Remove rendered pages and all that is kept between runs.",
        discussion: helpText(
            """
            Records (Output/**/record.json) stay: they are the book's results, which `kdbook check` compares with.

            Examples:
              kdbook clean
              kdbook clean --cache
            """))

    @Flag(help: "Remove only what is kept between runs (.kdbook); pages stay.")
    var cache = false

    func run() throws {
        let book = try Environment.findBook()
        let freed = try Store(book).removeAll()
        Terminal.say("\(freed.formatted(.byteCount(style: .file))) freed in \(displayed(book.store.path))")
        if !cache { book.output.entries.forEach { removePages(in: book.output / $0) } }
    }

    /// Removes the pages of an edition, and folders that are empty then.
    private func removePages(in edition: RootedPath) {
        for page in ["index.html", "search.html"] { (edition / page).removeFile() }
        for name in edition.entries { PageFiles(folder: edition / name).removePage() }
        edition.removeEmptyFolder()
    }
}
