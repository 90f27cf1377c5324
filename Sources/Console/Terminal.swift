import Foundation
import Notebook
import Synchronization

/// What is said on the terminal: results on standard output, complaints and progress on standard error.
package enum Terminal {
    private static let state = Mutex(State())

    private struct State {
        /// The lines of progress that stand at the terminal's end.
        var progress: [String] = []
        var isEnded = false
    }

    /// Whether results are left unsaid.
    private static let isQuiet = Atomic(false)

    /// Has only what is wrong be said from now on.
    package static func beQuiet() { isQuiet.store(true, ordering: .relaxed) }

    /// Whether standard error is a terminal that can rewrite a line.
    static let isInteractive = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    private static let hasColour = colours(STDERR_FILENO)

    /// Whether what is written to `descriptor` may be in colour: it is a terminal, and its user has not said no.
    static func colours(_ descriptor: Int32) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(descriptor) == 1 && environment["TERM"] != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Says a result, on a line of its own.
    package static func say(_ text: String) { tell([.result(text)]) }

    /// Says a result in colour, on a line of its own.
    package static func say(_ text: TerminalText) {
        guard !isQuiet.load(ordering: .relaxed) else { return }
        state.withLock { state in
            clear(&state)
            StandardStream.output.write(text.written(inColour: colours(STDOUT_FILENO)) + "\n")
        }
    }

    /// Hands out what was asked for, such as code or JSON, to the letter; on a terminal with every character to be seen.
    package static func give(_ text: String) {
        let isShown = isatty(STDOUT_FILENO) == 1
        StandardStream.output.write(isShown ? VisibleText(text).description : text)
    }

    /// Says what is wrong, on a line of its own.
    package static func complain(_ text: String) { tell([.complaint(text)]) }

    /// Warns of what holds for the whole command, the first time that it is said.
    package static func warnOnce(_ text: String) {
        if warned.withLock({ $0.insert(text).inserted }) { complain("kdbook: warning: " + text) }
    }

    private static let warned = Mutex<Set<String>>([])

    /// Says all that is to be said of a notebook, with nothing of another between.
    package static func tell(_ report: Report) { tell(report.lines) }

    private static func tell(_ lines: [Report.Line]) {
        state.withLock { state in
            clear(&state)
            for line in lines {
                switch line {
                case .result(let text):
                    guard !isQuiet.load(ordering: .relaxed) else { continue }
                    StandardStream.output.write(TerminalText(text).written(inColour: false) + "\n")
                case .complaint(let text):
                    StandardStream.errors.write(TerminalText.complaint(text).written(inColour: hasColour) + "\n")
                }
            }
        }
    }

    /// Shows how far the work is, on lines that the next call rewrites; nothing where no terminal is.
    package static func showProgress(_ lines: [String]) {
        guard isInteractive, !isQuiet.load(ordering: .relaxed) else { return }
        let (rows, columns) = size
        let lines = lines.suffix(rows - 1).map {
            String(VisibleText(PrintedText($0).text, keepingLines: false).description.prefix(columns - 1))
        }
        state.withLock { state in
            guard lines != state.progress, !state.isEnded else { return }
            clear(&state)
            StandardStream.errors.write(lines.joined(separator: "\n"))
            state.progress = lines
        }
    }

    /// Takes the lines of progress away.
    package static func clearProgress() { state.withLock { clear(&$0) } }

    /// Takes the lines of progress away for good.
    package static func endProgress() {
        state.withLock { state in
            clear(&state)
            state.isEnded = true
        }
    }

    private static func clear(_ state: inout State) {
        guard !state.progress.isEmpty else { return }
        let up = state.progress.count > 1 ? "\u{1B}[\(state.progress.count - 1)A" : ""
        StandardStream.errors.write("\r" + up + "\u{1B}[J")
        state.progress = []
    }

    private static var size: (rows: Int, columns: Int) {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 10, size.ws_row > 1 else {
            return (24, 80)
        }
        return (Int(size.ws_row), Int(size.ws_col))
    }
}
