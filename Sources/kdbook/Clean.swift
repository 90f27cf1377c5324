import ArgumentParser
import Engine
import Foundation

struct Clean: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove rendered pages and all that is kept between runs.",
        discussion: """
            Records (Output/**/record.json) stay: they are the book's results, and are compared with.

            Examples:
              kdbook clean
              kdbook clean --cache
            """)

    @Flag(help: "Remove only what is kept between runs (.kdbook); pages stay.")
    var cache = false

    func run() throws {
        let book = try Environment.findBook()
        let freed = try Store(book).removeAll()
        Terminal.say("\(freed.formatted(.byteCount(style: .file))) freed in \(displayed(book.store))")
        if cache { return }
        let files = FileManager.default.enumerator(atPath: book.output)?.compactMap { $0 as? String } ?? []
        let endings = [".html", ".png"]
        for file in files where endings.contains(where: file.hasSuffix) {
            try? FileManager.default.removeItem(atPath: book.output + "/" + file)
        }
        // Only folders that are empty go; longest paths first, so that a folder's own folders went before it.
        for file in files.sorted(by: { $0.count > $1.count }) { rmdir(book.output + "/" + file) }
    }
}
