import ArgumentParser
import Engine
import Foundation

struct Clean: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove rendered pages and all that is kept between runs.",
        discussion: """
            Records (Output/**/record.json) stay: they are the book's results, and are compared with.

            Example:
              kdbook clean
            """)

    func run() throws {
        let book = try Environment.findBook()
        try? FileManager.default.removeItem(atPath: book.store)
        let files = FileManager.default.enumerator(atPath: book.output)?.compactMap { $0 as? String } ?? []
        let endings = [".html", ".png"]
        for file in files where endings.contains(where: file.hasSuffix) {
            try? FileManager.default.removeItem(atPath: book.output + "/" + file)
        }
        // Only folders that are empty go; longest paths first, so that a folder's own folders went before it.
        for file in files.sorted(by: { $0.count > $1.count }) { rmdir(book.output + "/" + file) }
    }
}
