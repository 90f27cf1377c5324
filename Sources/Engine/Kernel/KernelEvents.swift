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
        let following = Following(cell: cell, deadline: deadline, late: late)
        var hasFinished = false
        while true {
            switch nextEvent(until: deadline, keeping: &displays, watch: watch) {
            case .failure(let silence): return .lost(stop(after: silence, late: late))
            case .success(.progress(let text)): report(text.prefix(bytes: Kernel.longestNote))
            case .success(.ended(_, let mark)):
                if let end = take(mark, following, into: &displays) { return end }
                hasFinished = true
                if !alone { return .finished }
            case .success(.copyEnded(let signal, let status, let mark)):
                if let end = take(mark, following, into: &displays) { return end }
                defer { crash = CrashTrace() }
                return hasFinished ? .finished : .stopped(stop(signal: signal, status: status))
            case .success(let event):
                if let end = heed(event, following, into: &displays) { return end }
            }
        }
    }

    /// A cell that is followed, and what is said when its time is over.
    private struct Following {
        let cell: Int
        let deadline: ContinuousClock.Instant
        let late: CellEnd.Stop
    }

    /// What an event means for a cell that goes on; its end, where the event is one.
    private func heed(_ event: KernelEvent, _ following: Following, into displays: inout DisplayList) -> CellEnd? {
        switch event {
        case .unready(let reason): return .lost(.unready(reason: reason))
        case .loaded(_, let base): memory.loadAddresses[following.cell] = base
        case .warned(let warning): displays.warn(warning.prefix(bytes: Kernel.longestNote))
        case .unloadable(_, let reason): return .lost(.unloadable(reason: reason))
        case .halted(let reason): return .stopped(.halted(reason: reason))
        case .broke(let rule):
            _ = stop(after: .garbled, late: following.late)
            return .lost(.broke(rule))
        case .picture(let digest, let png): return keep(png, as: digest).map { .lost($0) }
        case .shown(let display, let isCut, let mark):
            guard hasPictures(of: display) else { return .lost(stop(after: .garbled, late: following.late)) }
            if let end = take(mark, following, into: &displays) { return end }
            displays.append(display, isCut: isCut)
            hasUnseen = true
        case .lostCopy(let process, let signal, let status, let mark):
            guard process == copies.last?.process else { return nil }
            _ = takeOutput(upTo: mark, until: following.deadline, into: &displays)
            return .lost(excess.map { .exceeded($0) } ?? stop(signal: signal, status: status))
        // Its progress and its end are the follower's; the rest answers what is not asked while a cell runs.
        case .progress, .ended, .copyEnded, .ready, .copied, .notCopied, .wentBack: break
        }
        return nil
    }

    /// Whether all pictures have come that a display is made of.
    private func hasPictures(of display: Display) -> Bool {
        guard case .figure(let figure) = display else { return true }
        return memory.pictures[figure.light] != nil && memory.pictures[figure.dark] != nil
    }

    /// Takes what was printed before a mark; the cell's end, where the mark does not come.
    private func take(_ mark: Int, _ following: Following, into displays: inout DisplayList) -> CellEnd? {
        takeOutput(upTo: mark, until: following.deadline, into: &displays)
            ? nil : .lost(stop(after: .garbled, late: following.late))
    }

    /// Stores a picture. By what it shows, which the event names, it is known to this notebook alone.
    private func keep(_ png: Data, as digest: String) -> CellEnd.Stop? {
        memory.pictureBytes += png.count
        guard memory.pictureBytes <= Kernel.mostPictureBytes else {
            return .broke(.showsWithinLimits(bytes: memory.pictureBytes))
        }
        guard PictureFile(png)?.digest.description == digest else { return stop(after: .garbled, late: .garbled) }
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
            if let next = nextFromLines() { return next }
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
                trim(for: displays)
                hasUnseen = true
            }
            if ready.contains(events.readEnd) {
                let bytes = readAvailable(events.readEnd)
                guard !bytes.isEmpty else { return .failure(.ended) }
                lines.append(bytes)
            }
        }
    }

    /// The next event of the lines that have come, or why none of them can be believed; `nil` where they hold no more.
    private func nextFromLines() -> Result<KernelEvent, Silence>? {
        while let line = lines.next() {
            switch KernelMessage(line) {
            case .event(let event):
                guard memory.dialogue.admits(event, copies: copies.compactMap(\.process)) else {
                    return .failure(.garbled)
                }
                guard case .ready(let state) = event else { return .success(event) }
                self.state = state
            case .report(let report): note(report)
            case .garbage: return .failure(.garbled)
            case nil: break
            }
        }
        return nil
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

    private func note(_ report: KernelReport) {
        switch report {
        case .memory: crash = CrashTrace(isOutOfMemory: true)
        case .thrown(let addresses): crash = CrashTrace(isOutOfMemory: crash.isOutOfMemory, thrown: addresses)
        case .crash(let signal, let addresses): (crash.signal, crash.crashed) = (signal, addresses)
        case .over(let excess): self.excess = excess
        case .stopped(let signal): crash = CrashTrace(signal: signal)
        }
    }

    /// Moves what was printed before mark `number` to the displays.
    ///
    /// - Returns: whether the mark was there, as far as is known. It is written before its event is sent; where too much was
    ///   printed, it may have been dropped with what nobody will see, and behind the deadline it is not waited for.
    private func takeOutput(
        upTo number: Int, until deadline: ContinuousClock.Instant, into displays: inout DisplayList
    ) -> Bool {
        guard let text = printed(before: number, until: deadline, keeping: &displays) else {
            return isTrimmed || ContinuousClock.now >= deadline
        }
        displays.append(text: withoutMarks(text))
        return true
    }

    /// Takes what was printed before mark `number`, and the mark; `nil` where there is no such mark.
    func printed(
        before number: Int, until deadline: ContinuousClock.Instant, keeping displays: inout DisplayList
    ) -> [UInt8]? {
        let mark = OutputMark.bytes(nonce: nonce, number: number)
        while true {
            if let range = outputBytes.firstRange(of: mark) {
                defer { outputBytes.removeSubrange(..<range.upperBound) }
                isTrimmed = false
                return Array(outputBytes[..<range.lowerBound])
            }
            trim(for: displays)
            var waiting = pollfd(fd: output.readEnd, events: Int16(POLLIN), revents: 0)
            // The mark was written before its event was sent.
            guard poll(&waiting, 1, 0) > 0, waiting.revents & Int16(POLLIN) != 0, ContinuousClock.now < deadline
            else { return nil }
            outputBytes += readAvailable(output.readEnd)
        }
    }

    private func trim(for displays: DisplayList) {
        if displays.trim(&outputBytes) { isTrimmed = true }
    }

    /// Printed text without the marks of events that were not told, or that a cell had copied.
    func withoutMarks(_ bytes: [UInt8]) -> [UInt8] {
        let begin = OutputMark.beginning(nonce: nonce)
        var (text, rest) = ([UInt8](), bytes[...])
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
        if silence != .ended && ending == nil { process?.end() }
        let end = ending ?? awaitedEnd()
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
            if case .report(let report) = KernelMessage(line) { note(report) }
        }
    }
}
