import Books
import Console
import ArgumentParser
import Engine
import Foundation
import Notebook
import Publishing

/// Says what the runtime's types and functions are.
struct API: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "Explain a type or a function that cells can use without an import.",
        discussion: helpText(
            """
            Also as `kdbook help api NAME`. A name is a type's or a function's, with its type or without, in whatever
            case. Without a name, the command lists all types and functions at the top; --pages writes the reference as
            pages with a search, which you open from Output/api or publish with a book's.

            Examples:
              kdbook api softmax
              kdbook api Matrix
              kdbook api Chart.init
              kdbook api --pages Output/api
            """))

    @Argument(help: "The name to look for, such as softmax, Matrix or RandomStream.normal.")
    var name: String?

    @Option(help: ArgumentHelp("Write the whole reference as pages into this folder.", valueName: "folder"))
    var pages: String?

    func validate() throws {
        if name != nil && pages != nil {
            throw ValidationError("--pages writes the whole reference; leave the name out")
        }
    }

    func run() throws {
        let reference = try RuntimeReference(
            of: try Environment.installation(cache: DocumentedPackageWork.caches))
        if let pages { return try write(reference, to: pages) }
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

    private func write(_ reference: RuntimeReference, to folder: String) throws {
        let path = folder.hasPrefix("/") ? folder : FileManager.default.currentDirectoryPath + "/" + folder
        let entries = reference.entries.map {
            ReferenceEntry(
                module: $0.module, path: $0.path, declaration: $0.declaration, documentation: $0.documentation)
        }
        for (name, text) in referencePages(entries, title: "kdbook \(toolVersion): what cells can use") {
            try (RootedPath(root: path) / name).write(Array(text.utf8))
        }
        Terminal.say("\(folder)/index.html")
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
