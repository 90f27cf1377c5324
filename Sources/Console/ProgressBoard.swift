import Foundation
import Synchronization

/// The terminal's lines about the notebooks that are being rendered: one for each at work, with the time that has passed,
/// and one that counts those that are done.
package final class ProgressBoard: Sendable {
    /// The line of one notebook.
    package final class Line: Sendable {
        private let name: String
        private let began = ContinuousClock.now
        private let text = Mutex("")
        private let remove: @Sendable (Line) -> Void

        fileprivate init(_ name: String, remove: @escaping @Sendable (Line) -> Void) {
            self.name = name
            self.remove = remove
        }

        package func show(_ text: String) { self.text.withLock { $0 = text } }

        /// Takes the line away.
        package func end() { remove(self) }

        fileprivate var shown: String {
            let seconds = (ContinuousClock.now - began).components.seconds
            let time = "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
            return "\(time)  \(name)  \(text.withLock { $0 })"
        }
    }

    private struct State {
        var lines: [Line] = []
        var done = 0
    }

    private let total: Int
    private let state = Mutex(State())
    private let ticking: Mutex<Task<Void, Never>?> = Mutex(nil)

    /// - Parameter total: how many notebooks there are to render.
    package init(total: Int) {
        self.total = total
        guard Terminal.isInteractive, total > 0 else { return }
        let task = Task { [self] in
            while !Task.isCancelled {
                Terminal.showProgress(shown)
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
        ticking.withLock { $0 = task }
    }

    /// Shows that work on a notebook has begun.
    package func begin(_ name: String) -> Line {
        let line = Line(name) { [self] line in
            state.withLock { state in
                state.lines.removeAll { $0 === line }
                state.done += 1
            }
        }
        state.withLock { $0.lines.append(line) }
        return line
    }

    package func end() {
        ticking.withLock { $0?.cancel() }
        Terminal.clearProgress()
    }

    private var shown: [String] {
        state.withLock { state in
            let count = total > 1 ? ["\(state.done) of \(total) notebooks done"] : []
            return state.lines.map(\.shown) + count
        }
    }
}
