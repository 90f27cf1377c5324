import ArgumentParser
import Books
import Console
import DataFiles
import Engine
import Foundation
import Notebook

struct DataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Get the data sets that editions of the book are made from, and verify them.",
        discussion: helpText(
            """
            Examples:
              kdbook data fetch mnist
              kdbook data verify
            """),
        subcommands: [Fetch.self, Verify.self])

    /// Which data sets a command is about.
    struct Choice: ParsableArguments {
        @Argument(
            help: """
                The data sets; all that are known where none is named: \
                \(PublishedData.all.map(\.name).joined(separator: ", ")).
                """)
        var names: [String] = []

        var chosen: [PublishedData] {
            get throws {
                if names.isEmpty { return PublishedData.all }
                return try names.map { name in
                    if let data = PublishedData.all.first(where: { $0.name == name }) { return data }
                    let known = PublishedData.all.map(\.name)
                    let near = nearestName(to: name, in: known).map { "did you mean `\($0)`?" }
                    throw UsageError(
                        description: "there is no data set `\(name)`; "
                            + (near ?? "known are \(known.joined(separator: ", "))"))
                }
            }
        }
    }

    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fetch",
            abstract: "Get the files that are missing or wrong.",
            discussion: helpText(
                """
                Files go to Data/NAME, packed as their publisher packed them. kdbook continues a file that an earlier call began, tries
                again where a mirror fails for the moment, and then asks the next mirror. A file counts as there once the
                SHA-256 of its content is as published.

                Exit status: 0 all files are there, 1 no mirror gives some file, 2 the request was wrong.

                Examples:
                  kdbook data fetch mnist
                  kdbook data fetch mnist --mirror https://example.org/mnist/
                """))

        @OptionGroup var choice: Choice

        @Option(
            help: ArgumentHelp(
                "Ask URL, a folder's address, in place of the known mirrors; may stand several times.",
                valueName: "url"))
        var mirror: [String] = []

        @Option(help: ArgumentHelp("How often to try a mirror again that fails for the moment.", valueName: "count"))
        var retries = 4

        @Option(help: ArgumentHelp("After how many seconds without a byte a mirror fails.", valueName: "seconds"))
        var timeout = 30

        func validate() throws {
            guard retries >= 0, timeout > 0 else {
                throw ValidationError("--retries is at least 0, and --timeout at least 1")
            }
            for url in mirror where !url.hasPrefix("http://") && !url.hasPrefix("https://") {
                throw ValidationError("--mirror \(url): expected an address such as https://example.org/mnist/")
            }
        }

        func run() async throws {
            let book = try Environment.findBook()
            for var data in try choice.chosen {
                if !mirror.isEmpty { data.mirrors = mirror }
                let fetch = try DataFetch(
                    data, book: book, retries: retries, timeout: timeout, progress: { Terminal.showProgress([$0]) },
                    complain: { Terminal.complain($0) })
                let fetched = try await fetch.fetch()
                fetched.forEach { Terminal.say("\($0)  right") }
                Terminal.say(
                    data.files.count == 1
                        ? "\(data.name): its file is there and right"
                        : "\(data.name): all \(data.files.count) files are there and right")
                tellTerms(of: data)
            }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Compare the files that are there with what was published.",
            discussion: helpText(
                """
                Exit status: 0 all files are right, 1 one is missing or wrong, 2 the request was wrong.

                Example:
                  kdbook data verify mnist
                """))

        @OptionGroup var choice: Choice

        func run() throws {
            let book = try Environment.findBook()
            var files: [StoredDataFile] = []
            for data in try choice.chosen {
                let found = DataFetch.verify(data, in: book)
                for file in found { Terminal.say("\(file.path)  \(words(file))") }
                tellTerms(of: data)
                files += found
            }
            if files.contains(where: { $0.state != .right }) { throw ExitCode(ExitStatus.notebookFailed) }
        }

        private func words(_ file: StoredDataFile) -> String {
            switch file.state {
            case .right: "right"
            case .missing: "missing"
            case .wrong(let digest): "wrong: SHA-256 \(digest), published as \(file.file.sha256)"
            case .unreadable(let reason): "wrong: \(reason)"
            }
        }
    }
}

/// Says what a set holds, who may use it how, and whom to cite.
private func tellTerms(of data: PublishedData) {
    Terminal.say("\(data.name): \(data.content)\n  licence: \(data.licence)\n  cite: \(data.citation)")
}
