import CellSyntax
import Notebook

/// What the compiler says of a unit, read.
struct CompilerOutput {
    private let unit: CompilationUnit
    /// The cells whose declarations notes may name.
    private let cells: [Cell]
    /// The modules of the book's own that it may import.
    private let modules: [SharedModule]

    init(_ unit: CompilationUnit, after cells: [Cell], modules: [SharedModule] = []) {
        self.unit = unit
        self.cells = cells
        self.modules = modules
    }

    /// The diagnostics in `output` that are placed in the unit, in the order of their places, each with the notes that
    /// belong to it.
    func diagnostics(in output: String) -> [Diagnostic] {
        var groups: [[Diagnostic]] = []
        var isTaken = false
        for line in output.split(separator: "\n") {
            guard let place = Place(line, unit.places) else { continue }
            if place.severity == .note {
                guard isTaken, let last = groups.indices.last else { continue }
                let note = place.note(to: groups[last][0], file: unit.fileName, cells: cells)
                if !groups[last].contains(note) { groups[last].append(note) }
                continue
            }
            let diagnostic = place.diagnostic(in: unit.fileName).flatMap { Self.isOurs($0.message) ? nil : $0 }
            isTaken = diagnostic.map { new in !groups.contains { $0.first == new } } ?? false
            if let diagnostic, isTaken { groups.append([diagnostic]) }
        }
        let ordered = groups.enumerated().sorted {
            ($0.element[0].position, $0.offset) < ($1.element[0].position, $1.offset)
        }
        let boundary = CellBoundary(before: cells, behind: unit.later, modules: modules)
        return ordered.flatMap { boundary.explained($0.element) }
    }

    /// What a compiler that broke down said first of why, without the names of files.
    static func gist(of output: String) -> String {
        let lines = output.split(separator: "\n")
        let line =
            lines.first { $0.contains("Assertion failed") } ?? lines.first { $0.contains("error:") } ?? lines.first
        return (line ?? "it said nothing").split(separator: " ").filter { !$0.contains("/") }.joined(separator: " ")
    }

    /// A warning about what was said of the cell's declarations, not by its author: see `CellSource.module`.
    private static func isOurs(_ message: String) -> Bool {
        message.hasPrefix("'nonisolated(unsafe)' is unnecessary") || message.hasPrefix("'nonisolated(unsafe)' has no")
            || message.contains("to protocol 'Sendable' was already stated in the type's module")
    }
}

/// A line of the compiler's output that tells something of a place.
private struct Place {
    /// A file, or a name of a module's that is known by its interface alone.
    let file: String
    let position: SourcePosition
    let severity: Diagnostic.Severity
    let message: String

    init?(_ line: Substring, _ places: SourceMap) {
        guard let match = line.firstMatch(of: /^(.+?):(\d+):(\d+): (error|warning|note): (.*)$/),
            let severity = Diagnostic.Severity(rawValue: String(match.4)),
            let line = Int(match.2), let column = Int(match.3)
        else { return nil }
        file = String(match.1)
        position = places.position(line: line, column: column)
        self.severity = severity
        // What the compiler calls such errors among its own is of no use without its pages about them.
        message = String(match.5).replacing(#/ \[#[A-Za-z-]+\]$/#, with: "")
            // The author said nothing of packages.
            .replacing(" cannot be declared package because", with: " must be declared fileprivate because")
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
