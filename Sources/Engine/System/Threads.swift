import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Starts a thread that does `body` and ends.
///
/// - Throws: an error where the system allows no more threads.
func startThread(_ body: @escaping @Sendable () -> Void) throws(EngineError) {
    let work = Unmanaged.passRetained(ThreadWork(body))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Darwin)
        var thread: pthread_t?
    #else
        var thread = pthread_t()
    #endif
    let failure = pthread_create(&thread, &attributes, { ThreadWork.perform($0) }, work.toOpaque())
    guard failure == 0 else {
        work.release()
        throw EngineError(.start, file: "thread", cause: SystemError.words(failure))
    }
}

private final class ThreadWork: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    static func perform(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let work else { return nil }
        Unmanaged<ThreadWork>.fromOpaque(work).takeRetainedValue().body()
        return nil
    }
}

/// Looks whether the system allows as many threads as the tool needs. The pools that Swift's tasks run on wait without end
/// and without a word for a thread that they are not given.
public func checkThreads() throws(EngineError) {
    let over = DispatchSemaphore(value: 0)
    var started = 0
    defer { for _ in 0..<started { over.signal() } }
    while started < 16 + 4 * ProcessInfo.processInfo.activeProcessorCount {
        try startThread { over.wait() }
        started += 1
    }
}

/// Does `work`, which blocks, on a thread of its own: a pool's threads might all be taken by others that wait. Where there
/// is none to be had, one of the pool has to do.
func blocking<Success: Sendable>(_ work: @escaping @Sendable () -> Success) async -> Success {
    await withCheckedContinuation { continuation in
        let resume = { @Sendable in continuation.resume(returning: work()) }
        do throws(EngineError) { try startThread(resume) } catch { resume() }
    }
}
