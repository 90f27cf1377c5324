import Foundation
import Notebook
import Wire

/// How a cell's run ended.
enum CellEnd: Sendable {
    case finished
    case stopped(Stop)

    /// Why a cell did not come to its end.
    enum Stop: Sendable {
        /// A signal ended the process.
        case crashed(signal: Int32, CrashTrace?)
        case exited(status: Int32)
        case timedOut(seconds: Double)
        case unloadable(reason: String)
        /// The notebook ended itself on purpose, its part of an experiment done.
        case halted(reason: String)

        var isTimeout: Bool { if case .timedOut = self { true } else { false } }
    }
}

/// Where a process was when a signal ended it.
struct CrashTrace: Sendable {
    /// Where the last error was thrown: return addresses, innermost first.
    var thrown: [UInt64]
    /// Where the signal came: the instruction's address, then return addresses.
    var crashed: [UInt64] = []
}

/// A process that runs a notebook's cells, one after another, in one memory.
final class Kernel: @unchecked Sendable {
    private let process: ChildProcess
    private let nonce: String
    private var commands: Pipe
    private var events: Pipe
    private var output: Pipe
    private var eventBytes: [UInt8] = []
    private var outputBytes: [UInt8] = []
    private var crash: CrashTrace?
    /// Where each cell's library lies in the process's memory.
    private(set) var loadAddresses: [Int: UInt64] = [:]

    /// What a cell may print before the rest is cut, in bytes.
    static let outputLimit = 1_000_000

    /// Starts a kernel in the book's folder.
    ///
    /// - Parameters:
    ///   - conditions: what it finds around it.
    ///   - share: what says how many threads it may compute with.
    ///   - figures: where its pictures go.
    ///   - scratch: its home, for what it writes.
    init(
        _ installation: Installation, book: Book, conditions: KernelConditions, share: ThreadShare?, figures: String,
        scratch: String
    ) throws(EngineError) {
        nonce = String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
        commands = try Pipe()
        events = try Pipe()
        output = try Pipe()
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let input = fcntl(null, F_DUPFD_CLOEXEC, 64)
        close(null)
        defer { close(input) }
        let environment = conditions.environment(home: scratch).merging([
            KernelEnvironment.nonce: nonce, KernelEnvironment.figures: figures,
            KernelEnvironment.folder: conditions.folder ?? book.root,
            KernelEnvironment.threads: share == nil ? "" : String(KernelDescriptor.threads),
        ]) { $1 }
        process = try ChildProcess(
            installation.kernel, arguments: [], environment: environment,
            descriptors: [
                (input, 0), (output.writeEnd, 1), (output.writeEnd, 2), (events.writeEnd, KernelDescriptor.events),
                (commands.readEnd, KernelDescriptor.commands),
            ] + (share.map { [($0.descriptor, KernelDescriptor.threads)] } ?? []))
        events.closeWriteEnd()
        output.closeWriteEnd()
        // Writing to a kernel that has died must be an error, not our end.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Runs a compiled cell to its end.
    ///
    /// - Parameters:
    ///   - cell: the cell's number; 0 for the notebook's constants.
    ///   - alone: whether it runs in a copy of the process, whose end does not touch the process.
    ///   - timeout: how long it may take, in seconds.
    ///   - report: takes what the cell says of its progress.
    /// - Returns: how it ended and what it showed until then.
    func run(
        cell: Int, library: String, alone: Bool, timeout: Double, report: (String) -> Void
    ) -> (end: CellEnd, shown: DisplayList) {
        var displays = DisplayList(limit: Kernel.outputLimit)
        var finished = false
        send(.run(cell: cell, library: library, alone: alone))
        let deadline = ContinuousClock.now + .seconds(timeout)
        while true {
            guard let line = nextEventLine(until: deadline, keeping: &displays) else {
                let stop = finish(timedOut: ContinuousClock.now >= deadline ? timeout : nil)
                displays.append(text: outputBytes)
                outputBytes = []
                return (.stopped(stop), displays)
            }
            switch line {
            case .loaded(let cell, let base): loadAddresses[cell] = base
            case .warned(let warning): displays.warnings.append(warning)
            case .progress(let text): report(text)
            case .unloadable(_, let reason): return (.stopped(.unloadable(reason: reason)), displays)
            case .halted(let reason): return (.stopped(.halted(reason: reason)), displays)
            case .shown(let display, let mark):
                takeOutput(upTo: mark, into: &displays)
                displays.append(display)
            case .ended(_, let mark):
                takeOutput(upTo: mark, into: &displays)
                finished = true
                if !alone { return (.finished, displays) }
            case .copyEnded(let signal, let status, let mark):
                takeOutput(upTo: mark, into: &displays)
                return (finished ? .finished : .stopped(stop(signal: signal, status: status)), displays)
            }
        }
    }

    /// Forgets where a cell lay that is no longer there.
    func forget(cell: Int) { loadAddresses[cell] = nil }

    /// Ends the process.
    func end() {
        send(.finish)
        process.end()
        _ = process.wait()
    }

    private func send(_ command: KernelCommand) {
        guard let line = try? JSONEncoder().encode(command) else { return }
        (line + [UInt8(ascii: "\n")]).withUnsafeBytes { _ = write(commands.writeEnd, $0.baseAddress, $0.count) }
    }

    /// The next event; `nil` when the process has closed its pipe or the deadline has come.
    private func nextEventLine(until deadline: ContinuousClock.Instant, keeping displays: inout DisplayList)
        -> KernelEvent?
    {
        while true {
            while let end = eventBytes.firstIndex(of: UInt8(ascii: "\n")) {
                let line = eventBytes[..<end]
                eventBytes.removeSubrange(...end)
                if let event = decoded(line) { return event }
            }
            let left = deadline - ContinuousClock.now
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
            guard left > .zero else { return nil }
            var waiting = [
                pollfd(fd: events.readEnd, events: Int16(POLLIN), revents: 0),
                pollfd(fd: output.readEnd, events: Int16(POLLIN), revents: 0),
            ]
            poll(&waiting, 2, Int32(clamping: milliseconds + 1))
            if waiting[1].revents & Int16(POLLIN) != 0 {
                outputBytes += readAvailable(output.readEnd)
                displays.trim(&outputBytes)
            }
            if waiting[0].revents != 0 {
                let bytes = readAvailable(events.readEnd)
                guard !bytes.isEmpty else { return nil }
                eventBytes += bytes
            }
        }
    }

    private func decoded(_ line: ArraySlice<UInt8>) -> KernelEvent? {
        if let event = try? JSONDecoder().decode(KernelEvent.self, from: Data(line)) { return event }
        let text = String(decoding: line, as: UTF8.self)
        let words = text.split(separator: " ")
        let addresses = words.dropFirst().compactMap { UInt64($0, radix: 16) }
        switch words.first {
        case CrashLine.thrown?: crash = CrashTrace(thrown: addresses)
        // The first number is the signal, which the process's end tells as well.
        case CrashLine.crash?: crash?.crashed = Array(addresses.dropFirst())
        default: break
        }
        return nil
    }

    /// Moves what was printed before mark `number` to the displays.
    private func takeOutput(upTo number: Int, into displays: inout DisplayList) {
        let mark = OutputMark.bytes(nonce: nonce, number: number)
        while true {
            if let range = outputBytes.firstRange(of: mark) {
                displays.append(text: outputBytes[..<range.lowerBound])
                outputBytes.removeSubrange(..<range.upperBound)
                return
            }
            displays.trim(&outputBytes)
            let bytes = readAvailable(output.readEnd)
            guard !bytes.isEmpty else { return }
            outputBytes += bytes
        }
    }

    /// Ends a process that will not go on, and says why it did not.
    private func finish(timedOut: Double?) -> CellEnd.Stop {
        if timedOut != nil { process.end() }
        let end = process.wait()
        drain()
        if let timedOut { return .timedOut(seconds: timedOut) }
        switch end {
        case .exited(let status): return stop(signal: nil, status: status)
        case .signalled(let signal): return stop(signal: signal, status: 0)
        }
    }

    private func stop(signal: Int32?, status: Int32) -> CellEnd.Stop {
        defer { crash = nil }
        return signal.map { .crashed(signal: $0, crash) } ?? .exited(status: status)
    }

    private func drain() {
        for descriptor in [events.readEnd, output.readEnd] {
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            while case let bytes = readAvailable(descriptor), !bytes.isEmpty {
                if descriptor == output.readEnd { outputBytes += bytes } else { eventBytes += bytes }
            }
        }
        while let end = eventBytes.firstIndex(of: UInt8(ascii: "\n")) {
            _ = decoded(eventBytes[..<end])
            eventBytes.removeSubrange(...end)
        }
    }
}

/// What a cell shows, in order, its printed text bounded.
struct DisplayList {
    private(set) var displays: [Display] = []
    /// What is not as a reader would want it, such as a character that no font has.
    var warnings: [String] = []
    private var left: Int

    init(limit: Int) { left = limit }

    mutating func append(_ display: Display) { displays.append(display) }

    mutating func append(text bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty, left > 0 else { return }
        var text = String(decoding: bytes.prefix(left), as: UTF8.self)
        left -= bytes.count
        if left <= 0 { text += "\n… output cut here: a cell may print \(Kernel.outputLimit) bytes\n" }
        if case .text(let before) = displays.last {
            displays[displays.count - 1] = .text(before + text)
        } else {
            displays.append(.text(text))
        }
    }

    /// Keeps what waits to be placed from growing without bound: its tail may hold a mark, the rest beyond the
    /// limit will be cut anyway.
    func trim(_ bytes: inout [UInt8]) {
        let margin = 1 << 17
        let keep = max(left, 0) + margin
        if bytes.count > keep + margin { bytes.removeSubrange(keep..<bytes.count - margin) }
    }
}
