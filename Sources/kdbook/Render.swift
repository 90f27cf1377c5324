import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Notebook

struct Render: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Run the notebooks and write their pages.",
        discussion: helpText(
            """
            A notebook is run only where something that its results depend on has changed. Pages go to
            Output/EDITION/NOTEBOOK/index.html, with their pictures and record.json beside them.

            Exit status: 0 every cell did as expected, 1 a notebook failed, 2 the request was wrong.

            Examples:
              kdbook render
              kdbook render 01-worked-example --force
              kdbook render --edition mnist --output /tmp/pages
              kdbook render 02-teacher-and-student --set epochs=3
              kdbook render --jobs 1 --quiet
              kdbook render 06-temperature-and-weight --shards 5 --results results
            """))

    @OptionGroup var request: Request

    @Option(help: ArgumentHelp("Write the pages below DIR in place of Output.", valueName: "dir"))
    var output: String?

    @Flag(help: "Run the notebooks even where nothing has changed.")
    var force = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Run N notebooks side by side; as many as there are processors, if not given.", valueName: "n"))
    var jobs: Int?

    @Flag(name: .shortAndLong, help: "Say only what is wrong.")
    var quiet = false

    @Option(
        help: ArgumentHelp(
            "Take what experiments' runs came to from DIR where it is known, and keep there what is not; see"
                + " run-experiment.", valueName: "dir"))
    var results: String?

    @Option(
        help: ArgumentHelp(
            "Have Snakemake carry out experiments in N parts first, here or where SNAKEMAKE_PROFILE says; takes"
                + " --results.", valueName: "n"))
    var shards: Int?

    @Flag(
        name: .customLong("no-sandbox"),
        help: "Let cells do all that you can: read and write your files, and reach the network.")
    var hasNoSandbox = false

    func run() async throws {
        if let jobs, jobs < 1 { throw UsageError(description: "--jobs \(jobs): at least one notebook has to run") }
        if quiet { Terminal.beQuiet() }
        if let shards { try await carryOutExperiments(in: shards) }
        let environment = try Environment()
        let renderer = BookRenderer(
            book: environment.book, installation: environment.installation,
            output: output.map { environment.book.place(named: absolutePath($0)) } ?? environment.book.output,
            edition: request.choice.edition,
            settings: try request.choice.parsedSettings(), references: BookReferences(of: environment.book),
            force: force, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
            isSandboxed: !hasNoSandbox, results: results.map(absolutePath))
        let paths = try request.paths(in: environment.book)
        let failed = try await renderer.render(paths, wholeBook: request.notebooks.isEmpty)
        if failed { throw ExitCode(ExitStatus.notebookFailed) }
    }

    /// Has Snakemake carry out the experiments in parts, so that the runs that a render needs are there.
    private func carryOutExperiments(in shards: Int) async throws {
        guard let results else {
            throw UsageError(description: "--shards \(shards) needs --results DIR, a folder that all parts can reach")
        }
        let engine = try Snakemake()
        let edition = try BookEdition(request.choice)
        let book = edition.book
        let folder = absolutePath(results)
        let workflow = try ShardWorkflow(
            of: request.paths(in: book).filter { path in
                try !request.notebooks.isEmpty || book.notebookText(path).text.contains("Experiment(")
            }, in: edition, results: book.pathInBook(of: folder), parts: shards)
        let file = folder + "/Snakefile"
        try book.place(named: file).write(Array(workflow.text.utf8))
        try await engine.run(file, in: book.root, settings: ["kdbook": Environment.program])
    }
}
