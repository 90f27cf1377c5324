import ArgumentParser
import Books
import Console
import Engine
import Foundation

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the book afresh and compare it with its records.",
        discussion: helpText(
            """
            Every notebook is run from its top, and what each cell gives is compared with the committed record,
            Output/EDITION/NOTEBOOK/record.json: text to the letter, numbers within the tolerance that the cell states
            (`//| expect: {tolerance: 1e-6}` or `{relative: 1e-9}`), tables cell by cell, figures by their data and their
            pixels, claims by their verdicts. Pages are left alone.

            Exit status: 0 all is as recorded, 1 something differs or failed, 2 the request was wrong.

            Examples:
              kdbook check
              kdbook check 01-worked-example
              kdbook check --accept               record what the book gives now
              kdbook check --perturb              run twice, under other conditions
            """))

    @OptionGroup var request: Request

    @Flag(help: "Write the new record of each notebook that differs and did not fail.")
    var accept = false

    @Flag(
        help: """
            Compare two runs with each other instead: the second under another hash seed, time zone, locale, folder, \
            number of threads and instruction set.
            """)
    var perturb = false

    func run() async throws {
        guard !(accept && perturb) else {
            throw UsageError(description: "--accept with --perturb: what depends on its surroundings is no record")
        }
        guard !accept || request.choice.settings.isEmpty else {
            throw UsageError(
                description: "--accept with --set: records hold the notebooks' own values; change those in the notebook"
            )
        }
        let edition = try BookEdition(request.choice)
        let paths = try request.paths(in: edition.book)
        let passed =
            if perturb {
                try await BookPerturbation(edition: edition).run(paths)
            } else {
                try await BookCheck(edition: edition, accept: accept).run(
                    paths, wholeBook: request.notebooks.isEmpty)
            }
        if !passed { throw ExitCode(ExitStatus.notebookFailed) }
    }
}
