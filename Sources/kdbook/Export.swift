import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Notebook
import Publishing

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a notebook with its results in a format for others.",
        discussion: helpText(
            """
            Nothing is run where the results are up to date; otherwise the notebook is rendered first.

            --ipynb writes a Jupyter notebook (format 4.5) with all outputs. --pdf prints the page by an installed Chromium:
            chromium, chromium-browser or google-chrome on the PATH, or the program that CHROME names.

            Exit status: 0 the file is written, 1 the notebook failed or there is no Chromium, 2 the request was wrong.

            Examples:
              kdbook export 01-worked-example --ipynb
              kdbook export 01-worked-example --pdf --output /tmp/example.pdf
            """))

    enum Format: String, EnumerableFlag {
        case ipynb, pdf

        static func help(for value: Format) -> ArgumentHelp? {
            switch value {
            case .ipynb: "Write a Jupyter notebook."
            case .pdf: "Print the page to a PDF file."
            }
        }
    }

    @Argument(help: "The notebook, by file or by name.")
    var notebook: String

    @Flag(exclusivity: .exclusive, help: "The format.")
    var format: Format

    @Option(help: ArgumentHelp("The file to write; NOTEBOOK.ipynb or NOTEBOOK.pdf unless given.", valueName: "file"))
    var output: String?

    @OptionGroup var choice: EditionChoice

    func run() async throws {
        let edition = try BookEdition(choice)
        let path = try edition.book.notebookPath(for: notebook)
        let name = Book.name(of: path)
        let file = absolute(output ?? "\(name).\(format.rawValue)")
        let bytes =
            switch format {
            case .ipynb: try await jupyterFile(path, of: edition)
            case .pdf: try await printedPage(path, of: edition)
            }
        try edition.book.place(named: file).write(bytes)
        Terminal.say("\(path): \(output ?? "\(name).\(format.rawValue)")")
    }

    private func jupyterFile(_ path: String, of edition: BookEdition) async throws -> [UInt8] {
        let plan = try edition.plan(path)
        let notebook = plan.notebook
        if edition.record(of: plan) == nil { try await edition.render(path, force: true) }
        guard let record = edition.record(of: plan) else { throw ExitCode(ExitStatus.notebookFailed) }
        let files = record.pictureFiles
        let quotes = QuotedRecords(renderer: try edition.renderer(force: false), notebook: notebook, own: record).fill()
        let file = try jupyterNotebook(
            quotes.notebook, record: record, constants: plan.constants, outline: try edition.outline(),
            bibliography: edition.bibliography, claims: edition.claims
        ) { digest in
            guard let file = files[digest] else {
                throw EngineError(.find, file: path, cause: "a picture is not in the store; render it again")
            }
            return try edition.store.picture(file).read()
        }
        return try StableJSON.encode(file)
    }

    private func printedPage(_ path: String, of edition: BookEdition) async throws -> [UInt8] {
        let browser = try Browser()
        try await edition.render(path, force: false)
        let board = ProgressBoard(total: 1)
        defer { board.end() }
        let line = board.begin(Book.name(of: path))
        line.show("printing")
        let folder = PagesFolder.name(edition: edition.name, settings: edition.settings)
        let page = edition.book.output / "\(folder)/\(Book.name(of: path))/index.html"
        return try await browser.printed(page.path)
    }

    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
