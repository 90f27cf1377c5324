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
            The notebook runs from its top up to its first experiment that is not complete. This part carries out every n-th run
            of that experiment, but no run whose result is in the folder already. It writes each result to a file there at
            once, so that an interrupted part goes on where it was. The parts may run on other machines, at the same time or one after
            the other; `kdbook render --results DIR` then makes the page, the same whoever ran what. A notebook with several
            experiments takes as many rounds: no part of the second can begin before the first is complete. The part 0/n
            carries out nothing, and tells which experiment lacks runs.

            --snakemake writes all rounds down as a workflow, whose jobs are such parts, for Snakemake to carry out here or on
            a cluster; `kdbook render --shards 5 --results results` does that and renders.

            Exit status: 0 the part is done, 1 a notebook failed, 2 the request was wrong.

            Examples:
              kdbook run-experiment 06-temperature-and-weight --shard 2/5 --results results
              kdbook run-experiment 06-temperature-and-weight --edition mnist --results results
              kdbook render 06-temperature-and-weight --results results
              kdbook run-experiment 06-temperature-and-weight --shards 5 --results results --snakemake Snakefile
            """))

    @OptionGroup var request: Request

    @Option(help: ArgumentHelp("Which part: the i-th of n.", valueName: "i/n"))
    var shard = "1/1"

    @Option(help: ArgumentHelp("Write a Snakemake workflow to FILE, and carry out nothing.", valueName: "file"))
    var snakemake: String?

    @Option(help: ArgumentHelp("In how many parts the workflow carries out each experiment.", valueName: "n"))
    var shards: Int?

    @Option(help: ArgumentHelp("The folder of results; kdbook makes it where there is none.", valueName: "dir"))
    var results: String

    func run() async throws {
        if let snakemake {
            guard let shards, shard == "1/1" else {
                throw UsageError(description: "--snakemake takes --shards N, the number of parts, and no --shard")
            }
            return try writeWorkflow(to: snakemake, shards: shards)
        }
        guard shards == nil else {
            throw UsageError(
                description: "--shards says in how many parts the workflow of --snakemake goes; one part is --shard i/n"
            )
        }
        guard let shard = Shard(shard) else {
            throw UsageError(
                description: "--shard \(shard): expected i/n with i from 1 to n, such as --shard 2/5, or 0/n for none")
        }
        let edition = try BookEdition(request.choice)
        let book = edition.book
        let paths = try request.paths(in: book)
        let folder = absolutePath(results)
        try book.place(named: folder).createFolder()
        var conditions = KernelConditions.asked
        conditions.results = folder
        conditions.shard = shard
        try edition.store.prepare()
        try edition.renderer(force: false).preparePackages()
        let board = ProgressBoard(total: paths.count)
        defer { board.end() }
        for path in paths {
            let plan = try edition.plan(path)
            let run = NotebookRun(
                plan, book: book, installation: edition.installation, store: edition.store, conditions: conditions)
            try await carryOut(run, of: plan.notebook, showing: board.begin("\(plan.notebook.name) \(shard)"))
        }
    }

    private func writeWorkflow(to file: String, shards: Int) throws {
        let edition = try BookEdition(request.choice)
        let book = edition.book
        let workflow = try ShardWorkflow(
            of: request.paths(in: book), in: edition, results: book.pathInBook(of: absolutePath(results)), parts: shards
        )
        try book.place(named: absolutePath(file)).write(Array(workflow.text.utf8))
        Terminal.say("\(file): run it with: snakemake --cores all --snakefile \(file)")
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
