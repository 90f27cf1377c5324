import CellSyntax
import Foundation
import Notebook
import Wire

/// Explains why a cell stopped, in terms of the cell's own lines.
struct CrashReport {
    let installation: Installation
    /// The compiled cells that were loaded, each with where it lay in memory.
    let loaded: [(unit: CompiledUnit, base: UInt64)]

    /// A place in a cell's code.
    struct Place: Hashable {
        let cell: Int
        let position: SourcePosition
    }

    /// The diagnostics for `stop` of cell `number`, and its displays without what the Swift runtime printed of it.
    func explain(_ stop: CellEnd.Stop, cell number: Int, displays: [Display]) -> ([Diagnostic], [Display]) {
        switch stop {
        case .unloadable(let reason):
            return ([Diagnostic(.error, at: SourcePosition(line: 1), "the cell cannot be loaded: \(reason)")], displays)
        case .halted(let reason):
            return ([Diagnostic(.note, at: SourcePosition(line: 1), reason)], displays)
        case .timedOut(let seconds):
            let limit = seconds.formatted(.number.precision(.fractionLength(0...1)))
            let message = "the cell ran longer than its limit of \(limit) s; `//| timeout: …` changes that"
            return ([Diagnostic(.error, at: SourcePosition(line: 1), message)], displays)
        case .exited(let status):
            let message = "the cell ended the notebook's process, by exit(\(status)) or the like"
            return ([Diagnostic(.error, at: SourcePosition(line: 1), message)], displays)
        case .crashed(let signal, let trace):
            let (text, displays) = CrashReport.splitFatalError(displays)
            let uncaught = text?.hasPrefix(CrashReport.uncaught) ?? false
            let (places, failure) = symbolize(
                uncaught ? trace?.thrown ?? [] : trace?.crashed ?? [], firstIsInstruction: !uncaught)
            let message = text ?? failure ?? "the process was ended by \(CrashReport.name(of: signal))"
            return (diagnostics(message, cell: number, places: places), displays)
        }
    }

    private func diagnostics(_ message: String, cell number: Int, places: [Place]) -> [Diagnostic] {
        guard let first = places.first else { return [Diagnostic(.error, at: SourcePosition(line: 1), message)] }
        // A trap inside a function of an earlier cell is told at the line of this cell that called it.
        let here = places.first { $0.cell == number } ?? first
        var diagnostics = [Diagnostic(.error, at: here.position, message)]
        for place in places where place.cell == number && place != here {
            diagnostics.append(Diagnostic(.note, at: place.position, "called from here"))
        }
        return diagnostics
    }

    /// Takes the Swift runtime's last words off the end of the printed text.
    private static func splitFatalError(_ displays: [Display]) -> (String?, [Display]) {
        guard case .text(let text) = displays.last else { return (nil, displays) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let failure = /Fatal error|Precondition failed|Assertion failed/
        guard let index = lines.lastIndex(where: { $0.contains(failure) }),
            let found = lines[index].firstRange(of: failure)
        else { return (nil, displays) }
        let kind = lines[index][found]
        let words = lines[index][found.upperBound...].drop { $0 == ":" || $0 == " " }
        // What was printed without a line ending stands before the runtime's own `file:line:`.
        let before = lines[index][..<found.lowerBound].replacing(/[^ ]*:\d+: $/, with: "")
        lines = Array(lines[..<index]) + (before.isEmpty ? [] : [Substring(before)])
        let rest = lines.isEmpty ? "" : lines.joined(separator: "\n") + (before.isEmpty ? "\n" : "")
        let raised = "Error raised at top level: "
        let message =
            words.hasPrefix(raised)
            ? uncaught + words.dropFirst(raised.count).replacing(/\bCell\d+\./, with: "")
            : kind == "Fatal error" ? String(words) : kind.lowercased() + (words.isEmpty ? "" : ": \(words)")
        return (message.isEmpty ? "fatal error" : message, displays.dropLast() + (rest.isEmpty ? [] : [.text(rest)]))
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
        default: "signal \(signal)"
        }
    }

    /// The places in cells that `addresses` stand for, innermost first, and the failed check that the compiler
    /// noted at the innermost.
    private func symbolize(_ addresses: [UInt64], firstIsInstruction: Bool) -> ([Place], String?) {
        var places: [Place] = []
        var failure: String?
        for (index, address) in addresses.enumerated() {
            guard let owner = loaded.filter({ $0.base <= address }).max(by: { $0.base < $1.base }),
                address - owner.base < 1 << 28
            else { continue }
            // A return address is one past the call.
            let offset = address - owner.base - (index == 0 && firstIsInstruction ? 0 : 1)
            let arguments = [
                "--output-style=JSON", "--inlines", "--obj=\(owner.unit.library)", "0x" + String(offset, radix: 16),
            ]
            guard let (_, output) = try? run(installation.symbolizer, arguments),
                let answer = try? JSONDecoder().decode([Symbolized].self, from: Data(output.utf8))
            else { continue }
            for frame in answer.flatMap(\.Symbol) {
                let mark = "Swift runtime failure: "
                if failure == nil, frame.FunctionName.hasPrefix(mark) {
                    failure = String(frame.FunctionName.dropFirst(mark.count))
                }
                if let place = frame.place, !places.contains(place) { places.append(place) }
            }
        }
        return (places, failure)
    }
}

/// What `llvm-symbolizer` answers for an address; the names are its own.
private struct Symbolized: Decodable {
    struct Frame: Decodable {
        let FileName: String
        let FunctionName: String
        let Line: Int
        let Column: Int

        var place: CrashReport.Place? {
            guard Line > 0, let match = FileName.firstMatch(of: /(?:^|\/)cell-(\d+)$/), let cell = Int(match.1) else {
                return nil
            }
            let line = max(1, Line - CellSource.firstLine + 1)
            return CrashReport.Place(cell: cell, position: SourcePosition(line: line, column: max(1, Column)))
        }
    }

    let Symbol: [Frame]
}
