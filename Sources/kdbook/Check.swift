import ArgumentParser
import Books
import Console
import Engine
import Foundation

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Run the book afresh and compare it with its records.",
        discussion: helpText(
            """
            kdbook runs every notebook from its top and compares each cell's results with the committed record,
            Output/EDITION/NOTEBOOK/record.json: text to the letter, numbers within the tolerance that the cell states
            (`//| expect: {tolerance: 1e-6}` or `{relative: 1e-9}`), tables cell by cell, figures by their data and their
            pixels, claims by their verdicts. No page changes.

            With --package, kdbook tests the fences of Swift in a package's documentation instead: Markdown,
            catalogues of DocC, and `///` comments of Swift files. It compiles each fence against the package's
            modules, runs it, and compares its results with `// Prints "…"`, with values in comments, and with a
            fence of `text` behind it. Labels stand behind the fence's `swift`, or above it as
            `<!-- kdbook: skip -->`: skip, compile, error, continues, alone.

            Exit status: 0 all is as recorded, 1 something differs or failed, 2 the request was wrong.

            Examples:
              kdbook check
              kdbook check 01-worked-example
              kdbook check --accept               record what the book gives now
              kdbook check --perturb              run twice, under other conditions
              kdbook check --kept                 run what changed only
              kdbook check --package .            the package's README and catalogues of DocC
              kdbook check README.md Sources/Mine/Mine.docc --package . --accept
            """))

    @OptionGroup var request: Request

    @OptionGroup var documentation: DocumentationChoice

    @Flag(help: "Write the new record of each notebook that differs and did not fail.")
    var accept = false

    @Flag(
        help: """
            Compare two runs with each other instead: the second under another hash seed, time zone, locale, folder, \
            number of threads and instruction set.
            """)
    var perturb = false

    @Flag(
        help: """
            Run only notebooks that changed; for all others, compare the results that the store keeps of an earlier run.
            """)
    var kept = false

    @Option(help: "Tell a service of each difference, too, at the notebook's line: github.")
    var annotate: AnnotationStyle?

    @Option(help: ArgumentHelp("Write a Code Quality report, which GitLab shows at the lines.", valueName: "file"))
    var codeQuality: String?

    func run() async throws {
        if let package = documentation.package { return try await checkDocumentation(of: package) }
        guard documentation.imports.isEmpty, !documentation.label else {
            throw UsageError(description: "--import and --label are for documentation; name its package by --package")
        }
        guard !(accept && perturb) else {
            throw UsageError(description: "--accept with --perturb: what depends on its surroundings is no record")
        }
        guard !accept || request.choice.settings.isEmpty else {
            throw UsageError(
                description: "--accept with --set: records hold the notebooks' own values; change those in the notebook"
            )
        }
        guard !(perturb && (kept || annotate != nil || codeQuality != nil)) else {
            throw UsageError(
                description: "--perturb compares two runs with each other; --kept, --annotate and --code-quality are "
                    + "for comparing with the records")
        }
        let edition = try BookEdition(request.choice)
        let paths = try request.paths(in: edition.book)
        let passed =
            if perturb {
                try await BookPerturbation(edition: edition).run(paths)
            } else {
                try await BookCheck(
                    edition: edition, accept: accept, takesKept: kept,
                    telling: .init(
                        style: annotate, codeQuality: codeQuality.map { edition.book.place(named: absolutePath($0)) })
                ).run(paths, wholeBook: request.notebooks.isEmpty)
            }
        if !passed { throw ExitCode(ExitStatus.notebookFailed) }
    }

    private func checkDocumentation(of package: String) async throws {
        guard !perturb, request.choice.settings.isEmpty, request.choice.edition == BookRenderer.defaultEdition else {
            throw UsageError(
                description: "--package with --perturb, --set or --edition: documentation has no such conditions")
        }
        let passed = try await DocumentationCheck(choice: documentation, accept: accept).run(
            request.notebooks, in: package)
        if !passed { throw ExitCode(ExitStatus.notebookFailed) }
    }
}

extension AnnotationStyle: ExpressibleByArgument {}
