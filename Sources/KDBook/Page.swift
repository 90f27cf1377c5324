import Foundation
import Wire

/// Where what a cell shows goes: to the engine when a kernel runs the cell, to standard output when the
/// cell is part of an ordinary program.
///
/// Not checked: its lock guards what changes, but for `owner`, which changes only in a new copy of the process, of one thread.
final class Page: @unchecked Sendable {
    static let current = Page()

    private let lock = NSLock()
    private var connection: EngineConnection?
    private var marks = 0
    /// The process that may show: a cell may have made copies of it.
    private var owner = getpid()
    private var outputLimit = Int.max
    /// Stands for the code that runs: the cell's, and all that it depends on.
    private var key = ""

    var code: String { lock.withLock { key } }

    func begin(code: String) { lock.withLock { key = code } }

    /// Sends what follows to the engine.
    func connect(to connection: EngineConnection, outputLimit: Int) {
        lock.withLock {
            self.connection = connection
            self.outputLimit = outputLimit
        }
    }

    /// Has this process, a copy of the kernel, show in its place.
    func takeOver() { lock.withLock { owner = getpid() } }

    /// Ends this process if it is a copy that a cell made of the kernel: the cell's end is not its own.
    func endIfStray() {
        if owner != getpid() { _exit(0) }
    }

    func show(_ displayed: Displayed) {
        guard owner == getpid() else {
            fatalError("a process that a cell forks cannot show anything: print, or show in the cell itself")
        }
        lock.withLock {
            guard let connection else { return print(plainText(displayed)) }
            let display = content(of: displayed, connection: connection)
            let isCut = display.textSize > outputLimit
            let shown = isCut ? display.bounded(to: outputLimit) : display
            sendMarked { connection.send(.shown(shown, isCut: isCut, mark: $0)) }
        }
    }

    func progress(_ text: String) {
        lock.withLock { connection?.send(.progress(text)) }
    }

    /// Ends the notebook here, its part of the work done.
    func halt(_ reason: String) -> Never {
        lock.withLock {
            fflush(nil)
            guard let connection else {
                print(reason)
                exit(0)
            }
            connection.send(.halted(reason))
            _exit(0)
        }
    }

    func endCell(_ cell: Int) {
        lock.withLock { sendMarked { connection?.send(.ended(cell: cell, mark: $0)) } }
    }

    func breakRule(_ rule: KernelRule) { lock.withLock { connection?.send(.broke(rule: rule)) } }

    func copyEnded(signal: Int32?, status: Int32) {
        lock.withLock {
            sendMarked { connection?.send(.copyEnded(signal: signal, status: status, mark: $0)) }
        }
    }

    private func sendMarked(_ send: (Int) -> Void) {
        marks += 1
        connection?.mark(marks)
        send(marks)
    }

    private func content(of displayed: Displayed, connection: EngineConnection) -> Display {
        switch displayed {
        case .text(let text): return .value(text)
        case .table(let table): return .table(table.content)
        case .frame(let frame): return .frame(frame.content)
        case .html(let markup): return .html(markup)
        case .claim(let claim): return .claim(claim)
        case .figure(let figure):
            do {
                return .figure(try connection.send(figure))
            } catch {
                fatalError("the figure cannot be drawn: \(error)")
            }
        }
    }

    private func plainText(_ displayed: Displayed) -> String {
        switch displayed {
        case .text(let text): text
        case .table(let table): table.description
        case .frame(let frame): frame.description
        case .html(let markup): markup
        case .claim(let claim): claim.plainText
        case .figure(let figure): "[figure: \(figure.alternativeText)]"
        }
    }
}
