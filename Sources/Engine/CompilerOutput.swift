import CellSyntax
import Notebook

/// Reads what the compiler prints.
enum CompilerOutput {
    /// The diagnostics in `output` that are placed in `file`, in the order of their places, each with the notes that
    /// belong to it.
    ///
    /// - Parameter cells: the cells whose declarations notes may name.
    static func diagnostics(_ output: String, file: String, cells: [Cell]) -> [Diagnostic] {
        var groups: [[Diagnostic]] = []
        var isTaken = false
        for line in output.split(separator: "\n") {
            guard let place = Place(line) else { continue }
            if place.severity == .note {
                guard isTaken, let last = groups.indices.last else { continue }
                let note = place.note(to: groups[last][0], file: file, cells: cells)
                if !groups[last].contains(note) { groups[last].append(note) }
                continue
            }
            let diagnostic = place.diagnostic(in: file).flatMap { isOurs($0.message) ? nil : $0 }
            isTaken = diagnostic.map { new in !groups.contains { $0.first == new } } ?? false
            if let diagnostic, isTaken { groups.append([diagnostic]) }
        }
        let ordered = groups.enumerated().sorted {
            ($0.element[0].position, $0.offset) < ($1.element[0].position, $1.offset)
        }
        return ordered.flatMap { explained($0.element) }
    }

    /// What a compiler that broke down said first of why, without the names of files.
    static func gist(of output: String) -> String {
        let lines = output.split(separator: "\n")
        let line =
            lines.first { $0.contains("Assertion failed") } ?? lines.first { $0.contains("error:") } ?? lines.first
        return (line ?? "it said nothing").split(separator: " ").filter { !$0.contains("/") }.joined(separator: " ")
    }

    /// A warning about what was said of the cell's variables, not by its author: see `CellSource.module`.
    private static func isOurs(_ message: String) -> Bool {
        message.hasPrefix("'nonisolated(unsafe)' is unnecessary") || message.hasPrefix("'nonisolated(unsafe)' has no")
    }

    /// A diagnostic with its notes, and one more where the cause is that each cell is a module of its own.
    private static func explained(_ group: [Diagnostic]) -> [Diagnostic] {
        guard let first = group.first, first.severity == .error,
            let (_, words) = consequences.first(where: { first.message.contains($0.message) })
        else { return group }
        return group + [Diagnostic(.note, at: first.position, words)]
    }

    /// `diagnostics` with a note at each name that an earlier cell has, but for itself only.
    static func explained(_ diagnostics: [Diagnostic], after cells: [Cell]) -> [Diagnostic] {
        diagnostics.flatMap { diagnostic -> [Diagnostic] in
            guard diagnostic.severity == .error,
                let match = diagnostic.message.wholeMatch(of: /cannot find '(.+)' in scope/),
                let cell = cells.last(where: { CellSource($0.code).namesOfItsOwn.contains(String(match.1)) })
            else { return [diagnostic] }
            let message =
                "`\(match.1)` is known in cell \(cell.number) only, which has it by `guard` or `async let`; "
                + "`let` names a value for all cells"
            return [diagnostic, Diagnostic(.note, at: diagnostic.position, message)]
        }
    }

    private static let consequences: [(message: String, words: String)] = [
        (
            "prevents automatic synthesis of",
            "Swift writes a conformance itself only in the cell that declares the type: move it there, or write it out"
        ),
        (
            "'self.init' isn't called on all paths",
            "in an extension of a structure of another cell, an initializer must call one of the structure's own"
        ),
        (
            "because it is not in module",
            "in an extension of a structure of another cell, an initializer must call one of the structure's own"
        ),
    ]
}

/// A line of the compiler's output that tells something of a place.
private struct Place {
    /// A file, or a name of a module's that is known by its interface alone.
    let file: String
    let position: SourcePosition
    let severity: Diagnostic.Severity
    let message: String

    init?(_ line: Substring) {
        guard let match = line.firstMatch(of: /^(.+?):(\d+):(\d+): (error|warning|note): (.*)$/),
            let severity = Diagnostic.Severity(rawValue: String(match.4)),
            let line = Int(match.2), let column = Int(match.3)
        else { return nil }
        file = String(match.1)
        position = SourcePosition(line: max(1, line - CellSource.firstLine + 1), column: column)
        self.severity = severity
        // What the compiler calls such errors among its own is of no use without its pages about them.
        message = String(match.5).replacing(#/ \[#[A-Za-z-]+\]$/#, with: "")
    }

    /// The diagnostic, where the place is in `name`.
    func diagnostic(in name: String) -> Diagnostic? {
        guard file == name || file.hasSuffix("/" + name) else { return nil }
        return Diagnostic(severity, at: position, message)
    }

    /// The note that belongs to `error`: at its own place, at the declaration in another cell that it names, else at the
    /// error's.
    func note(to error: Diagnostic, file name: String, cells: [Cell]) -> Diagnostic {
        if let note = diagnostic(in: name) { return note }
        if let match = file.wholeMatch(of: /Cell(\d+)\.(.+)/), let number = Int(match.1),
            let cell = cells.first(where: { $0.number == number }),
            let declaration = CellSource(cell.code).declarations.first(where: { $0.isCalled(String(match.2)) })
        {
            return Diagnostic(.note, at: declaration.position, message, cell: number)
        }
        let place = file.contains("/") || message.contains("in module") ? "" : " (\(file))"
        return Diagnostic(.note, at: error.position, message + place)
    }
}
