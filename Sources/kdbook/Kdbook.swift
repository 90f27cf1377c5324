import ArgumentParser
import Books
import Console
import Engine
import Foundation
import Notebook

/// The command line. Each subcommand has a file of its own.
struct Kdbook: AsyncParsableCommand {
    /// Every command; each has a file of its own.
    static let commands: [any ParsableCommand.Type] = [
        Init.self, Render.self, Watch.self, Check.self, Claims.self, RunExperiment.self, List.self, Packages.self,
        DataCommand.self, New.self, Export.self, ImportCommand.self, Publish.self, Verify.self, StoreCommand.self,
        Tangle.self, DiagnoseLoss.self, API.self, Clean.self, Manual.self,
    ]

    static let configuration = commandLine(of: commands)

    /// All that the command line knows of its commands follows from their list.
    static func commandLine(of commands: [any ParsableCommand.Type]) -> CommandConfiguration {
        CommandConfiguration(
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
                files can be seen, and a page can say anything about its own notebook. A render names the rules that
                the system does not enforce. SECURITY.md has the list.
                """),
            version: toolVersion, subcommands: commands)
    }

    @MainActor static func main() async {
        do {
            // `help api NAME` asks for a page of the reference, not for that of the command.
            let given = Array(CommandLine.arguments.dropFirst())
            let words = given.count > 2 && given.starts(with: ["help", "api"]) ? Array(given.dropFirst()) : given
            var command = try asked(by: words)
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
