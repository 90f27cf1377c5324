import Dispatch
import Synchronization

/// Carries out the work of an actor that blocks, one piece after the other, on threads of its own: a pool's threads might all be
/// taken by others that wait.
final class BlockingExecutor: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isAtWork = false
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isIdle = state.withLock { state in
            state.jobs.append(job)
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        guard isIdle else { return }
        let work = { @Sendable [self] in workOff() }
        // Where there is no thread to be had, one of the pool has to do.
        do throws(EngineError) { try startThread(work) } catch { DispatchQueue.global().async(execute: work) }
    }

    private func workOff() {
        while let job = next() { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    private func next() -> UnownedJob? {
        state.withLock { state in
            guard state.jobs.isEmpty else { return state.jobs.removeFirst() }
            state.isAtWork = false
            return nil
        }
    }
}
