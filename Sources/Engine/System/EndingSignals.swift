import CSpawn
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The signals that end the tool: Ctrl-C and its like. They have threads of their own, so that they are heard whatever the
/// others do.
public enum EndingSignals {
    /// How long the tool goes on after a signal. Kernels end with the tool, even if it does not wait for them.
    private static let patience = DispatchTimeInterval.milliseconds(800)

    /// Has the process end on the first signal with status 128 and its number, after `body`, or without it when it takes too
    /// long. A second signal of the same kind ends the process at once.
    ///
    /// - Throws: an error where the system has no threads left, or no open files.
    public static func whenOneComes(_ body: @escaping @Sendable () -> Void) throws(EngineError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw EngineError(.start, file: "pipe", cause: SystemError.words(errno))
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (readEnd, writeEnd) = (ends[0], ends[1])
        let (come, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        try startThread {
            come.wait()
            body()
            done.signal()
        }
        try startThread {
            var number: UInt8 = 0
            while read(readEnd, &number, 1) != 1 {}
            come.signal()
            _ = done.wait(timeout: .now() + patience)
            // At once: nothing that still runs may come to write a page.
            _exit(128 + Int32(number))
        }
        let numbers = [SIGINT, SIGTERM, SIGHUP]
        kdbook_tell_signals(writeEnd, numbers, Int32(numbers.count))
    }
}
