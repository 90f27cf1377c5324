import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// How the notebooks that run at the same time share the processors: each may compute with as many threads as there are
/// processors for each. The number stands in a file that all kernels have mapped, so that those that still run take over
/// the processors of one that ends, even in the middle of a cell.
public final class ThreadShare: Sendable {
    /// The file; it has no name.
    let descriptor: Int32
    private let processors: Int
    private let running = Mutex(0)

    /// - Parameter folder: where the file is made.
    public init(in folder: RootedPath) throws(EngineError) {
        let file = try folder.nameless()
        // A high number, so that it never stands where a child's own descriptors go.
        descriptor = fcntl(file.number, F_DUPFD_CLOEXEC, 64)
        processors = ProcessInfo.processInfo.activeProcessorCount
        guard descriptor >= 0 else {
            throw EngineError(.write, file: folder.path, cause: SystemError().text)
        }
        change(by: 0)
    }

    deinit { close(descriptor) }

    /// Counts a kernel that begins.
    func enter() { change(by: 1) }

    /// Counts a kernel that has ended.
    func leave() { change(by: -1) }

    private func change(by step: Int) {
        running.withLock { running in
            running += step
            var threads = Int32(max(1, processors / max(1, running)))
            pwrite(descriptor, &threads, MemoryLayout.size(ofValue: threads), 0)
        }
    }
}
