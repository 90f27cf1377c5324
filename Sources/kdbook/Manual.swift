import ArgumentParser
import Books
import Console

/// Writes the manual page, for `script/install`.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write the manual page, as man reads it.",
        discussion: helpText(
            """
            Example:
              kdbook manual > kdbook.1
            """),
        shouldDisplay: false)

    func run() { Terminal.give(Manual.page(of: Kdbook.self)) }

    /// A section for each command of `root` that help shows.
    static func page(of root: (some ParsableCommand).Type) -> String {
        let commands = root.configuration.subcommands.filter { $0.configuration.shouldDisplay }
        return
            ([".\\\" Made by kdbook manual.", ".TH KDBOOK 1 \"\" \"kdbook \(toolVersion)\"", ".SH NAME"]
            + ["kdbook \\- " + roff(root.configuration.abstract), ".SH DESCRIPTION"]
            + section(brokenUsage(root.helpMessage(columns: width), columns: width))
            + commands.flatMap { command in
                [".SH " + roff("kdbook \(command._commandName)")]
                    + section(brokenUsage(root.helpMessage(for: command, columns: width), columns: width))
            }).joined(separator: "\n") + "\n"
    }

    private static let width = 72

    /// Text that stands as it is.
    private static func section(_ text: String) -> [String] {
        [".nf"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { roff(String($0)) } + [".fi"]
    }

    /// A line without signs of roff's own.
    private static func roff(_ line: String) -> String {
        let text = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}
