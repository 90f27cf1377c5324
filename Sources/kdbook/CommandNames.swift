import ArgumentParser
import Books
import Notebook

extension ParsableCommand {
    /// The command among this one's that the words of a command line ask for.
    ///
    /// - Throws: where a word stands in a command's place that is none, with the nearest name; then the parser's own errors.
    static func asked(by words: [String]) throws -> any ParsableCommand {
        try checkCommandNames(words)
        return try parseAsRoot(words)
    }

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
