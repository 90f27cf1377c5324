import Foundation
import Wire

// Copies, which keep earlier states.
extension Kernel {
    /// What became of the wish for a copy.
    enum CopyOutcome {
        case made
        case refused(CopyObstacle)
        /// The kernel has ended.
        case lost
    }

    /// How long a process may take to answer that has no cell to run, in seconds.
    private static let patience = 20

    /// What all its processes take of memory, in bytes.
    var memoryInUse: Int { process.map { ProcessMemory.share(ofAllBelow: $0.pid) } ?? 0 }

    /// Whether copies of it can be made at all.
    var canHaveCopies: Bool { commands.readEnds.count > 1 }

    /// Whether another copy may be made.
    var canCopy: Bool { copies.count < commands.readEnds.count }

    /// Keeps the state as it is, and goes on in a copy.
    func copy() -> CopyOutcome {
        guard let line = commands.readEnds.indices.first(where: { line in !copies.contains { $0.line == line } }) else {
            return .refused(.processes)
        }
        send(.copy(line: line))
        var displays = DisplayList(limit: 0)
        let deadline = ContinuousClock.now + .seconds(Kernel.patience)
        while true {
            guard case .success(let event) = nextEvent(until: deadline, keeping: &displays) else {
                end()
                return .lost
            }
            switch event {
            case .unready(let reason):
                unreadiness = reason
                return .refused(.processes)
            case .notCopied(let obstacle): return .refused(obstacle)
            case .lostCopy(let process, _, _, _) where process == copies.last?.process:
                end()
                return .lost
            case .copied(line, let process):
                copies[copies.count - 1].memory = memory
                copies.append(Copy(line: line, process: process, memory: memory))
                return .made
            default: continue
            }
        }
    }

    /// Ends all copies of the process at `index` in ``copies``, and goes on with what that one kept.
    ///
    /// - Returns: whether the kernel is still there.
    @discardableResult func goBack(to index: Int) -> Bool {
        outputBytes = []
        guard endCopies(of: index) else { return false }
        outputBytes = []
        crash = CrashTrace()
        return true
    }

    /// Ends the copy at `index`, which is not the first or the last: what it kept is not needed any more.
    func drop(_ index: Int) {
        let dropped = copies[index].process
        send(.finish, to: index)
        defer { copies.removeAll { $0.process == dropped } }
        var displays = DisplayList(limit: limits.output)
        let deadline = ContinuousClock.now + .seconds(Kernel.patience)
        while case .success(let event) = nextEvent(until: deadline, keeping: &displays) {
            guard case .lostCopy(let process, _, _, let mark) = event, process == dropped else { continue }
            _ = printed(before: mark, until: deadline, keeping: &displays)
            return
        }
        end()
    }

    /// Leaves in `outputBytes` what the copies had printed.
    func endCopies(of index: Int) -> Bool {
        guard ending == nil else { return false }
        let token = Int.random(in: 1 << 40...1 << 60)
        send(.goBack(token: token), to: index)
        let deadline = ContinuousClock.now + .seconds(Kernel.patience)
        var displays = DisplayList(limit: limits.output)
        while true {
            switch nextEvent(until: deadline, keeping: &displays) {
            case .success(.wentBack(token)):
                var before = DisplayList(limit: limits.output)
                outputBytes = printed(before: token, until: deadline, keeping: &before) ?? []
                for copy in copies[(index + 1)...] { commands.clear(line: copy.line) }
                copies.removeSubrange((index + 1)...)
                memory = copies[index].memory
                interruption.clear()
                return true
            case .failure(.interrupted): interruption.clear()
            case .success, .failure(.garbled): continue
            case .failure(.ended), .failure(.late):
                end()
                return false
            }
        }
    }
}
