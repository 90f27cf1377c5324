import CellSyntax
import Foundation
import Notebook
import Wire

/// Explains why a cell stopped, in terms of the cell's own lines.
struct CrashReport {
    let installation: Installation
    let book: Book
    let plan: Plan
    /// The compiled cells that were loaded, each with where it lay in memory.
    let loaded: [(unit: CompiledUnit, base: UInt64)]

    /// A place in a cell's code.
    struct Place: Hashable {
        let cell: Int
        let position: SourcePosition
    }

    /// The diagnostics for `stop` of cell `number`, and its displays without what the Swift runtime printed of it.
    func explain(_ stop: CellEnd.Stop, cell number: Int, displays: [Display]) -> ([Diagnostic], [Display]) {
        if case .halted(let reason) = stop {
            return ([Diagnostic(.note, at: SourcePosition(line: 1), reason)], displays)
        }
        guard case .crashed(let signal, let trace) = stop else {
            let message = stop.message(limits: plan.limits) ?? ""
            return ([Diagnostic(.error, at: SourcePosition(line: 1), message)], displays)
        }
        let (text, displays) = CrashReport.splitFatalError(displays)
        let uncaught = text?.hasPrefix(CrashReport.uncaught) ?? false
        let (places, shared, failure) = symbolize(
            uncaught ? trace?.thrown ?? [] : trace?.crashed ?? [], firstIsInstruction: !uncaught)
        let message =
            stop.message(limits: plan.limits) ?? text ?? failure
            ?? "the process was ended by \(CrashReport.name(of: signal))"
        var diagnostics = diagnostics(message, cell: number, places: places)
        if let shared, let position = diagnostics.first?.position {
            diagnostics.append(Diagnostic(.note, at: position, "it happened in \(shared)"))
        }
        if let hint = SandboxHint(plan: plan, book: book).text(for: message), let position = diagnostics.first?.position
        {
            diagnostics.append(Diagnostic(.note, at: position, hint))
        }
        return (diagnostics, displays)
    }

    private func diagnostics(_ message: String, cell number: Int, places: [Place]) -> [Diagnostic] {
        // A trap inside a function of an earlier cell is told at the line of this cell that called it.
        guard let first = places.first else { return [Diagnostic(.error, at: SourcePosition(line: 1), message)] }
        let here = places.first { $0.cell == number } ?? first
        var diagnostics = [diagnostic(.error, here, message, in: number)]
        for place in places.prefix(CrashReport.shownFrames) where place != here {
            let function = function(at: place).map { "in `\($0)`" }
            let words =
                place == first
                ? function.map { "it happened \($0)" } ?? "it happened here"
                : function.map { "called from here, \($0)" } ?? "called from here"
            diagnostics.append(diagnostic(.note, place, words, in: number))
        }
        return diagnostics
    }

    /// How many calls a message lists: a full stack has thousands.
    private static let shownFrames = 12

    private func diagnostic(_ severity: Diagnostic.Severity, _ place: Place, _ message: String, in cell: Int)
        -> Diagnostic
    {
        Diagnostic(severity, at: place.position, message, cell: place.cell == cell ? nil : place.cell)
    }

    private func function(at place: Place) -> String? {
        let unit = loaded.first { $0.unit.unit.number == place.cell }?.unit.unit
        return unit?.cell.flatMap { CellSource($0.code).function(at: place.position) }
    }

    /// Takes the Swift runtime's last words off the end of the printed text.
    private static func splitFatalError(_ displays: [Display]) -> (String?, [Display]) {
        guard case .text(let text) = displays.last else { return (nil, displays) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let lastWords = /Fatal error|Precondition failed|Assertion failed/
        guard let index = lines.lastIndex(where: { $0.contains(lastWords) }),
            let found = lines[index].firstRange(of: lastWords)
        else { return (nil, displays) }
        // A message may have several lines; addresses follow, which say nothing of the cell.
        let said =
            [lines[index][found.upperBound...].drop { $0 == ":" || $0 == " " }]
            + lines[(index + 1)...].prefix { $0 != "Current stack trace:" }
        let words = said.joined(separator: "\n").trimmingCharacters(in: .newlines)
        // What was printed without a line ending stands before the runtime's own `file:line:`.
        let before = lines[index][..<found.lowerBound].replacing(/[^ ]*:\d+: $/, with: "")
        let kind = lines[index][found].lowercased()
        lines = Array(lines[..<index]) + (before.isEmpty ? [] : [Substring(before)])
        let rest = lines.isEmpty ? "" : lines.joined(separator: "\n") + (before.isEmpty ? "\n" : "")
        let raised = "Error raised at top level: "
        let message =
            words.hasPrefix(raised)
            ? uncaught + words.dropFirst(raised.count)
            : kind == "fatal error" ? words : kind + (words.isEmpty ? "" : ": " + words)
        return (message.isEmpty ? kind : message, displays.dropLast() + (rest.isEmpty ? [] : [.text(rest)]))
    }

    private static let uncaught = "uncaught error: "

    private static func name(of signal: Int32) -> String {
        switch signal {
        case SIGILL, SIGTRAP: "a trap: a precondition of Swift or of the code did not hold"
        case SIGSEGV: "SIGSEGV: it used memory that is not its own, or its stack was full"
        case SIGBUS: "SIGBUS: it used memory that is not there"
        case SIGFPE: "SIGFPE: an arithmetic error"
        case SIGABRT: "SIGABRT: it called abort()"
        case SIGKILL: "SIGKILL: it was killed, or the memory was full"
        case SIGSTOP: "SIGSTOP: it stopped itself"
        default: "signal \(signal)"
        }
    }

    /// The places in cells that `addresses` stand for, innermost first; the place in the book's shared code that is further in
    /// than any of them; and the failed check that the compiler noted at the innermost.
    private func symbolize(
        _ addresses: [UInt64], firstIsInstruction: Bool
    ) -> (places: [Place], shared: String?, failure: String?) {
        let offsets = addresses.enumerated().compactMap { index, address -> (library: String, offset: UInt64)? in
            // A return address is one past the call.
            let back: UInt64 = index == 0 && firstIsInstruction ? 0 : 1
            guard let owner = loaded.filter({ $0.base <= address }).max(by: { $0.base < $1.base }),
                case let offset = address - owner.base, (back..<1 << 28).contains(offset)
            else { return nil }
            return (owner.unit.library, offset - back)
        }
        let answers = Dictionary(grouping: offsets, by: \.library).mapValues { group in
            frames(in: group[0].library, at: Array(Set(group.map(\.offset))))
        }
        let calls = offsets.flatMap { answers[$0.library]?[$0.offset] ?? [] }
        let mark = "Swift runtime failure: "
        let failure = calls.first { $0.FunctionName.hasPrefix(mark) }?.FunctionName.dropFirst(mark.count)
        var places: [Place] = []
        for place in calls.compactMap(place(of:)) where !places.contains(place) { places.append(place) }
        let files = plan.shared.flatMap { $0.files.map(\.path) }
        let shared = calls.prefix { place(of: $0) == nil }.lazy.compactMap { call in
            files.first { call.FileName == $0 || call.FileName.hasSuffix("/" + $0) }.map { "\($0):\(call.Line)" }
        }.first
        return (places, shared, failure.map(String.init))
    }

    private func place(of frame: Symbolized.Frame) -> Place? {
        guard frame.Line > 0, let cell = CompilationUnit.number(ofFile: frame.FileName) else { return nil }
        let unit = loaded.first { $0.unit.unit.number == cell }?.unit.unit
        let places = unit?.places ?? SourceMap()
        return Place(cell: cell, position: places.position(line: frame.Line, column: frame.Column))
    }

    /// The calls at each of `offsets` in a library, inlined ones included, innermost first.
    private func frames(in library: String, at offsets: [UInt64]) -> [UInt64: [Symbolized.Frame]] {
        let arguments =
            ["--output-style=JSON", "--inlines", "--obj=" + library] + offsets.map { "0x" + String($0, radix: 16) }
        let tools = ToolRun(
            installation: installation,
            bounds: BuildBounds(limits: Limits(), landlock: KernelConditions.asked.landlock),
            time: TimeBudget(ofNotebook: BuildBounds.leastTime))
        let folder = (library as NSString).deletingLastPathComponent
        guard let output = try? tools.run(installation.symbolizer, arguments, reading: [folder]).output,
            let answers = try? JSONDecoder().decode([Symbolized].self, from: Data(output.utf8))
        else { return [:] }
        return Dictionary(zip(offsets, answers.map(\.Symbol)), uniquingKeysWith: { first, _ in first })
    }
}

/// What `llvm-symbolizer` answers for an address; the names are its own.
private struct Symbolized: Decodable {
    struct Frame: Decodable {
        let FileName: String
        let FunctionName: String
        let Line: Int
        let Column: Int
    }

    let Symbol: [Frame]
}
