import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Notebook
import Synchronization
import Wire

struct RunExperiment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run-experiment",
        abstract: "Carry out one part of a notebook's experiments, and keep what their runs came to.",
        discussion: helpText(
            """
            A notebook is run from its top up to its first experiment that is not complete. Of that experiment's runs every
            n-th is carried out, those that are in the folder of results aside, and each is kept in a file there as soon as it is
            done: what was interrupted goes on where it was. The parts may run on other machines, at the same time or one after
            the other; `kdbook render --results DIR` then makes the page, the same whoever ran what. A notebook with several
            experiments takes as many rounds: no part of the second can be done before the first is complete.

            Exit status: 0 the part is done, 1 a notebook failed, 2 the request was wrong.

            Examples:
              kdbook run-experiment 06-temperature-and-weight --shard 2/5 --results results
              kdbook run-experiment 06-temperature-and-weight --edition mnist --results results
              kdbook render 06-temperature-and-weight --results results
            """))

    @OptionGroup var request: Request

    @Option(help: ArgumentHelp("Which part: the i-th of n.", valueName: "i/n"))
    var shard = "1/1"

    @Option(help: ArgumentHelp("The folder of results; it is made where there is none.", valueName: "dir"))
    var results: String

    func run() async throws {
        guard let shard = Shard(shard) else {
            throw UsageError(description: "--shard \(shard): expected i/n with i from 1 to n, such as --shard 2/5")
        }
        let settings = try request.choice.parsedSettings()
        let environment = try Environment()
        let book = environment.book
        let notebooks = try request.paths(in: book).map { path in
            try Notebook(
                parsing: book.notebookText(path), name: Book.name(of: path), path: path)
        }
        try checkRequest(edition: request.choice.edition, settings: settings, matters: notebooks.map(\.frontMatter))
        let folder = results.hasPrefix("/") ? results : FileManager.default.currentDirectoryPath + "/" + results
        try book.place(named: folder).createFolder()
        var conditions = KernelConditions.asked
        conditions.results = folder
        conditions.shard = shard
        let store = Store(book)
        try store.prepare()
        let board = ProgressBoard(total: notebooks.count)
        defer { board.end() }
        for notebook in notebooks {
            let plan = try Plan(
                notebook, edition: request.choice.edition, settings: settings, book: book,
                installation: environment.installation)
            let run = NotebookRun(
                plan, book: book, installation: environment.installation, store: store, conditions: conditions)
            try await carryOut(run, of: notebook, showing: board.begin("\(notebook.name) \(shard)"))
        }
    }

    private func carryOut(
        _ run: NotebookRun, of notebook: Notebook, showing line: ProgressBoard.Line
    ) async throws {
        defer { line.end() }
        let halt = Halt()
        let record = try await run.record { event in
            switch event {
            case .compiled, .noted, .shown, .ended: break
            case .began(let cell): line.show("cell \(cell.number) \(cell.options.label ?? "")")
            case .progress(_, let text): line.show(text)
            case .halted(_, let reason): halt.reason.withLock { $0 = reason }
            }
        }
        if let reason = halt.reason.withLock({ $0 }) {
            return Terminal.say("\(notebook.path): \(reason)")
        }
        var report = Report()
        report.tell(record, of: notebook)
        Terminal.tell(report)
        if record.failed { throw ExitCode(ExitStatus.notebookFailed) }
        Terminal.say("\(notebook.path): every run is in the results folder")
    }
}

/// Why a run ended before its notebook's end.
private final class Halt: Sendable {
    let reason = Mutex<String?>(nil)
}
