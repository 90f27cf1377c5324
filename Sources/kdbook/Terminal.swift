import Foundation
import Synchronization

/// What is said on the terminal: results on standard output, complaints and progress on standard error.
enum Terminal {
    private struct Progress {
        var text = ""
        var shown = false
    }

    private static let progress = Mutex(Progress())

    /// Whether standard error is a terminal that can rewrite a line.
    static let isInteractive = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    private static let hasColour = colours(STDERR_FILENO)

    /// Whether what is written to `descriptor` may be in colour: it is a terminal, and its user has not said no.
    static func colours(_ descriptor: Int32) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(descriptor) == 1 && environment["TERM"] != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Says a result, on a line of its own.
    static func say(_ text: String) {
        clearProgress()
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Says what is wrong, on a line of its own.
    static func complain(_ text: String) {
        clearProgress()
        let coloured =
            hasColour
            ? text.replacing("error:", with: "\u{1B}[1;31merror:\u{1B}[0m")
                .replacing("warning:", with: "\u{1B}[1;33mwarning:\u{1B}[0m") : text
        write(coloured + "\n")
    }

    /// Shows how far the work is, on one line that the next call rewrites; nothing where no terminal is.
    static func showProgress(_ text: String) {
        guard isInteractive else { return }
        progress.withLock { progress in
            let line = String(text.prefix(columns - 1))
            guard !progress.shown || progress.text != line else { return }
            write("\r\u{1B}[K" + line)
            progress = Progress(text: line, shown: true)
        }
    }

    /// Takes the progress line away.
    static func clearProgress() {
        progress.withLock { progress in
            if progress.shown { write("\r\u{1B}[K") }
            progress.shown = false
        }
    }

    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 10 else { return 80 }
        return Int(size.ws_col)
    }

    private static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
