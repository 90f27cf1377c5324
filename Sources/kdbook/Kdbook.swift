import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Notebook

/// The command line. Each subcommand has a file of its own.
struct Kdbook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kdbook",
        abstract: "Run a book of Markdown notebooks with Swift cells, and weave what they show into pages.",
        discussion: helpText(
            """
            Examples:
              kdbook init my-book                 a book to start from
              kdbook render                       every notebook that changed
              kdbook render 01-worked-example     one notebook
              kdbook render --set epochs=3        with another value of a parameter
              kdbook watch --open                 the book in a browser; shows each save
              kdbook new 03-my-question           a notebook to start from

            Cells, and the compiler that reads them, run in a sandbox and within limits:
            a stranger's book reads its own inputs and reaches nothing else. Not guarded: names, sizes and dates of
            files can be seen, and a page can say anything about its own notebook. What
            the system does not enforce is told by a render. SECURITY.md has the list.
            """),
        version: toolVersion,
        subcommands: [
            Init.self, Render.self, Watch.self, Check.self, Claims.self, RunExperiment.self, List.self, Packages.self,
            DataCommand.self, New.self,
            Export.self, ImportCommand.self, Publish.self, Verify.self, StoreCommand.self,
            Tangle.self, DiagnoseLoss.self, API.self, Clean.self, Manual.self,
        ])

    @MainActor static func main() async {
        do {
            // `help api NAME` asks for a page of the reference, not for that of the command.
            let asked = Array(CommandLine.arguments.dropFirst())
            let words = asked.count > 2 && asked.starts(with: ["help", "api"]) ? Array(asked.dropFirst()) : asked
            try checkCommandNames(words)
            var command = try parseAsRoot(words)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            fail(with: error)
        }
    }

    private static func fail(with error: any Error) -> Never {
        switch error {
        case let code as ExitCode: Foundation.exit(code.rawValue)
        case is NotebookFailed: Foundation.exit(ExitStatus.notebookFailed)
        case let error as EngineError:
            Terminal.complain(error.description)
            Foundation.exit(ExitStatus.notebookFailed)
        case let error as NotebookError:
            Terminal.complain(error.description)
            Foundation.exit(ExitStatus.notebookFailed)
        case let error as RequestError:
            Terminal.complain(error.description)
            Foundation.exit(ExitStatus.usage)
        case let error as UsageError:
            Terminal.complain("kdbook: error: \(error.description)")
            Foundation.exit(ExitStatus.usage)
        default:
            let isFailure = exitCode(for: error) != .success
            let text = brokenUsage(fullMessage(for: error), columns: helpColumns)
            if isFailure { Terminal.complain(text) } else { Terminal.give(text + "\n") }
            Foundation.exit(isFailure ? ExitStatus.usage : 0)
        }
    }
}

extension Kdbook {
    /// - Throws: where a word stands in a command's place that is none.
    private static func checkCommandNames(_ words: some Sequence<String>) throws(UsageError) {
        var commands = configuration.subcommands
        for (index, word) in words.enumerated() where index > 0 || word != "help" {
            guard !commands.isEmpty, !word.hasPrefix("-") else { return }
            let names = commands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
            guard let command = commands.first(where: { $0._commandName == word }) else {
                let near = nearestName(to: word, in: names).map { "did you mean `\($0)`?" }
                throw UsageError(
                    description:
                        "there is no command `\(word)`; \(near ?? "known are \(names.joined(separator: ", "))")")
            }
            commands = command.configuration.subcommands
        }
    }
}
