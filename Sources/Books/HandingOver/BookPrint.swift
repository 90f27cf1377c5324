import Console
package import Engine
import Foundation
import Notebook
import Publishing

/// The whole book printed to a PDF file by a Chromium.
package struct BookPrint {
    private let edition: BookEdition
    private let browser: Browser

    /// - Throws: where there is no Chromium.
    package init(edition: BookEdition) throws(EngineError) {
        self.edition = edition
        browser = try Browser()
    }

    /// Brings the pages up to date, prints them as one, reads on which page each place has come to stand, and prints them again with
    /// these numbers in contents and references.
    ///
    /// - Throws: `NotebookFailed` where a notebook fails, among others.
    package func pdf() async throws -> (bytes: [UInt8], pageCount: Int) {
        let renderer = try edition.renderer(force: false)
        let paths = edition.book.notebookPaths
        guard !paths.isEmpty else {
            throw EngineError(.find, file: Book.notebookFolder, cause: "there is no notebook to print")
        }
        if try await renderer.render(paths, wholeBook: true) { throw NotebookFailed() }
        let book = try composed(renderer)
        let board = ProgressBoard(total: 1)
        defer { board.end() }
        let line = board.begin("book")
        line.show("printing")
        let first = try places(in: try await printed(book.html()))
        line.show("printing with the numbers of its pages")
        let bytes = try await printed(book.html(pages: first.pages))
        let second = try places(in: bytes)
        guard second.pages == first.pages else {
            throw EngineError(.write, file: "book.pdf", cause: "its pages have other numbers when it is printed again")
        }
        return (bytes, second.pageCount)
    }

    private func composed(_ renderer: BookRenderer) throws -> PrintedBook {
        let outline = try edition.outline()
        let pages = try outline.map { entry in
            (entry: entry, page: try (renderer.folder / "\(entry.name)/index.html").readText())
        }
        return PrintedBook(
            front: try (renderer.folder / "index.html").readText(), pages: pages,
            folder: String(URL(fileURLWithPath: renderer.folder.path).absoluteString.trimmingSuffix("/")),
            language: PageLanguage(of: try renderer.references.frame()))
    }

    private func places(in pdf: [UInt8]) throws -> PrintedPlaces {
        guard let places = PrintedPlaces(pdf) else {
            throw EngineError(.write, file: "book.pdf", cause: "the browser does not write PDF files as Chromium does")
        }
        return places
    }

    private func printed(_ html: String) async throws -> [UInt8] {
        try await browser.printed(text: html)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> Substring {
        hasSuffix(suffix) ? dropLast(suffix.count) : self[...]
    }
}
