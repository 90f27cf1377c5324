import ArgumentParser
import Books
import Console
import Crates
import Engine
import Foundation
import Notebook
import Publishing

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a notebook, or the whole book, with its results in a format for others.",
        discussion: helpText(
            """
            kdbook renders the notebook first, unless its results are up to date.

            --ipynb writes a Jupyter notebook (format 4.5) with all outputs. --pdf prints the page, or without a notebook the
            whole book, by an installed Chromium: chromium, chromium-browser or google-chrome on the PATH, or the program that
            CHROME names. The book has contents, bookmarks, and references with the pages that they lead to.

            --ro-crate packs the whole book: notebooks, data, rules, records, pages, and who and what made them, as a
            Workflow Run RO-Crate. The file is the same each time; its date is that of the book's last commit.

            Exit status: 0 the file is written, 1 the notebook failed or there is no Chromium, 2 the request was wrong.

            Examples:
              kdbook export 01-worked-example --ipynb
              kdbook export 01-worked-example --pdf --output /tmp/example.pdf
              kdbook export --pdf --output book.pdf
              kdbook export --ro-crate book.zip
            """))

    enum Format: String, EnumerableFlag {
        case ipynb, pdf

        static func help(for value: Format) -> ArgumentHelp? {
            switch value {
            case .ipynb: "Write a Jupyter notebook."
            case .pdf: "Print the page, or the whole book, to a PDF file."
            }
        }
    }

    @Argument(help: "The notebook, by file or by name; none for the whole book.")
    var notebook: String?

    @Flag(exclusivity: .exclusive, help: "The format.")
    var format: Format?

    @Option(
        name: .customLong("ro-crate"), help: ArgumentHelp("Pack the whole book into a crate.", valueName: "file.zip"))
    var crate: String?

    @Option(
        help: ArgumentHelp(
            "The date that a crate bears, in UTC; that of the book's last commit unless given.", valueName: "2026-11-28"
        ))
    var date: String?

    @Option(
        help: ArgumentHelp(
            "The file to write; NOTEBOOK.ipynb, NOTEBOOK.pdf or book.pdf unless given.", valueName: "file"))
    var output: String?

    @OptionGroup var choice: EditionChoice

    func run() async throws {
        switch (notebook, format, crate) {
        case (let notebook?, let format?, nil) where date == nil: try await export(notebook, as: format)
        case (nil, .pdf, nil) where date == nil: try await exportPrintedBook(to: output ?? "book.pdf")
        case (nil, nil, let file?) where output == nil: try await exportCrate(to: file)
        default:
            throw UsageError(
                description: "expected a notebook with --ipynb or --pdf, --pdf alone, or --ro-crate FILE.zip alone")
        }
    }

    private func exportCrate(to file: String) async throws {
        let edition = try BookEdition(choice)
        guard edition.settings.isEmpty else {
            throw UsageError(description: "--ro-crate with --set: a crate holds the book as its records have it")
        }
        let bytes = try await CrateExport(edition: edition, date: try date.map(crateTime)).packed()
        try edition.book.place(named: absolute(file)).write(bytes)
        Terminal.say("\(file): \(counted(bytes.count, "byte"))")
    }

    private func crateTime(_ text: String) throws -> CrateTime {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        guard let date = try? style.parse(text) else {
            throw UsageError(description: "--date \(text): expected a day such as 2026-11-28")
        }
        return CrateTime(secondsSince1970: Int(date.timeIntervalSince1970))
    }

    private func export(_ notebook: String, as format: Format) async throws {
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
            bibliography: edition.bibliography, claims: edition.claims,
            imports: JupyterImports(
                names: try TangledPackage.imports(of: notebook, in: edition.book, edition.installation),
                sources: plan.sharedSources)
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

    private func exportPrintedBook(to file: String) async throws {
        let edition = try BookEdition(choice)
        let printed = try await BookPrint(edition: edition).pdf()
        try edition.book.place(named: absolute(file)).write(printed.bytes)
        Terminal.say("\(file): \(counted(printed.pageCount, "page"))")
    }

    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
