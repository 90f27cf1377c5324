import Books
import Console
import ArgumentParser
import Engine
import Notebook

/// Says what the runtime's types and functions are.
struct API: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "Explain a type or a function that cells can use without an import.",
        discussion: helpText(
            """
            Also as `kdbook help api NAME`. A name is a type's or a function's, with its type or without, in whatever
            case. Without a name, all types and functions at the top are listed.

            Examples:
              kdbook api softmax
              kdbook api Matrix
              kdbook api Chart.init
            """))

    @Argument(help: "The name to look for, such as softmax, Matrix or RandomStream.normal.")
    var name: String?

    func run() throws {
        let reference = try RuntimeReference(
            of: try Environment.installation(cache: DocumentedPackageWork.caches))
        guard let name else {
            for entry in reference.entries where entry.path.count == 1 {
                Terminal.give("\(entry.module)  \(entry.name)\n")
            }
            return
        }
        let found = reference.entries(named: name)
        guard !found.isEmpty else {
            let near = nearestName(to: name, in: reference.entries.map(\.baseName)).map { "; did you mean `\($0)`?" }
            throw UsageError(description: "cells have nothing called `\(name)`\(near ?? "; `kdbook api` lists all")")
        }
        Terminal.give(found.map { API.text(of: $0, in: reference) }.joined(separator: "\n"))
    }

    /// A symbol with its documentation and, where it is a type, its members.
    private static func text(of entry: RuntimeReference.Entry, in reference: RuntimeReference) -> String {
        let members = reference.members(of: entry).map { "      " + $0.declaration }
        let lines = ["\(entry.module)  \(entry.name)", "", "    " + entry.declaration, ""]
        return
            (lines + entry.documentation.map { $0.isEmpty ? "" : "  " + $0 }
            + (members.isEmpty ? [] : ["", "    Members:"] + members)).joined(separator: "\n") + "\n"
    }
}
