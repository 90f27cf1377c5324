import Foundation
import Notebook
import Wire

// Following a cell through its events.
extension Kernel {
    /// How often it is told, at most, that there is more to be seen of a running cell.
    private static let viewInterval = Duration.milliseconds(60)

    /// Why no event comes.
    enum Silence: Error { case ended, late, garbled, interrupted }

    func follow(
        cell: Int, until deadline: ContinuousClock.Instant, late: CellEnd.Stop, alone: Bool,
        into displays: inout DisplayList,
        report: (String) -> Void, watch: (() -> [Display]) -> Void
    ) -> CellEnd {
        if let unreadiness { return .lost(.unready(reason: unreadiness)) }
        var finished = false
        while true {
            let event: KernelEvent
            switch nextEvent(until: deadline, keeping: &displays, watch: watch) {
            case .success(let next): event = next
            case .failure(let silence): return .lost(stop(after: silence, late: late))
            }
            switch event {
            case .ready(let state): self.state = state
            case .unready(let reason): return .lost(.unready(reason: reason))
            case .loaded(let number, let base) where number == cell: memory.loadAddresses[cell] = base
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
                if case .figure(let figure) = display,
                    memory.pictures[figure.light] == nil || memory.pictures[figure.dark] == nil
                {
                    return .lost(stop(after: .garbled, late: late))
                }
                displays.append(display, isCut: isCut)
                hasUnseen = true
            case .ended(let number, let mark) where number == cell:
                takeOutput(upTo: mark, until: deadline, into: &displays)
                finished = true
                if !alone { return .finished }
            case .copyEnded(let signal, let status, let mark):
                takeOutput(upTo: mark, until: deadline, into: &displays)
                defer { crash = CrashTrace() }
                return finished ? .finished : .stopped(stop(signal: signal, status: status))
            case .lostCopy(let process, let signal, let status, let mark):
                guard process == copies.last?.process else { continue }
                takeOutput(upTo: mark, until: deadline, into: &displays)
                return .lost(excess.map { .exceeded($0) } ?? stop(signal: signal, status: status))
            // What a copy says that is not there any more.
            case .copied, .notCopied, .wentBack, .loaded, .ended: continue
            }
        }
    }

    /// Stores a picture. By what it shows, as its cell says, it is known to this notebook alone.
    private func keep(_ png: Data, as digest: String) -> CellEnd.Stop? {
        guard digest.count == 64, digest.allSatisfy(\.isHexDigit) else {
            return stop(after: .garbled, late: .garbled)
        }
        memory.pictureBytes += png.count
        guard memory.pictureBytes <= Kernel.mostPictureBytes else {
            return .broke(.showsWithinLimits(bytes: memory.pictureBytes))
        }
        guard memory.pictures[digest] == nil else { return nil }
        do throws(EngineError) {
            memory.pictures[digest] = try store.keepPicture(Array(png))
            return nil
        } catch {
            return .unready(reason: error.description)
        }
    }

    /// The next event, or why there is none: the process has ended, the deadline has come, or what came is no event.
    func nextEvent(
        until deadline: ContinuousClock.Instant, keeping displays: inout DisplayList,
        watch: (() -> [Display]) -> Void = { _ in }
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
            let now = ContinuousClock.now
            if hasUnseen && now >= nextView {
                hasUnseen = false
                watch { displays.withText(outputBytes.prefix { $0 != OutputMark.sign }) }
                // A view is of all that is shown so far: the more it takes, the rarer it is.
                let end = ContinuousClock.now
                nextView = end + max(Kernel.viewInterval, (end - now) * 3)
            }
            let ready = waitForInput(until: hasUnseen ? min(deadline, nextView) : deadline)
            if ready.isEmpty {
                guard ContinuousClock.now < deadline else { return .failure(.late) }
                continue
            }
            if ready.contains(interruption.readEnd) { return .failure(.interrupted) }
            if ready.contains(output.readEnd) {
                outputBytes += readAvailable(output.readEnd)
                displays.trim(&outputBytes)
                hasUnseen = true
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
            pollfd(fd: interruption.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return [] }
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
            poll(&waiting, 3, Int32(clamping: milliseconds + 1))
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
        guard let text = printed(before: number, until: deadline, keeping: &displays) else { return }
        displays.append(text: text)
    }

    /// Takes what was printed before mark `number`, and the mark; `nil` where there is no such mark.
    func printed(
        before number: Int, until deadline: ContinuousClock.Instant, keeping displays: inout DisplayList
    ) -> [UInt8]? {
        let mark = OutputMark.bytes(nonce: nonce, number: number)
        while true {
            if let range = outputBytes.firstRange(of: mark) {
                defer { outputBytes.removeSubrange(..<range.upperBound) }
                return Array(outputBytes[..<range.lowerBound])
            }
            displays.trim(&outputBytes)
            var waiting = pollfd(fd: output.readEnd, events: Int16(POLLIN), revents: 0)
            // The mark was written before its event was sent.
            guard poll(&waiting, 1, 0) > 0, waiting.revents & Int16(POLLIN) != 0, ContinuousClock.now < deadline
            else { return nil }
            outputBytes += readAvailable(output.readEnd)
        }
    }

    /// All that was printed and not placed, without the marks of events that will not be told.
    func printedWithoutMarks() -> [UInt8] {
        let begin = OutputMark.beginning(nonce: nonce)
        var (text, rest) = ([UInt8](), outputBytes[...])
        while let start = rest.firstRange(of: begin) {
            text += rest[..<start.lowerBound]
            rest = rest[start.upperBound...].drop { $0 != OutputMark.sign }.dropFirst()
        }
        return text + rest
    }

    /// Ends a process that will not go on, and says why it did not.
    private func stop(after silence: Silence, late: CellEnd.Stop) -> CellEnd.Stop {
        if silence != .ended, copies.count > 1, endLastCopy() {
            return crash.signal.map { .crashed(signal: $0, crash) } ?? reason(of: silence, late: late)
        }
        if silence != .ended && ending == nil { process.end() }
        let end = ending ?? process.wait()
        ending = end
        drain()
        if let excess { return .exceeded(excess) }
        // A line that a crash cut off looks like no event; the crash is the cause.
        if let signal = crash.signal { return .crashed(signal: signal, crash) }
        guard silence == .ended else { return reason(of: silence, late: late) }
        switch end {
        case .exited(let status): return stop(signal: nil, status: status)
        case .signalled(let signal): return stop(signal: signal, status: 0)
        }
    }

    private func reason(of silence: Silence, late: CellEnd.Stop) -> CellEnd.Stop {
        switch silence {
        case .late: late
        case .interrupted: .interrupted
        case .garbled, .ended: .garbled
        }
    }

    /// Ends the copy that a cell was running in, which stays in ``copies`` until the kernel goes back.
    @discardableResult func endLastCopy() -> Bool {
        let (last, memory) = (copies[copies.count - 1], memory)
        guard endCopies(of: copies.count - 2) else { return false }
        copies.append(last)
        // Where things lay in it is still to be told.
        self.memory = memory
        return true
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
