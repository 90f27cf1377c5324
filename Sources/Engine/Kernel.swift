import Foundation
import Notebook
import Wire

/// A process that runs a notebook's cells, one after another, in one memory.
final class Kernel: @unchecked Sendable {
    private let process: ChildProcess
    private let nonce: String
    private let limits: Limits
    private let figures: String
    private var commands: Pipe
    private var events: Pipe
    private var output: Pipe
    private var lines = LineBuffer()
    private var outputBytes: [UInt8] = []
    private var pictures: Set<String> = []
    private var pictureBytes = 0
    private var crash = CrashTrace()
    private var excess: CellEnd.Excess?
    private var ending: ProcessEnd?
    /// Where each cell's library lies in the process's memory.
    private(set) var loadAddresses: [Int: UInt64] = [:]
    /// What the process says of itself, once it is ready.
    private(set) var state: KernelState?

    /// The pictures that a notebook may draw, in bytes.
    private static let mostPictureBytes = 1 << 30

    /// Starts a kernel in the book's folder.
    ///
    /// - Parameters:
    ///   - conditions: what it finds around it.
    ///   - share: what says how many threads it may compute with.
    ///   - limits: what it and all it starts may use.
    ///   - reach: what it may reach; all that the user may where it is `nil`.
    ///   - figures: where its pictures are stored.
    ///   - scratch: its home, for what it writes; goes with it.
    init(
        _ installation: Installation, book: Book, conditions: KernelConditions, share: ThreadShare?, limits: Limits,
        reach: Reach?, figures: String, scratch: String
    ) throws(EngineError) {
        nonce = String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
        self.limits = limits
        self.figures = figures
        commands = try Pipe()
        events = try Pipe()
        output = try Pipe()
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let input = fcntl(null, F_DUPFD_CLOEXEC, 64)
        close(null)
        defer { close(input) }
        let bounds = [limits.memory, limits.file, limits.processes, reach?.landlock ?? 0]
        let environment = conditions.environment(home: scratch).merging([
            KernelEnvironment.nonce: nonce, KernelEnvironment.folder: conditions.folder ?? book.root,
            KernelEnvironment.bounds: bounds.map { String($0) }.joined(separator: " "),
            KernelEnvironment.threads: share == nil ? "" : String(KernelDescriptor.threads),
        ]) { $1 }
        process = try ChildProcess(
            installation.kernel, arguments: [], environment: environment,
            descriptors: [
                (input, 0), (output.writeEnd, 1), (output.writeEnd, 2), (events.writeEnd, KernelDescriptor.events),
                (commands.readEnd, KernelDescriptor.commands),
            ] + (share.map { [($0.descriptor, KernelDescriptor.threads)] } ?? []), isSupervisor: true)
        events.closeWriteEnd()
        output.closeWriteEnd()
        // Writing to a kernel that has died must be an error, not our end.
        signal(SIGPIPE, SIG_IGN)
        send(.prepare(reach: reach, outputLimit: limits.output))
    }

    /// Runs a compiled cell to its end.
    ///
    /// - Parameters:
    ///   - cell: the cell's number; 0 for the notebook's constants.
    ///   - alone: whether it runs in a copy of the process, whose end does not touch the process.
    ///   - timeout: how long it may take, in seconds.
    ///   - timeLeft: how long the notebook's cells may still take.
    ///   - report: takes what the cell says of its progress.
    /// - Returns: how it ended and what it showed until then.
    func run(
        cell: Int, library: String, alone: Bool, timeout: Double, timeLeft: Double, report: (String) -> Void
    ) -> (end: CellEnd, shown: DisplayList) {
        var displays = DisplayList(limit: limits.output)
        send(.run(cell: cell, library: library, alone: alone))
        let late: CellEnd.Stop = timeout < timeLeft ? .timedOut(seconds: timeout) : .outOfTime
        let end = follow(
            until: ContinuousClock.now + .seconds(min(timeout, timeLeft)), late: late, alone: alone, into: &displays,
            report: report)
        if case .lost = end {
            displays.append(text: outputBytes)
            outputBytes = []
        }
        return (end, displays)
    }

    /// Forgets where a cell lay that is no longer there.
    func forget(cell: Int) { loadAddresses[cell] = nil }

    /// Ends the process and all it started.
    func end() {
        guard ending == nil else { return }
        process.end()
        ending = process.wait()
    }

    private func send(_ command: KernelCommand) {
        guard let line = try? JSONEncoder().encode(command) else { return }
        (line + [UInt8(ascii: "\n")]).withUnsafeBytes { _ = write(commands.writeEnd, $0.baseAddress, $0.count) }
    }
}

// Following a cell through its events.
extension Kernel {
    /// Why no event comes.
    private enum Silence: Error { case ended, late, garbled }

    private func follow(
        until deadline: ContinuousClock.Instant, late: CellEnd.Stop, alone: Bool, into displays: inout DisplayList,
        report: (String) -> Void
    ) -> CellEnd {
        var finished = false
        while true {
            let event: KernelEvent
            switch nextEvent(until: deadline, keeping: &displays) {
            case .success(let next): event = next
            case .failure(let silence): return .lost(stop(after: silence, late: late))
            }
            switch event {
            case .ready(let state): self.state = state
            case .unready(let reason): return .lost(.unready(reason: reason))
            case .loaded(let cell, let base): loadAddresses[cell] = base
            case .warned(let warning): displays.warn(warning)
            case .progress(let text): report(text)
            case .unloadable(_, let reason): return .lost(.unloadable(reason: reason))
            case .halted(let reason): return .stopped(.halted(reason: reason))
            case .broke(let rule):
                _ = stop(after: .garbled, late: late)
                return .lost(.broke(rule))
            case .picture(let digest, let png):
                if let stop = keep(png, as: digest) { return .lost(stop) }
            case .shown(let display, let isCut, let mark):
                takeOutput(upTo: mark, until: deadline, into: &displays)
                if case .figure(let figure) = display, !pictures.isSuperset(of: [figure.light, figure.dark]) {
                    return .lost(stop(after: .garbled, late: late))
                }
                displays.append(display, isCut: isCut)
            case .ended(_, let mark):
                takeOutput(upTo: mark, until: deadline, into: &displays)
                finished = true
                if !alone { return .finished }
            case .copyEnded(let signal, let status, let mark):
                takeOutput(upTo: mark, until: deadline, into: &displays)
                defer { crash = CrashTrace() }
                return finished ? .finished : .stopped(stop(signal: signal, status: status))
            }
        }
    }

    /// Stores a picture under the digest of what it shows.
    private func keep(_ png: Data, as digest: String) -> CellEnd.Stop? {
        guard digest.count == 64, digest.allSatisfy(\.isHexDigit) else {
            return stop(after: .garbled, late: .garbled)
        }
        pictureBytes += png.count
        guard pictureBytes <= Kernel.mostPictureBytes else { return .broke(.showsWithinLimits(bytes: pictureBytes)) }
        guard pictures.insert(digest).inserted else { return nil }
        do throws(EngineError) {
            try Files.write(Array(png), to: "\(figures)/\(digest).png")
            return nil
        } catch {
            return .unready(reason: error.description)
        }
    }

    /// The next event, or why there is none: the process has ended, the deadline has come, or what came is no event.
    private func nextEvent(
        until deadline: ContinuousClock.Instant, keeping displays: inout DisplayList
    ) -> Result<KernelEvent, Silence> {
        while true {
            while let line = lines.next() {
                switch KernelMessage(line) {
                case .event(let event): return .success(event)
                case .report(let name, let words): note(name, words)
                case .garbage: return .failure(.garbled)
                case nil: break
                }
            }
            if lines.isOverlong { return .failure(.garbled) }
            let ready = waitForInput(until: deadline)
            if ready.isEmpty { return .failure(.late) }
            if ready.contains(output.readEnd) {
                outputBytes += readAvailable(output.readEnd)
                displays.trim(&outputBytes)
            }
            if ready.contains(events.readEnd) {
                let bytes = readAvailable(events.readEnd)
                guard !bytes.isEmpty else { return .failure(.ended) }
                lines.append(bytes)
            }
        }
    }

    /// The pipes that can be read, after waiting for one; none when the deadline has come.
    private func waitForInput(until deadline: ContinuousClock.Instant) -> [Int32] {
        var waiting = [
            pollfd(fd: events.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: output.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return [] }
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
            poll(&waiting, 2, Int32(clamping: milliseconds + 1))
            let ready = waiting.filter {
                $0.revents & Int16(POLLIN) != 0 || ($0.fd == events.readEnd && $0.revents != 0)
            }
            if !ready.isEmpty { return ready.map(\.fd) }
        }
    }

    /// Notes a line of a crash report, or of the process that watches over the kernel.
    private func note(_ name: String, _ words: [Substring]) {
        let addresses = words.compactMap { UInt64($0, radix: 16) }
        switch name {
        case CrashLine.memory: crash = CrashTrace(isOutOfMemory: true)
        case CrashLine.thrown: crash = CrashTrace(isOutOfMemory: crash.isOutOfMemory, thrown: addresses)
        case CrashLine.crash:
            crash.signal = words.first.flatMap { Int32($0) }
            crash.crashed = Array(addresses.dropFirst())
        case CrashLine.over: excess = words.first.flatMap { CellEnd.Excess(rawValue: String($0)) }
        default: crash = CrashTrace(signal: words.first.flatMap { Int32($0) })
        }
    }

    /// Moves what was printed before mark `number` to the displays.
    private func takeOutput(
        upTo number: Int, until deadline: ContinuousClock.Instant, into displays: inout DisplayList
    ) {
        let mark = OutputMark.bytes(nonce: nonce, number: number)
        while true {
            if let range = outputBytes.firstRange(of: mark) {
                displays.append(text: outputBytes[..<range.lowerBound])
                outputBytes.removeSubrange(..<range.upperBound)
                return
            }
            displays.trim(&outputBytes)
            var waiting = pollfd(fd: output.readEnd, events: Int16(POLLIN), revents: 0)
            // The mark was written before its event was sent.
            guard poll(&waiting, 1, 0) > 0, waiting.revents & Int16(POLLIN) != 0, ContinuousClock.now < deadline
            else { return }
            outputBytes += readAvailable(output.readEnd)
        }
    }

    /// Ends a process that will not go on, and says why it did not.
    private func stop(after silence: Silence, late: CellEnd.Stop) -> CellEnd.Stop {
        if silence != .ended && ending == nil { process.end() }
        let end = ending ?? process.wait()
        ending = end
        drain()
        if let excess { return .exceeded(excess) }
        // A line that a crash cut off looks like no event; the crash is the cause.
        if let signal = crash.signal { return .crashed(signal: signal, crash) }
        switch silence {
        case .late: return late
        case .garbled: return .garbled
        case .ended:
            switch end {
            case .exited(let status): return stop(signal: nil, status: status)
            case .signalled(let signal): return stop(signal: signal, status: 0)
            }
        }
    }

    private func stop(signal: Int32?, status: Int32) -> CellEnd.Stop {
        signal.map { .crashed(signal: $0, crash) } ?? .exited(status: status)
    }

    private func drain() {
        for descriptor in [events.readEnd, output.readEnd] {
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            while case let bytes = readAvailable(descriptor), !bytes.isEmpty {
                if descriptor == output.readEnd { outputBytes += bytes } else { lines.append(bytes) }
            }
        }
        while let line = lines.next() {
            if case .report(let name, let words) = KernelMessage(line) { note(name, words) }
        }
    }
}
